"""What a campaign proves: who gets which wording or nothing, and what figures say.

Pure functions: no ORM, no SQL, no chance; the same input gives the same output.
"""
