"""A forecast beside what a real mail server then gets in a fortnight."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from tests.client import log_in
from tests.smtp.moody_relay import MoodyRelay

CLOCK = "recruit_dev_clock.offset_seconds"
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Europe/London")
FORTNIGHT = timedelta(days=14)
# The clock is moved past the next due moment, and goes on while the crons work.
SLACK = timedelta(minutes=10)
STEPS = (
    {"subject": "One", "body_html": "<p>Hi</p>"},
    {"kind": "condition", "test": "clicked", "wait_days": 1},
    {"subject": "Two", "body_html": '<p>In <t t-out="object.city"/></p>', "delay": 1},
    {"kind": "wait", "wait_for": "event", "event": "replied", "wait_days": 2},
    {
        "subject": "Three",
        "body_html": '<p><t t-out="object.personal_line"/></p>',
        "needs_line": True,
        "delay": 1,
        "delay_unit": "business_days",
    },
    {"subject": "Four", "body_html": "<p>Bye</p>", "delay": 1},
)


@pytest.fixture(scope="module")
def rpc(odoo):
    return log_in(odoo).env


class Clock:
    """The clock of the product, moved from moment to moment (naive UTC)."""

    def __init__(self, env):
        self._parameters = env["ir.config_parameter"]

    def move_to(self, moment: datetime):
        ahead = moment.replace(tzinfo=UTC) - datetime.now(UTC)
        self._parameters.set_param(CLOCK, str(round(ahead.total_seconds())))


def next_monday() -> datetime:
    """At 2:00 UTC all the zones sleep."""
    today = datetime.now(UTC).replace(hour=2, minute=0, second=0, microsecond=0)
    return (today + timedelta(days=7 - today.weekday())).replace(tzinfo=None)


def new_people(env, tag: int, size: int) -> list[int]:
    """Every fourth lacks a city, one wants no mail."""
    people = env["recruit.candidate"].create(
        [
            {
                "name": f"Person {number}",
                "email": f"f{number}@forecast.test",
                "tz": ZONES[number % len(ZONES)],
                "city": "Bonn" if number % 4 else False,
                "categ_ids": [(4, tag)],
            }
            for number in range(size)
        ]
    )
    env["recruit.candidate"].write(people[1], {"recruiting_opt_out": True})
    return people


def new_campaign(env, **values) -> int:
    tag = env["hr.applicant.category"].create({"name": "Foreseen"})
    rule = {"field": "tag", "operator": "any_of", "value": [tag]}
    segment = env["recruit.segment"].create(
        {"name": "Foreseen", "tree": {"group": "all", "items": [rule]}}
    )
    new_people(env, tag, 16)
    return env["recruit.campaign"].create(
        {
            "name": "Foreseen",
            "segment_id": segment,
            "email_from": '"Ann Lee" <ann@forecast.example.com>',
            "window_from": 9,
            "window_to": 17,
            "sat": False,
            "sun": False,
            "step_ids": [
                (0, 0, {"sequence": number, **step})
                for number, step in enumerate(STEPS)
            ],
            **values,
        }
    )


def foreseen(env, campaign: int) -> list[dict]:
    env["recruit.campaign"].read_forecast([campaign], again=True)
    return env["recruit.campaign.forecast"].search_read(
        [("campaign_id", "=", campaign)],
        ["candidate_id", "step_id", "action", "at", "hold", "stop"],
    )


def outbox(env, campaign: int, *states: str) -> list[dict]:
    return env["recruit.campaign.delivery"].search_read(
        [("campaign_id", "=", campaign), ("state", "in", states)],
        [
            "candidate_id",
            "step_id",
            "state",
            "due_at",
            "sent_at",
            "began_at",
            "missing",
        ],
        order="due_at",
    )


def work(env, campaign: int, clock: Clock, start: datetime):
    """Run the crons at each moment at which something is due, for a fortnight."""
    crons = [
        env.ref(f"recruit_campaigns.ir_cron_{name}")
        for name in ("send_deliveries", "take_steps")
    ]
    for turn in count():
        due = outbox(env, campaign, "planned")[:1]
        moment = due and moment_of(due[0]["due_at"])
        if not due or moment >= start + FORTNIGHT:
            return
        assert turn < 300, f"it does not come to an end: {due}"
        clock.move_to(moment + timedelta(seconds=1))
        for cron in crons:
            cron.method_direct_trigger()


def moment_of(text: str) -> datetime:
    return datetime.fromisoformat(text)


def by_place(rows, moment) -> dict:
    """The moments of rows by person and step."""
    return {
        (row["candidate_id"][0], row["step_id"][0]): moment_of(row[moment])
        for row in rows
    }


def test_what_a_mail_server_gets_in_a_fortnight_is_what_was_foreseen(rpc):
    clock, start = Clock(rpc), next_monday()
    clock.move_to(start)
    campaign = new_campaign(rpc, daily_limit=9, cap_rule="own", cap_count=2, cap_days=5)
    with MoodyRelay() as relay:
        rpc["ir.mail_server"].create(
            {"name": "relay", "smtp_host": "127.0.0.1", "smtp_port": relay.port}
        )
        rows = foreseen(rpc, campaign)
        rpc["recruit.campaign"].action_start([campaign])
        work(rpc, campaign, clock, start)
    check_mails(relay, rpc, rows)
    will_be_sent = by_place([row for row in rows if row["action"] == "send"], "at")
    sent = by_place(outbox(rpc, campaign, "sent"), "sent_at")
    assert will_be_sent.keys() == sent.keys()
    late = {place: sent[place] - at for place, at in will_be_sent.items()}
    assert all(timedelta(0) <= one < SLACK for one in late.values()), late
    taken = by_place([row for row in rows if row["action"] == "take"], "at")
    waits = by_place(outbox(rpc, campaign, "done"), "began_at")
    assert taken.keys() == waits.keys()
    check_holds(rpc, campaign, rows)


def check_mails(relay, env, rows):
    """Each person got as many mails as were foreseen, and nobody another one."""
    people = env["recruit.candidate"].search_read(
        [("email", "=like", "%@forecast.test")], ["email"]
    )
    for person in people:
        mine = [row for row in rows if row["candidate_id"][0] == person["id"]]
        expected = sum(row["action"] == "send" for row in mine)
        assert relay.accepted[person["email"]] == expected
    assert sum(relay.accepted.values()) > len(people)
    assert {row["stop"] for row in rows if row["action"] == "skip"} == {"unsubscribed"}


def check_holds(env, campaign, rows):
    """What waits for a value or a line at the end was foreseen as that."""
    held = {
        (row["candidate_id"][0], row["step_id"][0])
        for row in rows
        if row["hold"] == "lacking" and row["action"] == "hold"
    }
    waiting = outbox(env, campaign, "planned")
    missing = {
        (row["candidate_id"][0], row["step_id"][0]) for row in waiting if row["missing"]
    }
    assert held == missing
    assert {row["missing"] for row in waiting} >= {"city", "personal_line"}
