"""How the workbench speaks: one line a step, one message and one remedy a problem."""

import sys
import time

_started = time.monotonic()


class Problem(Exception):
    """Something the user can mend. `remedy` says how, in one sentence."""

    def __init__(self, message: str, remedy: str = ""):
        super().__init__(message)
        self.remedy = remedy


def step(text: str):
    """Tell what is being done now, with the seconds since the command began."""
    seconds = time.monotonic() - _started
    print(f"recruit {seconds:6.1f}s  {text}", file=sys.stderr, flush=True)


def warn(text: str):
    """Tell what is not as wished, but does not stop the work."""
    print(f"recruit warning: {text}", file=sys.stderr, flush=True)


def problem(error: Problem) -> int:
    """Print a problem with its remedy and return the exit code for it."""
    print(f"recruit: {error}", file=sys.stderr)
    if error.remedy:
        print(f"         {error.remedy}", file=sys.stderr)
    return 1
