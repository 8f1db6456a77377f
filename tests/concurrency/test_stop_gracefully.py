"""A server that is asked to stop while it sends leaves nothing half done."""

import os
import signal

import pytest

from bench.sink import Sink
from dev.workbench import daily, server
from tests.concurrency.audience import audience

PEOPLE = 400
PACE = 0.01  # seconds before each answer of the mail server: it is busy for long enough
SOON = 8  # seconds: less than a server waits for what is on its way

START = (
    audience("Stop", PEOPLE)
    + """
env["recruit.campaign"].create(
    {
        "name": "Stop",
        "segment_id": segment.id,
        "user_id": env.ref("base.user_admin").id,
        "email_from": "ben@example.org",
        "step_ids": [(0, 0, {"subject": "Now", "body_html": "<p>Now</p>"})],
    }
).action_start()
env.cr.commit()
"""
)
COUNT = """
rows = env["recruit.campaign.delivery"].search([])
for state in set(rows.mapped("state")):
    print(state, len(rows.filtered(lambda row: row.state == state)))
"""


@pytest.fixture
def relay(tmp_path):
    with Sink(tmp_path / "accepted.log", pace=PACE) as sink:
        yield sink


def test_server_when_asked_to_stop_knows_what_became_of_every_message(
    made, new_database, in_shell, relay
):
    database = new_database()
    with server.OdooServer(
        made,
        database,
        port=server.free_port(),
        log="test-stop-gracefully",
        options=daily.mail_options(relay.port, cron_threads=1),
    ) as running:
        in_shell(database, START)
        assert relay.wait(relay.size(), seconds=90)
        os.killpg(running.process.pid, signal.SIGTERM)
        running.process.wait(timeout=SOON)
    states = dict(line.split() for line in in_shell(database, COUNT))
    sent = len(relay.accepted())
    assert 0 < sent < PEOPLE
    assert states == {"sent": str(sent), "planned": str(PEOPLE - sent)}
