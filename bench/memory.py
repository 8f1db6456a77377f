"""The memory of a process that sends ten campaigns one after another.

Native Odoo renders and sends in processes that are ended for their memory, so there is
nothing to compare with.
"""

from . import cpu, process, send
from .figures import Figure, Target
from .turns import Turns

ROUNDS = 10
MOST_GROWTH = 10  # MB from the middle to the end: caches may still fill up


def measure(turns: Turns, size: int) -> list[Figure]:
    """What the process holds after the first campaign of `size` mails, after half of
    them, and at the end."""
    registry = turns.registry
    with process.environment(registry) as env:
        send.free_everybody(env)
        send.audience(env)
    before = cpu.resident_megabytes()
    held = []
    for _round in range(ROUNDS):
        sent = send.send_round(registry, size, send.OURS)
        held.append((cpu.resident_megabytes(), len(sent.recipients) == size))
    agree = all(whole for _megabytes, whole in held)
    half = ROUNDS // 2
    figures = [
        _figure("before the first mail", before),
        *(
            _figure(f"after {count * size:,} mails", held[count - 1][0], agree)
            for count in (1, half, ROUNDS)
        ),
    ]
    grown = max(held[-1][0] - held[half - 1][0], 0.1)
    name = "what the second half added"
    return [*figures, Figure(name, "MB", None, grown, Target("at most", MOST_GROWTH))]


def _figure(name, megabytes, agree=True):
    return Figure(name, "MB", None, megabytes, Target("at most", 300), agree)
