"""Segments by skill, tag and pool: native domains on talents, and ours."""

from . import process
from .figures import Figure, Target
from .screens import specification
from .turns import Turns

PAGE = 80
LEVEL = 60
# Ranks of skills among 1,000: 10 %, 3 % and 1 % of the people have them at LEVEL.
RANKS = COMMON, POPULAR, SPECIAL = 0, 3, 30


def measure(turns: Turns, size: int) -> list[Figure]:
    """The figures on a database with `size` people."""
    with process.environment(turns.registry, turns.uid) as env:
        rules = _rules(env)
        mixed = _segment(env, "mixed", [rules[POPULAR], rules["tag"], rules["pool"]])
        skills = _segment(env, "skills", [rules[rank] for rank in RANKS])
    return [
        turns.compare(
            "count: skill at level, tag and pool",
            Target("at most", 20),
            lambda env: _native_count(env, mixed),
            lambda env: _our_count(env, mixed),
        ),
        turns.compare(
            "first 80: skill at level, tag and pool",
            Target("at most", 40),
            lambda env: _native_page(env, mixed),
            lambda env: _our_page(env, mixed),
        ),
        turns.compare(
            "count: three skills at level",
            Target("at most", 10),
            lambda env: _native_count(env, skills),
            lambda env: _our_count(env, skills),
        ),
    ]


def _rules(env) -> dict:
    """Conditions of segments on what the data set holds."""
    skills = env["hr.skill"].search([("skill_type_id.name", "=", "Bench")], order="id")
    tag = env["hr.applicant.category"].search([("name", "like", "Bench")], limit=1)
    pool = env["hr.talent.pool"].search([("name", "like", "Bench")], limit=1)
    return {
        "tag": _rule("tag", "any_of", tag.ids),
        "pool": _rule("pool", "any_of", pool.ids),
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
    "skill": lambda value: (
        "applicant_skill_ids",
        "any",
        [("skill_id", "=", value["skill"]), ("level_progress", ">=", value["level"])],
    ),
}


def _native_count(env, segment_id):
    return env["hr.applicant"].search_count(_native_domain(env, segment_id))


def _our_count(env, segment_id):
    return env["recruit.segment"].browse(segment_id).candidate_count


def _native_page(env, segment_id):
    return _page(env, "hr.applicant", _native_domain(env, segment_id))


def _our_page(env, segment_id):
    return _page(env, "recruit.candidate", [("segment_ids", "in", [segment_id])])


def _page(env, model, domain):
    """The first page of the list, and the counter beside it; returns how many rows."""
    arch = env[model].get_view(view_type="list")["arch"]
    fields = specification(env, model, arch)
    answer = env[model].web_search_read(domain, fields, limit=PAGE)
    return len(answer["records"]), answer["length"]
