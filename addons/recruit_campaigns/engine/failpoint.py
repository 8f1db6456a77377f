"""Named places where a crash test may kill the process, or let it pause.

The environment variable `RECRUIT_FAILPOINT` names the place. With `~0.2` after the name
the process pauses there for so many seconds. Nothing else sets it.
"""

import os
import signal
import time

NAMES = (
    "after_claim",
    "before_fence",
    "after_fence_before_dot",
    "after_dot",
    "after_250_before_commit",
    "after_commit",
    "before_record",
    "after_record",
    "in_reaper",
)


def hit(name: str) -> None:
    """Kill this process as `kill -9` does, if the environment names this place."""
    place, _tilde, seconds = os.environ.get("RECRUIT_FAILPOINT", "").partition("~")
    if place == name:
        if seconds:
            # the pause is the experiment: the races of the crash tests meet in it
            time.sleep(float(seconds))
        else:
            os.kill(os.getpid(), signal.SIGKILL)
