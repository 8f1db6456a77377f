"""How well a person fits a job, from 0 to 10,000 points, and why.

    fit = coverage ^ 2/3 * focus ^ 1/3
    score = fit * (weight of skills + sum of weight * part) / sum of weights

* **coverage**: of what the job asks for, how much the person has. Each skill counts by
  its rarity, and up to the level asked for: a surplus in one skill never pays for
  another that is missing. A level counts as far as it has faded today, and a claim for
  less than a proof.
* **focus**: of what the person has, how much the job asks for. It tells the specialist
  from who covers everything a little. Half more than the level asked for is free, and
  skills beyond the double of the job are left out: a long profile costs a fifth of the
  fit at most.
* Both are counted **beyond chance** (:mod:`.rarity`): what somebody picked at random
  has anyway is worth a hundredth.
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

VERSION = 1  # of the formula: any change of a result is another version
# A level that was shown counts in full; what was only said, for less.
TRUST = {
    "self_declared": 90,
    "cv": 90,
    "recruiter": 95,
    "tested": 100,
    "interview": 100,
}
COVERAGE, FOCUS = 2 / 3, 1 / 3  # exponents
ORDINARY = 0.01  # what it is worth to have just what anybody has
BREADTH = 2  # times the information of the job: beyond it breadth costs no more
SURPLUS = 15_000  # points: half more than the level asked for is of use as well
MOST_CHANCE = 0.9


class Fit(NamedTuple):
    """The skills of a person against those of a job, shares from 0 to 1."""

    coverage: float
    focus: float

    @property
    def points(self) -> int:
        """The fit in points."""
        return int(FULL * self.coverage**COVERAGE * self.focus**FOCUS + 0.5)


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
    return min(FULL, want.level * SURPLUS // skill.level)


def beyond(share: float, chance: float) -> float:
    """Return what a share is worth, 0 to 1, where chance brings some of it along."""
    chance = min(chance, MOST_CHANCE)
    if share <= chance:
        return ORDINARY * share / chance if chance else 0.0
    return ORDINARY + (1 - ORDINARY) * (share - chance) / (1 - chance)


def fit(job, person, today: date) -> Fit:
    """Compare the skills."""
    shared = job.wants.keys() & person.skills.keys()
    asked = sum(one.rarity.weight for one in job.wants.values())
    known = sum(one.rarity.weight for one in person.skills.values())
    if not shared or not asked or not known:
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
    coverage = beyond(got / (asked * FULL), luck(job.wants))
    focus = beyond(useful / (known * FULL), luck(person.skills))
    return Fit(coverage, min(1.0, focus * known / min(known, BREADTH * asked)))


def luck(skills) -> float:
    """Return the share of these skills that somebody picked at random brings along.

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
