"""Two workers come to the same new text at the same moment: both can write it."""

import pytest

from tests.concurrency.audience import audience

ROUNDS, SHARE = 5, 3

SETUP = (
    audience("Links", 2 * SHARE)
    + f"""
links = "".join(f'<a href="https://example.com/{{n}}">Job</a>' for n in range(5))
for number in range({ROUNDS}):
    env["recruit.campaign"].create(
        {{
            "name": f"Links {{number}}",
            "segment_id": segment.id,
            "user_id": env.ref("base.user_admin").id,
            "email_from": "ben@example.org",
            "step_ids": [(0, 0, {{"subject": "Hello", "body_html": links}})],
        }}
    ).action_start()
env["recruit.campaign"]._may_send_here()
env.cr.commit()
"""
)
WRITE = f"""
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from odoo.addons.recruit_campaigns.models.worker import Worker

together = Barrier(2)


def write(_number):
    count = 0
    with Worker(env.registry) as worker:
        for _round in range({ROUNDS}):
            now = worker.deliveries.env["recruit.clock"].now()
            rows, _front = worker.deliveries._claim_next(worker.token, now, {SHARE})
            rows = rows._let_leave(worker.token, now)
            worker.commit()
            together.wait(timeout=60)
            count += len(rows._prepare_letters(worker.token, now))
            worker.commit()
    return count


with ThreadPoolExecutor(2) as pool:
    print("LETTERS", sum(pool.map(write, range(2))))
trackers = env["link.tracker"].search([("url", "like", "https://example.com/")])
print("TRACKERS", len(trackers))
rows = env["recruit.campaign.delivery"].search([])
print("FAILED", len(rows.filtered(lambda row: row.state == "failed")))
"""


@pytest.fixture(scope="module")
def words(in_shell, new_database):
    database = new_database()
    in_shell(database, SETUP)
    return in_shell(database, WRITE)


def test_each_message_is_written(words):
    assert f"LETTERS {ROUNDS * 2 * SHARE}" in words
    assert "FAILED 0" in words


def test_each_link_of_a_campaign_is_made_once(words):
    assert f"TRACKERS {ROUNDS * 5}" in words
