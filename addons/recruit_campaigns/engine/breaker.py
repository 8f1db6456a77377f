"""When a campaign must stop because of what comes back: rates and their limits.

The limits on complaints are those of Gmail's rules for bulk senders: below 0.10 %, and
never 0.30 %. A single report says nothing of a rate, so each limit needs some of them.
"""

from typing import NamedTuple

GOOD, WARN, PAUSE, HALT = "good", "warn", "pause", "halt"


class Limits(NamedTuple):
    """Shares of what was sent, and how many it takes to speak of a share."""

    minimum: int
    warn: float
    pause: float
    halt: float


COMPLAINTS = Limits(minimum=3, warn=0.0008, pause=0.0010, halt=0.0030)
BOUNCES = Limits(minimum=5, warn=0.02, pause=0.05, halt=0.10)


def judge(count: int, sent: int, limits: Limits) -> str:
    """What to do about so many of so much: good, warn, pause or halt."""
    if count < limits.minimum or not sent:
        return GOOD
    share = count / sent
    for verdict, limit in ((HALT, limits.halt), (PAUSE, limits.pause)):
        if share >= limit:
            return verdict
    return WARN if share >= limits.warn else GOOD


def enough_to_know(count: int, limits: Limits) -> int:
    """How many sent messages have to be counted: with more of them all is good."""
    return int(count / limits.warn) + 1
