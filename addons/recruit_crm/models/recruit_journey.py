from odoo import api, fields, models
from odoo.tools import SQL


def reached(label):
    """Whether an application came so far: 1 or 0, to be summed."""
    return fields.Integer(label, readonly=True)


def days(label):
    return fields.Integer(label, readonly=True, aggregator="avg")


class RecruitJourney(models.Model):
    """Applications from the first touch of the person to the last step that they took.

    One row an application: the funnel, the cohorts by first-touch month, and how long
    it took. The first touch is the person's, whatever model gives whom the credit.
    """

    _name = "recruit.journey"
    _description = "Way of an Application"
    _auto = False
    _order = "applied_at desc, id desc"
    _rec_name = "candidate_id"

    applicant_id = fields.Many2one("hr.applicant", "Application", readonly=True)
    candidate_id = fields.Many2one("recruit.candidate", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    job_id = fields.Many2one(related="applicant_id.job_id")
    stage_id = fields.Many2one(related="applicant_id.stage_id")
    first_touch_at = fields.Datetime("First contact", readonly=True)
    channel_id = fields.Many2one("recruit.channel", "First channel", readonly=True)
    channel_type_id = fields.Many2one(related="channel_id.type_id", string="First type")
    source = fields.Char("First source", readonly=True)
    campaign = fields.Char("First campaign", readonly=True)
    applied_at = fields.Datetime("Applied", readonly=True)
    qualified_at = fields.Datetime("Qualified on", readonly=True)
    interview_at = fields.Datetime("Interview on", readonly=True)
    offer_at = fields.Datetime("Offer on", readonly=True)
    hired_at = fields.Datetime("Hired on", readonly=True)
    applications = reached("Applications")
    qualified = reached("Qualified")
    interviews = reached("Interviews")
    offers = reached("Offers")
    hires = reached("Hires")
    stayed_6 = reached("Still here after 6 months")
    stayed_12 = reached("Still here after 12 months")
    days_to_hire = days("Days from first contact to hire")
    days_in_process = days("Days from application to hire")

    def action_open_application(self):
        """Open the application."""
        self.ensure_one()
        return self.applicant_id.get_formview_action()

    @property
    def _table_query(self):
        """Purpose: one row an application. Size: 100,000 applications, their steps in
        the order of the index. Indexes: the unique one of recruit_conversion, primary
        keys. The touch is looked up only where its channel or campaign is asked for."""
        return SQL(
            """
            SELECT s.*, c.first_touch_at, c.first_source AS source, t.campaign,
                   COALESCE(t.channel_id, %(unknown)s) AS channel_id,
                   1 AS applications, (s.qualified_at IS NOT NULL)::int AS qualified,
                   (s.interview_at IS NOT NULL)::int AS interviews,
                   (s.offer_at IS NOT NULL)::int AS offers,
                   (s.hired_at IS NOT NULL)::int AS hires,
                   %(to_hire)s AS days_to_hire, %(process)s AS days_in_process
              FROM (%(steps)s) s
              JOIN recruit_candidate c ON c.id = s.candidate_id
         LEFT JOIN recruit_touch t ON t.id = c.first_touch_id
            """,
            unknown=self.env["recruit.origin"]._unknown(),
            to_hire=self._days("c.first_touch_at", "s.hired_at"),
            process=self._days("s.applied_at", "s.hired_at"),
            steps=self._steps(),
        )

    @api.model
    def _steps(self):
        """Return the query of the applications with the moments of their steps."""
        return SQL(
            """
            SELECT MAX(id) FILTER (WHERE kind = 'application') AS id, applicant_id,
                   MAX(candidate_id) AS candidate_id, MAX(company_id) AS company_id,
                   MAX(happened_at) FILTER (WHERE kind = 'application') AS applied_at,
                   MAX(happened_at) FILTER (WHERE kind = 'qualified') AS qualified_at,
                   MAX(happened_at) FILTER (WHERE kind = 'interview') AS interview_at,
                   MAX(happened_at) FILTER (WHERE kind = 'offer') AS offer_at,
                   MAX(happened_at) FILTER (WHERE kind = 'hire') AS hired_at,
                   COUNT(*) FILTER (WHERE kind = 'stayed_6')::int AS stayed_6,
                   COUNT(*) FILTER (WHERE kind = 'stayed_12')::int AS stayed_12
              FROM recruit_conversion
          GROUP BY applicant_id
            """
        )

    @api.model
    def _days(self, start, end):
        """Return the whole days between two moments; NULL where the later came first:
        nothing is known of what led to the step."""
        return SQL(
            "CASE WHEN %(end)s >= %(start)s"
            " THEN (EXTRACT(EPOCH FROM %(end)s - %(start)s) / 86400)::int END",
            end=SQL.identifier(*end.split(".")),
            start=SQL.identifier(*start.split(".")),
        )
