"""Campaigns: the form, the results and the reports of one to which everybody was asked.

Each person of the data set is in one campaign and got ten messages of five steps' worth
of days: 1 M messages at full size. Half of them opened, one in ten followed a link, one
in twenty answered; a tenth of the people was held out.
"""

import time
from contextlib import closing

import psycopg2

from odoo import Command
from odoo.sql_db import connection_info_for
from odoo.tools import SQL

from odoo.addons.recruit_campaigns.models.recruit_campaign_forecast_day import PARTS

from . import process
from .dataset import SEED, bulk_loading
from .figures import Figure, Target
from .screens import specification
from .turns import Turns

STEPS = 10
FORESEEN, FORESEEN_STEPS = 10_000, 6
OFFICE = {"window_from": 9, "window_to": 17, "sat": False, "sun": False}
LIMITS = {
    "no limits": {},
    "office hours, at most 3 in 7 days": {
        "cap_rule": "own",
        "cap_count": 3,
        "cap_days": 7,
        **OFFICE,
    },
    "20 seconds between two": {"gap_seconds": 20},
    "1,000 a day": {"daily_limit": 1000},
}
NEEDY = '<p>In <t t-out="object.city"/></p>'
ONE_IN = {"opened": 2, "clicked": 10, "replied": 20, "scanned": 5, "held_out": 10}
TABLES = (
    "recruit_campaign_enrollment",
    "mailing_trace",
    "recruit_campaign_delivery",
    "recruit_campaign_event",
)


def measure(turns: Turns, size: int) -> list[Figure]:
    """The figures on a copy of the database with `size` people."""
    with process.environment(turns.registry) as env:
        campaign = _campaign(env)
        _fill(env, campaign)
        campaign_id = campaign.id
    _vacuum(turns.registry)
    with process.environment(turns.registry) as env:
        start = time.perf_counter()
        env["recruit.campaign"].browse(campaign_id)._count_results()
        counting = 1000 * (time.perf_counter() - start)
    messages = f"{size * STEPS * 9 // 10:,} messages"
    return [
        _form(turns, campaign_id, size),
        *_results(turns, campaign_id, messages),
        *_reports(turns),
        _rows(turns, campaign_id),
        *_forecasts(turns, min(size, FORESEEN)),
        _figure(f"counting {messages} anew, in the background", counting, 120_000),
    ]


def _figure(name, milliseconds, target, agree=True, cpu=0.0):
    limit = Target("at most", target)
    return Figure(name, "ms", None, milliseconds, limit, agree=agree, cpu=cpu)


def _timed(turns, subject):
    _native, ours = turns.measure(lambda env: None, subject)
    return ours


def _form(turns, campaign_id, size):
    """What the web client asks for when it opens the form."""
    with process.environment(turns.registry, turns.uid) as env:
        arch = env["recruit.campaign"].get_view(view_type="form")["arch"]
        asked = specification(env, "recruit.campaign", arch)
    ours = _timed(
        turns, lambda env: env["recruit.campaign"].browse(campaign_id).web_read(asked)
    )
    counted = ours.result[0]["enrollment_count"]
    return _figure(
        f"the form of a campaign with {size:,} enrollments",
        ours.milliseconds,
        500,
        agree=counted == size,
        cpu=ours.cpu,
    )


def _results(turns, campaign_id, messages):
    with process.environment(turns.registry) as env:
        env.cr.execute(
            "SELECT COUNT(*) FROM recruit_campaign_delivery WHERE campaign_id = %s",
            [campaign_id],
        )
        [true] = env.cr.fetchone()
    for view, period in (("cohort", "all"), ("activity", "all"), ("cohort", "quarter")):
        ours = _timed(
            turns,
            lambda env, view=view, period=period: (
                env["recruit.campaign"].browse(campaign_id).read_results(view, period)
            ),
        )
        sent = ours.result["total"]["figures"]["sent"]
        yield _figure(
            f"results of {messages}, {view}, {period}",
            ours.milliseconds,
            300,
            agree=sent == true if period == "all" else 0 < sent < true,
            cpu=ours.cpu,
        )


def _reports(turns):
    for model, groups, measure in (
        ("recruit.campaign.tally", ["campaign_id", "step_id"], "replied"),
        ("recruit.campaign.tally", ["segment_id", "day:month"], "applied"),
        ("recruit.campaign.result", ["campaign_id", "held_out"], "hire"),
    ):
        ours = _timed(
            turns,
            lambda env, model=model, by=groups, measure=measure: env[model]._read_group(
                [], by, [f"{measure}:sum"]
            ),
        )
        yield _figure(
            f"report: {measure} by {' and '.join(groups)}",
            ours.milliseconds,
            300,
            cpu=ours.cpu,
        )


def _rows(turns, campaign_id):
    """A click on a number: the first page of the answers of one step."""

    def ours(env):
        campaign = env["recruit.campaign"].browse(campaign_id)
        step = campaign.read_results()["steps"][1]
        found = env["recruit.campaign.delivery"].search_count(
            [("figure", "=", step["rows"]["replied"])]
        )
        return found, step["figures"]["replied"]

    found = _timed(turns, ours)
    return _figure(
        "the rows behind a figure, counted",
        found.milliseconds,
        30_000,
        agree=found.result[0] == found.result[1],
        cpu=found.cpu,
    )


def _forecasts(turns, people):
    """The next 14 days of a campaign into which many have just come, as its form asks
    for them: foreseen, kept, and added up."""
    for name, limits in LIMITS.items():
        with process.environment(turns.registry) as env:
            campaign = _new_campaign(
                env, "Foreseen", FORESEEN_STEPS, 2, user_id=turns.uid, **limits
            )
            campaign.step_ids[0].body_html = NEEDY
            reachable = env["recruit.candidate"].search(
                [("email_normalized", "!=", False)], limit=people
            )
            enrolled, _reasons = campaign._enroll(reachable)
            campaign.state = "running"
            campaign_id, count = campaign.id, len(enrolled)

        def ours(env, campaign_id=campaign_id):
            told = env["recruit.campaign"].browse(campaign_id).read_forecast(again=True)
            return sum(day[part] for day in told["days"] for part in PARTS)

        foreseen = _timed(turns, ours)
        yield _figure(
            f"forecast of 14 days for {count:,} people in {FORESEEN_STEPS} steps, "
            f"{name}, {foreseen.result:,} rows",
            foreseen.milliseconds,
            3000,
            agree=foreseen.result >= count > 0,
            cpu=foreseen.cpu,
        )
        with process.environment(turns.registry) as env:
            env["recruit.campaign"].browse(campaign_id).state = "paused"


def _campaign(env):
    campaign = _new_campaign(env, "Bench", STEPS, 7)
    campaign.step_ids[0].action_add_variant()
    campaign.state = "running"
    return campaign


def _new_campaign(env, name, steps, days, **values):
    return env["recruit.campaign"].create(
        {
            "name": name,
            "email_from": "bench@example.com",
            "step_ids": [
                Command.create(
                    {
                        "sequence": number,
                        "delay": days,
                        "subject": f"Message {number}",
                        "body_html": "<p>Text</p>",
                    }
                )
                for number in range(steps)
            ],
            **values,
        }
    )


def _fill(env, campaign):
    """Write people, traces, messages and what machines did."""
    variants = campaign.step_ids.variant_ids
    words = {
        "campaign": campaign.id,
        "steps": campaign.step_ids.ids,
        "mailings": [step.variant_id.mailing_id.id for step in campaign.step_ids],
        "variants": [step.variant_id.id for step in campaign.step_ids],
        "second": variants[1].id,
        **ONE_IN,
    }
    env.flush_all()
    with bulk_loading(env.cr, TABLES):
        env.cr.execute(SQL("SELECT setseed(%s)", SEED))
        for statement in _FILLING:
            env.cr.execute(SQL(statement, **words))


_FILLING = (
    """INSERT INTO recruit_campaign_enrollment (campaign_id, candidate_id, company_id,
              round, origin, state, enrolled_at, finished_at)
       SELECT %(campaign)s, c.id, c.company_id, 0, 'hand',
              CASE WHEN c.id %% %(held_out)s = 0 THEN 'held_out' ELSE 'finished' END,
              m.at, m.at
         FROM recruit_candidate c,
              LATERAL (SELECT now() AT TIME ZONE 'UTC'
                              - (c.id %% 365) * INTERVAL '1 day' AS at) m""",
    """INSERT INTO mailing_trace (trace_type, trace_status, mass_mailing_id, model,
              res_id, message_id, is_test_trace, sent_datetime, open_datetime,
              links_click_datetime, reply_datetime)
       SELECT 'mail', 'sent', (%(mailings)s)[s.place], 'recruit.candidate', e.id,
              'bench-' || e.id || '-' || s.place, FALSE, m.at,
              CASE WHEN random() * %(opened)s < 1 THEN m.at + INTERVAL '1 hour' END,
              CASE WHEN random() * %(clicked)s < 1 THEN m.at + INTERVAL '2 hours' END,
              CASE WHEN random() * %(replied)s < 1 THEN m.at + INTERVAL '9 hours' END
         FROM recruit_campaign_enrollment e,
              generate_series(1, cardinality(%(steps)s)) AS s (place),
              LATERAL (SELECT e.enrolled_at + s.place * INTERVAL '7 days' AS at) m
        WHERE e.campaign_id = %(campaign)s AND e.state <> 'held_out'""",
    """INSERT INTO recruit_campaign_delivery (enrollment_id, campaign_id, candidate_id,
              company_id, step_id, kind, variant_id, state, due_at, attempt_count,
              message_id, trace_id, sent_at, finished_at)
       SELECT e.id, e.campaign_id, e.candidate_id, e.company_id, (%(steps)s)[s.place],
              'mail',
              CASE WHEN s.place = 1 AND e.id %% 2 = 0 THEN %(second)s
                   ELSE (%(variants)s)[s.place] END,
              'sent', t.sent_datetime, 1, t.message_id, t.id, t.sent_datetime,
              t.sent_datetime
         FROM mailing_trace t
         JOIN recruit_campaign_enrollment e ON e.id = t.res_id
         JOIN generate_series(1, cardinality(%(steps)s)) AS s (place)
           ON t.message_id = 'bench-' || e.id || '-' || s.place
        WHERE e.campaign_id = %(campaign)s""",
    """INSERT INTO recruit_campaign_event (delivery_id, candidate_id, campaign_id,
              company_id, kind, occurred_at, judgement)
       SELECT d.id, d.candidate_id, d.campaign_id, d.company_id, 'opened',
              d.sent_at + INTERVAL '1 second', 'machine'
         FROM recruit_campaign_delivery d
        WHERE d.campaign_id = %(campaign)s AND d.id %% %(scanned)s = 0""",
)


def _vacuum(registry):
    """As a server in use is: statistics there, and index-only scans possible."""
    with closing(psycopg2.connect(**connection_info_for(registry.db_name)[1])) as own:
        own.autocommit = True  # VACUUM runs in no transaction
        with own.cursor() as cursor:
            for table in TABLES:
                cursor.execute(f"VACUUM ANALYZE {table}")
