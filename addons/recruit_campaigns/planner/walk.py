"""The days ahead: every message of everybody inside, as the sender will decide."""

import heapq
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import count
from operator import itemgetter
from typing import NamedTuple, Protocol

from . import decide
from .ledger import Ledger
from .rules import Person, Stop

STOPPED = "stopped"  # the person gets nothing any more
TAKE = "take"  # what becomes of a step that is no message
# What waits until somebody does something about it.
NO_SENDER = "no_sender"
LACKING = "lacking"


class Waiting(NamedTuple):
    """A message that waits.

    :param campaign: key of the campaign
    :param stop: the step
    :param due_at: when the sender looks at it
    :param hold: why it was held, if it was
    :param lane: in which it is held, where others are too
    :param was_due: when it was due before it was held; None: it was not held yet
    :param since: when the person came to a step that is no message, if already there
    """

    person: Person
    campaign: int
    stop: Stop
    due_at: datetime
    hold: str | None = None
    lane: tuple[str, str] | None = None
    was_due: datetime | None = None
    since: datetime | None = None


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


class World(Protocol):
    """What the walk asks about steps and people."""

    def lacks(self, one: Waiting) -> bool:
        """Whether something is missing from a message that somebody must fill in."""

    def says_yes(self, one: Waiting) -> bool:
        """Whether what a step waits for, or asks, is so already."""

    def following(self, key: int, says_yes: bool) -> Stop | None:
        """The step after another, for who answers it so; None after the last."""


def foresee(
    waiting: Iterable[Waiting],
    world: World,
    ledger: Ledger,
    now: datetime,
    horizon: datetime,
) -> Iterator[Foreseen]:
    """Walk through the days as the sender does: what is due first goes first.

    Assumes that from now on nobody answers or fills anything in, that everybody stays
    at other steps as long as they may, and that mail servers take everything.

    :param waiting: what waits now, in the order of its creation
    :param ledger: the use so far; it is written on
    """
    start, queue, number = now, [], count()
    for one in waiting:
        for lane in decide.lanes(one.person, one.stop.rules.pace):
            ledger.watched.add(lane)
        _occupy(ledger, one)
        queue.append((one.due_at, next(number), one))
    heapq.heapify(queue)
    while queue and queue[0][0] < horizon:
        now = max(now, queue[0][0])
        for order, one in _due(queue, ledger, now):
            verdict = _decide(one, world, ledger, now, horizon)
            if _is_looked_at_again(verdict, horizon):
                held = _held(one, verdict)
                heapq.heappush(queue, (held.due_at, order, held))
                continue
            yield _foreseen(one, verdict)
            if after := _after(one, verdict, world):
                heapq.heappush(queue, (after.due_at, next(number), after))
    for due_at, _order, one in sorted(queue, key=itemgetter(0, 1)):
        if one.hold:
            yield _foreseen(one, decide.Verdict(decide.HOLD, due_at), start)


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


def _decide(one, world, ledger, now, horizon):
    person, stop = one.person, one.stop
    if person.stopped:
        return decide.Verdict(decide.SKIP, now, STOPPED)
    if stop.stay is not None:
        if person.away_until and person.away_until > now and not one.since:
            return decide.Verdict(decide.HOLD, person.away_until, decide.AWAY)
        return decide.Verdict(TAKE, now)
    if person.senderless:
        return decide.Verdict(decide.HOLD, now, NO_SENDER)
    if world.lacks(one):
        return decide.Verdict(decide.HOLD, now, LACKING)
    row = decide.Row(person, one.due_at, one.hold)
    return decide.decide(row, stop.rules, ledger, now, horizon)


def _is_looked_at_again(verdict, horizon):
    """Whether it is held for a while, and not until somebody does something."""
    return (
        verdict.action == decide.HOLD
        and verdict.at < horizon
        and verdict.reason not in (NO_SENDER, LACKING)
    )


def _held(one, verdict):
    return one._replace(
        due_at=verdict.at,
        hold=verdict.reason,
        lane=verdict.lane,
        was_due=one.was_due or one.due_at,
    )


def _foreseen(one, verdict, due_at=None):
    return Foreseen(
        one.person.key,
        one.campaign,
        one.stop.key,
        due_at or one.was_due or one.due_at,
        verdict.at,
        verdict.action,
        verdict.reason or one.hold,
    )


def _after(one, verdict, world):
    """What waits then; None where the message still waits, and after the last step."""
    if verdict.action == decide.HOLD or verdict.reason == STOPPED:
        return None
    person, left_at, says_yes = one.person, verdict.at, False
    if verdict.action == TAKE:
        says_yes = world.says_yes(one)
        if not says_yes:
            since = one.since or verdict.at
            left_at = one.stop.left_by(verdict.at, since, person.zone)
    stop = world.following(one.stop.key, says_yes)
    if not stop:
        return None
    due_at = stop.due_after(left_at, person.zone)
    return Waiting(person, one.campaign, stop, due_at)
