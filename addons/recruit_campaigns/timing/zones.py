"""Whose clock counts."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

UTC_ZONE = ZoneInfo("UTC")


def first_zone(names: Iterable[str | None]) -> ZoneInfo:
    """The zone of the first name that is one: of the person, sender, company.

    Names that are empty or unknown are passed over; UTC when none is left.
    """
    for name in names:
        if zone := _zone(name):
            return zone
    return UTC_ZONE


def _zone(name: str | None) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):  # ValueError: not a name but a path
        return None
