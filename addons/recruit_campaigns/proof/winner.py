"""Which of some wordings is the best, and how sure that is: the Beta-Binomial model.

Each wording has a rate of its own, of which nothing is known before (Beta(1, 1)). After
`successes` of `trials` it is Beta(1 + successes, 1 + failures).
"""

from collections.abc import Sequence
from itertools import pairwise
from math import exp, lgamma, log, sqrt
from typing import NamedTuple

from .rates import Count

_POINTS = 2000  # of the grid, for each wording
_REACH = 12.0  # how far it goes to both sides, in standard deviations of the logit


class Verdict(NamedTuple):
    """What the figures say of some wordings."""

    best: int  # the place of the best one
    probabilities: list[float]  # that each is the best
    missing: int  # messages that the smallest group is short of
    is_decided: bool  # enough messages, and sure enough


def judge(counts: Sequence[Count], minimum: int, probability: float) -> Verdict:
    """Say which wording is the best, and whether that may be acted on.

    :param minimum: how many trials each must have
    :param probability: how sure it must be, below 1
    """
    chances = chance_of_best(counts)
    best = max(range(len(counts)), key=chances.__getitem__)
    missing = max(minimum - min(count.trials for count in counts), 0)
    decided = len(counts) > 1 and not missing and chances[best] >= probability
    return Verdict(best, chances, missing, decided)


def chance_of_best(counts: Sequence[Count]) -> list[float]:
    """The probability of each to have the highest true rate; they add up to 1."""
    if len(counts) == 1:
        return [1.0]
    if len(counts) == 2:
        better = chance_of_more(*counts)
        return [1 - better, better]
    return _by_grid(counts)


def chance_of_more(first: Count, second: Count) -> float:
    """The probability that the second true rate is the higher one.

    The closed form for whole numbers (E. Miller, Formulas for Bayesian A/B Testing,
    2015): a sum of positive terms, so that nothing cancels out; in logarithms, so that
    nothing overflows.
    """
    a_1, b_1 = _shape(first)
    a_2, b_2 = _shape(second)
    base = _log_beta(a_1, b_1)
    total = sum(
        exp(_log_beta(a_1 + i, b_1 + b_2) - log(b_2 + i) - _log_beta(1 + i, b_2) - base)
        for i in range(a_2)
    )
    return min(max(total, 0.0), 1.0)


def _shape(count):
    return 1 + count.successes, 1 + count.trials - count.successes


def _log_beta(a, b):
    return lgamma(a) + lgamma(b) - lgamma(a + b)


def _by_grid(counts):
    """Integrate density of one times cumulated densities of the others.

    Over the logit of the rate, where each density is a smooth bell, however rare the
    successes; the points lie where the bells are.
    """
    shapes = [_shape(count) for count in counts]
    points = sorted({point for shape in shapes for point in _around(*shape)})
    densities = [[_density(point, *shape) for point in points] for shape in shapes]
    cumulated = [_cumulate(points, density) for density in densities]
    chances = []
    for place, density in enumerate(densities):
        values = list(density)
        for other, below in enumerate(cumulated):
            if other != place:
                values = [
                    value * part for value, part in zip(values, below, strict=True)
                ]
        chances.append(_cumulate_raw(points, values)[-1])
    total = sum(chances)
    return [chance / total for chance in chances]


def _around(a, b):
    middle, spread = log(a / b), sqrt(1 / a + 1 / b)
    step = 2 * _REACH * spread / _POINTS
    return (middle + (i - _POINTS / 2) * step for i in range(_POINTS + 1))


def _density(point, a, b):
    """Of the logit: rate^a (1 - rate)^b over the Beta function."""
    # log(rate) and log(1 - rate) without loss at either end
    tail = log(1 + exp(-abs(point)))
    log_rate = min(point, 0.0) - tail
    log_rest = min(-point, 0.0) - tail
    return exp(a * log_rate + b * log_rest - _log_beta(a, b))


def _cumulate(points, density):
    """The cumulated density, from 0 to exactly 1."""
    sums = _cumulate_raw(points, density)
    return [value / sums[-1] for value in sums]


def _cumulate_raw(points, values):
    """The integral up to each point, by trapezoids."""
    sums = [0.0]
    for (left, right), (low, high) in zip(
        pairwise(points), pairwise(values), strict=True
    ):
        sums.append(sums[-1] + (right - left) * (low + high) / 2)
    return sums
