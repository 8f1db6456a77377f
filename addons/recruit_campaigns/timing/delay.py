"""How long a step waits after the one before."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from .wall import to_utc, to_wall
from .window import HORIZON, NeverOpenError, Window, next_open

UNITS = ("hours", "business_days", "days", "weeks", "months")


def due_at(
    after: datetime, count: int, unit: str, window: Window, zone: ZoneInfo
) -> datetime:
    """When a step is due: the delay, then the first open moment.

    Hours are hours of the clock of the world. Longer units keep the wall time: three
    days after 9:30 is 9:30, on the days the clocks change too. A month later that has
    no such day means its last day. Business days are the days that the window works.

    :param after: when the step before was sent, or the person enrolled (naive UTC)
    :param count: 0 or more
    :param unit: one of `UNITS`
    :return: naive UTC
    :raise NeverOpenError: where the window stays shut for two years
    """
    return next_open(_wait(after, count, unit, window, zone), window, zone)


def _wait(after, count, unit, window, zone) -> datetime:
    if unit == "hours" or not count:
        return after + timedelta(hours=count)
    wall = to_wall(after, zone)
    if unit == "business_days":
        day = _business_day(wall.date(), count, window)
    else:
        day = wall.date() + relativedelta(**{unit: count})
    return max(after, to_utc(day, wall.time(), zone))


def _business_day(day: date, count: int, window: Window) -> date:
    """The date that lies `count` working days after `day`."""
    for _step in range(HORIZON + 2 * count):
        day += timedelta(days=1)
        count -= window.works(day)
        if not count:
            return day
    raise NeverOpenError
