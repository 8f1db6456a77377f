"""The queue of due messages: planning many, and taking them off its front.

Native Odoo has no such queue, so there is nothing to compare with: each figure is ours
alone. Ten campaigns over all people; nothing is sent.
"""

import time
from contextlib import contextmanager

from odoo.tools import SQL

from . import process
from .figures import Figure, Target
from .turns import Turns

CAMPAIGNS = 10
BATCH = 200
BATCHES = 250
TOKEN = 1
FORECAST = 10_000
STEPS = 6


def measure(turns: Turns, size: int) -> list[Figure]:
    """The figures for ten messages to each of `size` people."""
    registry = turns.registry
    with process.environment(registry) as env:
        planned = _plan(env, size)
    with process.environment(registry) as env:
        env.cr.execute(SQL("ANALYZE recruit_campaign_delivery"))
    free = _dequeue(registry)
    with _held_open(registry):
        held = _dequeue(registry)
    foreseen, rows = _foresee(registry, min(size, FORECAST))
    count = CAMPAIGNS * size
    return [
        Figure(
            f"enrolling {size:,} people",
            "s",
            0,
            planned / CAMPAIGNS,
            Target("at most", 20 * size / 100_000),
        ),
        Figure(
            f"planning {count:,} due messages",
            "s",
            0,
            planned,
            Target("at most", 600 * count / 1_000_000),
        ),
        Figure("taken off the queue", "a second", 0, free, Target("at least", 2_000)),
        Figure(
            "with a transaction held open",
            "% of that rate",
            0,
            100 * held / free,
            Target("at least", 80),
        ),
        Figure(
            f"forecast of {rows:,} messages to {min(size, FORECAST):,} people",
            "s",
            0,
            foreseen,
            Target("at most", 3),
        ),
    ]


def _plan(env, size) -> float:
    """Seconds for enrolling everybody in ten running campaigns."""
    people = env["recruit.candidate"].search([], limit=size)
    step = {"subject": "News", "body_html": "<p>News</p>", "delay": 0}
    campaigns = env["recruit.campaign"].create(
        [
            {"name": f"Queue {n}", "step_ids": [(0, 0, step)], "state": "running"}
            for n in range(CAMPAIGNS)
        ]
    )
    env.cr.execute("DELETE FROM mail_blacklist")
    start = time.perf_counter()
    for campaign in campaigns:
        campaign._enroll(people)
    return time.perf_counter() - start


def _foresee(registry, size) -> tuple[float, int]:
    """Seconds for the forecast of a draft of six steps with limits, kept for the
    screens, and how many messages it tells of."""
    with process.environment(registry) as env:
        people = env["recruit.candidate"].search([], limit=size)
        tag = env["hr.applicant.category"].create({"name": "Bench forecast"})
        people.categ_ids = [(4, tag.id)]
        rule = {"field": "tag", "operator": "any_of", "value": tag.ids}
        segment = env["recruit.segment"].create(
            {"name": "Bench forecast", "tree": {"group": "all", "items": [rule]}}
        )
        step = {"subject": "News", "body_html": "<p>News</p>", "delay": 2}
        campaign = env["recruit.campaign"].create(
            {
                "name": "Bench forecast",
                "segment_id": segment.id,
                "step_ids": [(0, 0, {**step, "sequence": n}) for n in range(STEPS)],
                "window_from": 9,
                "window_to": 17,
                "cap_rule": "own",
                "domain_limit": 1_000_000,
                "daily_limit": 1_000_000,
            }
        )
        env.cr.execute("ANALYZE recruit_candidate")
        env.flush_all()
        start = time.perf_counter()
        campaign._keep_forecast()
        seconds = time.perf_counter() - start
        found = env["recruit.campaign.forecast"].search_count(
            [("campaign_id", "=", campaign.id)]
        )
    return seconds, found


def _dequeue(registry) -> float:
    """Messages a second, claimed and sent off in batches, each committed."""
    start = time.perf_counter()
    front = None
    for _batch in range(BATCHES):
        with process.environment(registry) as env:
            deliveries = env["recruit.campaign.delivery"]
            now = env["recruit.clock"].now()
            claimed, front = deliveries._claim_next(TOKEN, now, BATCH, front)
        with process.environment(registry) as env:
            env.cr.execute(
                SQL(
                    """UPDATE recruit_campaign_delivery
                          SET state = 'sent', finished_at = %s
                        WHERE id = ANY(%s)""",
                    now,
                    claimed.ids,
                )
            )
    return BATCH * BATCHES / (time.perf_counter() - start)


@contextmanager
def _held_open(registry):
    """Somebody's long transaction: no dead row can be cleaned up meanwhile."""
    with registry.cursor() as cr:
        cr.execute(SQL("SELECT 1 FROM recruit_campaign_delivery LIMIT 1"))
        yield
        cr.rollback()
