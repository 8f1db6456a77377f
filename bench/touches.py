"""The ledger of touches: how fast it takes them in, and how fast it tells the first.

Odoo has nothing of the kind; the targets are those of the product. Touches come in
batches of 1,000 in random order of time, each of somebody else, with words that the
rules know and words that they do not.
"""

import random
import time
from datetime import timedelta

from .figures import Figure, Target
from .turns import Turns

BATCH = 1000
BATCHES = 4
PAGE = 80
SOURCES = ("LinkedIn", "Indeed", "www.google.com", "Fair of Ghent", "Qwx", None)


def measure(turns: Turns, size: int) -> list[Figure]:
    """The figures on a database with `size` people."""
    return [
        _rate(turns, size, "touches through the ORM", _by_orm),
        _rate(turns, size, "touches through RPC, by e-mail", _by_record),
        _rate(turns, size, "the same again: known", _by_record, repeated=True),
        _page(turns),
        _page_by_index(turns),
    ]


def _rows(env, size, batch):
    dice = random.Random(batch)
    now = env["recruit.clock"].now()
    first = env["recruit.candidate"].search([], order="id", limit=1).id
    return [
        {
            "candidate_id": first + dice.randrange(size),
            "kind": dice.choice(("visit", "clicked", "event", "call")),
            "occurred_at": now - timedelta(minutes=dice.randrange(10**6)),
            "source": dice.choice(SOURCES),
            "medium": "social",
            "evidence": "A contact of the benchmark",
            "dedupe_key": f"bench:{batch}:{number}",
        }
        for number in range(BATCH)
    ]


def _by_orm(env, rows):
    assert len(env["recruit.touch"].sudo()._log(rows)) == BATCH


def _by_record(env, rows):
    """The rows as another program sends them."""
    people = env["recruit.candidate"].browse([row["candidate_id"] for row in rows])
    emails = dict(people.mapped(lambda one: (one.id, one.email)))
    sent = [
        {
            "key": row["dedupe_key"],
            "kind": row["kind"],
            "email": emails[row["candidate_id"]],
            "occurred_at": row["occurred_at"].isoformat(),
            "source": row["source"],
        }
        for row in rows
    ]
    env.cr.flush()
    start = time.perf_counter()
    answers = env["recruit.touch"].record(sent)
    assert {answer["status"] for answer in answers} <= {"recorded", "known"}
    return time.perf_counter() - start


def _rate(turns, size, name, subject, repeated=False) -> Figure:
    """Touches a second over some batches, in a transaction that is rolled back."""
    took = []

    def run(env):
        for batch in range(BATCHES + 1):
            rows = _rows(env, size, batch)
            if repeated:
                subject(env, rows)
            start = time.perf_counter()
            own = subject(env, rows)
            env.flush_all()
            took.append(own or time.perf_counter() - start)

    turns._once(run, False)
    rate = BATCH * BATCHES / sum(took[1:])  # the first batch warms the caches
    return Figure(name, "/s", None, rate, Target("at least", 2000), more_is_better=True)


def _page(turns) -> Figure:
    """The first touch of a page of candidates, as its list reads it."""
    columns = ["first_touch_id", "first_touch_at", "first_source"]

    def read(env):
        people = env["recruit.candidate"].search([], limit=PAGE, order="id")
        start = time.perf_counter()
        people.fetch(["first_touch_id"])
        people.first_touch_id.fetch(["occurred_at", "source"])
        elapsed = time.perf_counter() - start
        assert all(set(columns) <= set(people._fields) for _one in people)
        return elapsed

    fastest = sorted(turns._once(read, False)[1] * 1000 for _turn in range(7))[3]
    return Figure(
        "first touch of a page of 80, stored", "ms", None, fastest, Target("at most", 2)
    )


def _page_by_index(turns) -> Figure:
    """The same, found anew from the ledger alone."""
    query = """
        SELECT p.id, t.id FROM unnest(%s) AS p (id), LATERAL (
               SELECT id FROM recruit_touch WHERE candidate_id = p.id
             ORDER BY occurred_at, id LIMIT 1) AS t"""

    def find(env):
        people = env["recruit.candidate"].search([], limit=PAGE, order="id")
        start = time.perf_counter()
        env.cr.execute(query, [people.ids])
        env.cr.fetchall()
        return time.perf_counter() - start

    median = sorted(turns._once(find, False)[1] * 1000 for _turn in range(7))[3]
    name = "first touch of a page of 80, from the ledger"
    return Figure(name, "ms", None, median, Target("at most", 2))
