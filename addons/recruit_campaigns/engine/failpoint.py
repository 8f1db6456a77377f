"""Named places where a crash test may kill the process.

The environment variable `RECRUIT_FAILPOINT` names the place. Nothing else sets it.
"""

import os
import signal

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
    if os.environ.get("RECRUIT_FAILPOINT") == name:
        os.kill(os.getpid(), signal.SIGKILL)
