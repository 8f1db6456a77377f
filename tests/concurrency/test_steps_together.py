"""Two processes take the same steps, enroll the same people, or are the first to send
from a database: each thing happens once."""

import subprocess

import pytest

from tests.concurrency.audience import audience

PEOPLE = 120  # more than a batch

PREPARE = (
    audience("Steps", PEOPLE)
    + """
mark = env["hr.applicant.category"].create({"name": "Came by"})
user = env.ref("base.user_admin")
campaign = env["recruit.campaign"].create(
    {
        "name": "Steps together",
        "segment_id": segment.id,
        "user_id": user.id,
        "email_from": "ben@example.org",
        "enroll_newcomers": True,
        "step_ids": [
            (0, 0, {"sequence": 1, "kind": "tag", "tag_id": mark.id}),
            (0, 0, {"sequence": 2, "kind": "task", "summary": "Call", "wait_days": 0,
                     "assign_to": "user", "user_id": user.id}),
            (0, 0, {"sequence": 3, "kind": "notify", "note": "<p>Look</p>",
                     "assign_to": "user", "user_id": user.id}),
        ],
    }
)
campaign.state = "running"
env.cr.commit()
"""
)
ENROLL = """
env["recruit.campaign"]._cron_enroll_newcomers()
env.cr.commit()
"""
TAKE = """
env["recruit.campaign.delivery"]._cron_take_steps()
env.cr.commit()
"""
COUNT = """
campaign = env["recruit.campaign"].search([("name", "=", "Steps together")])
people = campaign.enrollment_ids.candidate_id
rows = env["recruit.campaign.delivery"].search([("campaign_id", "=", campaign.id)])
tasks = env["mail.activity"].search([("summary", "=", "Call")])
told = env["mail.message"].search(
    [("model", "=", "recruit.candidate"), ("body", "like", "Look")]
)
print("PEOPLE", len(campaign.enrollment_ids), len(people))
print("ROWS", len(rows), sorted(set(rows.mapped("state"))))
print("STATES", sorted(set(campaign.enrollment_ids.mapped("state"))))
print("TASKS", len(tasks), len(set(tasks.mapped("res_id"))))
print("TOLD", len(told), len(set(told.mapped("res_id"))))
"""
FIRST = """
from odoo import SUPERUSER_ID, api

MARK = "recruit_campaigns.database_mark"
env["ir.config_parameter"].search([("key", "=", MARK)]).unlink()
env.cr.commit()
with env.registry.cursor() as first, env.registry.cursor() as second:
    one, two = (
        api.Environment(cr, SUPERUSER_ID, {})["recruit.campaign"]
        for cr in (first, second)
    )
    print("UNKNOWN", not two.env["ir.config_parameter"].get_param(MARK))
    print("FIRST", one._may_send_here())
    first.commit()
    print("SECOND", two._may_send_here())
    print("GOES ON", two.search_count([]) >= 0)
    second.commit()
env.cr.rollback()
print("MARKS", env["ir.config_parameter"].search_count([("key", "=", MARK)]))
print("HERE", env["recruit.campaign"]._may_send_here())
"""


@pytest.fixture(scope="module")
def database(new_database):
    return new_database()


@pytest.fixture(scope="module")
def two_at_once(made, database):
    """A function that runs Python in two processes at once; both must end well."""

    def run(code):
        command = made.command(
            "shell", "-d", database, "--no-http", "--log-level", "error"
        )
        both = [
            subprocess.Popen(
                command, stdin=subprocess.PIPE, env=made.environment(), text=True
            )
            for _process in range(2)
        ]
        for process in both:
            process.stdin.write(code)
            process.stdin.close()
        return [process.wait(timeout=240) for process in both]

    return run


def told(lines):
    return dict(line.split(" ", 1) for line in lines if " " in line)


def test_everybody_enters_once_and_comes_to_each_step_once(
    database, in_shell, two_at_once
):
    in_shell(database, PREPARE)
    assert two_at_once(ENROLL) == [0, 0]
    assert two_at_once(TAKE) == [0, 0]
    words = told(in_shell(database, COUNT))
    assert words == {
        "PEOPLE": f"{PEOPLE} {PEOPLE}",
        "ROWS": f"{3 * PEOPLE} ['done']",
        "STATES": "['finished']",
        "TASKS": f"{PEOPLE} {PEOPLE}",
        "TOLD": f"{PEOPLE} {PEOPLE}",
    }


def test_two_who_are_the_first_to_send_from_a_database_both_go_on(database, in_shell):
    words = told(in_shell(database, FIRST))
    assert words == {
        "UNKNOWN": "True",
        "FIRST": "True",
        "SECOND": "True",
        "GOES": "ON True",
        "MARKS": "1",
        "HERE": "True",
    }
