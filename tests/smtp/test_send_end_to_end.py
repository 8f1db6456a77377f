"""Campaigns through real SMTP servers: what leaves and what is recorded."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from dev.workbench import server
from tests.client import log_in
from tests.smtp.moody_relay import MOODS, MoodyRelay

CLOCK = "recruit_dev_clock.offset_seconds"
SEND = "env['recruit.campaign.delivery']._cron_send_due()\nenv.cr.commit()\n"
BODY = (
    '<p>Hello <t t-out="object.name">you</t>, <a href="https://example.com/j">look</a>'
    "</p><p>.</p><p>.dots. at the start</p>"
)


@pytest.fixture(scope="module")
def rpc(odoo):
    return log_in(odoo).env


@pytest.fixture(scope="module")
def relay():
    with MoodyRelay() as running:
        yield running


class Campaign:
    """A running campaign of one message, and its outbox by address."""

    def __init__(self, env, name: str, people: list[str], **values):
        self.env = env
        tag = env["hr.applicant.category"].create({"name": name})
        rule = {"field": "tag", "operator": "any_of", "value": [tag]}
        segment = env["recruit.segment"].create(
            {"name": name, "tree": {"group": "all", "items": [rule]}}
        )
        env["recruit.candidate"].create(
            [
                {"name": f"Zoë {email}", "email": email, "categ_ids": [(4, tag)]}
                for email in people
            ]
        )
        step = {"subject": "Grüße an {{ object.name }}", "body_html": BODY}
        self.id = env["recruit.campaign"].create(
            {
                "name": name,
                "segment_id": segment,
                "email_from": f'"Ann Lee" <ann@{name}.example.com>',
                "step_ids": [(0, 0, step)],
                **values,
            }
        )
        env["recruit.campaign"].action_start([self.id])

    def send(self):
        """Run the cron that sends, once."""
        cron = self.env.ref("recruit_campaigns.ir_cron_send_deliveries")
        cron.method_direct_trigger()

    def outbox(self) -> dict[str, dict]:
        rows = self.env["recruit.campaign.delivery"].search_read(
            [("campaign_id", "=", self.id)],
            ["candidate_id", "state", "reason", "attempt_count", "message_id"],
        )
        return {row["candidate_id"][1].split()[-1]: row for row in rows}

    def states(self) -> dict[str, str]:
        return {email: row["state"] for email, row in self.outbox().items()}


def mail_server(env, name: str, port: int) -> int:
    return env["ir.mail_server"].create(
        {
            "name": name,
            "smtp_host": "127.0.0.1",
            "smtp_port": port,
            "from_filter": f"{name}.example.com",
        }
    )


def pass_time(env, seconds: int):
    parameters = env["ir.config_parameter"]
    offset = int(parameters.get_param(CLOCK) or 0)
    parameters.set_param(CLOCK, str(offset + seconds))


def test_each_person_gets_one_mail_and_a_second_run_sends_none(rpc, odoo, maildrop):
    people = [f"p{number}@usual.test" for number in range(60)]
    campaign = Campaign(rpc, "usual", people)
    campaign.send()
    campaign.send()
    mails = [mail for mail in maildrop.messages() if mail["List-Unsubscribe"]]
    assert sorted(mail["X-Envelope-To"] for mail in mails) == sorted(people)
    outbox = campaign.outbox()
    assert set(campaign.states().values()) == {"sent"}
    for mail in mails:
        email = mail["X-Envelope-To"]
        assert mail["Message-ID"] == outbox[email]["message_id"]
        assert mail["Subject"] == f"Grüße an Zoë {email}"
        assert mail["To"].addresses[0].addr_spec == email
        assert mail["From"].addresses[0].addr_spec == "ann@usual.example.com"
        text = mail.get_body(("plain",)).get_content()
        assert ".\r\n.dots" in text, "a line of one dot ended the mail"
        assert "/recruit/open/" not in text, "nobody reads the address of a pixel"
        html = mail.get_body(("html",)).get_content()
        assert "/recruit/open/" in html
        assert ".dots. at the start" in html
        assert "/recruit/click/" in html
        assert "https://example.com/j" not in html


def test_headers_for_one_click_leave_raw_on_one_line(maildrop, odoo):
    for file in maildrop.folder.glob("*.eml"):
        raw = file.read_bytes()
        address = (
            rb"List-Unsubscribe: <https?://[^\s=?]+/recruit/unsubscribe/[\w-]+>\r\n"
        )
        assert re.search(address, raw)
        assert b"\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in raw


def test_one_bad_recipient_stops_no_other_and_who_said_later_is_served_later(
    rpc, relay
):
    mail_server(rpc, "moody", relay.port)
    people = [f"{mood}@moody.test" for mood in MOODS] + [
        f"nice{number}@moody.test" for number in range(5)
    ]
    campaign = Campaign(rpc, "moody", people)
    campaign.send()
    first = {email.split("@")[0]: row for email, row in campaign.outbox().items()}
    assert {mood: first[mood]["state"] for mood in MOODS} == {
        "rcpt-later": "retry",
        "rcpt-never": "failed",
        "dot-later": "retry",
        "dot-never": "failed",
        "dot-silent": "uncertain",
        "rcpt-hangs-up": "retry",
    }
    assert all(first[f"nice{number}"]["state"] == "sent" for number in range(5))
    assert all(first[mood]["reason"] for mood in MOODS)
    pass_time(rpc, 6 * 60)
    campaign.send()
    states = campaign.states()
    for mood in ("rcpt-later", "dot-later", "rcpt-hangs-up"):
        assert states[f"{mood}@moody.test"] == "sent"
    assert states["dot-silent@moody.test"] == "uncertain", "never sent again by itself"
    assert set(relay.accepted.values()) == {1}
    assert (
        relay.mails["rcpt-later@moody.test"]["Message-ID"]
        == (first["rcpt-later"]["message_id"])
    )


def test_mail_server_that_is_down_keeps_everything_until_it_is_up(rpc):
    port = server.free_port()
    down = mail_server(rpc, "down", port)
    people = [f"d{number}@down.test" for number in range(3)]
    campaign = Campaign(rpc, "down", people)
    campaign.send()
    for row in campaign.outbox().values():
        assert row["state"] == "retry"
        assert row["reason"] == "The mail server cannot be reached."
        assert row["attempt_count"] == 0, "a try that was none does not count"
    with MoodyRelay() as relay:
        rpc["ir.mail_server"].write([down], {"smtp_port": relay.port})
        pass_time(rpc, 6 * 60)
        campaign.send()
        assert set(relay.accepted) == set(people)
    assert set(campaign.states().values()) == {"sent"}


def test_workers_side_by_side_share_the_work_and_send_nothing_twice(
    rpc, odoo, relay, in_shell
):
    mail_server(rpc, "shared", relay.port)
    people = [f"s{number}@shared.test" for number in range(150)]
    campaign = Campaign(rpc, "shared", people)
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda _n: in_shell(odoo.database, SEND), range(3)))
    assert {email: relay.accepted[email] for email in people} == dict.fromkeys(
        people, 1
    )
    assert set(campaign.states().values()) == {"sent"}


def test_clock_that_jumps_there_and_back_skips_nothing_and_repeats_nothing(rpc, relay):
    mail_server(rpc, "clock", relay.port)
    people = [f"c{number}@clock.test" for number in range(5)]
    step = {"subject": "Step", "body_html": BODY}
    later = step | {"delay": 2, "delay_unit": "days"}
    campaign = Campaign(rpc, "clock", people, step_ids=[(0, 0, step), (0, 0, later)])
    hour, day = 3600, 86400
    got = []
    for jump in (0, day, -day, -hour, hour + 600, -600, 3 * day, -2 * day, 2 * day):
        pass_time(rpc, jump)
        campaign.send()
        got.append(sum(relay.accepted[email] for email in people))
    assert got == [5, 5, 5, 5, 5, 5, 10, 10, 10]
    assert {relay.accepted[email] for email in people} == {2}


def test_person_who_unsubscribes_before_the_send_gets_nothing(rpc, relay):
    mail_server(rpc, "stopped", relay.port)
    campaign = Campaign(rpc, "stopped", ["stay@stopped.test", "go@stopped.test"])
    gone = rpc["recruit.candidate"].search([("email", "=", "go@stopped.test")])
    rpc["recruit.candidate"].write(gone, {"recruiting_opt_out": True})
    campaign.send()
    assert relay.accepted["go@stopped.test"] == 0
    assert relay.accepted["stay@stopped.test"] == 1
    row = campaign.outbox()["go@stopped.test"]
    assert (row["state"], row["reason"]) == (
        "skipped",
        "Unsubscribed from recruiting mail",
    )
