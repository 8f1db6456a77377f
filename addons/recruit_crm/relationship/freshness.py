"""How far what we know about a person can still be trusted. Dates in, a word out."""

from datetime import datetime
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

FRESH, AGING, STALE = "fresh", "aging", "stale"


class Limits(NamedTuple):
    """Moments in UTC: older than `aging` is no longer fresh, older than `stale` is."""

    aging: datetime
    stale: datetime


def limits(now, aging_months, stale_months):
    """Return the limits as seen at ``now``; stale never comes before aging.

    >>> limits(datetime(2026, 7, 1), 6, 12).aging
    datetime.datetime(2026, 1, 1, 0, 0)
    """
    return Limits(
        now - relativedelta(months=aging_months),
        now - relativedelta(months=max(stale_months, aging_months)),
    )


def freshness(confirmed_at, last_touch_at, known_since, bounds):
    """Return ``fresh``, ``aging`` or ``stale``.

    The later of confirmation and contact counts; of a person with neither, the day
    they became known. Without any date: stale.

    :param Limits bounds: see :func:`limits`
    """
    told = [moment for moment in (confirmed_at, last_touch_at) if moment]
    moment = max(told) if told else known_since
    if not moment or moment < bounds.stale:
        return STALE
    return AGING if moment < bounds.aging else FRESH
