"""`./recruit bench [NAMES] [--size N]`: native Odoo and ours, measured in turn.

The data set is built once for each size and kept in a database of the cache. Below its
full size a benchmark judges whether both ways give the same result, never the timing.
"""

import subprocess
import sys
from contextlib import closing, nullcontext
from dataclasses import dataclass

import psycopg2

from . import cluster, database, paths, server
from .say import Problem, step

RESULTS = paths.ROOT / "bench" / "results"


@dataclass(frozen=True)
class Benchmark:
    """A module of `bench/`.

    :param full_size: how many people its targets are for
    :param least: how many people it needs
    :param alters: it changes its data, and gets a fresh copy each time
    :param durable: the private server writes to the disk as one in production does
    """

    full_size: int = 1_000_000
    least: int = 1_000
    alters: bool = False
    durable: bool = False


BENCHMARKS = {
    "people": Benchmark(),
    "knowledge": Benchmark(),
    "importing": Benchmark(full_size=100_000),
    "send": Benchmark(full_size=1_000, least=50, alters=True),
