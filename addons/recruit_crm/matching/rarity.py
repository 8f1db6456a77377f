"""How much it says that somebody has a skill at a level: little, where everybody has.

Counting shared skills ranks people by how much was written down about them. Here a
skill weighs its **information**: ``log2(people / people who have it at that level)``,
as in the weighting of words by Spaerck Jones (1972, *Journal of Documentation* 28).
And what somebody picked at random would bring along anyway, the **chance**, is taken
off before two profiles are compared, as Cohen's kappa does for two raters (1960,
*Educational and Psychological Measurement* 20). Both are numbers from counts alone.
"""

from collections.abc import Mapping
from math import log2
from typing import NamedTuple

FULL = 10_000  # points of a whole
STEPS = range(11)  # levels are told apart in steps of ten: 0-9, 10-19, .. 90-99, 100
DOUBT = 10  # people without any skill, added so that a small database boasts of nothing
FLOOR = 10  # hundredths of a bit: what everybody has is not worth nothing


class Rarity(NamedTuple):
    """What a skill at a level tells.

    ``weight``: hundredths of a bit of information, 10 or more; ``chance``: points (of
    10,000) of the level that somebody picked at random brings along.
    """

    weight: int
    chance: int


def step_of(level: int) -> int:
    """Return the step of :data:`STEPS` that a level from 0 to 100 is in."""
    return level // 10


def unknown(people: int) -> Rarity:
    """Return the rarity of a skill that nobody was counted with.

    :param people: how many there are
    """
    return weigh({}, people)[0]


def weigh(levels: Mapping[int, int], people: int) -> list[Rarity]:
    """Return the rarity of a skill for each step of :data:`STEPS`.

    :param levels: {level from 0 to 100: how many people have it at that level}
    :param people: how many people there are, with the skill or without
    """
    crowd = people + DOUBT
    return [_at(levels, step * 10, crowd) for step in STEPS]


def _at(levels, need, crowd):
    above = sum(count for level, count in levels.items() if level >= need)
    brought = sum(
        count * (min(level, need) / need if need else 1)
        for level, count in levels.items()
    )
    return Rarity(
        FLOOR + int(100 * log2(crowd / (above + 1)) + 0.5),
        int(FULL * brought / crowd + 0.5),
    )
