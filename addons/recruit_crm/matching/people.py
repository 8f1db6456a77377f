"""What is compared: a job and a person, as numbers and days.

These are **all the inputs** of the matching. Nothing else of a person can enter: not
the name, the picture, the address, age, gender, family, origin, language, belief,
health, nor the words of a CV, a note or a message; and no number learned from past
decisions about people. ``test_matching_inputs.py`` holds the list and the statement in
SQL to it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from .rarity import Rarity

COMPONENTS = (
    "skills",
    "degree",
    "location",
    "availability",
    "history",
    "engagement",
)
# What weighs how much where a job says nothing else: conventions, not findings.
WEIGHTS = {
    "skills": 60,
    "degree": 5,
    "location": 10,
    "availability": 10,
    "history": 10,
    "engagement": 5,
}


class Want(NamedTuple):
    """A skill that a job asks for, at a level from 0 (any) to 100."""

    level: int
    must: bool
    rarity: Rarity


class Skill(NamedTuple):
    """A skill of a person, as `skills.proof.Statement`, and what having it tells."""

    level: int
    provenance: str
    day: date | None
    rarity: Rarity


@dataclass(frozen=True)
class Job:
    """What a job asks for.

    :param wants: {skill id: Want}
    :param weights: {component: how much it counts, 0 or more}
    :param degree: points of 10,000 on the scale of degrees; 0 asks for none
    :param place: normal form of the city, empty for remote work
    :param country: id, 0 for remote work
    """

    wants: Mapping[int, Want]
    weights: Mapping[str, int] = field(default_factory=lambda: dict(WEIGHTS))
    degree: int = 0
    place: str = ""
    country: int = 0

    @property
    def asked(self) -> dict[str, int]:
        """The components that this job asks about, with their weights."""
        answers = {
            "degree": self.degree > 0,
            "location": bool(self.place or self.country),
        }
        return {
            name: weight
            for name, weight in self.weights.items()
            if weight and answers.get(name, True)
        }


@dataclass(frozen=True)
class Person:
    """What is known of a person; None or empty where it is not known.

    :param skills: {skill id: Skill}
    :param degree: points of 10,000 of the highest degree
    :param place: normal form of the city; ``country`` its id
    :param availability: as told: now, from_date, listening, closed
    :param last_sign: the day of the last contact or confirmation
    :param history: {source: points of 10,000}: how far they came with us before
    """

    skills: Mapping[int, Skill] = field(default_factory=dict)
    degree: int | None = None
    place: str = ""
    country: int = 0
    availability: str = ""
    available_from: date | None = None
    last_sign: date | None = None
    history: Mapping[str, int] = field(default_factory=dict)


def job_to_json(job: Job) -> dict:
    """Return the job as what JSON can hold."""
    return {
        "wants": {
            str(skill): [one.level, one.must, *one.rarity]
            for skill, one in job.wants.items()
        },
        "weights": dict(job.weights),
        "degree": job.degree,
        "place": job.place,
        "country": job.country,
    }


def job_from_json(words: dict) -> Job:
    """Return the job that :func:`job_to_json` wrote."""
    return Job(
        **words
        | {
            "wants": {
                int(skill): Want(level, must, Rarity(*rarity))
                for skill, (level, must, *rarity) in words["wants"].items()
            }
        }
    )


def person_to_json(person: Person) -> dict:
    """Return the person as what JSON can hold."""
    return {
        "skills": {
            str(skill): [one.level, one.provenance, _text(one.day), *one.rarity]
            for skill, one in person.skills.items()
        },
        "degree": person.degree,
        "place": person.place,
        "country": person.country,
        "availability": person.availability,
        "available_from": _text(person.available_from),
        "last_sign": _text(person.last_sign),
        "history": dict(person.history),
    }


def person_from_json(words: dict) -> Person:
    """Return the person that :func:`person_to_json` wrote."""
    return Person(
        **words
        | {
            "skills": {
                int(skill): Skill(level, known, _day(day), Rarity(*rarity))
                for skill, (level, known, day, *rarity) in words["skills"].items()
            },
            "available_from": _day(words["available_from"]),
            "last_sign": _day(words["last_sign"]),
        }
    )


def _text(day):
    return day and day.isoformat()


def _day(text):
    return date.fromisoformat(text) if text else None
