"""Segments in plain Python: who is in, by the facts of each person, without any SQL.

Each function answers for one field; ``facts`` are those of :func:`facts_of`.
"""

from dateutil.relativedelta import relativedelta

from odoo.addons.recruit_crm.skills.proof import level_on

CONTRARY = {
    "none_of": "any_of", "lacks": "contains", "not_set": "set", "is_not": "is",
    "no": "yes", "has_not": "has",
}  # fmt: skip


def facts_of(candidate):
    """Return what is known of a candidate, as plain values."""
    first = candidate.first_touch_id
    members = candidate.member_ids.filtered(lambda member: not member.left_at)
    return {
        "skill": {
            line.skill_id.id: (line.level, line.proven_on, line.provenance)
            for line in candidate.skill_ids
        },
        "tag": set(candidate.categ_ids.ids),
        "pool": set(members.pool_id.ids),
        "pool_stage": set(members.stage_id.ids),
        "state": candidate.state,
        "owner": candidate.user_id.id,
        "country": candidate.country_id.id,
        "city": candidate.city,
        "language": candidate.lang,
        "availability": (candidate.availability, candidate.available_from),
        "employer": candidate.employer,
        "headline": candidate.headline,
        "freshness": candidate.freshness,
        "last_contact": candidate.last_touch_at,
        "created": candidate.create_date,
        "reachable": not candidate._unreachable_reason(),
        "first_touch": first.occurred_at,
        "first_source": first.source_id.id,
        "first_source_text": first.source,
        "first_kind": first.kind,
        "source": set(candidate.touch_ids.source_id.ids),
        "application": [_application(one) for one in candidate.application_ids],
        "id": candidate.id,
    }


def _application(one):
    if one.refuse_reason_id:
        outcome = "refused"
    elif one.date_closed:
        outcome = "hired"
    else:
        outcome = "open" if one.active else "closed"
    return {
        "job": one.job_id.id,
        "department": one.department_id.id,
        "sequence": one.stage_id.sequence,
        "outcome": outcome,
        "at": one.create_date,
    }


def holds(node, facts, world):
    """Say whether a person with these facts is in the JSON of a tree.

    :param world: an object with ``now``, ``sequence`` (of each stage id) and
        ``members`` (ids of the candidates in each segment id)
    """
    if "group" in node:
        answers = [holds(item, facts, world) for item in node["items"]]
        return {"all": all, "any": any}.get(node["group"], _none)(answers)
    operator = node["operator"]
    positive = CONTRARY.get(operator, operator)
    answer = ORACLE[node["field"]](positive, node.get("value"), facts, world)
    return answer != (operator in CONTRARY)


def _none(answers):
    return not any(answers)


def _skill(operator, value, facts, world):
    asked = [value["skill"]] if operator == "at_least" else value["skills"]
    fits = [_is_proven(facts["skill"].get(skill), value, world) for skill in asked]
    return any(fits) if operator == "any_of" else all(fits)


def _is_proven(line, value, world):
    if not line or line[0] < value["level"]:
        return False
    level, day, provenance = line
    if value.get("today"):
        left = level_on(level, provenance, day, world.now.date())
        if left < value["level"]:
            return False
    if value.get("within") and not (
        day and day >= _before(world.now, value["within"]).date()
    ):
        return False
    return not value.get("provenance") or provenance in value["provenance"]


def _before(now, period):
    return now - relativedelta(**{period["unit"]: period["amount"]})


def _set_of(name):
    def answer(operator, value, facts, world):
        found = [one in facts[name] for one in value]
        return any(found) if operator == "any_of" else all(found)

    return answer


def _one_of(name):
    def answer(operator, value, facts, world):
        return bool(facts[name]) if operator == "set" else facts[name] in value

    return answer


def _text(name):
    def answer(operator, value, facts, world):
        known = (facts[name] or "").lower()
        if operator == "set":
            return bool(known)
        asked = value.strip().lower()
        return known == asked if operator == "is" else asked in known

    return answer


def _moment(name):
    def answer(operator, value, facts, world):
        moment = facts[name]
        if operator == "set" or not moment:
            return bool(moment)
        if operator in ("within", "longer_ago"):
            is_recent = moment >= _before(world.now, value)
            return is_recent == (operator == "within")
        return (str(moment.date()) >= value) == (operator == "since")

    return answer


def _availability(operator, value, facts, world):
    word, day = facts["availability"]
    if operator != "by":
        return bool(word) if operator == "set" else word in value
    latest = world.now + relativedelta(**{value["unit"]: value["amount"]})
    return word == "now" or (word == "from_date" and day <= latest.date())


def _application_fits(operator, value, facts, world):
    return any(_fits(one, value, world) for one in facts["application"])


def _fits(one, value, world):
    return (
        (not value.get("jobs") or one["job"] in value["jobs"])
        and (not value.get("departments") or one["department"] in value["departments"])
        and (
            not value.get("stage") or one["sequence"] >= world.sequence[value["stage"]]
        )
        and (not value.get("outcomes") or one["outcome"] in value["outcomes"])
        and (
            not value.get("within") or one["at"] >= _before(world.now, value["within"])
        )
        and (
            not value.get("longer_ago")
            or one["at"] < _before(world.now, value["longer_ago"])
        )
    )


def _segment(operator, value, facts, world):
    return any(facts["id"] in world.members[segment] for segment in value)


def _domain(operator, value, facts, world):
    return world.domains[value](facts)


ORACLE = {
    "skill": _skill,
    "tag": _set_of("tag"),
    "pool": _set_of("pool"),
    "pool_stage": _set_of("pool_stage"),
    "state": _one_of("state"),
    "owner": _one_of("owner"),
    "country": _one_of("country"),
    "city": _text("city"),
    "language": _one_of("language"),
    "availability": _availability,
    "employer": _text("employer"),
    "headline": _text("headline"),
    "freshness": _one_of("freshness"),
    "last_contact": _moment("last_contact"),
    "created": _moment("created"),
    "reachable": lambda operator, value, facts, world: facts["reachable"],
    "first_touch": _moment("first_touch"),
    "first_source": _one_of("first_source"),
    "first_source_text": _text("first_source_text"),
    "first_kind": _one_of("first_kind"),
    "source": _set_of("source"),
    "application": _application_fits,
    "segment": _segment,
    "domain": _domain,
}
