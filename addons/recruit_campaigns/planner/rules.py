"""What a campaign asks of the planner."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from ..timing.delay import due_at
from ..timing.wall import to_utc, to_wall
from ..timing.window import Window

# A ramp that has grown for so long is beyond any ceiling.
LONGEST_RAMP = 365


@dataclass(frozen=True)
class Ramp:
    """A new sender begins with few messages and takes more each day.

    :param first: messages on the first day
    :param growth: percent more each day
    :param since: the first day, a local date of the sender
    """

    first: int
    growth: int
    since: date

    def most(self, day: date) -> int:
        """How many messages may leave on a day."""
        days = min(max((day - self.since).days, 0), LONGEST_RAMP)
        return int(self.first * (1 + self.growth / 100) ** days)


@dataclass(frozen=True)
class Pace:
    """How fast a sender may send; 0 stands for no limit.

    :param daily: messages of the sender on a local date of theirs
    :param gap: between two messages of the sender
    :param domain_daily: messages to a recipient domain on a day (UTC)
    """

    daily: int = 0
    gap: timedelta = timedelta()
    domain_daily: int = 0
    ramp: Ramp | None = None

    def most(self, day: date) -> int | None:
        """How many messages of the sender may leave on a day; None: any number."""
        ceilings = [self.daily] if self.daily else []
        if self.ramp:
            ceilings.append(self.ramp.most(day))
        return min(ceilings, default=None)


class Cap(NamedTuple):
    """At most `count` messages to a person in any `days` days, over all campaigns."""

    count: int
    days: int


class Late(NamedTuple):
    """What becomes of a message that is later than `after` behind its time."""

    after: timedelta
    skips: bool


@dataclass(frozen=True, eq=False)
class Rules:
    """All that a campaign asks for. Two are never equal: they are looked up often."""

    window: Window = field(default_factory=Window)
    pace: Pace = field(default_factory=Pace)
    cap: Cap | None = None
    late: Late | None = None


class Stop(NamedTuple):
    """A step, as the planner knows it.

    :param key: of the step
    :param delay: as in `timing.delay.due_at`
    :param unit: as in `timing.delay.due_at`
    :param stay: how long people stay at a step that is no message; None for one
    :param until: the day before which nobody goes on, by the clock of the person
    """

    key: int
    rules: Rules
    delay: int = 0
    unit: str = "days"
    stay: timedelta | None = None
    until: date | None = None

    def due_after(self, moment: datetime, zone: ZoneInfo) -> datetime:
        """When it is due for somebody who came to it at a moment."""
        return _due_at(moment, self.delay, self.unit, self.rules.window, zone)

    def left_by(self, moment: datetime, since: datetime, zone: ZoneInfo) -> datetime:
        """When somebody goes on for whom nothing happens, who is looked at at a moment.

        :param since: when the person came to it
        """
        if self.stay:
            moment = max(moment, since + self.stay)
        if self.until:
            moment = max(moment, to_utc(self.until, time.min, zone))
        return moment


class Person(NamedTuple):
    """Somebody in a campaign.

    :param key: of the person, over all campaigns
    :param zone: of the clock that counts
    :param sender: normalized address from which the person is written to
    :param sender_zone: whose days count for the sender
    :param domain: of the person's address
    :param away_until: the person is not to be written to before
    :param refused_until: the domain refuses our mail until then
    :param stopped: why the person gets nothing any more; None for everybody else
    :param senderless: there is nobody in whose name to write
    """

    key: int
    zone: ZoneInfo
    sender: str
    sender_zone: ZoneInfo
    domain: str = ""
    away_until: datetime | None = None
    refused_until: datetime | None = None
    stopped: str | None = None
    senderless: bool = False


@lru_cache(maxsize=1 << 16)
def local_day(moment: datetime, zone: ZoneInfo) -> date:
    """The date that calendars in `zone` show at a moment."""
    return to_wall(moment, zone).date()


@lru_cache(maxsize=1 << 16)
def _due_at(moment, delay, unit, window, zone):
    return due_at(moment, delay, unit, window, zone)
