"""The days ahead: every message of everybody inside, as the sender will decide."""

import heapq
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import count
from typing import NamedTuple

from . import decide
from .ledger import Ledger
from .rules import Person, Stop

STOPPED = "stopped"  # the person gets nothing any more
TAKE = "take"  # what becomes of a step that is no message

NO_STAY = timedelta()


class Waiting(NamedTuple):
    """A message that waits.

    :param campaign: key of the campaign
    :param stop: the step
    :param due_at: when the sender looks at it
    :param hold: why it was held, if it was
    :param lane: in which it is held, where others are too
    :param was_due: when it was due before it was held; None: it was not held yet
    """

    person: Person
    campaign: int
    stop: Stop
    due_at: datetime
    hold: str | None = None
    lane: tuple[str, str] | None = None
    was_due: datetime | None = None


class Foreseen(NamedTuple):
    """What will become of a message.

    :param due_at: when its delay is over and the window open
    :param at: when it leaves, is skipped, or may go on
    :param action: of `decide`, HOLD where it still waits at the horizon; TAKE for a
        step that is no message
    :param reason: why it leaves later than due, or not at all
    """

    person: int
    campaign: int
    step: int
    due_at: datetime
    at: datetime
    action: str
    reason: str | None


def foresee(
    waiting: Iterable[Waiting],
    following: Callable[[int], Stop | None],
    ledger: Ledger,
    now: datetime,
    horizon: datetime,
) -> Iterator[Foreseen]:
    """Walk through the days as the sender does: what is due first goes first.

    Assumes that nobody answers, that everybody stays at other steps as long as they
    may, and that mail servers take everything.

    :param waiting: what waits now, in the order of its creation
    :param following: key of a step -> the step after it, None after the last
    :param ledger: the use so far; it is written on
    """
    queue, number = [], count()
    for one in waiting:
        for lane in decide.lanes(one.person, one.stop.rules.pace):
            ledger.watched.add(lane)
        _occupy(ledger, one)
        queue.append((one.due_at, next(number), one))
    heapq.heapify(queue)
    while queue and queue[0][0] < horizon:
        now = max(now, queue[0][0])
        for order, one in _due(queue, ledger, now):
            verdict = _decide(one, ledger, now, horizon)
            if verdict.action == decide.HOLD and verdict.at < horizon:
                held = _held(one, verdict)
                heapq.heappush(queue, (held.due_at, order, held))
                continue
            yield _foreseen(one, verdict)
            if stop := verdict.reason != STOPPED and _next(one, verdict, following):
                left_at = verdict.at + (one.stop.stay or NO_STAY)
                due_at = stop.due_after(left_at, one.person.zone)
                after = Waiting(one.person, one.campaign, stop, due_at)
                heapq.heappush(queue, (due_at, next(number), after))


def _occupy(ledger, one):
    if one.lane:
        day = decide.day_of(one.lane, one.person, one.due_at)
        ledger.wait(one.lane, day, one.due_at)


def _due(queue, ledger, now):
    """Take what is due out of the queue: what waited for this moment waits no more."""
    due = []
    while queue and queue[0][0] <= now:
        due_at, order, one = heapq.heappop(queue)
        if one.lane:
            day = decide.day_of(one.lane, one.person, due_at)
            ledger.resume(one.lane, day, now)
        due.append((order, one))
    return due


def _decide(one, ledger, now, horizon):
    if one.person.stopped:
        return decide.Verdict(decide.SKIP, now, STOPPED)
    if one.stop.stay is not None:
        return decide.Verdict(TAKE, now)
    row = decide.Row(one.person, one.due_at, one.hold)
    return decide.decide(row, one.stop.rules, ledger, now, horizon)


def _held(one, verdict):
    return one._replace(
        due_at=verdict.at,
        hold=verdict.reason,
        lane=verdict.lane,
        was_due=one.was_due or one.due_at,
    )


def _foreseen(one, verdict):
    return Foreseen(
        one.person.key,
        one.campaign,
        one.stop.key,
        one.was_due or one.due_at,
        verdict.at,
        verdict.action,
        verdict.reason or one.hold,
    )


def _next(one, verdict, following):
    """The step after a message that is over; None where it still waits."""
    return None if verdict.action == decide.HOLD else following(one.stop.key)
