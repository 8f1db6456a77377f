"""A thousand people for the demo and the tests: the same ones each time.

Pure: no clock, no database, no Odoo. Each person has an occupation of
`data/occupations.csv`, most of its skills at about its levels, and now and then a skill
from elsewhere. `to_csv` writes them as the file that Odoo's own import takes.
"""

import csv
import functools
import io
import random
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

DATA = Path(__file__).parent / "data"
SEED = 293
SOURCES = {  # where people were first met, and how often
    "LinkedIn": 30,
    "Career Site": 25,
    "Referral": 15,
    "Job Fair": 10,
    "University": 10,
    "Agency": 5,
    "GitHub": 5,
}
FIRST_DAY, DAYS = datetime(2022, 1, 3), 1330
DOMAINS = ("example.com", "example.org", "example.net")
HEADER = (
    "name", "email", "phone", "city", "country_id", "source", "first_seen_at",
    "skill_ids/skill_id", "skill_ids/level",
)  # fmt: skip
# What Unicode does not take apart into a letter and its accent.
LETTERS = str.maketrans({"ł": "l", "ø": "o", "ß": "ss", "æ": "ae", "đ": "d"})


@dataclass(frozen=True)
class Occupation:
    """An occupation, opened as a job. `skills`: name -> level, 0 to 100."""

    code: str
    job: str
    openings: int
    pitch: str
    skills: Mapping[str, int]


@dataclass(frozen=True)
class Person:
    """Somebody whom the company met. `first_seen_at` is UTC; `skills` as above."""

    name: str
    email: str
    phone: str
    city: str
    country: str
    source: str
    first_seen_at: datetime
    occupation: str
    skills: Mapping[str, int]

    def has(self, skill: str, level: int) -> bool:
        """Does the person have the skill at least at this level?"""
        return self.skills.get(skill, -1) >= level


@functools.cache
def occupations() -> tuple[Occupation, ...]:
    """The occupations of the data set, in the order of the file."""
    skills = _read("occupation_skills")
    return tuple(
        Occupation(
            row["code"],
            row["job"],
            int(row["openings"]),
            row["pitch"],
            {
                skill["skill"]: int(skill["level"])
                for skill in skills
                if skill["code"] == row["code"]
            },
        )
        for row in _read("occupations")
    )


def generate(count: int = 1000, seed: int = SEED) -> list[Person]:
    """`count` people with unique e-mail addresses; equal arguments, equal people."""
    dice = random.Random(seed)  # the same each time
    places, taken = _read("places"), {}
    return [_person(dice, dice.choice(places), taken) for _number in range(count)]


def having(people: Iterable[Person], least: Mapping[str, int]) -> list[Person]:
    """Those who have every one of the skills at least at its level."""
    return [
        person
        for person in people
        if all(person.has(skill, level) for skill, level in least.items())
    ]


def to_csv(people: Iterable[Person]) -> str:
    """The people as a CSV for Odoo's import; further skills on rows of their own."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    for person in people:
        head = (
            person.name, person.email, person.phone, person.city, person.country,
            person.source, f"{person.first_seen_at:%Y-%m-%d %H:%M:%S}",
        )  # fmt: skip
        for skill, level in person.skills.items():
            writer.writerow((*head, skill, level))
            head = ("",) * len(head)
    return text.getvalue()


def _read(name: str) -> list[dict[str, str]]:
    with open(DATA / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _person(dice: random.Random, place: dict[str, str], taken: dict) -> Person:
    occupation = dice.choice(occupations())
    first = dice.choice(place["first_names"].split(";"))
    last = dice.choice(place["last_names"].split(";"))
    return Person(
        name=f"{first} {last}",
        email=_email(dice, first, last, taken),
        phone="".join(
            str(dice.randrange(10)) if sign == "#" else sign for sign in place["phone"]
        ),
        city=dice.choice(place["cities"].split(";")),
        country=place["country"],
        source=dice.choices(list(SOURCES), list(SOURCES.values()))[0],
        first_seen_at=FIRST_DAY
        + timedelta(days=dice.randrange(DAYS), minutes=dice.randrange(24 * 60)),
        occupation=occupation.job,
        skills=_skills(dice, occupation),
    )


def _email(dice: random.Random, first: str, last: str, taken: dict) -> str:
    local = f"{_ascii(first)}.{_ascii(last)}"
    taken[local] = taken.get(local, 0) + 1
    number = taken[local] if taken[local] > 1 else ""
    return f"{local}{number}@{dice.choice(DOMAINS)}"


def _ascii(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.lower().translate(LETTERS))
    return "".join(sign for sign in plain if sign in "abcdefghijklmnopqrstuvwxyz")


def _skills(dice: random.Random, occupation: Occupation) -> dict[str, int]:
    """Most skills of the occupation at about its level, and sometimes a stray one."""
    known = [skill for skill in occupation.skills if dice.random() < 0.85]
    skills = {
        skill: _level(dice.gauss(occupation.skills[skill], 15))
        for skill in known or occupation.skills
    }
    if dice.random() < 0.3:
        stray = dice.choice(tuple(dice.choice(occupations()).skills))
        skills.setdefault(stray, _level(dice.uniform(10, 60)))
    return skills


def _level(value: float) -> int:
    """To the nearest step of 5 on the scale, never nothing."""
    return max(5, min(100, 5 * round(value / 5)))
