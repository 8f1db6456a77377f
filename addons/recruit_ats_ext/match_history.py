"""What medals and interviews say of somebody, for the matching of people with jobs.

Both fade: a medal as its strength does, a recommendation over three years. Scorecards
count once an application is over and nobody owes one of the person any more: a score
must not tell an interviewer what the others wrote.
"""

from odoo.tools import SQL

from odoo.addons.recruit_crm.matching.rarity import FULL
from odoo.addons.recruit_crm.matching.sources import Source, declare

from .interview.scale import WEIGHTS
from .medal.strength import HALF_LIFE_DAYS, PER_POINT, START

ATS = "recruit_ats_ext"
RECOMMENDED_HALF_LIFE = 3 * 365


def medal_points(env, candidate):
    """Return the `SQL` of the strength of a person's best open medal, in points."""
    return SQL(
        """(SELECT MAX(FLOOR(%(full)s / 100
                   * LEAST(100, GREATEST(0, %(start)s
                           + %(per_point)s * COALESCE(d.score, 0)))
                   * POWER(2::float8, -GREATEST(0, %(today)s::date - d.medal_on)::float8
                           / %(half_life)s) + 0.5))::int
              FROM recruit_medal d
             WHERE d.candidate_id = %(person)s.id AND d.state = 'open')""",
        full=FULL,
        start=START,
        per_point=PER_POINT,
        today=env["recruit.clock"].now().date(),
        half_life=HALF_LIFE_DAYS,
        person=candidate,
    )


def medallists(_env):
    """Return the query of everybody with an open medal."""
    return SQL("SELECT candidate_id FROM recruit_medal WHERE state = 'open'")


def recommendation_points(env, candidate):
    """Return the `SQL` of what interviewers recommended: all strong yes is in full."""
    return SQL(
        """(SELECT FLOOR(%(full)s * GREATEST(0, AVG(CASE k.recommendation %(weights)s
                   END))::float8 / 2 * POWER(2::float8, -GREATEST(0, %(today)s::date
                       - MAX(k.submitted_at)::date)::float8 / %(half_life)s) + 0.5)::int
              FROM recruit_scorecard k JOIN hr_applicant a ON a.id = k.applicant_id
             WHERE k.candidate_id = %(person)s.id AND k.state = 'submitted'
               AND (a.refuse_reason_id IS NOT NULL OR a.active IS NOT TRUE)
               AND NOT EXISTS (SELECT FROM recruit_scorecard o
                                WHERE o.candidate_id = %(person)s.id
                                  AND o.state = 'draft'))""",
        full=FULL,
        weights=SQL(" ").join(SQL("WHEN %s THEN %s", *one) for one in WEIGHTS.items()),
        today=env["recruit.clock"].now().date(),
        half_life=RECOMMENDED_HALF_LIFE,
        person=candidate,
    )


declare(
    ATS,
    Source(
        "medal",
        lambda env: env._("Silver medallist"),
        medal_points,
        first=True,
        people=medallists,
    ),
)
declare(
    ATS,
    Source(
        "recommendation",
        lambda env: env._("Recommended by our interviewers"),
        recommendation_points,
    ),
)
