"""The hours and days in which messages may leave."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from .wall import to_utc, to_wall

EVERY_DAY = frozenset(range(7))
# Two years hold every weekday, whatever holidays somebody keeps.
HORIZON = 731


class NeverOpenError(ValueError):
    """No moment of the next two years lies in the window."""


@dataclass(frozen=True)
class Window:
    """From `opens` until before `closes` on some weekdays, in a wall clock.

    :param opens: wall time
    :param closes: wall time after it; None for midnight
    :param weekdays: 0 for Monday to 6 for Sunday
    :param holidays: local dates on which nothing leaves
    """

    opens: time = time.min
    closes: time | None = None
    weekdays: frozenset[int] = EVERY_DAY
    holidays: frozenset[date] = field(default_factory=frozenset)

    def works(self, day: date) -> bool:
        """Whether messages may leave on a local date at all."""
        return day.weekday() in self.weekdays and day not in self.holidays

    def span(self, day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """From when until before when the window is open on a local date; naive UTC."""
        start = to_utc(day, self.opens, zone)
        if self.closes is None:
            return start, to_utc(day + timedelta(days=1), time.min, zone)
        return start, to_utc(day, self.closes, zone)


def next_open(moment: datetime, window: Window, zone: ZoneInfo) -> datetime:
    """The first moment not before `moment` in which the window is open; naive UTC.

    Outside the window that is the start of the next one, not the same time of another
    day.

    :raise NeverOpenError: where the window stays shut for two years
    """
    for start, end in _spans_near(moment.date(), window, zone):
        if moment < end:
            return max(moment, start)
    today = to_wall(moment, zone).date()
    for ahead in range(HORIZON):
        day = today + timedelta(days=ahead)
        if not window.works(day):
            continue
        start, end = window.span(day, zone)
        if moment < end and start < end:
            return max(moment, start)
    raise NeverOpenError


@lru_cache(maxsize=1 << 14)
def _spans_near(day: date, window: Window, zone: ZoneInfo):
    """The spans of the local dates that begin or end on a date in UTC, in order.

    What is before the local date of a moment is over by then, whatever the zone. They
    are remembered: thousands of moments of a forecast lie on the same few days.
    """
    near = [day + timedelta(days=ahead) for ahead in (-1, 0, 1)]
    spans = [window.span(one, zone) for one in near if window.works(one)]
    return [(start, end) for start, end in spans if start < end]
