"""The day of return that a note of absence states, in whatever way it does."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from .languages import LANGUAGES

# Further away than this is no return but a typing error, or an old year.
_HORIZON = timedelta(days=400)
_BEFORE = 40  # characters before a date in which its preposition stands
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class _Found:
    """A date in the text: where it stands, and what stands around it."""

    day: date
    start: int
    end: int
    before: str
    after: str
    is_exact: bool  # a date, and not only the name of a weekday


def _words(attribute: str) -> str:
    return "|".join(
        value for one in LANGUAGES if (value := getattr(one, attribute)) for _ in "1"
    )


def _tables(attribute: str, separator: str) -> dict[str, int]:
    """{spelling: 0-based number} over all languages; the first language wins."""
    table: dict[str, int] = {}
    for language in LANGUAGES:
        groups = filter(None, getattr(language, attribute).split(separator))
        for number, group in enumerate(groups):
            for word in re.split(r"[ |]", group) if separator == "," else [group]:
                table.setdefault(word, number)
    return table


_MONTHS = _tables("months", ",")
_WEEKDAYS = _tables("weekdays", " ")
_MONTH = "|".join(sorted(map(re.escape, _MONTHS), key=len, reverse=True))
_WEEKDAY = "|".join(sorted(_WEEKDAYS, key=len, reverse=True))
_YEAR = r"(?:[ ,.]{0,3}(?:de |del |of )?(?P<y>20\d\d)\b)?"

_FORMS = tuple(
    re.compile(form)
    for form in (
        r"(?<!\d)(?P<y>20\d\d)[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)",
        r"(?<!\d)(?:(?P<y>20\d\d)\s?[年년]\s?)?(?P<m>\d{1,2})\s?[月월]"
        r"\s?(?P<d>\d{1,2})\s?[日일号號]",
        rf"(?<![\d.])(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|º|°|\.|-?го|:n)?"
        rf"[ -]?(?:of |de |den |ב)?"
        rf"(?P<name>{_MONTH})(?![a-zа-яё]{{3}}){_YEAR}",
        rf"(?P<name>{_MONTH})(?![a-zа-яё])\.? (?P<d>\d{{1,2}})(?:st|nd|rd|th)?"
        rf"(?!\d|\.\d)"
        rf"(?:[ ,.]{{1,3}}(?P<y>20\d\d)\b)?",
        r"(?<![\d.])(?P<d>\d{1,2})\. ?(?P<m>\d{1,2})\.(?: ?(?P<y>20\d\d|\d\d))?(?!\d"
        r"|\.\d)",
        r"(?<![\d/])(?P<a>\d{1,2})/(?P<b>\d{1,2})(?:/(?P<y>20\d\d|\d\d))?(?![\d/])",
        r"(?<![\d-])(?P<a>\d{1,2})-(?P<b>\d{1,2})-(?P<y>20\d\d)(?!\d)",
        rf"(?<!\w)(?P<weekday>{_WEEKDAY})(?!\w)",
        rf"(?<!\w)(?P<tomorrow>{_words('tomorrow')})(?!\w)",
    )
)
# What may stand between a preposition and its date.
_GAP = (
    rf"[ ,.:(]*(?:(?:on|the|next|am|dem|den|der|le|el|día|il|o|dia|op|de|dnia|em|na|in|"
    rf"and including|including|einschließlich|with|inclusive|w|v|vom|um|{_WEEKDAY})"
    rf"[ ,.]+){{0,4}}[(]?$"
)
_UNTIL = re.compile(rf"(?:(?<!\w)(?:{_words('until')})|[-–—~])(?:{_GAP})")
_BACK_WORD = rf"(?<!\w)(?:{_words('back')})(?![a-zß-žа-яё])"
_BACK = re.compile(rf"{_BACK_WORD}[^.!?]{{0,25}}$")
_UNTIL_AFTER = re.compile(rf"^(?:{_words('until_after')})")
_BACK_AFTER = re.compile(rf"^(?:{_words('back_after')}|[^.!?]{{0,12}}{_BACK_WORD})")


def return_day(text: str, today: date) -> date | None:
    """The first day back; None where none is stated, or only days gone by.

    "Back on the 5th" is that day, "until the 5th" the day after it. Where a date may be
    read in two ways (5/6), the reading that is not past and nearer to `today` counts.

    :param text: folded
    """
    dates = sorted(_dates(text, today), key=lambda one: one.start)
    starts = {a for a, b in pairwise(dates) if b.start - a.end < 20 and _is_until(b)}
    found = [one for one in dates if one.day <= today + _HORIZON and one not in starts]
    back = [one.day for one in found if _is_back(one)]
    until = [one.day + _DAY for one in found if _is_until(one)]
    other = [one.day + _DAY for one in found if one.is_exact]
    return max(back or until or other, default=None)


def _is_back(found: _Found) -> bool:
    return bool(_BACK_AFTER.search(found.after) or _BACK.search(found.before)) and not (
        _is_until(found)
    )


def _is_until(found: _Found) -> bool:
    return bool(_UNTIL_AFTER.search(found.after) or _UNTIL.search(found.before))


def _dates(text: str, today: date) -> Iterator[_Found]:
    taken: set[int] = set()
    for form in _FORMS:
        for match in form.finditer(text):
            if taken.isdisjoint(range(*match.span())) and (day := _day(match, today)):
                taken.update(range(*match.span()))
                before = text[max(match.start() - _BEFORE, 0) : match.start()]
                after = text[match.end() : match.end() + 25]
                is_exact = match.groupdict().keys() >= {"y"}
                yield _Found(day, *match.span(), before, after, is_exact)


def _day(match: re.Match[str], today: date) -> date | None:
    parts = {name: value for name, value in match.groupdict().items() if value}
    if "tomorrow" in parts:
        return today + _DAY
    if "weekday" in parts:
        return _next_weekday(parts["weekday"], today)
    readings = [
        day
        for month, number in _readings(parts)
        if (day := _date(parts.get("y"), month, number, today))
    ]
    return min((day for day in readings if day >= today), default=None)


def _readings(parts: dict[str, str]) -> list[tuple[int, int]]:
    """(month, day) in each way that the match may be read."""
    if "name" in parts:
        return [(_MONTHS[parts["name"]] + 1, int(parts["d"]))]
    if "m" in parts:
        return [(int(parts["m"]), int(parts["d"]))]
    first, second = int(parts["a"]), int(parts["b"])
    return [(second, first), (first, second)]


def _date(year: str | None, month: int, day: int, today: date) -> date | None:
    """The date; without a year the next one, unless it was in the last half year."""
    try:
        if year:
            return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
        this = date(today.year, month, day)
        return this.replace(year=this.year + 1) if today - this > _HORIZON / 2 else this
    except ValueError:
        return None


def _next_weekday(word: str, today: date) -> date | None:
    number = next(
        (day for form, day in _WEEKDAYS.items() if re.fullmatch(form, word)), None
    )
    return (
        None
        if number is None
        else today + ((number - today.weekday() - 1) % 7 + 1) * _DAY
    )
