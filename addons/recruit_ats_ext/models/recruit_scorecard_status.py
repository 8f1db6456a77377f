from odoo import fields, models, tools
from odoo.tools import SQL


class RecruitScorecardStatus(models.Model):
    """Which scorecards are in and which are late, without a word of what they say.

    Unlike the cards themselves it may be read before one's own is submitted.
    """

    _name = "recruit.scorecard.status"
    _description = "Scorecard Submission"
    _auto = False
    _rec_name = "interviewer_id"
    _order = "due_at desc, id desc"

    interviewer_id = fields.Many2one("res.users", readonly=True)
    applicant_id = fields.Many2one("hr.applicant", "Application", readonly=True)
    job_id = fields.Many2one("hr.job", "Job Position", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    interview_at = fields.Datetime("Interview", readonly=True)
    due_at = fields.Datetime("Due", readonly=True)
    submitted_at = fields.Datetime("Submitted On", readonly=True)
    asked = fields.Integer("Scorecards", readonly=True)
    submitted = fields.Integer(readonly=True)
    in_time = fields.Integer(readonly=True, help="Within a day of due.")
    rate = fields.Float(
        "Submission Rate", readonly=True, aggregator="avg", help="In percent."
    )
    hours = fields.Float(
        "Hours to Submit", readonly=True, aggregator="avg", help="After the interview."
    )

    def init(self):
        """Purpose: a report. Size: one row a card. Index: that of the company rule."""
        tools.drop_view_if_exists(self.env.cr, self._table)
        self.env.cr.execute(
            SQL(
                """
                CREATE VIEW recruit_scorecard_status AS
                SELECT id, interviewer_id, applicant_id, job_id, company_id,
                       interview_at, due_at, submitted_at,
                       1 AS asked,
                       (state = 'submitted')::int AS submitted,
                       COALESCE(submitted_at <= due_at + interval '1 day', false)::int
                           AS in_time,
                       100.0 * (state = 'submitted')::int AS rate,
                       EXTRACT(EPOCH FROM submitted_at - interview_at) / 3600 AS hours
                  FROM recruit_scorecard
                """
            )
        )
