"""Workers are killed while they send; the mail server's log says what arrived.

`python -m tests.crash.harness CONFIG DATABASE KILLS LOGS`; dev/workbench/crash.py calls
it. The registry is loaded once and workers are forked from it: no connection is open
at a fork, so parent and children share none.
"""

import itertools
import logging
import os
import random
import select
import signal
import sys
import time
from pathlib import Path
from typing import NamedTuple

import odoo.init  # noqa: F401  # makes the names of `odoo`; before all that use them
from odoo import sql_db
from odoo.tools import config

from bench import process
from bench.sink import Sink

from . import bad_line, judge
from .campaign import STEPS, Campaign

# Half the answers at once, half as slow as a relay that stores first.
DELAYS = (0.0, 0.02)
LATEST_KILL = 0.6  # seconds after the first accepted mail
ENOUGH_WAITING = 250  # mails: more than a pair of workers sends before it is killed
MANY_WAITING = 1000  # the same of eight: each claims up to 200
FIRST_ACCEPT_SECONDS = 20
SENDERS = 8
IDLE_ROUNDS = 10
WORKER_SECONDS = 120
QUIET_SECONDS = 0.05
SETTLE_SECONDS = 20

# Where a worker dies -> how many mails stay in flight, and how many the server has.
# None: it depends. After a dot the server may see the cut before it; the answer to one
# mail is committed with the fence of the next where that is ready in time; a batch is
# recorded after some seconds.
FAILPOINTS = {
    "after_claim": (0, 0),
    "before_fence": (0, 0),
    "after_fence_before_dot": (1, 0),
    "after_dot": (1, None),
    "after_250_before_commit": (1, 1),
    "after_commit": (None, 1),
    "before_record": (None, None),
    "after_record": (None, None),
    "in_reaper": (0, 0),
}

_logger = logging.getLogger(__name__)


class Worker(NamedTuple):
    """A forked process that runs the campaign's cron method once."""

    pid: int
    handle: int  # readable once the process has ended

    def kill(self) -> int:
        """Kill it as `kill -9` does and return how it ended."""
        os.kill(self.pid, signal.SIGKILL)
        return self.wait()

    def has_ended(self, seconds: float) -> bool:
        """Wait so long for its end, and return whether it has come."""
        return bool(select.select([self.handle], [], [], seconds)[0])

    def wait(self) -> int:
        """Wait for its end: minus the signal, or the exit code. A hung one is ended."""
        if not self.has_ended(WORKER_SECONDS):
            os.kill(self.pid, signal.SIGABRT)
        _pid, status = os.waitpid(self.pid, 0)
        os.close(self.handle)
        return os.waitstatus_to_exitcode(status)


class Harness:
    """Runs and kills workers, and collects what cannot be explained."""

    def __init__(self, registry, sink: Sink):
        self.registry, self.sink = registry, sink
        with process.environment(registry) as env:
            self.campaign = Campaign(env)
            env["recruit.campaign.delivery"]._set_sender_count(SENDERS)
        self.kills = 0
        self.unexplained = []

    # ------------------------------------------------------------------- workers

    def start(self, failpoint: str = "", number: int = 0, line: str = "") -> Worker:
        """Fork a worker, which dies at `failpoint` where one is named.

        :param number: which of the senders: two at a time are never the same
        :param line: the host by which it reaches the database, if not the usual one
        """
        sql_db.close_all()
        pid = os.fork()
        if pid:
            return Worker(pid, os.pidfd_open(pid))
        code = 1
        try:
            os.environ["RECRUIT_FAILPOINT"] = failpoint
            if line:
                config["db_host"], config["db_port"] = line, bad_line.PORT
            random.seed()
            with process.environment(self.registry) as env:
                deliveries = env["recruit.campaign.delivery"]
                cron = deliveries._sender_crons()[number]
                deliveries.with_context(cron_id=cron.id)._cron_send_due()
            code = 0
        except Exception:
            _logger.exception("The worker failed")
        finally:
            os._exit(code)  # nothing of the parent's is cleaned up twice

    def note_end(self, code: int) -> None:
        """Count a kill; an end by an error is unexplained."""
        if code == -signal.SIGKILL:
            self.kills += 1
        elif code:
            self.unexplained.append(f"a worker ended with code {code}; see the log")

    # --------------------------------------------------------------------- kills

    def kill_at_failpoint(self, name: str):
        """One worker dies at a named place; what it leaves must fit the place."""
        self.refill()
        self.settle()
        with process.environment(self.registry) as env:
            before = self.campaign.in_flight(env)
        accepted = len(self.sink.accepted())
        self.note_end(self.start(failpoint=name).wait())
        self.settle()
        with process.environment(self.registry) as env:
            in_flight = len(self.campaign.in_flight(env) - before)
        new = len(self.sink.accepted()) - accepted
        wanted_in_flight, wanted_new = FAILPOINTS[name]
        if (
            in_flight > 1
            or wanted_in_flight not in (None, in_flight)
            or wanted_new not in (None, new)
        ):
            self.unexplained.append(
                f"killed at {name}: {in_flight} in flight and {new} accepted, "
                f"expected {wanted_in_flight} and {wanted_new}"
            )

    def kill_at_random(self, count: int):
        """`count` workers side by side; each is killed at a random moment."""
        self.refill(MANY_WAITING if count > 2 else ENOUGH_WAITING)
        mark = self.sink.size()
        workers = [self.start(number=number) for number in range(count)]
        if not self.sink.wait(mark, FIRST_ACCEPT_SECONDS):
            self.unexplained.append("workers sent nothing; see the log")
        moments = sorted(random.uniform(0, LATEST_KILL) for _ in workers)
        start = time.monotonic()
        for worker, moment in zip(workers, moments, strict=True):
            worker.has_ended(max(0, start + moment - time.monotonic()))
            self.note_end(worker.kill())

    def settle(self):
        """Wait until all that killed workers have set off has come to its end."""
        deadline = time.monotonic() + SETTLE_SECONDS
        while self.sink.wait(self.sink.size(), QUIET_SECONDS) or self.has_sessions():
            if time.monotonic() > deadline:
                self.unexplained.append("sessions of killed workers do not end")
                return

    def has_sessions(self) -> bool:
        """Whether a worker's database session is still there."""
        with process.environment(self.registry) as env:
            env.cr.execute(
                "SELECT 1 FROM pg_stat_activity WHERE datname = current_database()"
                " AND backend_type = 'client backend'"
                " AND application_name <> current_setting('application_name')"  # ours
            )
            return bool(env.cr.rowcount)

    def refill(self, enough: int = ENOUGH_WAITING):
        """Keep more mails waiting than will be sent before the next kill."""
        with process.environment(self.registry) as env:
            while self.campaign.count(env, "planned") < enough:
                self.campaign.enroll_more(env)

    # ----------------------------------------------------------------------- end

    def finish(self):
        """All workers side by side until nothing waits."""
        for _round in range(IDLE_ROUNDS):
            workers = [self.start(number=number) for number in range(SENDERS)]
            for worker in workers:
                self.note_end(worker.wait())
            with process.environment(self.registry) as env:
                if not self.campaign.count(env, *judge.WAITING):
                    return

    def judge(self) -> judge.Judgement:
        with process.environment(self.registry) as env:
            rows = self.campaign.rows(env)
            half_recorded = self.campaign.half_recorded(env)
        return judge.judge(
            kills=self.kills,
            mails=self.sink.accepted(),
            rows=rows,
            steps=STEPS,
            found=[*self.unexplained, *half_recorded],
        )


def run(harness: Harness, kills: int):
    """Each failpoint once in turn and random moments, alone, in pairs and by eight."""
    together = itertools.cycle((2, 2, SENDERS))
    failpoints = itertools.cycle(FAILPOINTS)
    while harness.kills < kills and not harness.unexplained:
        harness.kill_at_failpoint(next(failpoints))
        for count in (1, next(together)):
            left = kills - harness.kills
            if left > 0:
                harness.kill_at_random(min(count, left))
    harness.finish()


def main() -> int:
    config_file, database, kills, logs = sys.argv[1:]
    log = Path(logs) / "crash.log"
    log.unlink(missing_ok=True)
    with Sink(Path(logs) / "crash-accepted.log", DELAYS) as sink:
        registry = process.load(
            config_file, database,
            "--smtp", "127.0.0.1", "--smtp-port", str(sink.port), "--logfile", str(log),
        )  # fmt: skip
        start = time.monotonic()
        harness = Harness(registry, sink)
        run(harness, int(kills))
        seconds = time.monotonic() - start
        judgement = harness.judge()
    print(judgement.table())
    print(f"{seconds:.0f} s, {60 * judgement.kills / seconds:.0f} kills a minute")
    print("crash: all explained" if judgement.good else f"crash: NOT GOOD; see {log}")
    return 0 if judgement.good else 1


if __name__ == "__main__":
    sys.exit(main())
