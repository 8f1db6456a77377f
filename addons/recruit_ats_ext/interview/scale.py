"""The scales of a scorecard."""

# A rating of an attribute, worst first, and the words that stand for it where the
# attribute has none of its own.
RATINGS = [
    ("1", "Far below"),
    ("2", "Below"),
    ("3", "Meets"),
    ("4", "Above"),
    ("5", "Far above"),
]

# The overall recommendation, against first. Nothing chosen is an answer too: an
# interviewer who saw too little need not guess.
RECOMMENDATIONS = [
    ("strong_no", "Strong No"),
    ("no", "No"),
    ("yes", "Yes"),
    ("strong_yes", "Strong Yes"),
]
IN_FAVOR = ("yes", "strong_yes")
WEIGHTS = {"strong_no": -2, "no": -1, "yes": 1, "strong_yes": 2}


def skill_level(rating: str) -> int:
    """The level of a skill (0 to 100) that a rating proves: 1 is 0, 5 is 100."""
    return (int(rating) - 1) * 25
