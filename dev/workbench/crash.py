"""`./recruit crash [KILLS]`: kill the sender while it sends, and count what arrives.

`./recruit crash races [COUNT]` stops people while their message is sent, as often for
each kind of stop. `./recruit crash faults [COUNT]` lets the mail server, the database
sessions and the disk fail; `restarts [COUNT]` the private database server as well;
`full [COUNT]` fills the small file system of `RECRUIT_SMALL_DISK` to the last byte. The
harnesses are `tests/crash/harness.py`, `races.py` and `faults.py`; they run on a fresh
copy of the product.
"""

import os
import subprocess
import sys
from contextlib import contextmanager, nullcontext
from pathlib import Path

from . import cluster, database, paths, server
from .say import Problem, step

# What is counted, how many by default, the module, and more words for it.
MODES = {
    "kills": (50, "harness", ()),
    "races": (10, "races", ()),
    "faults": (12, "faults", ()),
    "restarts": (12, "faults", ("restart",)),
    "full": (8, "faults", ("full",)),
}


def run(words: list[str]) -> int:
    """Let things fail; 1 on any duplicate, loss or unexplained row."""
    mode = words[0] if words[:1] and words[0] in MODES else "kills"
    default, module, more = MODES[mode]
    count = _read(words[1:] if words[:1] == [mode] else words, default)
    made = server.setup()
    databases = database.Databases(made)
    name = f"recruit_crash_{paths.CHECKOUT}"
    databases.copy(databases.product(), name)
    step(f"{count} {mode}")
    try:
        with _surroundings(mode, databases, name):
            return subprocess.call(
                [
                    sys.executable, "-W", "ignore", "-m", f"tests.crash.{module}",
                    str(made.config), name, str(count), str(paths.LOGS), *more,
                ],
                env=made.environment(),
                cwd=paths.ROOT,
                stdin=subprocess.DEVNULL,
            )  # fmt: skip
    finally:
        databases.drop(name)


def _surroundings(mode: str, databases: database.Databases, name: str):
    if mode == "restarts":
        # a database that is restarted must have written what it has committed
        return cluster.durable()
    return _on_small_disk(databases, name) if mode == "full" else nullcontext()


@contextmanager
def _on_small_disk(databases: database.Databases, name: str):
    if not (small := os.environ.get("RECRUIT_SMALL_DISK")):
        raise Problem(
            "full wants a file system of some hundred MB to fill.",
            "Name its folder: RECRUIT_SMALL_DISK=/mnt/small ./recruit crash full",
        )
    folder = Path(small) / "database"
    cluster.give(folder)
    with databases.within(name, str(folder)):
        yield
    folder.rmdir()


def _read(words: list[str], default: int) -> int:
    word = words[0] if words else str(default)
    if not word.isdecimal() or not int(word):
        raise Problem("crash wants the number of kills or races, 1 or more.")
    return int(word)
