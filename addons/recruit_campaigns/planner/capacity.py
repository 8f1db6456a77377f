"""How long many messages take at the least, by what the planner lets leave a day."""

import math
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from ..timing.zones import UTC_ZONE
from .rules import Rules, local_day


def last_day(
    rules: Rules,
    senders: Iterable[tuple[ZoneInfo, int]],
    domains: Mapping[str, int],
    per_person: int,
    now: datetime,
    horizon: timedelta,
) -> date | None:
    """The day on which the last message can leave at the earliest.

    What other campaigns send is not counted, and no delay between steps: with them it
    only takes longer.

    :param senders: the clock of each sender, and how many messages they have to send
    :param domains: how many messages go to each recipient domain
    :param per_person: how many messages one person gets
    :return: None where that is beyond the horizon
    """
    latest = local_day(now + horizon, UTC_ZONE)
    days = [_under_cap(rules.cap, per_person, now)]
    for zone, count in senders:
        a_day = _sender_capacity(rules, zone)
        days.append(_day_of_last(count, a_day, local_day(now, zone), latest))
    if rules.pace.domain_daily and domains:
        a_day = _open_days(rules.window, rules.pace.domain_daily)
        first = local_day(now, UTC_ZONE)
        days.append(_day_of_last(max(domains.values()), a_day, first, latest))
    if None in days or max(days) > latest:
        return None
    return max(days)


def _day_of_last(count, a_day, day, latest):
    """The day on which the last of so many leaves; None where it is after `latest`.

    :param a_day: a date -> how many leave on it
    """
    while day <= latest:
        count -= a_day(day)
        if count <= 0:
            return day
        day += timedelta(days=1)
    return None


def _sender_capacity(rules, zone):
    def most(day):
        if not rules.window.works(day):
            return 0
        return min(_most_by_gap(day), _or_any(rules.pace.most(day)))

    def _most_by_gap(day):
        if not rules.pace.gap:
            return math.inf
        opens, closes = rules.window.span(day, zone)
        return math.ceil((closes - opens) / rules.pace.gap)

    return most


def _open_days(window, count):
    return lambda day: count if window.works(day) else 0


def _or_any(limit):
    return math.inf if limit is None else limit


def _under_cap(cap, per_person, now):
    """When somebody may get the last of their messages."""
    rounds = (per_person - 1) // cap.count if cap and per_person else 0
    return local_day(now, UTC_ZONE) + timedelta(days=rounds * cap.days if cap else 0)
