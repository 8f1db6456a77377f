"""How well a person fits a job, from 0 to 10,000 points, and why.

    fit = coverage * focus
    score = fit * (weight of skills + sum of weight * part) / sum of weights

* **coverage**: of what the job asks for, how much the person has. Each skill counts by
  its rarity, and up to the level asked for: a surplus in one skill never pays for
  another that is missing. A level counts as far as it has faded today, and a claim for
  less than a proof. Three quarters of it are what goes **beyond chance**
  (:mod:`.rarity`): what somebody picked at random brings along is worth a fifth.
* **focus**: what the person has besides costs a quarter of what it tells. It tells the
  specialist from who covers everything a little, and keeps a job that asks for next to
  nothing, or for low levels, from being the best one for everybody. Who covers a job in
  full comes before who covers half of it, up to a profile four times as long.
* The other parts take away from the fit what they do not reach; they never add: who
  lives nearby and knows nothing of the job has no points.
* Who does not have a **must** at the level asked for is out. No one is put out by time:
  the level counts as it was stated.

The same is said in SQL in ``models/recruit_match_score.py``; a test holds both equal.
"""

from datetime import date
from typing import NamedTuple

from ..skills.proof import level_on
from . import parts
from .rarity import FULL

VERSION = 2  # of the formula: any change of a result is another version
# A level that was shown counts in full; what was only said, for less.
TRUST = {
    "self_declared": 90,
    "cv": 90,
    "recruiter": 95,
    "tested": 100,
    "interview": 100,
}
BEYOND = 3  # times that the share beyond chance counts as much as the share itself
ORDINARY = 0.2  # what it is worth to have just what anybody has
BESIDES = 4  # what the person has besides weighs as much as a quarter of it asked for
MOST_CHANCE = 0.9


class Fit(NamedTuple):
    """The skills of a person against those of a job, shares from 0 to 1."""

    coverage: float
    focus: float

    @property
    def points(self) -> int:
        """The fit in points."""
        return int(FULL * self.coverage * self.focus + 0.5)


class Score(NamedTuple):
    """A score with what it is made of.

    ``points``: 0 to 10,000; ``parts``: {component: points}; ``missing``: the musts that
    put the person out, ids of skills
    """

    points: int
    parts: dict
    missing: tuple


def covered(want, skill, today: date) -> int:
    """Return how far a skill reaches the level asked for, in points."""
    if not want.level:
        return FULL
    level = level_on(skill.level, skill.provenance, skill.day, today)
    return min(FULL, level * TRUST[skill.provenance] * 100 // want.level)


def used(want, skill) -> int:
    """Return how much of the level of a person the job asks for, in points."""
    if not want.level or not skill.level:
        return FULL
    return min(FULL, want.level * FULL // skill.level)


def beyond(share: float, chance: float) -> float:
    """Return what a share is worth, 0 to 1, where chance brings some of it along."""
    chance = min(chance, MOST_CHANCE)
    if share <= chance:
        return ORDINARY * share / chance if chance else 0.0
    return ORDINARY + (1 - ORDINARY) * (share - chance) / (1 - chance)


def covers(share: float, chance: float) -> float:
    """Return the coverage, 0 to 1: the mean of a share and thrice what of it goes
    beyond chance, as a product, so that neither stands for the other."""
    return (share * beyond(share, chance) ** BEYOND) ** (1 / (1 + BEYOND))


def fit(job, person, today: date) -> Fit:
    """Compare the skills."""
    shared = job.wants.keys() & person.skills.keys()
    asked = FULL * sum(one.rarity.weight for one in job.wants.values())
    known = FULL * sum(one.rarity.weight for one in person.skills.values())
    if not shared or not asked:
        return Fit(0.0, 0.0)
    got = sum(
        job.wants[skill].rarity.weight
        * covered(job.wants[skill], person.skills[skill], today)
        for skill in shared
    )
    useful = sum(
        person.skills[skill].rarity.weight
        * used(job.wants[skill], person.skills[skill])
        for skill in shared
    )
    return Fit(
        covers(got / asked, luck(job.wants)),
        BESIDES * asked / (BESIDES * asked + known - useful),
    )


def luck(skills) -> float:
    """Return the share of what a job asks for that somebody picked at random has.

    :param skills: {skill id: Want or Skill}
    """
    weight = sum(one.rarity.weight for one in skills.values())
    brought = sum(one.rarity.weight * one.rarity.chance for one in skills.values())
    return brought / (weight * FULL) if weight else 0.0


def missing(job, person) -> tuple:
    """Return the musts that the person was never said to have at the level."""
    return tuple(
        skill
        for skill, want in job.wants.items()
        if want.must
        and (skill not in person.skills or person.skills[skill].level < want.level)
    )


def score(job, person, today: date) -> Score:
    """Return how well the person fits the job.

    :param Job job: see :mod:`.people`
    :param Person person: see :mod:`.people`
    :param today: the day on which levels and contacts are as old as they are
    """
    found = {
        "skills": fit(job, person, today).points,
        "degree": parts.degree(job, person),
        "location": parts.location(job, person),
        "availability": parts.availability(person, today),
        "history": parts.history(person),
        "engagement": parts.engagement(person, today),
    }
    out = missing(job, person)
    return Score(0 if out else _together(job.asked, found), found, out)


def _together(weights, found) -> int:
    """The skills decide; of that the other parts leave what they reach."""
    total = sum(weights.values())
    if not total:
        return 0
    reached = sum(
        weight * (FULL if name == "skills" else found[name])
        for name, weight in weights.items()
    )
    return found["skills"] * reached // (total * FULL)
