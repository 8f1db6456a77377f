"""Between a wall clock somewhere and UTC, on the days the clocks change too."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def to_wall(moment: datetime, zone: ZoneInfo) -> datetime:
    """What clocks in `zone` show at a moment (naive UTC); naive."""
    return moment.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)


def to_utc(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The one moment that stands for a wall time on a day; naive UTC.

    A time that clocks show twice (autumn) means the first one. A time that they skip
    (spring) means the first moment after the gap. So each local date has each wall time
    exactly once.
    """
    early = _utc(day, at, zone, fold=0)
    late = _utc(day, at, zone, fold=1)
    if early <= late:
        return early
    return _gap_end(late, early, zone)


def _utc(day: date, at: time, zone: ZoneInfo, fold: int) -> datetime:
    wall = datetime.combine(day, at.replace(fold=fold), tzinfo=zone)
    return wall.astimezone(UTC).replace(tzinfo=None)


def _gap_end(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The second in which the offset changes, between two moments around a gap.

    17 halvings are enough for the longest gap known, the 24 hours that Samoa skipped.
    """
    offset = _offset(before, zone)
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        middle = middle.replace(microsecond=0)
        if _offset(middle, zone) == offset:
            before = middle
        else:
            after = middle
    return after


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta | None:
    return moment.replace(tzinfo=UTC).astimezone(zone).utcoffset()
