"""The part of `./recruit bench` that runs inside Odoo.

`dev/workbench/bench.py` calls it.
"""

import argparse
import importlib
import platform
from pathlib import Path

import odoo.init  # noqa: F401  # makes the names of `odoo`; before all that use them

from . import dataset, figures, process
from .turns import Turns


def main() -> int:
    words = _read_words()
    registry = process.load(words.config, words.database, "--smtp", "127.0.0.1")
    if words.verb == "fill":
        with process.environment(registry) as env:
            dataset.fill(env, words.size)
        return 0
    with process.environment(registry) as env:
        officer = env["res.users"].search([("login", "=", dataset.OFFICER)])
        about = _about(env, words)
    benchmark = importlib.import_module(f"bench.{words.name}")
    found = benchmark.measure(Turns(registry, officer.id), words.size)
    print(f"\n{words.name}: {words.size:,} people; {about['settings']}")
    if not words.judged:
        print("Smaller than the full size: judged for its correctness, not its timing.")
    print(figures.table(found, words.judged), flush=True)
    figures.write(words.result, found, words.judged, **about)
    return 0 if figures.good(found, words.judged) else 1


def _read_words():
    parser = argparse.ArgumentParser()
    parser.add_argument("verb", choices=("fill", "measure"))
    parser.add_argument("--config", required=True)
    parser.add_argument("--database", required=True)
    parser.add_argument("--size", type=int, required=True)
    parser.add_argument("--name")
    parser.add_argument("--result", type=Path)
    parser.add_argument("--judged", action="store_true")
    return parser.parse_args()


def _about(env, words) -> dict:
    """What a reader must know to judge the figures."""
    env.cr.execute(
        """SELECT string_agg(name || ' ' || setting, ', ' ORDER BY name)
             FROM pg_settings
            WHERE name IN ('server_version', 'fsync', 'synchronous_commit')"""
    )
    return {
        "benchmark": words.name,
        "size": words.size,
        "settings": f"PostgreSQL {env.cr.fetchone()[0]}",
        "python": platform.python_version(),
    }


if __name__ == "__main__":
    raise SystemExit(main())
