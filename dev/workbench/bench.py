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
    "matching": Benchmark(),
    "attribution": Benchmark(alters=True),
    "importing": Benchmark(full_size=100_000, alters=True),
    "queue": Benchmark(full_size=100_000, alters=True, durable=True),
    "memory": Benchmark(full_size=10_000, least=50, alters=True),
    "touches": Benchmark(full_size=100_000),
    "retention": Benchmark(full_size=100_000, alters=True),
    "refusing": Benchmark(),
    "campaigns": Benchmark(full_size=100_000, alters=True),
    "send": Benchmark(full_size=5_000, least=50, alters=True, durable=True),
}


def run(words: list[str]) -> int:
    """Run benchmarks, all by default; 1 when a figure is short or wrong."""
    names, size = _read(words)
    made = server.setup()
    template = database.Databases(made).product()  # one state of the product for all
    return max(
        _measure(made, template, name, size or BENCHMARKS[name].full_size)
        for name in names
    )


def _read(words: list[str]) -> tuple[list[str], int]:
    """Names of benchmarks, and the size or 0."""
    words, size = list(words), 0
    if "--size" in words:
        at = words.index("--size")
        value = "".join(words[at + 1 : at + 2]).replace(",", "").replace("_", "")
        if not value.isdecimal():
            raise Problem("--size wants a number of people.")
        size = int(value)
        del words[at : at + 2]
    if unknown := [word for word in words if word not in BENCHMARKS]:
        raise Problem(
            f"There is no benchmark {unknown[0]!r}.",
            f"The benchmarks are: {', '.join(BENCHMARKS)}.",
        )
    names = words or list(BENCHMARKS)
    for name in names:
        if size and size < BENCHMARKS[name].least:
            raise Problem(f"{name} needs {BENCHMARKS[name].least} people or more.")
    return names, size


def _measure(made: server.Setup, template: str, name: str, size: int) -> int:
    benchmark = BENCHMARKS[name]
    databases = database.Databases(made)
    data = _data_set(made, databases, template, size)
    if benchmark.alters:
        databases.copy(data, f"{data}_{name}")
        data = f"{data}_{name}"
    step(f"measuring {name} with {size:,} people")
    judged = ["--judged"] if size >= benchmark.full_size else []
    result = RESULTS / f"{name}-{size}.json"
    try:
        with cluster.durable() if benchmark.durable else nullcontext():
            return _inside_odoo(
                made, "measure", data, size,
                "--name", name, "--result", str(result), *judged,
            )  # fmt: skip
    finally:
        if benchmark.alters:
            databases.drop(data)


def _data_set(made, databases: database.Databases, template: str, size: int) -> str:
    """The database with `size` people on the addons as they are in `template`."""
    family = f"recruit_bench_{size}_"
    name = family + template.rpartition("_")[2]
    with paths.lock(f"bench-{size}"):
        if name in databases.names():
            return name
        for old in databases.names():
            if old.startswith(family):
                databases.drop(old)
        step(f"building the data set of {size:,} people, once")
        making = f"{name}_part"
        databases.copy(template, making)
        if _inside_odoo(made, "fill", making, size):
            databases.drop(making)
            raise Problem("The data set could not be built; see above.")
        _vacuum(made, making)
        databases.rename(making, name)
    return name


def _vacuum(made: server.Setup, name: str):
    """As a server in use is: statistics there, and index-only scans possible."""
    with closing(psycopg2.connect(made.database_server.dsn(name))) as connection:
        connection.autocommit = True  # VACUUM runs in no transaction
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def _inside_odoo(made: server.Setup, verb: str, name: str, size: int, *words) -> int:
    return subprocess.call(
        [
            sys.executable, "-W", "ignore", "-m", "bench.runner", verb,
            "--config", str(made.config), "--database", name, "--size", str(size),
            *words,
        ],
        env=made.environment(),
        cwd=paths.ROOT,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
