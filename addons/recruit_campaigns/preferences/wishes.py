"""What a person wishes, read from a posted form. Whatever is not offered is ignored."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

TRAP = "website"  # a field that people do not see; who fills it in is a machine
AVAILABILITIES = ("now", "from_date", "listening", "closed")
QUIET_MONTHS = (3, 6, 12)
LEVELS = (25, 50, 75, 100)
GONE = "gone"  # a skill that the person no longer has
NAME_LONGEST = 60
_SKILL = re.compile(r"skill_(\d{1,9})")


@dataclass(frozen=True)
class Wishes:
    """What is to become so; None and empty mean: as it is.

    :param declined: ids of topics that were shown and not ticked
    :param accepted: ids of topics that were shown and ticked
    :param quiet: months of silence; 0: write again
    :param skills: skill id -> level, None for a skill that is gone
    :param new_skill: the name of one more skill, and its level
    """

    declined: frozenset[int] = frozenset()
    accepted: frozenset[int] = frozenset()
    availability: str | None = None
    available_from: date | None = None
    quiet: int | None = None
    skills: Mapping[int, int | None] = field(default_factory=dict)
    new_skill: tuple[str, int] | None = None


def read_wishes(form: Mapping[str, str], ticked: list[str]) -> Wishes:
    """The wishes in a form; nothing of one that a machine has filled in.

    :param form: name -> the last value of that name
    :param ticked: all values of the name ``topic``
    """
    if form.get(TRAP):
        return Wishes()
    shown = {int(one) for one in form.get("shown", "").split(",") if _is_number(one)}
    accepted = {int(one) for one in ticked if _is_number(one)} & shown
    day = _day(form.get("available_from", ""))
    availability = form.get("availability")
    if availability not in AVAILABILITIES or (availability == "from_date" and not day):
        availability = None
    return Wishes(
        declined=frozenset(shown - accepted),
        accepted=frozenset(accepted),
        availability=availability,
        available_from=day if availability == "from_date" else None,
        quiet=_quiet(form.get("quiet")),
        skills=dict(filter(None, map(_skill, form.items()))),
        new_skill=_new_skill(form),
    )


def _is_number(text):
    return text.isascii() and text.isdigit() and len(text) < 10


def _day(text):
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _quiet(text):
    return int(text) if text in {"0", *map(str, QUIET_MONTHS)} else None


def _level(text):
    return int(text) if text in map(str, LEVELS) else None


def _skill(item):
    match = _SKILL.fullmatch(item[0])
    level = _level(item[1])
    if match and (level or item[1] == GONE):
        return int(match[1]), level
    return None


def _new_skill(form):
    name = " ".join(form.get("new_skill", "").split())
    if not name or len(name) > NAME_LONGEST or not name.isprintable():
        return None
    return name, _level(form.get("new_level")) or LEVELS[1]
