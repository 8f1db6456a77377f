"""The queue of due messages: planning many, and taking them off its front.

Native Odoo has no such queue, so there is nothing to compare with: each figure is ours
alone. Ten campaigns over all people; nothing is sent.
"""

import statistics
import threading
import time
from contextlib import closing, contextmanager

from psycopg2.extensions import ISOLATION_LEVEL_READ_COMMITTED

from odoo import SUPERUSER_ID, api, sql_db
from odoo.modules.registry import Registry
from odoo.tools import SQL

from odoo.addons.recruit_campaigns.models.worker import BATCH

from . import process
from .figures import Figure, Target
from .turns import Turns

CAMPAIGNS = 10
BATCHES = 10  # of a turn
TURNS = 10
TOKEN = 1
FORECAST = 10_000
STEPS = 6


def measure(turns: Turns, size: int) -> list[Figure]:
    """The figures for ten messages to each of `size` people."""
    registry = turns.registry
    foreseen, rows = _foresee(registry, min(size, FORECAST))
    with process.environment(registry) as env:
        planned = _plan(env, size)
    pairs = _dequeue(registry)
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
        Figure(
            "taken off the queue",
            "a second",
            0,
            statistics.median(free for free, _held in pairs),
            Target("at least", 2_000),
        ),
        Figure(
            "with a transaction held open",
            "% of that rate",
            0,
            statistics.median(100 * held / free for free, held in pairs),
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


class _Queue:
    """A worker that takes messages off the queue, as the sender's does.

    :param is_held: somebody's transaction stays open all the while: no dead row can be
        cleaned up
    """

    def __init__(self, registry, is_held):
        self.cursors = [registry.cursor()]
        env = api.Environment(self.cursors[0], SUPERUSER_ID, {})
        env.cr.connection.set_isolation_level(ISOLATION_LEVEL_READ_COMMITTED)
        env.cr.execute(SQL("ANALYZE recruit_campaign_delivery"))
        self.deliveries = env["recruit.campaign.delivery"]
        self.deliveries._prepare_session()
        env.cr.commit()
        self.front = None
        if is_held:
            self.cursors.append(registry.cursor())
            self.cursors[1].execute("SELECT 1 FROM recruit_campaign_delivery LIMIT 1")

    def close(self):
        for cursor in self.cursors:
            cursor.close()

    def take(self) -> float:
        """Messages a second, claimed and sent off in batches, each committed."""
        env = self.deliveries.env
        threading.current_thread().dbname = env.cr.dbname
        start = time.perf_counter()
        for _batch in range(BATCHES):
            now = env["recruit.clock"].now()
            claimed, self.front = self.deliveries._claim_next(
                TOKEN, now, BATCH, self.front
            )
            env.cr.commit()
            env.cr.execute(
                SQL(
                    """UPDATE recruit_campaign_delivery
                          SET state = 'sent', finished_at = %s
                        WHERE id = ANY(%s)""",
                    now,
                    claimed.ids,
                )
            )
            env.cr.commit()
        return BATCH * BATCHES / (time.perf_counter() - start)


def _dequeue(registry) -> list[tuple[float, float]]:
    """Messages a second without and with a transaction held open, in turn.

    The two take from two databases, since a transaction holds dead rows in its own
    alone: whatever else the machine does meanwhile slows both.
    """
    with _twin(registry) as twin:
        queues = [_Queue(registry, is_held=False), _Queue(twin, is_held=True)]
        pairs = [tuple(queue.take() for queue in queues) for _turn in range(TURNS)]
        for queue in queues:
            queue.close()
    return pairs


@contextmanager
def _twin(registry):
    """The registry of a copy of a database, which is dropped at the end."""
    name = f"{registry.db_name}_twin"
    _administer(
        SQL("DROP DATABASE IF EXISTS %s", SQL.identifier(name)),
        SQL(
            "CREATE DATABASE %s TEMPLATE %s",
            SQL.identifier(name),
            SQL.identifier(registry.db_name),
        ),
    )
    try:
        yield Registry(name)
    finally:
        threading.current_thread().dbname = registry.db_name
        Registry.delete(name)
        _administer(SQL("DROP DATABASE %s", SQL.identifier(name)))


def _administer(*statements):
    """Do what no transaction can, while no session uses the databases."""
    sql_db.close_all()
    with closing(sql_db.db_connect("postgres").cursor()) as cr:
        cr.connection.autocommit = True
        for statement in statements:
            cr.execute(statement)
