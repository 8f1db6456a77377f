"""Who sends does not wait for what follows the messages that were accepted."""

import os
import signal
from contextlib import closing

import psycopg2
import pytest

from bench.sink import Sink
from dev.workbench import daily, server
from tests.concurrency.audience import audience

PEOPLE = 180  # more than are recorded together, and less than twice as many

START = (
    audience("Record", PEOPLE)
    + """
env["recruit.campaign"].create(
    {
        "name": "Record",
        "segment_id": segment.id,
        "user_id": env.ref("base.user_admin").id,
        "email_from": "ben@example.org",
        "step_ids": [(0, 0, {"subject": "Now", "body_html": "<p>Now</p>"})],
    }
).action_start()
env.cr.commit()
"""
)
WAKE = "env['recruit.campaign.delivery']._wake_senders(); env.cr.commit()"
# The first who get the message: nothing can be recorded of them, or with them.
HOLD = (
    "SELECT id FROM recruit_campaign_enrollment ORDER BY id LIMIT 1 FOR NO KEY UPDATE"
)
SENT = "SELECT count(*) FROM recruit_campaign_delivery WHERE state = 'sent'"


@pytest.fixture
def relay(tmp_path):
    with Sink(tmp_path / "accepted.log") as sink:
        yield sink


def test_messages_leave_while_what_follows_the_first_hundred_cannot_be_recorded(
    made, new_database, in_shell, relay
):
    database = new_database()
    in_shell(database, START)
    dsn = made.database_server.dsn(database)
    with (
        closing(psycopg2.connect(dsn)) as holding,
        server.OdooServer(
            made,
            database,
            port=server.free_port(),
            log="test-record-beside",
            options=daily.mail_options(relay.port, cron_threads=1),
        ) as running,
    ):
        _one(holding, HOLD)
        in_shell(database, WAKE)
        while len(relay.accepted()) < PEOPLE:
            assert relay.wait(relay.size(), seconds=90)
        assert _one(holding, SENT) == 0
        holding.rollback()
        os.killpg(running.process.pid, signal.SIGTERM)
        running.process.wait(timeout=60)
        assert _one(holding, SENT) == PEOPLE


def _one(connection, statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]
