"""What was sent and what waits: the use of senders, domains and people."""

from bisect import bisect_right, insort
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta


class Slots:
    """The moments for which messages of a sender wait, some time apart."""

    def __init__(self):
        self._moments = []
        self._gap = timedelta()
        self._starts, self._ends = [], []  # of the runs in which nothing else fits

    def add(self, moment: datetime) -> None:
        """A message waits for a moment."""
        insort(self._moments, moment)
        if self._gap:
            self._insert(moment)

    def free(self, moment: datetime, gap: timedelta) -> datetime:
        """The first moment from `moment` on that is `gap` from every other."""
        if gap > self._gap:
            self._gap = gap
            self._starts, self._ends = [], []
            for taken in self._moments:
                self._insert(taken)
        place = bisect_right(self._starts, moment) - 1
        if place >= 0:
            moment = max(moment, self._ends[place])
        # the space before the next run may be too small
        while place + 1 < len(self._starts) and self._starts[place + 1] < moment + gap:
            place += 1
            moment = max(moment, self._ends[place])
        return moment

    def forget(self, now: datetime) -> None:
        """What waited until now waits no more."""
        del self._moments[: bisect_right(self._moments, now)]
        while self._starts and self._starts[0] <= now:
            if self._moments and self._moments[0] < self._ends[0]:
                self._starts[0] = self._moments[0]
            else:
                del self._starts[0], self._ends[0]

    def _insert(self, moment):
        """Add a run, and join it with those from which no slot keeps it apart."""
        start, end = moment, moment + self._gap
        first = last = bisect_right(self._starts, start)
        while first and self._ends[first - 1] + self._gap > start:
            first -= 1
            start = min(start, self._starts[first])
            end = max(end, self._ends[first])
        while last < len(self._starts) and self._starts[last] < end + self._gap:
            end = max(end, self._ends[last])
            last += 1
        self._starts[first:last], self._ends[first:last] = [start], [end]


class Ledger:
    """Counts by sender and domain and day, and what each person got.

    A lane is ``("sender", address)`` or ``("domain", name)``.
    """

    def __init__(self):
        self.watched = set()  # lanes in which somebody has a limit
        self.used = Counter()  # (lane, day) -> messages sent
        self.waiting = Counter()  # (lane, day) -> messages held until then
        self.last = {}  # lane -> moment of the last message
        self.slots = defaultdict(Slots)  # lane -> moments promised to held messages
        self.history = defaultdict(list)  # person -> moments, the earliest first

    def count(self, lane: tuple[str, str], day: date) -> int:
        """What was sent on a day or waits for it."""
        return self.used[lane, day] + self.waiting[lane, day]

    def remember(self, person: int, moments: Iterable[datetime]) -> None:
        """What somebody got before."""
        self.history[person] = sorted(moments)

    def book(self, lane: tuple[str, str], day: date, moment: datetime) -> None:
        """A message leaves in a lane."""
        self.used[lane, day] += 1
        self.last[lane] = moment

    def wait(self, lane: tuple[str, str], day: date, moment: datetime) -> None:
        """A message is held for want of room in a lane, until a moment of a day."""
        self.waiting[lane, day] += 1
        self.slots[lane].add(moment)

    def resume(self, lane: tuple[str, str], day: date, now: datetime) -> None:
        """What was held until now is looked at again."""
        self.waiting[lane, day] -= 1
        self.slots[lane].forget(now)
