"""The worker that sends: the protocol, told in the order of its steps.

It is no model: it has a database session of its own, and calls the models.
"""

import logging
import math
import time
from collections import deque
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from functools import partial

import psycopg2
from psycopg2.extensions import STATUS_READY

from ..engine import decide, stopping
from ..engine.failpoint import hit
from ..engine.lanes import Lanes
from ..engine.smtp import Answer
from .line import Unreachable, open_line
from .recorder import Recorder
from .recruit_campaign_delivery_letter import UNWRITABLE
from .session import Session

_logger = logging.getLogger(__name__)

# Rows for one claim: what a batch shares is read once, and a dead worker holds no more.
BATCH = 500

# How many accepted letters wait, and how long, before all that follows is recorded.
RECORD_BATCH = 100
RECORD_SECONDS = 2

# An answer is committed together with the fence of the next letter. Where that takes
# longer than this, it is committed by itself, and nobody who stops the person waits.
FLUSH_SECONDS = 0.005

# How long to leave somebody alone who is being stopped at this moment.
STOP_PAUSE = timedelta(minutes=1)

LEFT = Answer("DATA", None, "the server left before the end of the message")


class Worker(Session):
    """Sends due deliveries over one database session and some SMTP conversations.

    Its connection also holds the lock that says the worker is alive: when it is lost
    nothing can be fenced any more, and the reaper may take over. All but what follows
    for accepted messages runs on it: see `Recorder`.
    """

    def __init__(self, registry, *, connections=1, fence_size=1):
        """:param connections: how many letters are on their way to mail servers at once
        :param fence_size: how many letters share the commit before their dots

        A worker that dies leaves as many deliveries uncertain as the larger of the two.
        """
        super().__init__(registry)
        self.lanes = Lanes(connections, self._open_line)
        self.fence_size = fence_size
        self.wordings = {}
        self.unreachable = set()  # senders whose mail server is given up for this run
        self.token = self.recorder = None
        self.front = None  # how far the queue is read
        # Letters on their way, by how far they are:
        self.fenced = deque()  # those that share a fence and are not offered yet
        self.flying = {}  # fenced and without their dot: id -> lock keys
        self.locked = []  # keys of those whose dot has left
        self.answers = []  # accepted ones whose answer is not committed yet
        self.open_since = math.inf  # when the first of these two came
        self.accepted = []  # committed ones whose sequel is not recorded yet
        self.recorded_at = time.monotonic()

    def __enter__(self):
        with ExitStack() as ending:
            ending.callback(self.close)
            self.token = self.deliveries._open_session()
            self.commit()
            self.recorder = Recorder(self.deliveries.env.registry, self.token)
            ending.callback(self.recorder.close)
            ending.callback(self.lanes.quit)
            ending.callback(self._let_go)
            self._ending = ending.pop_all()
        return self

    def __exit__(self, problem, *_more):
        with self._ending:
            if not problem:
                self._record_accepted(self._now())

    def _let_go(self):
        """Give back what was claimed and not sent."""
        try:
            self.cr.rollback()
            self.deliveries._held_by(self.token)._give_back(self.token)
            self.commit()
        except psycopg2.Error:
            _logger.warning("The sender's claims are lost", exc_info=True)

    def tidy_up(self):
        """Take care of what dead workers, closed campaigns and silent servers left."""
        now = self._now()
        enrollments = self.deliveries.env["recruit.campaign.enrollment"]
        while enrollments._leave_closed_campaigns(limit=1000):
            self.commit()
        self._reap()
        self.deliveries._settle_overdue(now)
        self.deliveries._keep_missing_messages(now)
        self.commit()

    def send_batch(self, limit=BATCH, seconds=math.inf):
        """Claim due deliveries and send them, as long as time lasts.

        :return int: how many came to a decision; 0 when there is nothing to do, or
            nothing that can be done now
        """
        stop_at = time.monotonic() + seconds
        now = self._now()
        self._reap()
        self.deliveries._prepare_statements()
        claimed, self.front = self.deliveries._claim_next(
            self.token, now, limit, self.front
        )
        self.commit()
        hit("after_claim")
        leaving = claimed._let_leave(self.token, now)
        self.commit()
        letters = leaving._prepare_letters(self.token, now, self.wordings)
        self.commit()
        self._send_letters(letters, now, stop_at)
        self.deliveries._held_by(self.token)._give_back(self.token)
        self.commit()
        return 0 if self._all_unreachable(letters) else len(claimed)

    @contextmanager
    def _each_by_itself(self):
        """Let each statement be a transaction of its own: the database commits it
        before it answers, and neither BEGIN nor COMMIT has to travel."""
        connection = self.cr.connection
        if connection.status != STATUS_READY:
            self.commit()
        connection.autocommit = True
        try:
            yield
        finally:
            if not connection.closed:
                connection.autocommit = False

    def _now(self):
        return self.deliveries.env["recruit.clock"].now()

    def _reap(self):
        """Take over what dead workers left."""
        sequels = self.deliveries._reap(self.token, self._now())
        self.commit()
        self._hand_over(sequels, self._now())

    def _all_unreachable(self, letters):
        return (
            bool(letters)
            and {letter.author_from for letter in letters} <= self.unreachable
        )

    # ------------------------------------------------------- letters on their way

    def _send_letters(self, letters, now, stop_at):
        """Let letters go through the lanes until all are answered or time is over."""
        waiting = deque(sorted(letters, key=lambda letter: letter.author_from))
        while self._has_work(waiting):
            if time.monotonic() > stop_at or stopping.is_set():
                waiting.clear()
                self._take_back_fenced()
            self._fill_lanes(waiting, now)
            offered = self._take_in(self.lanes.wait(self._patience()), now)
            # servers that are done have the next letter while the database works
            self._fill_lanes(waiting, now)
            if offered or self._patience() <= 0:
                self._send_dots(offered, now)
            if self._is_time_to_record():
                self._record_accepted(now)

    def _has_work(self, waiting):
        return (
            waiting
            or self.fenced
            or self.locked
            or self.answers
            or not self.lanes.are_empty
        )

    def _patience(self):
        """Seconds until what is not committed yet waits for no other letter."""
        return self.open_since + FLUSH_SECONDS - time.monotonic()

    def _leave_open(self):
        """Something is to be committed with the next fence."""
        self.open_since = min(self.open_since, time.monotonic())

    def _fill_lanes(self, waiting, now):
        """Begin letters in the lanes that are free."""
        queue = waiting if self.fence_size == 1 else self._fence_some(waiting, now)
        while queue and (lane := self.lanes.free(queue[0])):
            self._guard(partial(self._offer, lane), queue.popleft(), now)

    def _fence_some(self, waiting, now):
        """Let some letters share a fence, before they are offered one after another."""
        if waiting and not self.fenced and not self.flying:
            count = min(self.fence_size, len(waiting))
            group = [waiting.popleft() for _letter in range(count)]
            passed = self._pass_fence(group, now)
            self.fenced.extend(one for one in group if one.delivery_id in passed)
        return self.fenced

    def _offer(self, lane, letter):
        if letter.author_from in self.unreachable:
            raise Unreachable(letter.author_from)
        lane.offer(letter)

    def _take_in(self, ready, now):
        """Sort what came back: returns the lanes that wait for their dot."""
        offered = []
        for lane in ready:
            if not (answer := lane.conversation.answer):
                offered.append(lane)
            elif lane.was_left:
                self._guard(lambda _letter, lane=lane: lane.again(), lane.letter, now)
            else:
                self._take_answer(lane.release(), answer, now)
        return offered

    def _take_answer(self, letter, answer, now):
        """An acceptance waits for the next commit; everything else is recorded now."""
        if answer.verb == "dot" and answer.code and answer.code // 100 == 2:
            hit("after_250_before_commit")
            self.answers.append((letter, answer))
            self._leave_open()
        else:
            self._land(letter)
            self._record(letter, answer, now)

    def _send_dots(self, lanes, now):
        """Step 4 of the protocol, after step 3 where that was not taken before."""
        new = [lane for lane in lanes if lane.letter.delivery_id not in self.flying]
        if new or not lanes:
            passed = self._pass_fence([lane.letter for lane in new], now)
            for lane in new:
                if lane.letter.delivery_id not in passed:
                    lane.conversation.hang_up()
                    lane.release()
        passed = [lane for lane in lanes if lane.letter]
        left = [lane for lane in passed if lane.conversation.was_left]
        for lane in passed:
            if lane not in left:
                lane.conversation.send_dot()
                self._land(lane.letter)
                hit("after_dot")
        for lane in left:
            lane.conversation.hang_up()
            self._take_answer(lane.release(), LEFT, now)

    def _land(self, letter):
        """Whoever waits for the dot of this letter need not wait any longer."""
        self.locked.extend(self.flying.pop(letter.delivery_id, ()))
        self._leave_open()

    def _pass_fence(self, letters, now):
        """Step 3 of the protocol, while whoever stops them waits.

        What the mail server has accepted meanwhile is committed with it.

        :return set: the ids whose dot may be sent
        """
        if letters:
            hit("before_fence")
        with self._each_by_itself():
            free = self.deliveries._swap_locks(self.locked, letters)
            self.locked = []
            wanted = self.deliveries._still_matching(free)
            passed = self.deliveries._fence_letters(
                self.token, now, wanted, self.answers
            )
        self.open_since = math.inf
        for letter in free:
            self.flying[letter.delivery_id] = letter.lock_keys
        if self.answers:
            self.accepted.extend(letter.sequel for letter, _answer in self.answers)
            self.answers = []
            hit("after_commit")
        if passed:
            hit("after_fence_before_dot")
        for letter in letters:
            if letter.delivery_id not in passed:
                self._turn_back(letter, now)
        return passed

    def _turn_back(self, letter, now):
        """A letter that must not be sent now: for good, or until the stop is over."""
        row = self.deliveries.browse(letter.delivery_id)
        if letter.delivery_id in self.flying:
            self._land(letter)
            row._take_out_stopped(self.token, now)._give_back(self.token)
        else:
            row._give_back(self.token, due_at=now + STOP_PAUSE)
        self.commit()

    def _take_back_fenced(self):
        """Let those wait that share a fence and were not offered: no dot has left."""
        rows = self.deliveries.browse([letter.delivery_id for letter in self.fenced])
        rows._take_back(self.token)
        for letter in self.fenced:
            self._land(letter)
        self.fenced.clear()
        self.commit()

    # ---------------------------------------------------------------- recording

    def _is_time_to_record(self):
        return len(self.accepted) >= RECORD_BATCH or (
            self.accepted and time.monotonic() - self.recorded_at > RECORD_SECONDS
        )

    def _record_accepted(self, now):
        """Step 5 of the protocol for what the mail server has accepted."""
        if self.locked or self.answers:
            self._pass_fence([], now)
        sequels, self.accepted = self.accepted, []
        self.recorded_at = time.monotonic()
        self._hand_over(sequels, now)

    def _hand_over(self, sequels, now):
        if sequels:
            self.recorder.record(sequels, now)

    def _record(self, letter, answer, now):
        """Step 5 of the protocol for any other answer."""
        row = self.deliveries.browse(letter.delivery_id)
        self.commit_again(lambda: row._record_answer(self.token, letter, answer, now))

    def _guard(self, act, letter, now):
        """Whatever goes wrong with one letter stops no other."""
        try:
            act(letter)
        except (AssertionError, *UNWRITABLE) as error:
            self._drop(letter)
            row = self.deliveries.browse(letter.delivery_id)
            row._fail(self.token, now, "unwritable", smtp_text=str(error)[:500])
            self.commit()
        except Unreachable as error:
            self.unreachable.add(letter.author_from)
            self._postpone(letter, now, "unreachable", error)
        except Exception as error:
            if self.cr.closed:
                raise  # the session is lost, and with it every claim
            _logger.exception("Delivery %s is put off", letter.delivery_id)
            self._postpone(letter, now, "unexpected", error)

    def _postpone(self, letter, now, reason, error):
        """Try later. The dot has not left, so nobody has the message."""
        self.cr.rollback()
        self._drop(letter)
        row = self.deliveries.browse(letter.delivery_id)
        row._take_back(self.token)
        row._give_back(
            self.token,
            due_at=now + decide.UNREACHABLE_PAUSE,
            reason=row._reason_text(reason),
            text=str(error)[:500],
        )
        self.commit()

    def _open_line(self, letter):
        return open_line(self.deliveries.env["ir.mail_server"], letter)

    def _drop(self, letter):
        self.lanes.drop(letter)
        self._land(letter)
