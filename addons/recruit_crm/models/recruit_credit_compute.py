from odoo import api, models
from odoo.tools import SQL

from ..attribution.models import (
    BETWEEN,
    CORNERS,
    DECAY_SCALE,
    ENDS,
    MAX_TOUCHES,
    REST,
)
from ..attribution.split import PARTS
from .recruit_credit import MODELS

# Messages that nobody reacted to bring nobody; the click and the reply count.
SILENT = ("sent", "opened")
HALF_LIFE = "recruit_crm.attribution_half_life_days"
WINDOW = "recruit_crm.attribution_window_days"
DAYS = {HALF_LIFE: 30, WINDOW: 0}  # no window: the first touch counts however old
# First and last take it all; these split it.
SPLIT = [name for name, _label in MODELS if name not in ("first", "last")]


def _list(columns, alias=None):
    """Return columns as SQL, separated by commas."""
    words = [
        SQL.identifier(alias, column) if alias else SQL.identifier(column)
        for column in columns
    ]
    return SQL(", ").join(words)


def _each(template):
    """Return a list of SQL expressions, the template filled for each model of SPLIT."""
    parts = ("share", "rest", "odd", "rank")
    return SQL(", ").join(
        SQL(
            template,
            model=SQL.identifier(model),
            parts=PARTS,
            **{part: SQL.identifier(f"{model}_{part}") for part in parts},
        )
        for model in SPLIT
    )


class RecruitCredit(models.Model):
    """Computing credit: one statement for any number of conversions.

    The statement says the same as ``attribution/models.py``, which tells what it means;
    ``test_credit.py`` compares them.
    """

    _inherit = "recruit.credit"

    @api.model
    def _compute_credit(self, conversion_ids):
        """Replace the credit of these conversions.

        Purpose: the credit follows the ledger and the application. Size: 10 rows a
        conversion; 8 ms for one person, 20,000 hires of 10 M touches in batches.
        Indexes: recruit_touch's on candidate_id, _conversion_idx.
        """
        self.env.flush_all()
        ids = list(conversion_ids)
        self.env.cr.execute(
            SQL("DELETE FROM recruit_credit WHERE conversion_id = ANY(%s)", ids)
        )
        self.env.cr.execute(
            SQL(
                """
                WITH path AS MATERIALIZED (%(path)s),
                fresh AS (
                    INSERT INTO recruit_origin (key, %(columns)s)
                    SELECT DISTINCT ON (key) key, %(columns)s FROM path p
                     WHERE NOT EXISTS (
                           SELECT FROM recruit_origin o WHERE o.key = p.key)
                        ON CONFLICT DO NOTHING
                 RETURNING id, key
                ), origin AS (
                    SELECT id, key FROM recruit_origin
                     UNION ALL SELECT id, key FROM fresh
                ), weighed AS (%(weighed)s), shared AS (%(shared)s),
                ranked AS (%(ranked)s)
                INSERT INTO recruit_credit (conversion_id, touch_id, origin_id,
                       channel_id, company_id, kind, happened_at, occurred_at,
                       first, last, %(models)s)
                SELECT r.goal_id, r.touch_id, o.id, r.channel_id, r.company_id,
                       r.kind, r.happened_at, r.occurred_at,
                       r.first * %(parts)s, r.last * %(parts)s,
                       %(credits)s
                  FROM ranked r JOIN origin o ON o.key = r.key
                """,
                path=self._path(SQL("v.id = ANY(%s)", ids)),
                columns=_list(self.env["recruit.origin"]._columns()),
                weighed=self._weighed(),
                shared=self._shared(),
                ranked=self._ranked(),
                models=_list(SPLIT),
                parts=PARTS,
                credits=_each("%(share)s + (%(rank)s <= %(odd)s)::int"),
            )
        )
        self.invalidate_model()

    @api.model
    def _path(self, which):
        """Return the query of the touches that count, in order, for each conversion.

        A touch counts when it took place before the conversion and in the window, is a
        contact, and nobody corrected it. One that does not tell where it came from
        counts only where none does: it says nothing against the fair that brought the
        person. The first and the latest MAX_TOUCHES - 1 are kept. What was recorded of
        the application itself took place with it, also when that is dated back.

        :param SQL which: the condition on the conversions ``v``
        """
        origin = self.env["recruit.origin"]
        return SQL(
            """
            SELECT g.*, t.touch_id, t.occurred_at, COALESCE(t.key, %(nowhere)s) AS key,
                   COALESCE(t.channel_id, %(unknown)s) AS channel_id, %(words)s,
                   ROW_NUMBER() OVER way AS position
              FROM (%(goals)s) g
              LEFT JOIN LATERAL (
                   SELECT s.*, ROW_NUMBER() OVER (ORDER BY s.occurred_at, s.touch_id)
                               AS nth, COUNT(*) OVER () AS nths
                     FROM (SELECT t.id AS touch_id, own.at AS occurred_at, %(columns)s,
                                  %(key)s AS key, %(tells)s AS tells,
                                  BOOL_OR(%(tells)s) OVER () AS any_tells
                             FROM recruit_touch t,
                                  LATERAL (SELECT CASE
                                      WHEN t.res_model = 'hr.applicant'
                                           AND t.res_id = g.applicant_id
                                      THEN LEAST(t.occurred_at, g.applied_at)
                                      ELSE t.occurred_at END) own (at)
                            WHERE t.candidate_id = g.candidate_id
                              AND own.at <= g.touches_until AND %(counts)s) s
                    WHERE s.tells OR NOT s.any_tells) t
                ON t.nth = 1 OR t.nth > t.nths - %(most)s
            WINDOW way AS (PARTITION BY g.goal_id ORDER BY t.occurred_at, t.touch_id)
            """,
            goals=self._goals(which),
            columns=_list(origin._columns(), "t"),
            words=_list([one for one in origin._columns() if one != "channel_id"], "t"),
            unknown=origin._unknown(),
            key=origin._key_of("t"),
            nowhere=origin._nowhere(),
            tells=self._tells(),
            counts=self._counts(),
            most=MAX_TOUCHES - 1,
        )

    @api.model
    def _goals(self, which):
        """Return the query of the conversions ``v`` with the anchors of their way."""
        return SQL(
            """
            SELECT v.id AS goal_id, v.applicant_id, v.candidate_id, v.company_id,
                   v.kind, v.happened_at, v.touches_until, a.happened_at AS applied_at,
                   i.happened_at AS interviewed_at
              FROM recruit_conversion v
         LEFT JOIN recruit_conversion a ON a.applicant_id = v.applicant_id
               AND a.kind = 'application' AND a.happened_at <= v.touches_until
         LEFT JOIN recruit_conversion i ON i.applicant_id = v.applicant_id
               AND i.kind = 'interview' AND i.happened_at <= v.touches_until
             WHERE %s
            """,
            which,
        )

    @api.model
    def _counts(self):
        """Return the condition that touch ``t`` counts for conversion ``g``; extend it
        with super() where another addon knows of more. Its moment is ``own.at``.

        Once somebody has applied, our own calls and meetings are the process, and not
        what brought them.
        """
        ledger = self.env["recruit.touch"]
        window = self._days(WINDOW)
        return SQL(
            """t.kind = ANY(%(kinds)s) AND t.pool_id IS NULL AND %(standing)s
               AND (t.direction IS DISTINCT FROM 'outbound'
                    OR own.at <= COALESCE(g.applied_at, g.touches_until))
               AND %(recent)s""",
            kinds=[one for one in ledger._credited_kinds() if one not in SILENT],
            standing=ledger._counting_sql("t"),
            recent=SQL("own.at > g.touches_until - %s * INTERVAL '1 day'", window)
            if window
            else SQL("TRUE"),
        )

    @api.model
    def _tells(self):
        """Return the condition that touch ``t`` tells where it came from."""
        return SQL(
            "(t.channel_id <> %s OR t.source IS NOT NULL OR t.campaign IS NOT NULL)",
            self.env["recruit.origin"]._unknown(),
        )

    @api.model
    def _weighed(self):
        """Return the query that gives each touch of a path its weight in each model."""
        return SQL(
            """
            SELECT w.*,
                   (position = 1)::int AS first, (position = touches)::int AS last,
                   1::bigint AS linear,
                   %(u_shaped)s AS u_shaped, %(w_shaped)s AS w_shaped,
                   floor(%(scale)s * power(2::float8, -COALESCE(
                       EXTRACT(EPOCH FROM last_at - occurred_at)::float8 / %(half)s,
                       0)))::bigint AS decay,
                   CASE WHEN effects > 0 THEN effect ELSE 1 END AS data
              FROM (SELECT *,
                           COUNT(*) FILTER (WHERE u_held = 0) OVER goal AS u_others,
                           COUNT(*) FILTER (WHERE w_held = 0) OVER goal AS w_others
                      FROM (%(held)s) h
                    WINDOW goal AS (PARTITION BY goal_id)) w
            """,
            u_shaped=self._anchored("u", ENDS, REST),
            w_shaped=self._anchored("w", CORNERS, BETWEEN),
            scale=DECAY_SCALE,
            half=self._days(HALF_LIFE) * 86400,
            held=self._held(),
        )

    @api.model
    def _held(self):
        """Return the query that tells how many anchors each touch of a path is."""
        return SQL(
            """
            SELECT *, (position = 1)::int + (position = applied)::int AS u_held,
                   (position = 1)::int + (position = applied)::int
                   + (position = interviewed)::int AS w_held
              FROM (SELECT p.*, COALESCE(e.effect, 0)::bigint AS effect,
                           COUNT(*) OVER goal AS touches,
                           SUM(e.effect) OVER goal AS effects,
                           MAX(occurred_at) OVER goal AS last_at,
                           COUNT(*) FILTER (WHERE occurred_at <= applied_at)
                               OVER goal AS applied,
                           COUNT(*) FILTER (WHERE occurred_at <= interviewed_at)
                               OVER goal AS interviewed
                      FROM path p
                 LEFT JOIN recruit_channel_effect e ON e.channel_id = p.channel_id
                    WINDOW goal AS (PARTITION BY goal_id)) a
            """
        )

    @api.model
    def _anchored(self, letter, share, rest):
        """Return the weight of a touch in a model with anchors."""
        held = SQL.identifier(f"{letter}_held")
        others = SQL.identifier(f"{letter}_others")
        return SQL(
            """(CASE WHEN %s > 0 THEN %s * %s * GREATEST(%s, 1)
                     ELSE %s END)::bigint""",
            held,
            share,
            held,
            others,
            rest,
        )

    @api.model
    def _shared(self):
        """Return the query of the whole parts of each touch, and what is left over."""
        return SQL(
            "SELECT *, %s FROM weighed WINDOW goal AS (PARTITION BY goal_id)",
            _each(
                """(%(parts)s * %(model)s / (SUM(%(model)s) OVER goal)::bigint)::int
                       AS %(share)s,
                   %(parts)s * %(model)s %% (SUM(%(model)s) OVER goal)::bigint
                       AS %(rest)s"""
            ),
        )

    @api.model
    def _ranked(self):
        """Return the query of how many odd parts there are, and who is next for one."""
        return SQL(
            "SELECT *, %s FROM shared WINDOW goal AS (PARTITION BY goal_id)",
            _each(
                """%(parts)s - SUM(%(share)s) OVER goal AS %(odd)s,
                   ROW_NUMBER() OVER (PARTITION BY goal_id
                       ORDER BY %(rest)s DESC, position) AS %(rank)s"""
            ),
        )

    @api.model
    def _days(self, parameter):
        """Return a setting in days; what is no number counts as the default."""
        # sudo: a setting of the company, not of the user
        value = self.env["ir.config_parameter"].sudo().get_param(parameter, "")
        return int(value) if value.isdecimal() else DAYS[parameter]
