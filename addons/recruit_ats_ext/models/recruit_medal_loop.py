from odoo import fields, models, tools
from odoo.tools import SQL


class RecruitMedalLoop(models.Model):
    """What became of each medal: contacted, answered, applied, interviewed, hired, and
    the days that it saved against hires who came without a medal."""

    _name = "recruit.medal.loop"
    _description = "Silver Medal Report"
    _auto = False
    _rec_name = "candidate_id"
    _order = "medal_on desc, id desc"

    medal_id = fields.Many2one("recruit.medal", readonly=True)
    candidate_id = fields.Many2one("recruit.candidate", readonly=True)
    job_id = fields.Many2one("hr.job", "Won For", readonly=True)
    pool_id = fields.Many2one("hr.talent.pool", "Talent Pool", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    medal_on = fields.Date("Won On", readonly=True)
    medals = fields.Integer(readonly=True)
    contacted = fields.Integer(readonly=True, help="Written to, called or met since.")
    answered = fields.Integer(readonly=True)
    applied = fields.Integer("In Process Again", readonly=True)
    interviewed = fields.Integer(readonly=True)
    hired = fields.Integer(readonly=True)
    days_to_hire = fields.Float(
        readonly=True, aggregator="avg", help="From the new application to the hire."
    )
    days_saved = fields.Float(
        readonly=True,
        aggregator="avg",
        help="Against the mean of hires of the same company without a medal.",
    )

    def init(self):
        """Purpose: a report, one row a medal. Size: some thousand medals, each with two
        looks at the touches of its person. Index: recruit_touch on candidate_id. A hire
        from before it was entered here, as by an import, does not say how long it took.
        """
        tools.drop_view_if_exists(self.env.cr, self._table)
        self.env.cr.execute(
            SQL(
                """
                CREATE VIEW recruit_medal_loop AS
                WITH cold AS (
                    SELECT a.company_id,
                           AVG(EXTRACT(EPOCH FROM a.date_closed - a.create_date)
                               / 86400) AS days
                      FROM hr_applicant a
                     WHERE a.date_closed >= a.create_date
                       AND NOT EXISTS (SELECT FROM recruit_medal m
                                        WHERE m.rehired_applicant_id = a.id)
                  GROUP BY a.company_id
                )
                SELECT m.id, m.id AS medal_id, m.candidate_id, m.job_id, m.pool_id,
                       m.company_id, m.medal_on, 1 AS medals,
                       EXISTS (SELECT FROM recruit_touch t
                                WHERE t.candidate_id = m.candidate_id
                                  AND t.occurred_at > m.medal_on
                                  AND t.kind IN ('sent', 'call', 'meeting'))::int
                           AS contacted,
                       EXISTS (SELECT FROM recruit_touch t
                                WHERE t.candidate_id = m.candidate_id
                                  AND t.occurred_at > m.medal_on
                                  AND t.kind = 'replied')::int AS answered,
                       (m.rehired_applicant_id IS NOT NULL)::int AS applied,
                       EXISTS (SELECT FROM recruit_scorecard s
                                WHERE s.applicant_id = m.rehired_applicant_id
                                  AND s.state = 'submitted')::int AS interviewed,
                       (m.state = 'hired')::int AS hired,
                       won.days AS days_to_hire,
                       cold.days - won.days AS days_saved
                  FROM recruit_medal m
             LEFT JOIN hr_applicant again ON again.id = m.rehired_applicant_id
             LEFT JOIN LATERAL (
                       SELECT EXTRACT(EPOCH FROM again.date_closed - again.create_date)
                              / 86400 AS days
                        WHERE m.state = 'hired') won ON true
             LEFT JOIN cold ON cold.company_id IS NOT DISTINCT FROM m.company_id
                """
            )
        )
