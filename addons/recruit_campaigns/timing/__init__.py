"""When a message may leave: wall clocks, send windows, delays. No ORM.

Moments that come in and go out are naive UTC; a wall clock is a date and a time in the
zone of a person. Everything is a function of its arguments.
"""

from . import delay, wall, window, zones

__all__ = ["delay", "wall", "window", "zones"]
