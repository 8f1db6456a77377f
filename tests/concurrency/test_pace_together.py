"""Two sending processes at once: no limit is exceeded, and nobody is left out."""

import subprocess
from collections import Counter

import pytest

from tests.concurrency.audience import audience

PEOPLE, DAILY, DOMAIN = 120, 70, 45

SETUP = (
    audience("Together", PEOPLE, ("example.com", "example.net"))
    + f"""
step = {{"subject": "Hello", "body_html": "<p>Hello</p>"}}
for number in range(2):
    env["recruit.campaign"].create(
        {{
            "name": f"Together {{number}}",
            "segment_id": segment.id,
            "user_id": env.ref("base.user_admin").id,
            "email_from": "ben@example.org",
            "step_ids": [(0, 0, step)],
            "daily_limit": {DAILY},
            "domain_limit": {DOMAIN},
            "cap_rule": "own",
            "cap_count": 1,
        }}
    ).action_start()
env["recruit.campaign"]._may_send_here()
env.cr.commit()
"""
)
SEND = """
env["recruit.campaign.delivery"]._cron_send_due()
env.cr.commit()
"""
COUNT = """
rows = env["recruit.campaign.delivery"].search([])
for row in rows:
    print("ROW", row.state, row.hold or "-", row.candidate_id.id,
          row.candidate_id.email.partition("@")[2])
"""


@pytest.fixture(scope="module")
def database(new_database):
    return new_database()


def test_two_workers_keep_to_the_limits_of_one_sender(
    made, database, in_shell, maildrop
):
    in_shell(database, SETUP)
    command = made.command(
        "shell", "-d", database, "--no-http", "--log-level", "error",
        "--smtp", "127.0.0.1", "--smtp-port", str(maildrop.port),
    )  # fmt: skip
    workers = [
        subprocess.Popen(
            command, stdin=subprocess.PIPE, env=made.environment(), text=True
        )
        for _worker in range(2)
    ]
    for worker in workers:
        worker.stdin.write(SEND)
        worker.stdin.close()
    assert [worker.wait(timeout=240) for worker in workers] == [0, 0]
    rows = [line.split()[1:] for line in in_shell(database, COUNT) if "ROW" in line]
    sent = [row for row in rows if row[0] == "sent"]
    assert len(rows) == 2 * PEOPLE
    assert len(sent) == DAILY == len(maildrop.messages())
    assert max(Counter(row[3] for row in sent).values()) <= DOMAIN
    assert max(Counter(row[2] for row in sent).values()) == 1
    held = [row for row in rows if row[0] == "planned"]
    assert len(held) == 2 * PEOPLE - DAILY
    assert all(row[1] != "-" for row in held)
