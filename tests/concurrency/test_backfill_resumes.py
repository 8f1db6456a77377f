"""A database that is killed while old applicants get their candidates goes on later."""

import os
import signal
import subprocess
from contextlib import closing, contextmanager

import psycopg2
import pytest

from dev.workbench import paths

APPLICANTS = 10_000
BACKFILL = "env['hr.applicant']._cron_adopt_applicants()\n"
# Every second person applied twice, every tenth application is a refused one.
OLD_APPLICANTS = """
    INSERT INTO hr_applicant (partner_name, email_from, email_normalized,
           company_id, active, refuse_reason_id, kanban_state, priority, sequence,
           create_date)
    SELECT 'Ada' || i / 2, 'ada' || i / 2 || '@old.example.com',
           'ada' || i / 2 || '@old.example.com',
           (SELECT min(id) FROM res_company), mod(i, 10) > 0,
           CASE WHEN mod(i, 10) = 0 THEN
                (SELECT min(id) FROM hr_applicant_refuse_reason) END,
           'normal', '0', 10, timestamp '2020-01-01' + i * interval '1 minute'
      FROM generate_series(0, %s) AS i
"""


@contextmanager
def cursor(made, name):
    with closing(psycopg2.connect(made.database_server.dsn(name))) as link:
        link.autocommit = True
        with link.cursor() as opened:
            yield opened


def one_row(opened, query):
    opened.execute(query)
    return opened.fetchone()


@pytest.fixture(scope="module")
def killed(made, new_database):
    """A database whose backfill was killed, and how many were adopted by then."""
    name = new_database()
    count = "SELECT count(candidate_id) FROM hr_applicant"
    with cursor(made, name) as opened:
        opened.execute(OLD_APPLICANTS, [APPLICANTS - 1])
        running = subprocess.Popen(
            made.command("shell", "-d", name, "--no-http", "--log-level", "error"),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            env=made.environment(),
            cwd=paths.ROOT,
            text=True,
        )
        running.stdin.write(BACKFILL)
        running.stdin.close()
        while not one_row(opened, count)[0]:
            assert running.poll() is None, "the backfill ended by itself"
        os.kill(running.pid, signal.SIGKILL)
        running.wait()
        return name, one_row(opened, count)[0]


def test_a_killed_backfill_goes_on_where_it_was(made, killed, in_shell):
    name, adopted = killed
    assert 0 < adopted < APPLICANTS
    in_shell(name, BACKFILL)
    with cursor(made, name) as opened:
        people = one_row(
            opened,
            "SELECT count(*), count(candidate_id), count(DISTINCT candidate_id)"
            "  FROM hr_applicant",
        )
        assert people == (APPLICANTS, APPLICANTS, APPLICANTS // 2)
        touches = one_row(
            opened,
            "SELECT count(*), count(DISTINCT res_id) FROM recruit_touch"
            " WHERE kind = 'application'",
        )
        assert touches == (APPLICANTS, APPLICANTS)
        moved = one_row(
            opened,
            "SELECT count(*) FROM recruit_candidate c JOIN recruit_touch t"
            "    ON t.id = c.first_touch_id"
            " WHERE t.occurred_at > (SELECT min(a.create_date) FROM hr_applicant a"
            "                         WHERE a.candidate_id = c.id)",
        )
        assert moved == (0,)
