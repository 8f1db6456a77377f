"""Segments by skill, tag, pool, country and reachability, natively on talents and ours;
and a rule pool of 35 % of the people brought up to date.

Each statement runs on one core, as on a server whose cores are busy: with parallel
workers both sides win on an idle machine, and lose on any other.
"""

from odoo import api
from odoo.tools import SQL

from odoo.addons.recruit_crm.models.hr_talent_pool_rule import DIFF

from . import process
from .figures import Figure, Target
from .screens import specification
from .turns import Turns, Watch

PAGE = 80
COUNT_LIMIT = 10_001  # to which the web client counts
LEVEL = 40
# Ranks of skills among 1,000: 14 %, 4 % and 1.4 % of the people have them at LEVEL.
RANKS = COMMON, POPULAR, SPECIAL = 0, 3, 30
COUNTRY = 4  # an id: of the 60 in use, one where the first pool's people live
FED = tuple(range(1, 22))  # ids of the countries of 35 % of the people
ONE_IN = 100  # members come and one goes in the diff of the rule pool


def measure(turns: Turns, size: int) -> list[Figure]:
    """The figures on a database with `size` people."""
    with process.environment(turns.registry, turns.uid) as env:
        rules = _rules(env)
        place = [rules["tag"], rules["pool"], rules["country"]]
        segments = {
            name: _segment(env, name, items)
            for name, items in {
                "mixed": [rules[POPULAR], *place],
                "skills": [rules[rank] for rank in RANKS],
                "reachable": [rules["pool"], rules["reachable"]],
            }.items()
        }
    counts = (
        ("count: skill at level, tag, pool and country", "mixed", 20),
        ("count: three skills at level", "skills", 10),
        ("count: in the pool and reachable", "reachable", 150),
    )
    return [
        *(_count(turns, name, segments[key], most) for name, key, most in counts),
        turns.compare(
            "first 80: skill at level, tag, pool and country",
            Target("at most", 40),
            lambda env: _native_page(env, segments["mixed"]),
            lambda env: _our_page(env, segments["mixed"]),
        ),
        _feed(turns, size),
    ]


def _count(turns, name, segment, most):
    return turns.compare(
        name,
        Target("at most", most),
        lambda env: _native_count(env, segment),
        lambda env: _our_count(env, segment),
    )


def _rules(env) -> dict:
    """Conditions of segments on what the data set holds."""
    skills = env["hr.skill"].search([("skill_type_id.name", "=", "Bench")], order="id")
    tag = env["hr.applicant.category"].search([("name", "like", "Bench")], limit=1)
    pool = env["hr.talent.pool"].search([("name", "like", "Bench")], limit=1)
    return {
        "tag": _rule("tag", "any_of", tag.ids),
        "pool": _rule("pool", "any_of", pool.ids),
        "country": _rule("country", "any_of", [COUNTRY]),
        "reachable": _rule("reachable", "yes"),
        **{
            rank: _rule("skill", "at_least", {"skill": skills[rank].id, "level": LEVEL})
            for rank in RANKS
        },
    }


def _rule(field, operator, value=None):
    return {"field": field, "operator": operator, "value": value}


def _segment(env, name, rules) -> int:
    segments = env["recruit.segment"]
    segments.search([("name", "=", name)]).unlink()
    tree = {"group": "all", "items": rules}
    return segments.create({"name": name, "tree": tree}).id


def _native_domain(env, segment_id):
    """The same question in the native search of talents."""
    rules = env["recruit.segment"].browse(segment_id).tree["items"]
    asked = [_NATIVE[rule["field"]](rule["value"]) for rule in rules]
    return [("talent_pool_ids", "!=", False), *asked]


_NATIVE = {
    "tag": lambda tags: ("categ_ids", "in", tags),
    "pool": lambda pools: ("talent_pool_ids", "in", pools),
    "country": lambda countries: ("partner_id.country_id", "in", countries),
    "reachable": lambda _value: ("is_blacklisted", "=", False),
    "skill": lambda value: (
        "applicant_skill_ids",
        "any",
        [("skill_id", "=", value["skill"]), ("level_progress", ">=", value["level"])],
    ),
}


def _native_count(env, segment_id):
    _use_one_core(env)
    return env["hr.applicant"].search_count(_native_domain(env, segment_id))


def _our_count(env, segment_id):
    _use_one_core(env)
    return env["recruit.segment"].browse(segment_id).candidate_count


def _native_page(env, segment_id):
    return _page(env, "hr.applicant", _native_domain(env, segment_id))


def _our_page(env, segment_id):
    return _page(env, "recruit.candidate", [("segment_ids", "in", [segment_id])])


def _page(env, model, domain):
    """The first page of the list, and the counter beside it; returns how many rows."""
    _use_one_core(env)
    arch = env[model].get_view(view_type="list")["arch"]
    fields = specification(env, model, arch)
    answer = env[model].web_search_read(
        domain, fields, limit=PAGE, count_limit=COUNT_LIMIT
    )
    return len(answer["records"]), answer["length"]


def _use_one_core(env):
    env.cr.execute("SET LOCAL max_parallel_workers_per_gather = 0")


def _feed(turns, size):
    """A pool whose rule finds 35 % of the people, of whom one in a hundred is missing,
    and which holds as many who do not belong; all in a transaction that is undone."""
    with turns.registry.cursor() as cr:
        env = api.Environment(cr, api.SUPERUSER_ID, {})
        _use_one_core(env)
        rule = _rule("country", "any_of", list(FED))
        segment = _segment(env, "fed", [rule])
        pool = env["hr.talent.pool"].create(
            {"name": "Fed", "kind": "rule", "segment_id": segment}
        )
        env.flush_all()
        due = _fill_nearly(env, pool)
        env.invalidate_all()
        watch, changed = Watch(cr), 0
        while batch := pool._feed(DIFF):
            changed += batch
        clock, cpu = watch.read()
        cr.rollback()
    return Figure(
        f"rule pool of {size * len(FED) // 60:,}: {due:,} changes",
        "s",
        None,
        clock / 1000,
        Target("at most", 5),
        agree=changed == due,
        cpu=cpu / 1000,
    )


def _fill_nearly(env, pool):
    """Write the members of the pool as they were before the day's changes; returns how
    many changes there are to be made."""
    env.cr.execute(
        SQL(
            """
            INSERT INTO recruit_pool_member (pool_id, candidate_id, company_id,
                   stage_id, joined_at, origin)
            SELECT %(pool)s, id, company_id, %(stage)s, now() AT TIME ZONE 'UTC', 'rule'
              FROM recruit_candidate
             WHERE CASE WHEN country_id = ANY(%(fed)s) THEN id / 60 %% %(one_in)s <> 0
                        ELSE id / 60 %% %(one_in)s = 1 END
            """,
            pool=pool.id,
            stage=pool.stage_ids[:1].id,
            fed=list(FED),
            one_in=ONE_IN,
        )
    )
    env.cr.execute("ANALYZE recruit_pool_member")
    env.cr.execute(
        SQL(
            """
            SELECT COUNT(*) FROM recruit_candidate
             WHERE CASE WHEN country_id = ANY(%(fed)s) THEN id / 60 %% %(one_in)s = 0
                        ELSE id / 60 %% %(one_in)s = 1 END
            """,
            fed=list(FED),
            one_in=ONE_IN,
        )
    )
    return env.cr.fetchone()[0]
