"""From due to the mail server, with the cron server that really runs."""

import time

import pytest

from dev.workbench import daily, server

# Two messages a person, the second due some seconds after the first by hand: a delay
# of a campaign is hours at least.
START = """
from datetime import timedelta

tag = env["hr.applicant.category"].create({"name": "Wake"})
env["recruit.candidate"].create(
    {"name": "Ann Lee", "email": "ann@example.com", "categ_ids": [(4, tag.id)]}
)
rule = {"field": "tag", "operator": "any_of", "value": tag.ids}
segment = env["recruit.segment"].create(
    {"name": "Wake", "tree": {"group": "all", "items": [rule]}}
)
campaign = env["recruit.campaign"].create(
    {
        "name": "Wake",
        "segment_id": segment.id,
        "user_id": env.ref("base.user_admin").id,
        "email_from": "ben@example.org",
        "step_ids": [(0, 0, {"subject": "Now", "body_html": "<p>Now</p>"})],
    }
)
campaign.action_start()
row = env["recruit.campaign.delivery"].search([("campaign_id", "=", campaign.id)])
row.due_at = env["recruit.clock"].now() + timedelta(seconds=25)
env.cr.commit()
print("DUE", row.id)
"""
LOOK = """
row = env["recruit.campaign.delivery"].search([], limit=1, order="id desc")
print("LATE", (row.sent_at - row.due_at).total_seconds(), row.state)
print("TRIGGERS", env["ir.cron.trigger"].search_count([]))
"""


@pytest.fixture(scope="module")
def crons(made, new_database, maildrop):
    """A served Odoo whose cron server runs, on a database with nothing to do."""
    with server.OdooServer(
        made,
        new_database(),
        port=server.free_port(),
        log="test-wake-up",
        options=daily.mail_options(maildrop.port, cron_threads=1),
    ) as running:
        yield running


def test_message_leaves_within_five_seconds_of_its_time(crons, maildrop, in_shell):
    in_shell(crons.database, START)
    assert maildrop.wait(1, seconds=90)
    deadline = time.monotonic() + 60
    words = {"LATE": "0 planned"}
    while "sent" not in words["LATE"] and time.monotonic() < deadline:
        lines = in_shell(crons.database, LOOK)
        words = dict(line.split(" ", 1) for line in lines if " " in line)
    seconds, state = words["LATE"].split()
    assert state == "sent"
    assert 0 <= float(seconds) <= 5
    assert int(words["TRIGGERS"]) < 20
