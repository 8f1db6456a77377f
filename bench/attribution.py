"""Attribution: reports over stored credit, one candidate changed, everything rebuilt.

Each person of the data set has ten touches of three years, in the order of time; every
tenth applied and every fiftieth was hired: 10 M touches and 20,000 hires at full size.
"""

import time
from contextlib import closing

import psycopg2

from odoo.sql_db import connection_info_for
from odoo.tools import SQL

from . import process
from .dataset import SEED, bulk_loading
from .figures import Figure, Target
from .turns import Turns

PAGE = 80
TOUCHES = 10  # of each person, on average
SOURCES, CAMPAIGNS = 60, 250
HIRED = 50  # every so manieth person
BATCH = 1000  # conversions a transaction, as the job takes people
MODELS = ("first", "last", "linear", "u_shaped", "w_shaped", "decay", "data")


def measure(turns: Turns, size: int) -> list[Figure]:
    """The figures on a copy of the database with `size` people."""
    with process.environment(turns.registry) as env:
        _fill(env, size)
    _vacuum(turns.registry)
    with process.environment(turns.registry) as env:
        _record_steps(env)
    _vacuum(turns.registry)
    with process.environment(turns.registry) as env:
        env["recruit.channel.effect"]._learn()
    everything = _rebuild(turns, SQL("TRUE"))
    hires = _rebuild(turns, SQL("kind = 'hire'"))
    _vacuum(turns.registry)
    return [
        _first_touches(turns),
        *_reports(turns, size // HIRED),
        _one_candidate(turns),
        _figure(f"rebuild of {size // HIRED:,} hires", hires, 10_000),
        _figure("rebuild of all steps of all applications", everything, 60_000),
        _board(turns, size // HIRED),
    ]


def _figure(name, milliseconds, target, native=None, agree=True, cpu=0):
    limit = Target("at most", target)
    return Figure(name, "ms", native, milliseconds, limit, agree=agree, cpu=cpu)


def _first_touches(turns):
    """What the web client asks for: the first contact of each person of a page."""
    ids = list(range(1, 100 * PAGE, 100))

    def native(env):
        source = {"fields": {"name": {}}}
        return env["hr.applicant"].browse(ids).web_read({"source_id": source})

    def ours(env):
        first = {"first_touch_at": {}, "first_source": {}}
        page = env["recruit.candidate"].browse(ids).web_read(first)
        return [
            (one["id"], str(one["first_touch_at"])[:19], one["first_source"])
            for one in page
        ]

    by_native, by_ours = turns.measure(native, ours)
    with process.environment(turns.registry) as env:
        env.cr.execute(
            """SELECT DISTINCT ON (candidate_id) candidate_id,
                      date_trunc('second', occurred_at)::text, source
                 FROM recruit_touch WHERE candidate_id = ANY(%s)
             ORDER BY candidate_id, occurred_at, id""",
            [ids],
        )
        true = env.cr.fetchall()
    return _figure(
        f"first touch of a page of {PAGE} (native: the source of an application)",
        by_ours.milliseconds,
        2,
        by_native.milliseconds,
        agree=sorted(by_ours.result) == true,
        cpu=by_ours.cpu,
    )


def _reports(turns, hires):
    """Hires by source: natively the one source of the application that counts."""

    def native(env):
        return env["hr.applicant"]._read_group(
            [("date_closed", "!=", False)], ["source_id"], ["__count"]
        )

    for groups, target in (
        (["channel_id"], 60),
        (["source"], 60),
        (["source", "campaign"], 150),
    ):
        worst = None
        for model in MODELS:
            by_native, by_ours = turns.measure(
                native, lambda env, model=model, by=groups: _report(env, by, model)
            )
            if worst is None or by_ours.milliseconds > worst[1].milliseconds:
                worst = by_native, by_ours, model
        by_native, by_ours, model = worst
        total = sum(row[-1] for row in by_ours.result)
        yield _figure(
            f"{hires:,} hires by {' and '.join(groups)}, slowest model ({model})",
            by_ours.milliseconds,
            target,
            by_native.milliseconds,
            agree=abs(total - hires) < 0.01,
            cpu=by_ours.cpu,
        )


def _report(env, groups, model):
    return env["recruit.attribution"]._read_group(
        [("kind", "=", "hire")], groups, [f"{model}:sum"]
    )


def _one_candidate(turns):
    """The credit of a hired candidate after a touch, all steps of the application."""
    with process.environment(turns.registry) as env:
        env.cr.execute("INSERT INTO recruit_credit_due (person) VALUES (%s)", [HIRED])
    _native, by_ours = turns.measure(
        lambda env: None,
        lambda env: env["recruit.credit.due"].sudo()._compute_due([HIRED]),
    )
    return _figure(
        "one changed candidate",
        by_ours.milliseconds,
        20,
        agree=by_ours.result == 1,
        cpu=by_ours.cpu,
    )


def _board(turns, hires):
    def ours(env):
        return env["recruit.attribution.board"].read_board("linear", "all")

    _native, by_ours = turns.measure(lambda env: None, ours)
    return _figure(
        "the whole board",
        by_ours.milliseconds,
        1000,
        agree=abs(by_ours.result["totals"]["hires"] - hires) < 0.01,
        cpu=by_ours.cpu,
    )


def _fill(env, size):
    """Write the touches, then who was hired and when."""
    channels = env["recruit.channel"].search([("level", "=", "channel")], order="id")
    words = {
        "size": size,
        "count": size * TOUCHES,
        "channels": channels.ids,
        "sources": SOURCES,
        "campaigns": CAMPAIGNS,
        "hired": HIRED,
        "stage": env["hr.recruitment.stage"]
        .search([("hired_stage", "=", True)], limit=1)
        .id,
    }
    with bulk_loading(env.cr, ("recruit_touch",)):
        env.cr.execute(SQL("SELECT setseed(%s)", SEED))
        for statement in _FILLING:
            env.cr.execute(SQL(statement, **words))
    env.cr.execute(SQL(_FIRST_TOUCHES))
    env.cr.execute(SQL(_HIRES, **words))


_FILLING = (
    """INSERT INTO recruit_touch (candidate_id, occurred_at, recorded_at, kind,
              direction, verified, channel_id, source, medium, campaign, company_id)
       SELECT d.person, d.at, d.at, 'visit', 'inbound', TRUE,
              (%(channels)s)[1 + d.source %% cardinality(%(channels)s)],
              'Source ' || d.source, 'Medium ' || d.source %% 4,
              'Campaign ' || d.campaign, c.company_id
         FROM (SELECT 1 + floor(random() * %(size)s)::int AS person,
                      floor(%(sources)s * random() ^ 2)::int AS source,
                      floor(%(campaigns)s * random())::int AS campaign,
                      now() AT TIME ZONE 'UTC' - (%(count)s - i)
                          * (INTERVAL '3 years' / %(count)s) AS at
                 FROM generate_series(1, %(count)s) AS i) d
         JOIN recruit_candidate c ON c.id = d.person""",
)
_FIRST_TOUCHES = """
    UPDATE recruit_candidate c SET first_touch_id = t.id
      FROM (SELECT DISTINCT ON (candidate_id) candidate_id, id FROM recruit_touch
          ORDER BY candidate_id, occurred_at, id) t
     WHERE t.candidate_id = c.id"""
_HIRES = """
    UPDATE hr_applicant SET stage_id = %(stage)s,
           date_closed = now() AT TIME ZONE 'UTC' - random() * INTERVAL '2 years'
     WHERE candidate_id %% %(hired)s = 0 AND job_id IS NOT NULL"""


def _record_steps(env):
    """The steps of all applications, by the product's own way for old ones."""
    conversions = env["recruit.conversion"]
    last = 0
    while batch := conversions._next_applications(last, everybody=False):
        conversions._sync(batch)
        last = batch[-1]


def _rebuild(turns, which) -> float:
    """Milliseconds to compute the credit of these conversions, a commit a batch."""
    with process.environment(turns.registry) as env:
        env.cr.execute(
            SQL("SELECT id FROM recruit_conversion WHERE %s ORDER BY id", which)
        )
        ids = [row[0] for row in env.cr.fetchall()]
    start = time.perf_counter()
    for at in range(0, len(ids), BATCH):
        with process.environment(turns.registry) as env:
            env["recruit.credit"]._compute_credit(ids[at : at + BATCH])
    return 1000 * (time.perf_counter() - start)


def _vacuum(registry):
    """As a server in use is: statistics there, and index-only scans possible."""
    with closing(psycopg2.connect(**connection_info_for(registry.db_name)[1])) as own:
        own.autocommit = True  # VACUUM runs in no transaction
        with own.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE recruit_credit")
            cursor.execute("VACUUM ANALYZE recruit_touch")
            cursor.execute("VACUUM ANALYZE recruit_conversion")
            cursor.execute("VACUUM ANALYZE recruit_candidate")
