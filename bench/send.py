"""The same message to the same people: native mass mailing, and a campaign of ours.

End to end: from the press of the button until the last mail is accepted by the same
mail server, which keeps nothing and answers at once. One worker each. Natively the
people are applicants with their contacts, as Odoo keeps talents; ours are candidates.
"""

import os
import statistics
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from odoo import sql_db
from odoo.tools import config

from . import cpu, process
from .figures import Figure, Target
from .sink import Sink
from .turns import Turns

ROUNDS = 2
MOST_RUNS = 200
TAG = "Bench send"
SENDER = '"Recruiting" <recruiting@example.com>'
SUBJECT = "News for {{ object.name }}"
PARAGRAPH = (
    "<p>We write to people whose work we know. This paragraph is as long as those of "
    "real newsletters, so that the message weighs as much as theirs.</p>"
)


def _body(name: str) -> str:
    """10 kB, 5 tracked links, 6 placeholders, of the field that holds the name."""
    hole = f'<t t-out="object.{name}"/>'
    links = "".join(
        f'<p><a href="https://example.com/jobs/{n}">Job {n}</a> for {hole}</p>'
        for n in range(5)
    )
    return (
        f"<div><p>Hello {hole},</p>{links}{PARAGRAPH * 55}"
        '<a href="/unsubscribe_from_list">Unsubscribe</a></div>'
    )


class Way(NamedTuple):
    """One way to send, against one kind of mail server.

    :param pace: seconds before each answer of the mail server
    :param share: of the people who get the mail: slow ways are measured with fewer.
        What is done once for a campaign hardly weighs on 5,000
    """

    is_native: bool
    connections: int = 1
    fence_size: int = 1
    pace: float = 0.0
    share: float = 1.0


NATIVE, OURS = Way(is_native=True, share=0.2), Way(is_native=False)
# what shares a fence may as well be on its way at once: as much is uncertain at worst
SHARED = OURS._replace(connections=8, fence_size=20)
NATIVE_SLOW = NATIVE._replace(pace=0.005, share=0.04)
OURS_SLOW = OURS._replace(pace=0.005, connections=16)
ALONE, TOGETHER = "one worker", "two workers"


class Sent(NamedTuple):
    """One round: how fast, at what cost for a mail, and to whom."""

    by_clock: float
    by_processor: float
    statements: float
    recipients: list[str]


def measure(turns: Turns, size: int) -> list[Figure]:
    """The figures for `size` mails each, several rounds in turn."""
    registry = turns.registry
    with process.environment(registry) as env:
        free_everybody(env)
        enrolled = _time_enrollment(env, audience(env))
    ways = (NATIVE, OURS, SHARED, NATIVE_SLOW, OURS_SLOW)
    rounds = {way: [] for way in ways}
    for _number in range(ROUNDS):
        for way in ways:
            rounds[way].append(send_round(registry, size, way))
    twice = {
        name: [_two_workers(registry, size, way) for _number in range(ROUNDS)]
        for name, way in (
            ("a fence a mail", OURS),
            ("20 mails a fence", SHARED),
            ("5 ms an answer, 16 connections", OURS_SLOW),
        )
    }
    everybody = rounds[OURS][0].recipients
    agree = all(
        one.recipients == everybody[: len(one.recipients)]
        and len(one.recipients) == _count(size, way)
        for way in ways
        for one in rounds[way]
    )
    figures = [
        figure
        for name, native, ours, times, least in (
            ("a fence a mail", NATIVE, OURS, 16, 400),
            ("20 mails a fence", NATIVE, SHARED, 30, 800),
        )
        for figure in _rates(name, rounds[native], rounds[ours], times, least, agree)
    ]
    slow = [statistics.median(_clock(rounds[w])) for w in (NATIVE_SLOW, OURS_SLOW)]
    return [
        *figures,
        _rate("5 ms an answer, 16 connections", *slow, Target("at least", 400), agree),
        *(_together(name, pairs, agree) for name, pairs in twice.items()),
        Figure(
            "SQL statements",
            "a mail",
            statistics.median(one.statements for one in rounds[NATIVE]),
            statistics.median(one.statements for one in rounds[OURS]),
            Target("at most", 3),
            agree,
        ),
        Figure(
            "enrolling 100,000",
            "s",
            None,
            enrolled / size * 100_000,
            Target("at most", 20),
        ),
    ]


def _rates(name, native, ours, times, least, agree):
    """By the clock and by the processor."""
    for kind, pick in (("by the processor", _processor), ("by the clock", _clock)):
        rates = statistics.median(pick(native)), statistics.median(pick(ours))
        yield _rate(f"{name}, {kind}", *rates, Target("times native", times), agree)
    yield _rate(f"{name}, at least", *rates, Target("at least", least), agree)


def _together(name, pairs, agree):
    """Two workers beside one.

    :param pairs: mails a second of one and of two, of each round
    """
    alone, together = (statistics.median(rates) for rates in zip(*pairs, strict=True))
    return Figure(
        f"two workers beside one, {name}",
        "mails/s",
        alone,
        together,
        Target("times native", 1.7),
        agree,
        more_is_better=True,
    )


def _rate(name, native, ours, target, agree):
    return Figure(name, "mails/s", native, ours, target, agree, more_is_better=True)


def _clock(rounds):
    return [one.by_clock for one in rounds]


def _processor(rounds):
    return [one.by_processor for one in rounds]


def _count(size, way):
    return int(size * way.share)


def send_round(registry, size, way) -> Sent:
    """Send a campaign or mailing to `size` people, to a mail server of its own."""
    with _sink(way.pace) as sink:
        return _send(registry, sink, _count(size, way), way)


@contextmanager
def _sink(pace=0.0):
    """A mail server of this round alone, known to Odoo."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Sink(Path(folder) / "log", pace=pace) as sink,
    ):
        config["smtp_port"] = sink.port
        yield sink


def _send(registry, sink, count, way) -> Sent:
    press_button = _start_natively if way.is_native else _start_ours
    cost = cpu.spent(registry)
    start, statements = time.perf_counter(), sql_db.sql_counter
    crons = press_button(registry, count, way)
    _run_crons(registry, crons, lambda: len(sink.accepted()) < count)
    seconds = time.perf_counter() - start
    cost = cpu.spent(registry) - cost
    mails = sink.accepted()
    return Sent(
        len(mails) / seconds,
        len(mails) / cost.total,
        (sql_db.sql_counter - statements) / max(len(mails), 1),
        sorted((mail.recipient for mail in mails), key=_number),
    )


def _number(recipient):
    return int(recipient.partition("@")[0].removeprefix("ada"))


def _two_workers(registry, size, way) -> tuple[float, float]:
    """Mails a second of one worker and of two, on the same machine."""
    rates = []
    for count in (1, 2):
        with _sink(way.pace) as sink:
            _start_ours(registry, size, way)
            sql_db.close_all()
            start = time.perf_counter()
            for pid in [_fork_worker(registry) for _worker in range(count)]:
                os.waitpid(pid, 0)
            rates.append(len(sink.accepted()) / (time.perf_counter() - start))
    return tuple(rates)


def _fork_worker(registry) -> int:
    pid = os.fork()
    if not pid:
        with process.environment(registry) as env:
            env["recruit.campaign.delivery"]._cron_send_due()
        os._exit(0)  # nothing of the parent's is cleaned up twice
    return pid


def free_everybody(env):
    """Let everybody get the mail, so that both ways send the same."""
    env.cr.execute("DELETE FROM mail_blacklist")
    env.invalidate_all()


def _time_enrollment(env, segment_id) -> float:
    """Seconds for enrolling everybody into a campaign that is not started."""
    campaign = _campaign(env, segment_id)
    start = time.perf_counter()
    campaign.action_enroll_segment()
    return time.perf_counter() - start


def audience(env) -> int:
    """A segment of everybody, by a tag; returns its id."""
    tag = env["hr.applicant.category"].create({"name": TAG})
    env["recruit.candidate"].search([]).categ_ids = [(4, tag.id)]
    rule = {"field": "tag", "operator": "any_of", "value": tag.ids}
    tree = {"group": "all", "items": [rule]}
    return env["recruit.segment"].create({"name": TAG, "tree": tree}).id


def _start_natively(registry, count, _way):
    """Queue a mailing over the talents; returns the crons that send it."""
    with process.environment(registry) as env:
        body = _body("partner_name")
        env["mailing.mailing"].create(
            {
                "name": f"{TAG} {time.time_ns()}",
                "subject": "News for {{ object.partner_name }}",
                "body_arch": body,
                "body_html": body,
                "mailing_model_id": env["ir.model"]._get_id("hr.applicant"),
                "mailing_domain": f"[('id', '<=', {count})]",
                "email_from": SENDER,
            }
        ).action_put_in_queue()
    return (
        "mass_mailing.ir_cron_mass_mailing_queue",
        "mail.ir_cron_mail_scheduler_action",
    )


def _start_ours(registry, count, way):
    """Start a campaign of one step over the same people; returns its cron."""
    with process.environment(registry) as env:
        parameters = env["ir.config_parameter"]
        parameters.set_param("recruit_campaigns.connections", way.connections)
        parameters.set_param("recruit_campaigns.fence_size", way.fence_size)
        campaign = _campaign(
            env, env["recruit.segment"].search([("name", "=", TAG)], limit=1).id
        )
        campaign.state = "running"
        campaign.step_ids.variant_ids._make_trackers()
        campaign._enroll(env["recruit.candidate"].search([("id", "<=", count)]))
    return ("recruit_campaigns.ir_cron_send_deliveries",)


def _campaign(env, segment_id):
    return env["recruit.campaign"].create(
        {
            "name": TAG,
            "segment_id": segment_id,
            "user_id": env.ref("base.user_admin").id,
            "email_from": SENDER,
            "step_ids": [
                (0, 0, {"subject": SUBJECT, "body_html": _body("name"), "delay": 0})
            ],
        }
    )


def _run_crons(registry, xmlids, is_open):
    """Run them in turn; a cron ends after some seconds and the server runs it again."""
    for _run in range(MOST_RUNS):
        for xmlid in xmlids:
            with process.environment(registry) as env:
                env.ref(xmlid).method_direct_trigger()
        if not is_open():
            return
