"""Rates, how sure they are, and how far two of them lie apart."""

from math import ceil, sqrt
from typing import NamedTuple

_Z = 1.959963984540054  # the normal deviate of 95 %, two-sided
_Z_POWER = 0.8416212335729143  # of a chance of 80 % to see what is there


class Count(NamedTuple):
    """How many of how many."""

    successes: int
    trials: int

    @property
    def rate(self) -> float:
        """Successes of trials, 0 where nobody tried."""
        return self.successes / self.trials if self.trials else 0.0


class Interval(NamedTuple):
    """A figure and the 95 % interval around it."""

    low: float
    value: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Whether it says which side of nothing it is on."""
        return self.low > 0 or self.high < 0


def wilson(count: Count) -> Interval:
    """The score interval of a rate (Wilson, JASA 22, 1927)."""
    if not count.trials:
        return Interval(0.0, 0.0, 1.0)
    square = _Z * _Z
    whole = count.trials + square
    middle = (count.successes + square / 2) / whole
    spread = count.trials * count.rate * (1 - count.rate) + square / 4
    half = _Z * sqrt(spread) / whole
    low = max(middle - half, 0.0) if count.successes else 0.0
    high = min(middle + half, 1.0) if count.successes < count.trials else 1.0
    return Interval(low, count.rate, high)


def difference(first: Count, second: Count) -> Interval:
    """How much higher the first rate is than the second.

    The hybrid score interval (Newcombe, Statistics in Medicine 17, 1998, method 10):
    it stays within -1 and 1, and holds for small groups and rare events too.
    """
    one, two = wilson(first), wilson(second)
    value = one.value - two.value
    return Interval(
        value - sqrt((one.value - one.low) ** 2 + (two.high - two.value) ** 2),
        value,
        value + sqrt((one.high - one.value) ** 2 + (two.value - two.low) ** 2),
    )


def people_needed(first: Count, second: Count) -> int | None:
    """How many people in both groups would show the difference seen so far.

    With a chance of 80 %, at 95 %, and the groups in the proportion of now; the usual
    formula for two proportions. None where there is no difference to show.
    """
    if not (first.trials and second.trials) or first.rate == second.rate:
        return None
    people = first.trials + second.trials
    variance = sum(
        one.rate * (1 - one.rate) * people / one.trials for one in (first, second)
    )
    gap = first.rate - second.rate
    return ceil((_Z + _Z_POWER) ** 2 * variance / gap**2)
