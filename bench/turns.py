"""Measuring: native and ours in turn, each in a transaction that is rolled back."""

import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from odoo import api, models
from odoo.tools import SQL

from .figures import Figure, Target

REPETITIONS = 5


class Measured(NamedTuple):
    """Milliseconds by the clock and of processors at work, each the median of all
    turns, and what the subject returned. ``cpu`` is 0 where the database server is on
    another machine."""

    milliseconds: float
    result: Any
    cpu: float = 0


class Turns:
    """Times functions of an environment as one user sees them, caches warm."""

    def __init__(self, registry, uid: int):
        self.registry, self.uid = registry, uid

    def compare(
        self,
        name: str,
        target: Target,
        native: Callable[[api.Environment], Any],
        ours: Callable[[api.Environment], Any],
    ) -> Figure:
        """Time both in turn; their results must be equal."""
        by_native, by_ours = self.measure(native, ours)
        return Figure(
            name,
            "ms",
            by_native.milliseconds,
            by_ours.milliseconds,
            target,
            agree=by_native.result == by_ours.result,
            cpu=by_ours.cpu,
        )

    def measure(self, native, ours) -> tuple[Measured, Measured]:
        """Median of several turns, after one each that warms the caches."""
        times = {True: [], False: []}
        results = {}
        for turn in range(REPETITIONS + 1):
            for is_native, subject in ((True, native), (False, ours)):
                taken, results[is_native] = self._once(subject, is_native)
                if turn:
                    times[is_native].append(taken)
        medians = {
            key: [statistics.median(column) for column in zip(*taken, strict=True)]
            for key, taken in times.items()
        }
        return tuple(
            Measured(medians[key][0], results[key], medians[key][1])
            for key in (True, False)
        )

    def _once(self, subject, is_native):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, self.uid, {})
            if is_native:
                _set_our_indexes_aside(env)
            watch = Watch(cr)
            result = subject(env)
            taken = watch.read()
            cr.rollback()
        return taken, result


class Watch:
    """Milliseconds since it was made: by the clock, and of this process and its
    database session at work, which other work on the machine does not lengthen."""

    def __init__(self, cr):
        cr.execute("SELECT pg_backend_pid()")
        self._schedule = Path(f"/proc/{cr.fetchone()[0]}/schedstat")
        self._start = self._now()

    def read(self) -> tuple[float, float]:
        """(by the clock, at work); at work 0 where the session is elsewhere."""
        return tuple(
            1000 * (now - then)
            for now, then in zip(self._now(), self._start, strict=True)
        )

    def _now(self):
        if not self._schedule.exists():
            return time.perf_counter(), 0
        session = int(self._schedule.read_text(encoding="ascii").split()[0]) / 1e9
        return time.perf_counter(), time.process_time() + session


def _set_our_indexes_aside(env):
    """Let native tables be as Odoo makes them, until the transaction is rolled back."""
    for model in (env["hr.applicant"], env["hr.talent.pool"]):
        for item in model._table_objects.values():
            if isinstance(item, models.Index) and item._module.startswith("recruit_"):
                env.cr.execute(
                    SQL("DROP INDEX %s", SQL.identifier(item.full_name(model)))
                )
        # what the server knows of the table is read anew here, not while timed
        env.cr.execute(SQL("SELECT FROM %s LIMIT 1", SQL.identifier(model._table)))
