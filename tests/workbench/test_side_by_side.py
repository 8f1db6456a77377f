"""Checkouts live side by side, each with a PostgreSQL and a cache of its own."""

import os
import shutil
import subprocess
import sys

import pytest

from dev.workbench import database, paths

START = "from dev.workbench import cluster; print(cluster.ensure().host)"
HOME = "from dev.workbench import cluster; print(cluster.home())"
STOP = "from dev.workbench import cluster; cluster.stop()"


def python(code: str, cache) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=paths.ROOT,
        env={**os.environ, "RECRUIT_CACHE": str(cache)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


@pytest.fixture
def other_cache(tmp_path):
    """A cache beside this one; its PostgreSQL ends with the test."""
    yield tmp_path
    python(STOP, tmp_path)
    # Its owner cannot walk into pytest's closed folder, so the data lies elsewhere.
    shutil.rmtree(python(HOME, tmp_path), ignore_errors=True)


def test_two_caches_run_two_postgresqls_at_once(made, other_cache):
    host = python(START, other_cache)
    assert host != made.database_server.host
    assert os.path.exists(f"{host}/.s.PGSQL.5432")
    assert "postgres" in database.Databases(made).names()
    python(STOP, other_cache)
    assert not os.path.exists(f"{host}/.s.PGSQL.5432")


def test_a_second_call_uses_the_server_that_runs(other_cache):
    assert python(START, other_cache) == python(START, other_cache)


def test_a_copied_database_is_apart_from_its_template(databases, new_database):
    template = databases.native()
    copies = [new_database(template), new_database(template)]
    databases.drop(copies[0])
    assert copies[1] in databases.names()
    assert template in databases.names()
