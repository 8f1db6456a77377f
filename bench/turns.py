"""Measuring: native and ours in turn, each in a transaction that is rolled back."""

import statistics
import time
from collections.abc import Callable
from typing import Any, NamedTuple

from odoo import api, models
from odoo.tools import SQL

from .figures import Figure, Target

REPETITIONS = 5


class Measured(NamedTuple):
    """Milliseconds, the median of all turns, and what the subject returned."""

    milliseconds: float
    result: Any


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
        )

    def measure(self, native, ours) -> tuple[Measured, Measured]:
        """Median of several turns, after one each that warms the caches."""
        times = {True: [], False: []}
        results = {}
        for turn in range(REPETITIONS + 1):
            for is_native, subject in ((True, native), (False, ours)):
                milliseconds, results[is_native] = self._once(subject, is_native)
                if turn:
                    times[is_native].append(milliseconds)
        medians = {key: statistics.median(values) for key, values in times.items()}
        return tuple(Measured(medians[key], results[key]) for key in (True, False))

    def _once(self, subject, is_native):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, self.uid, {})
            if is_native:
                _set_our_indexes_aside(env)
            start = time.perf_counter()
            result = subject(env)
            elapsed = time.perf_counter() - start
            cr.rollback()
        return elapsed * 1000, result


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
