from odoo import api, models
from odoo.tools import SQL

from ..matching import formula, parts, sources
from ..matching.rarity import FULL

# Whom no job is offered to, besides those who cannot be reached.
NOT_NOW = ("in_process", "hired", "employee", "do_not_contact")


class RecruitMatch(models.Model):
    """The formula of ``matching/formula.py`` in SQL, for people by the million."""

    _inherit = "recruit.match"

    @api.model
    def _sources(self):
        # an addon that extends matches counts while it is being installed, too
        here = {getattr(one, "_module", None) for one in type(self).__mro__}
        return sources.sources({*self.env.registry._init_modules, *here})

    @api.model
    def _score(self, pairs):
        """Return the scores of pairs, as dicts; people who are not offered a job, and
        those without a must, are not among them.

        :param SQL pairs: a query of (id of a version, id of a candidate)
        """
        self._plan_only()
        self.env.cr.execute(self._scores_sql(self._fits_sql(pairs)))
        return self.env.cr.dictfetchall()

    @api.model
    def _plan_only(self):
        """Let the statements of this transaction be planned for what they are.

        To compile them takes longer than to run them. The 400,000 people who have one
        of the skills asked for fit into 64 MB; by way of the disk they take half as
        long again.
        """
        self.env.cr.execute(SQL("SET LOCAL jit = off; SET LOCAL work_mem = %s", "64MB"))

    @api.model
    def _fits_sql(self, pairs):
        """Return the query of (version, candidate, points of the skills) of pairs.

        Size: some thousand pairs. Indexes: _candidate_skill_unique, _recipe_unique,
        _skill_unique of the rarities.
        """
        words = {
            "full": FULL,
            "ordinary": formula.ORDINARY,
            "extra": 1 - formula.ORDINARY,
            "most_chance": formula.MOST_CHANCE,
            "besides": formula.BESIDES,
            "beyond": formula.BEYOND,
            "root": 1 / (1 + formula.BEYOND),
        }
        return SQL(
            _FITS,
            sums=self._sums_sql(pairs),
            **words,
        )

    @api.model
    def _scores_sql(self, fits):
        """Return the statement that scores people; each step is one of the formula.

        Size: some hundred pairs. Indexes: primary keys, candidate_id of hr_applicant
        and of what addons know of earlier applications.

        :param SQL fits: as :meth:`_fits_sql`
        """
        return SQL(
            _SCORES,
            fits=fits,
            full=FULL,
            facts=self._facts_sql(),
            parts=self._parts_sql(),
            seen=self._seen_sql(SQL("r.job_id"), SQL("f.id")),
        )

    @api.model
    def _sums_sql(self, pairs):
        """What the skills of a person add up to, beside those of a job."""
        Skill = self.env["recruit.candidate.skill"]
        today = self.env["recruit.clock"].now().date()
        trust = SQL(" ").join(
            SQL("WHEN %s THEN %s", name, points)
            for name, points in formula.TRUST.items()
        )
        unknown = self.env["recruit.skill.rarity"]._unknown()
        return SQL(
            """
            SELECT pair.recipe_id, pair.id, r.asked::bigint, r.luck,
                   COALESCE(SUM(w.weight * CASE WHEN w.level = 0 THEN %(full)s
                       ELSE LEAST(%(full)s, %(now)s
                            * (CASE s.provenance %(trust)s END) * 100 / w.level)
                       END), 0) AS got,
                   COALESCE(SUM(k.weight * CASE WHEN w.skill_id IS NULL THEN 0
                       WHEN w.level = 0 OR s.level = 0 THEN %(full)s
                       ELSE LEAST(%(full)s, w.level * %(full)s / s.level) END)
                       , 0) AS useful,
                   SUM(k.weight) AS known
              FROM (%(pairs)s) AS pair (recipe_id, id)
              JOIN recruit_match_recipe r ON r.id = pair.recipe_id
              JOIN recruit_candidate_skill s ON s.candidate_id = pair.id
         LEFT JOIN recruit_match_want w
                ON w.recipe_id = pair.recipe_id AND w.skill_id = s.skill_id
         LEFT JOIN recruit_skill_rarity q
                ON q.skill_id = s.skill_id AND q.step = s.level / 10,
                   LATERAL (SELECT COALESCE(q.weight, %(weight)s)) k (weight)
          GROUP BY pair.recipe_id, pair.id, r.asked, r.luck, r.musts
            HAVING COUNT(*) FILTER (WHERE w.must AND s.level >= w.level) = r.musts
            """,
            pairs=pairs,
            full=FULL,
            now=Skill._level_now_sql(SQL("s"), today),
            trust=trust,
            weight=unknown.weight,
        )

    @api.model
    def _facts_sql(self):
        """What is known of the people of the fits who may be offered a job."""
        person = SQL("c")
        known = self._sources()
        history = [one.points(self.env, person) for one in known]
        first = [
            SQL("COALESCE(%s, 0) > 0", points)
            for one, points in zip(known, history, strict=True)
            if one.first
        ]
        return SQL(
            """
            SELECT c.id, c.company_id, COALESCE(c.place_key, '') AS place,
                   COALESCE(c.country_id, 0) AS country,
                   COALESCE(c.availability, '') AS told, c.available_from,
                   %(sign)s AS last_sign, %(degree)s AS degree,
                   LEAST(%(full)s, GREATEST(0, %(history)s)) AS history,
                   %(first)s AS first
              FROM recruit_candidate c
             WHERE c.id IN (SELECT id FROM fit) AND NOT (%(obstacles)s)
            """,
            full=FULL,
            sign=SQL(LAST_SIGN),
            degree=SQL(DEGREE),
            history=SQL(", ").join(history or [SQL("0")]),
            first=SQL(" OR ").join(first) if first else SQL("FALSE"),
            obstacles=SQL(" OR ").join(
                SQL("COALESCE(%s, FALSE)", one) for one in self._obstacles(person)
            ),
        )

    @api.model
    def _obstacles(self, person):
        """What keeps people from being offered any job, as conditions; extend it.

        :param SQL person: the name of a row of recruit_candidate
        """
        cases = self.env["recruit.candidate"]._unreachable_cases(person)
        return [
            SQL("%s.active IS NOT TRUE", person),
            SQL("%s.state = ANY(%s)", person, list(NOT_NOW)),
            *(condition for _code, condition in cases),
        ]

    @api.model
    def _seen_sql(self, job, person):
        """Who was seen for this job already: dismissed, also under another name that
        was merged into theirs, or applied since it opened.

        Indexes: _job_unique, merged_into_id, candidate_id of hr_applicant.
        """
        return SQL(
            """
            SELECT FROM recruit_match m
             WHERE m.job_id = %(job)s AND m.candidate_id = %(person)s
               AND m.state <> 'suggested'
             UNION ALL
            SELECT FROM recruit_candidate o JOIN recruit_match m
                ON m.candidate_id = o.id AND m.job_id = %(job)s
             WHERE o.merged_into_id = %(person)s AND m.state <> 'suggested'
             UNION ALL
            SELECT FROM hr_applicant a JOIN hr_job j ON j.id = a.job_id
             WHERE a.candidate_id = %(person)s AND a.job_id = %(job)s
               AND a.create_date::date >= j.match_opened_at::date
            """,
            job=job,
            person=person,
        )

    @api.model
    def _parts_sql(self):
        """The parts beside the skills, as in ``matching/parts.py``."""
        today = self.env["recruit.clock"].now().date()
        return SQL(
            _PARTS,
            full=FULL,
            unknown=parts.NOT_KNOWN,
            same_country=parts.SAME_COUNTRY,
            told=SQL(" ").join(
                SQL("WHEN %s THEN %s", *one) for one in parts.AVAILABILITY.items()
            ),
            waiting=SQL(
                _FADE,
                full=FULL,
                half_life=parts.WAIT_HALF_LIFE,
                days=SQL(
                    "facts.available_from - %s::date - %s", today, parts.NOTICE_DAYS
                ),
            ),
            silence=SQL(
                _FADE,
                full=FULL,
                half_life=parts.SIGN_HALF_LIFE,
                days=SQL("%s::date - facts.last_sign", today),
            ),
        )


LAST_SIGN = "GREATEST(c.last_touch_at, c.data_confirmed_at)::date"
DEGREE = """(SELECT FLOOR(MAX(d.score) * 10000 + 0.5)::int
               FROM hr_applicant a JOIN hr_recruitment_degree d ON d.id = a.type_id
              WHERE a.candidate_id = c.id)"""
_FITS = """
    WITH sums AS (%(sums)s), shares AS (
        SELECT sums.*, got / (asked * %(full)s)::float8 AS share,
               LEAST(luck, %(most_chance)s::float8) AS chance
          FROM sums
    ), fits AS (
        SELECT recipe_id, id,
               POWER(share * POWER(CASE WHEN share <= chance
                   THEN CASE WHEN chance > 0
                             THEN %(ordinary)s::float8 * share / chance ELSE 0 END
                   ELSE %(ordinary)s::float8 + %(extra)s::float8 * (share - chance)
                        / (1 - chance) END, %(beyond)s), %(root)s::float8) AS coverage,
               %(besides)s * asked * %(full)s / (%(besides)s * asked * %(full)s
                   + known * %(full)s - useful)::float8 AS focus
          FROM shares
    )
    SELECT recipe_id, id,
           FLOOR(%(full)s * coverage * focus + 0.5)::bigint AS skills
      FROM fits
"""
_SCORES = """
    WITH fit (recipe_id, id, skills) AS MATERIALIZED (%(fits)s),
    facts AS MATERIALIZED (%(facts)s), found AS MATERIALIZED (
        SELECT r.*, f.recipe_id, f.id AS person_id, facts.first, f.skills,
               facts.company_id AS own_company_id, %(parts)s
          FROM fit f
          JOIN recruit_match_recipe r ON r.id = f.recipe_id
          JOIN facts ON facts.id = f.id AND facts.id IS NOT NULL
           AND (r.company_id IS NULL OR facts.company_id IS NULL
                OR r.company_id = facts.company_id)
         WHERE NOT EXISTS (%(seen)s)
    )
    SELECT recipe_id, job_id, person_id AS id, first, skills,
           own_company_id AS company_id, degree_points
           AS degree, location, availability, history, engagement,
           skills * (w_skills * %(full)s + w_degree * degree_points
                     + w_location * location + w_availability * availability
                     + w_history * history + w_engagement * engagement)
           / NULLIF((w_skills + w_degree + w_location + w_availability
                     + w_history + w_engagement) * %(full)s::bigint, 0)
           AS score
      FROM found
"""
_FADE = """FLOOR(%(full)s * POWER(2::float8,
    -GREATEST(%(days)s, 0)::float8 / %(half_life)s) + 0.5)::bigint"""
_PARTS = """
    CASE WHEN r.degree = 0 THEN %(full)s WHEN facts.degree IS NULL THEN %(unknown)s
         ELSE LEAST(%(full)s, facts.degree * %(full)s::bigint / r.degree)
          END AS degree_points,
    CASE WHEN COALESCE(r.place, '') = '' AND r.country = 0 THEN %(full)s
         WHEN r.country <> 0 AND facts.country <> 0 AND r.country <> facts.country
         THEN 0
         WHEN r.place <> '' AND r.place = facts.place THEN %(full)s
         WHEN COALESCE(r.place, '') = '' AND facts.country <> 0 THEN %(full)s
         WHEN facts.country <> 0 THEN %(same_country)s
         ELSE %(unknown)s END AS location,
    CASE WHEN facts.told = 'from_date' AND facts.available_from IS NOT NULL
         THEN %(waiting)s
         ELSE CASE facts.told %(told)s ELSE %(unknown)s END END AS availability,
    facts.history,
    CASE WHEN facts.last_sign IS NULL THEN 0 ELSE %(silence)s END AS engagement
"""
