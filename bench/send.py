"""The same message to the same people: native mass mailing, and a campaign of ours.

End to end: from the press of the button until the last mail is accepted by the same
mail server, which keeps nothing and answers at once. One worker each.
"""

import statistics
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from odoo import sql_db
from odoo.tools import config

from . import process
from .figures import Figure, Target
from .sink import Sink
from .turns import Turns

ROUNDS = 3
MOST_RUNS = 100
TAG = "Bench send"
SENDER = '"Recruiting" <recruiting@example.com>'
SUBJECT = "News for {{ object.name }}"
PARAGRAPH = (
    "<p>We write to people whose work we know. This paragraph is as long as those of "
    "real newsletters, so that the message weighs as much as theirs.</p>"
)
BODY = (
    '<div><p>Hello <t t-out="object.name"/>,</p>'
    + '<p>in <t t-out="object.city"/> there is news for <t t-out="object.name"/>.</p>'
    + "".join(
        f'<p><a href="https://example.com/jobs/{n}">Job {n}</a></p>' for n in range(5)
    )
    + PARAGRAPH * 55  # 10 kB in all
    + '<p>Bye, <t t-out="object.name"/> of <t t-out="object.city"/></p>'
    + '<a href="/unsubscribe_from_list">Unsubscribe</a></div>'
)


class Sent(NamedTuple):
    """One round: how fast, how many statements for a mail, and to whom."""

    mails_per_second: float
    statements: float
    recipients: list[str]


def measure(turns: Turns, size: int) -> list[Figure]:
    """The figures for `size` mails each, several rounds in turn."""
    registry = turns.registry
    with process.environment(registry) as env:
        segment_id = _audience(env)
    native, ours = [], []
    with tempfile.TemporaryDirectory() as folder, Sink(Path(folder) / "log") as sink:
        config["smtp_port"] = sink.port
        for number in range(ROUNDS):
            native.append(_round(registry, sink, size, _start_natively, number))
            ours.append(_round(registry, sink, size, _start_ours, segment_id))
    agree = all(
        len(one.recipients) == size and one.recipients == native[0].recipients
        for one in native + ours
    )
    return [
        Figure(
            "sending, one worker",
            "mails/s",
            statistics.median(one.mails_per_second for one in native),
            statistics.median(one.mails_per_second for one in ours),
            Target("times native", 16),
            agree,
            more_is_better=True,
        ),
        Figure(
            "SQL statements",
            "a mail",
            statistics.median(one.statements for one in native),
            statistics.median(one.statements for one in ours),
            Target("at most", 3),
            agree,
        ),
    ]


def _round(registry, sink, size, press_button, argument) -> Sent:
    before = len(sink.accepted())
    start, statements = time.perf_counter(), sql_db.sql_counter
    crons = press_button(registry, argument)
    _run_crons(registry, crons, lambda: len(sink.accepted()) - before < size)
    seconds = time.perf_counter() - start
    statements = sql_db.sql_counter - statements
    mails = sink.accepted()[before:]
    count = max(len(mails), 1)
    return Sent(
        len(mails) / seconds,
        statements / count,
        sorted(mail.recipient for mail in mails),
    )


def _audience(env) -> int:
    """A segment of everybody, by a tag; returns its id."""
    tag = env["hr.applicant.category"].create({"name": TAG})
    env["recruit.candidate"].search([]).categ_ids = [(4, tag.id)]
    rule = {"field": "tag", "operator": "any_of", "value": tag.ids}
    tree = {"group": "all", "items": [rule]}
    return env["recruit.segment"].create({"name": TAG, "tree": tree}).id


def _start_natively(registry, number):
    """Queue a mailing over all candidates; returns the crons that send it."""
    with process.environment(registry) as env:
        env["mailing.mailing"].create(
            {
                "name": f"{TAG} {number}",
                "subject": SUBJECT,
                "body_arch": BODY,
                "body_html": BODY,
                "mailing_model_id": env["ir.model"]._get_id("recruit.candidate"),
                "mailing_domain": "[]",
                "email_from": SENDER,
            }
        ).action_put_in_queue()
    return (
        "mass_mailing.ir_cron_mass_mailing_queue",
        "mail.ir_cron_mail_scheduler_action",
    )


def _start_ours(registry, segment_id):
    """Start a campaign of one step over the same people; returns its cron."""
    with process.environment(registry) as env:
        step = {"subject": SUBJECT, "body_html": BODY, "delay": 0}
        env["recruit.campaign"].create(
            {
                "name": TAG,
                "segment_id": segment_id,
                "email_from": SENDER,
                "step_ids": [(0, 0, step)],
            }
        ).action_start()
    return ("recruit_campaigns.ir_cron_send_deliveries",)


def _run_crons(registry, xmlids, is_open):
    """Run them in turn; a cron ends after some seconds and the server runs it again."""
    for _run in range(MOST_RUNS):
        for xmlid in xmlids:
            with process.environment(registry) as env:
                env.ref(xmlid).method_direct_trigger()
        if not is_open():
            return
