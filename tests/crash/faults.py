"""Everything around the sender fails: mail server, the line to the database, its
sessions, its disk, the database itself.

`python -m tests.crash.faults CONFIG DATABASE COUNT LOGS [restart | full]`;
dev/workbench/crash.py calls it. Each fault leaves at most one message uncertain, none
is sent twice, and when all is well again every message leaves.
"""

import contextlib
import os
import random
import sys
import tempfile
import time
from pathlib import Path

import odoo.init  # noqa: F401  # makes the names of `odoo`; before all that use them
from odoo import sql_db

from bench import process
from bench.sink import Sink
from dev.workbench import cluster

from . import judge
from .bad_line import BadLine
from .harness import FIRST_ACCEPT_SECONDS, LATEST_KILL, Harness

# The database's own words for a full disk, at a fence in twenty.
FILL_DISK = """
CREATE FUNCTION recruit_disk_full() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state = 'in_flight' AND random() < 0.05 THEN
        RAISE EXCEPTION 'could not extend file: No space left on device'
              USING ERRCODE = 'disk_full';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER recruit_disk_full BEFORE UPDATE ON recruit_campaign_delivery
   FOR EACH ROW EXECUTE FUNCTION recruit_disk_full();
"""
FREE_DISK = "DROP FUNCTION recruit_disk_full() CASCADE"
CUT_SESSIONS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
 WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
DUE_NOW = "UPDATE recruit_campaign_delivery SET due_at = now() WHERE state = 'retry'"
FULL_SECONDS = 3  # long enough that a table must grow
# Until nothing waits: the mail server goes on as it is, and who cannot reach it gives
# up; that is after twenty mails or so.
ROUNDS = 500


class Faults:
    """Faults in turn, each while a worker sends."""

    def __init__(self, harness: Harness, line: BadLine, words: list[str]):
        self.harness, self.line, self.count = harness, line, 0
        kinds = (self.cut_sessions, self.fill_disk, self.cut_line, self.leave_alone)
        self.kinds = (*kinds, self.restart) if "restart" in words else kinds
        if "full" in words:
            self.kinds = (self.fill_file_system,)

    def run(self, count: int):
        for number in range(count):
            self.harness.refill()
            mark = self.harness.sink.size()
            kind = self.kinds[number % len(self.kinds)]
            worker = self.harness.start(
                line=self.line.folder if kind == self.cut_line else ""
            )
            self.harness.sink.wait(mark, FIRST_ACCEPT_SECONDS)
            worker.has_ended(random.uniform(0, LATEST_KILL))
            kind()
            worker.wait()
            self.count += 1
            self.harness.settle()
            self._execute(DUE_NOW)

    def cut_sessions(self):
        self._execute(CUT_SESSIONS)

    def fill_disk(self):
        """The worker meets it at one of its next fences."""
        self._execute(FILL_DISK)
        time.sleep(LATEST_KILL)  # how long the disk is full is the experiment itself
        self._execute(FREE_DISK)

    def fill_file_system(self):
        """Nothing that the database keeps can grow for a while."""
        rubbish = Path(os.environ["RECRUIT_SMALL_DISK"]) / "rubbish"
        with rubbish.open("wb", buffering=0) as file, contextlib.suppress(OSError):
            while file.write(bytes(65_536)):
                pass
        time.sleep(FULL_SECONDS)  # how long it is full is the experiment itself
        rubbish.unlink()

    def cut_line(self):
        """The line breaks off by itself, at a random byte."""

    def leave_alone(self):
        """The mail server alone is bad enough."""

    def restart(self):
        """End the database at once, as a crash does; it recovers from its log."""
        sql_db.close_all()
        cluster.restart_at_once()

    def finish(self):
        """Workers one after another until nothing waits; now they end well."""
        for _round in range(ROUNDS):
            self._execute(DUE_NOW)
            self.harness.note_end(self.harness.start().wait())
            with process.environment(self.harness.registry) as env:
                if not self.harness.campaign.count(env, *judge.WAITING):
                    return

    def _execute(self, statement):
        with process.environment(self.harness.registry) as env:
            env.cr.execute(statement)


def main() -> int:
    config_file, database, count, logs, *words = sys.argv[1:]
    log = Path(logs) / "faults.log"
    log.unlink(missing_ok=True)
    accepted = Path(logs) / "faults-accepted.log"
    with (
        Sink(accepted, module="tests.crash.bad_relay") as sink,
        tempfile.TemporaryDirectory() as folder,
        BadLine(folder) as line,
    ):
        registry = process.load(
            config_file, database,
            "--smtp", "127.0.0.1", "--smtp-port", str(sink.port), "--logfile", str(log),
        )  # fmt: skip
        start = time.monotonic()
        faults = Faults(Harness(registry, sink), line, words)
        faults.run(int(count))
        faults.finish()
        seconds = time.monotonic() - start
        found = faults.harness.judge()
    print(found.table())
    # connections break off by themselves, too: no count of uncertain is too many here,
    # but none may be sent again, and none be lost
    good = not (found.duplicates or found.lost or found.unexplained)
    print(f"{faults.count} faults in {seconds:.0f} s")
    print("faults: all explained" if good else f"faults: NOT GOOD; see {log}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
