"""`./recruit crash [KILLS]`: kill the sender while it sends, and count what arrives.

`./recruit crash races [COUNT]` stops people while their message is sent, as often for
each kind of stop. The harnesses are `tests/crash/harness.py` and `races.py`; they run
on a fresh copy of the product.
"""

import subprocess
import sys

from . import database, paths, server
from .say import Problem, step

DEFAULT_KILLS = 50
DEFAULT_RACES = 10


def run(words: list[str]) -> int:
    """Kill workers; 1 on any duplicate, loss or unexplained row."""
    races = words[:1] == ["races"]
    count = _read(words[1:] if races else words, races)
    made = server.setup()
    databases = database.Databases(made)
    name = f"recruit_crash_{paths.CHECKOUT}"
    databases.copy(databases.product(), name)
    step(f"{count} races of each kind" if races else f"killing {count} workers")
    try:
        return subprocess.call(
            [
                sys.executable, "-W", "ignore",
                "-m", "tests.crash.races" if races else "tests.crash.harness",
                str(made.config), name, str(count), str(paths.LOGS),
            ],
            env=made.environment(),
            cwd=paths.ROOT,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
    finally:
        databases.drop(name)


def _read(words: list[str], races: bool) -> int:
    word = words[0] if words else str(DEFAULT_RACES if races else DEFAULT_KILLS)
    if not word.isdecimal() or not int(word):
        raise Problem("crash wants the number of kills or races, 1 or more.")
    return int(word)
