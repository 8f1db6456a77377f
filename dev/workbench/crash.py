"""`./recruit crash [KILLS]`: kill the sender while it sends, and count what arrives.

The harness is `tests/crash/harness.py`; it runs on a fresh copy of the product.
"""

import subprocess
import sys

from . import database, paths, server
from .say import Problem, step

DEFAULT_KILLS = 50


def run(words: list[str]) -> int:
    """Kill workers; 1 on any duplicate, loss or unexplained row."""
    kills = _read(words)
    made = server.setup()
    databases = database.Databases(made)
    name = f"recruit_crash_{paths.CHECKOUT}"
    databases.copy(databases.product(), name)
    step(f"killing {kills} workers")
    try:
        return subprocess.call(
            [
                sys.executable, "-W", "ignore", "-m", "tests.crash.harness",
                str(made.config), name, str(kills), str(paths.LOGS),
            ],
            env=made.environment(),
            cwd=paths.ROOT,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
    finally:
        databases.drop(name)


def _read(words: list[str]) -> int:
    word = words[0] if words else str(DEFAULT_KILLS)
    if not word.isdecimal() or not int(word):
        raise Problem("crash wants the number of kills, 1 or more.")
    return int(word)
