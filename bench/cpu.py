"""Processor time of this process and of the database: what other work cannot hide.

A clock on the wall counts whatever else runs on the machine. `messages / seconds of
processor` is what one core would do alone, with no time spent waiting.
"""

import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple


class Spent(NamedTuple):
    """Seconds of processor."""

    python: float
    database: float

    @property
    def total(self) -> float:
        return self.python + self.database

    def __sub__(self, other: "Spent") -> "Spent":
        return Spent(self.python - other.python, self.database - other.database)


def spent(registry) -> Spent:
    """What was spent until now; the database must run on this machine."""
    with registry.cursor() as cr:
        cr.execute("SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
        pids = [pid for [pid] in cr.fetchall()]
        cr.execute("SELECT pg_backend_pid()")
        pids.append(cr.fetchone()[0])
    return Spent(time.process_time(), sum(map(_seconds, pids)))


def _seconds(pid: int) -> float:
    with suppress(OSError):
        file = Path(f"/proc/{pid}/schedstat")
        return int(file.read_text(encoding="ascii").split()[0]) / 1e9
    return 0.0


def resident_megabytes() -> float:
    """The memory of this process."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024
