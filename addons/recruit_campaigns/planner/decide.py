"""Send now, hold until, or skip: each for a reason."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from ..timing.wall import to_utc
from ..timing.window import HORIZON, NeverOpenError, next_open
from ..timing.zones import UTC_ZONE
from .ledger import Ledger
from .rules import Pace, Person, Rules, local_day

SEND, HOLD, SKIP = "send", "hold", "skip"

# Why a message is held or skipped.
AWAY = "away"
REFUSED = "refused"
CAPPED = "capped"
DOMAIN_FULL = "domain_full"
SENDER_FULL = "sender_full"
GAP = "gap"
SHUT = "shut"
LATE = "late"
# Where the sender or the domain has no room: others wait in the same lane.
CROWDED = (DOMAIN_FULL, SENDER_FULL, GAP)
HOLDS = (AWAY, REFUSED, CAPPED, *CROWDED, SHUT)


class Verdict(NamedTuple):
    """What becomes of a message.

    :param action: one of SEND, HOLD, SKIP
    :param at: when it leaves, or goes on; naive UTC
    :param reason: of a hold or a skip
    :param lane: in which a held message waits, where others do too
    """

    action: str
    at: datetime
    reason: str | None = None
    lane: tuple[str, str] | None = None


class Row(NamedTuple):
    """A message that is due.

    :param hold: why it was held before, if it was
    """

    person: Person
    due_at: datetime
    hold: str | None = None


def decide(
    row: Row,
    rules: Rules,
    ledger: Ledger,
    now: datetime,
    horizon: datetime | None = None,
) -> Verdict:
    """Decide over one message, and write the decision into the ledger.

    A held message gets the first moment at which, as things stand, nothing keeps it
    any more; the reason is the last thing that does. A closed window alone only
    lengthens what another reason began.

    :param horizon: what cannot leave before is held until then; saves looking further
    :raise NeverOpenError: where nothing can ever leave
    """
    if rules.late and rules.late.skips and now - row.due_at > rules.late.after:
        return Verdict(SKIP, now, LATE)
    person = row.person
    moment, reason = now, None
    latest = now + timedelta(days=HORIZON)
    while horizon is None or moment < horizon:
        later, why = _later(row, rules, ledger, moment, now)
        if later == moment:
            break
        if later > latest:
            raise NeverOpenError
        reason = reason if why == SHUT and reason else why
        moment = later
    if reason is None:
        _book(person, ledger, now)
        return Verdict(SEND, now)
    lane = _lane(person, reason)
    if lane:
        ledger.wait(lane, day_of(lane, person, moment), moment)
    return Verdict(HOLD, moment, reason, lane)


def day_of(lane: tuple[str, str], person: Person, moment: datetime) -> date:
    """The day that counts in a lane: a sender's own, UTC for a domain."""
    return local_day(moment, zone_of(lane, person))


def zone_of(lane: tuple[str, str], person: Person) -> ZoneInfo:
    """Whose clock begins the days of a lane."""
    return person.sender_zone if lane[0] == "sender" else UTC_ZONE


def lanes(person: Person, pace: Pace) -> list[tuple[str, str]]:
    """The lanes in which a campaign limits what a person gets."""
    limited = []
    if pace.daily or pace.ramp or pace.gap:
        limited.append(_sender(person))
    if pace.domain_daily:
        limited.append(_domain(person))
    return limited


def _book(person, ledger, now):
    """Count a message wherever somebody has a limit, of this campaign or another."""
    for lane in (_sender(person), _domain(person)):
        if lane in ledger.watched:
            ledger.book(lane, day_of(lane, person, now), now)
    ledger.history[person.key].append(now)


def _later(row, rules, ledger, moment, now):
    """The first moment that one of the rules allows, with the reason."""
    for reason, rule in _applying(rules):
        later = rule(row, rules, ledger, moment, now)
        if later > moment:
            return later, reason
    return moment, None


def _after_absence(row, _rules, _ledger, moment, _now):
    return row.person.away_until or moment


def _after_refusal(row, _rules, _ledger, moment, _now):
    return row.person.refused_until or moment


def _under_cap(row, rules, ledger, moment, _now):
    got = ledger.history.get(row.person.key, ())
    if len(got) < rules.cap.count:
        return moment
    return got[-rules.cap.count] + timedelta(days=rules.cap.days)


def _domain_has_room(row, rules, ledger, moment, _now):
    most = rules.pace.domain_daily
    lane = _domain(row.person)
    return _room(ledger, lane, moment, UTC_ZONE, lambda _day: most)


def _sender_has_room(row, rules, ledger, moment, _now):
    lane = _sender(row.person)
    return _room(ledger, lane, moment, row.person.sender_zone, rules.pace.most)


def _room(ledger, lane, moment, zone: ZoneInfo, most):
    """The first moment of the first day from `moment` on with room in a lane."""
    day = today = local_day(moment, zone)
    while ledger.count(lane, day) >= most(day):
        day += timedelta(days=1)
        if (day - today).days > HORIZON:
            raise NeverOpenError
    return moment if day == today else to_utc(day, time.min, zone)


def _after_gap(row, rules, ledger, moment, now):
    gap = rules.pace.gap
    lane = _sender(row.person)
    last = ledger.last.get(lane)
    earliest = max(moment, last + gap) if last else moment
    # Whose turn it is does not queue again, though the turn comes a little late.
    if row.hold == GAP and moment == now and now - row.due_at < gap:
        return earliest
    return ledger.slots[lane].free(earliest, gap)


def _in_window(row, rules, _ledger, moment, _now):
    return next_open(moment, rules.window, row.person.zone)


def _sender(person):
    return "sender", person.sender


def _domain(person):
    return "domain", person.domain


def _lane(person, reason):
    if reason not in CROWDED:
        return None
    return _domain(person) if reason == DOMAIN_FULL else _sender(person)


_RULES = (
    (AWAY, _after_absence, lambda _rules: True),
    (REFUSED, _after_refusal, lambda _rules: True),
    (CAPPED, _under_cap, lambda rules: rules.cap),
    (SHUT, _in_window, lambda _rules: True),
    (DOMAIN_FULL, _domain_has_room, lambda rules: rules.pace.domain_daily),
    (SENDER_FULL, _sender_has_room, lambda rules: rules.pace.daily or rules.pace.ramp),
    (GAP, _after_gap, lambda rules: rules.pace.gap),
)


@lru_cache(maxsize=1024)
def _applying(rules):
    """Those of the rules that can keep back a message of a campaign, in order."""
    return tuple((reason, rule) for reason, rule, applies in _RULES if applies(rules))
