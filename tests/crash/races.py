"""Somebody is stopped while a message to them is sent: no dot follows the commit.

`python -m tests.crash.races CONFIG DATABASE COUNT LOGS`; dev/workbench/crash.py calls
it. A worker in a process of its own pauses between each fence and its dot, which is
where a stop would slip in; that very person is stopped meanwhile, from another process.
The mail server's log, with the moment of each dot, is the judge.
"""

import sys
import time
from pathlib import Path

from psycopg2.errors import SerializationFailure

import odoo.init  # noqa: F401  # makes the names of `odoo`; before all that use them

from bench import process
from bench.sink import Sink

from .harness import Harness

PAUSE = 0.2  # seconds between fence and dot
READING = 0.1  # seconds within which the mail server has read a dot that has left
TRIES = 5  # as Odoo repeats a request that lost against another transaction
ROUND_SECONDS = 60
LOOK_SECONDS = 0.002  # between two looks for the next fence
TRAP = f"after_fence_before_dot~{PAUSE}"


def unsubscribe(delivery):
    delivery.candidate_id._opt_out(delivery)


def reply(delivery):
    delivery._on_reply()


def bounce(delivery):
    suppressions = delivery.env["recruit.mail.suppression"]
    suppressions._suppress(delivery.candidate_id.email, "bounced")


def blacklist(delivery):
    delivery.env["mail.blacklist"]._add(delivery.candidate_id.email)


def erase(delivery):
    delivery.candidate_id._erase("request")


def pause(delivery):
    delivery.campaign_id.action_pause()


STOPS = (unsubscribe, reply, bounce, blacklist, erase, pause)


class Races:
    """Stops of each kind against one worker, one after another."""

    def __init__(self, harness: Harness):
        self.harness = harness
        self.counts = dict.fromkeys(STOPS, 0)
        self.late = []  # dots after the commit of a stop

    def run(self, stop, count):
        """Stop `count` people, or as many times the campaign."""
        while self.counts[stop] < count:
            self.harness.refill()
            worker = self.harness.start(failpoint=TRAP)
            stopped = self._stop_some(stop, count, worker)
            worker.kill()
            self.harness.settle()
            self._judge(stop, stopped)
            self._resume()

    def _stop_some(self, stop, count, worker):
        """{address, or "" for everybody: when the stop was committed}."""
        stopped, last = {}, None
        deadline = time.monotonic() + ROUND_SECONDS
        while (
            self.counts[stop] < count
            and time.monotonic() < deadline
            and not worker.has_ended(LOOK_SECONDS)
        ):
            if not (row := self._in_flight(last)):
                continue
            last, email = row
            committed_at = self._commit_stop(stop, last)
            self.counts[stop] += 1
            if stop is pause:
                return {"": committed_at}
            stopped[email] = committed_at
        return stopped

    def _in_flight(self, last):
        """The message between its fence and its dot, and its address."""
        with process.environment(self.harness.registry) as env:
            env.cr.execute(
                """SELECT d.id, p.email FROM recruit_campaign_delivery d
                     JOIN recruit_candidate p ON p.id = d.candidate_id
                    WHERE d.state = 'in_flight' AND d.id <> %s""",
                [last or 0],
            )
            return env.cr.fetchone()

    def _commit_stop(self, stop, row_id) -> float:
        for _try in range(TRIES):
            try:
                with process.environment(self.harness.registry) as env:
                    stop(env["recruit.campaign.delivery"].browse(row_id))
                return time.monotonic()
            except SerializationFailure:
                continue
        raise RuntimeError(f"{stop.__name__} lost {TRIES} times")

    def _judge(self, stop, stopped):
        for mail in self.harness.sink.accepted():
            committed_at = stopped.get(mail.recipient, stopped.get(""))
            if committed_at and mail.at > committed_at + READING:
                self.late.append(f"{stop.__name__}: a dot to {mail.recipient} later")

    def _resume(self):
        with process.environment(self.harness.registry) as env:
            env["recruit.campaign"].search([("state", "=", "paused")]).action_resume()

    def table(self) -> str:
        rows = [f"{stop.__name__:22}{count:>8,}" for stop, count in self.counts.items()]
        return "\n".join([*rows, f"{'dots after the stop':22}{len(self.late):>8,}"])


def main() -> int:
    config_file, database, count, logs = sys.argv[1:]
    log = Path(logs) / "races.log"
    log.unlink(missing_ok=True)
    with Sink(Path(logs) / "races-accepted.log") as sink:
        registry = process.load(
            config_file, database,
            "--smtp", "127.0.0.1", "--smtp-port", str(sink.port), "--logfile", str(log),
        )  # fmt: skip
        races = Races(Harness(registry, sink))
        for stop in STOPS:
            races.run(stop, int(count))
    print(races.table())
    print("\n".join(races.late[:20]))
    return 1 if races.late or races.harness.unexplained else 0


if __name__ == "__main__":
    sys.exit(main())
