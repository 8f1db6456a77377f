"""How far somebody came in earlier applications, as this addon knows it."""

from odoo.tools import SQL

from ..matching.sources import Source, declare

# Points of the furthest step; half of it is left after three years. Conventions.
STEPS = {"qualified": 2_500, "interview": 5_000, "offer": 7_500, "hire": 9_000}
HALF_LIFE = 3 * 365


def stage_points(env, candidate):
    """Return the `SQL` of what earlier steps are worth today."""
    return SQL(
        """(SELECT MAX(FLOOR((CASE v.kind %(steps)s END)
                   * POWER(2::float8, -GREATEST(0, %(today)s::date
                           - v.happened_at::date)::float8 / %(half_life)s) + 0.5))::int
              FROM recruit_conversion v WHERE v.candidate_id = %(person)s.id)""",
        steps=SQL(" ").join(SQL("WHEN %s THEN %s", *one) for one in STEPS.items()),
        today=env["recruit.clock"].now().date(),
        half_life=HALF_LIFE,
        person=candidate,
    )


declare(
    "recruit_crm",
    Source(
        "stage", lambda env: env._("Came far in an earlier application"), stage_points
    ),
)
