from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.recruit_crm.models.recruit_conversion import STEPS

from .recruit_campaign_count import find_figure

# So long after somebody entered a campaign an application may still be owed to it.
COUNTS_FOR = "180 days"

# What can become of a person; each counts once for an enrollment, on its day.
OUTCOMES = ("entered", "reached", "clicked", "replied", *STEPS)

# Each outcome of each enrollment, with its moment. An application counts that was made
# after the person entered, and before they entered again; what became of it counts
# whenever it came. `traced`: the ledger knows a touch of this campaign before the
# application: a link followed, an answer, the application itself. Size: one campaign,
# 100,000 people in a second or two. Indexes: of campaign_id on enrollments and
# deliveries; of candidate_id on conversions and touches; primary keys.
FACTS = """
WITH c AS (
    SELECT c.id, c.utm_campaign_id FROM recruit_campaign c WHERE c.id = %(campaign)s
), person AS (
    SELECT e.id, e.campaign_id, e.company_id, e.candidate_id, e.enrolled_at,
           e.state = 'held_out' AS held_out, c.utm_campaign_id,
           LEAST(e.enrolled_at + INTERVAL %(counts)s,
                 LEAD(e.enrolled_at) OVER (PARTITION BY e.candidate_id
                                               ORDER BY e.round)) AS until
      FROM recruit_campaign_enrollment e JOIN c ON c.id = e.campaign_id
     WHERE e.campaign_id = %(campaign)s
       AND NOT EXISTS (SELECT FROM recruit_campaign_delivery d
                         JOIN mailing_trace t ON t.id = d.trace_id
                        WHERE d.enrollment_id = e.id AND t.is_test_trace)
), message AS (
    SELECT d.enrollment_id, MIN(d.sent_at) AS reached_at,
           MIN(t.links_click_datetime) AS clicked_at,
           MIN(t.reply_datetime) AS replied_at
      FROM recruit_campaign_delivery d LEFT JOIN mailing_trace t ON t.id = d.trace_id
     WHERE d.campaign_id = %(campaign)s AND d.state = 'sent'
  GROUP BY d.enrollment_id
), application AS (
    SELECT p.id, v.applicant_id,
           EXISTS (SELECT FROM recruit_touch t
                    WHERE t.candidate_id = p.candidate_id
                      AND t.campaign_id = p.utm_campaign_id
                      AND t.kind NOT IN ('sent', 'opened', 'unsubscribed')
                      AND t.occurred_at >= p.enrolled_at
                      AND t.occurred_at <= v.happened_at + INTERVAL '1 hour') AS traced
      FROM person p
      JOIN recruit_conversion v
        ON v.candidate_id = p.candidate_id AND v.kind = 'application'
       AND v.happened_at >= p.enrolled_at AND v.happened_at < p.until
), step AS (
    SELECT a.id, v.kind, MIN(v.happened_at) AS at, BOOL_OR(a.traced) AS traced
      FROM application a
      JOIN recruit_conversion v
        ON v.applicant_id = a.applicant_id AND v.kind = ANY(%(kinds)s)
  GROUP BY a.id, v.kind
), fact AS (
    SELECT p.*, f.outcome, f.at, FALSE AS traced
      FROM person p LEFT JOIN message m ON m.enrollment_id = p.id,
           LATERAL (VALUES ('entered', p.enrolled_at), ('reached', m.reached_at),
               ('clicked', m.clicked_at), ('replied', m.replied_at)
           ) AS f (outcome, at)
     WHERE f.at IS NOT NULL
 UNION ALL
    SELECT p.*, step.kind, step.at, step.traced
      FROM step JOIN person p ON p.id = step.id
)
"""


class RecruitCampaignResult(models.Model):
    """What became of the people of a campaign, counted by day.

    A row is a day of those who entered on a day, of those who are written to, or of
    those who were held out; `traced` is apart.
    """

    _name = "recruit.campaign.result"
    _inherit = ["recruit.campaign.count"]
    _description = "Campaign People"
    _log_access = False
    _apart = ("held_out", "traced")
    _outcomes = OUTCOMES

    user_id = fields.Many2one(related="campaign_id.user_id", string="Owner")
    held_out = fields.Boolean(
        readonly=True, help="People who get nothing, to compare with."
    )
    traced = fields.Boolean(
        "Traced to the Campaign",
        readonly=True,
        help="The person followed a link or answered before the application, or came "
        "by a link of the campaign.",
    )
    entered = fields.Integer("People", readonly=True)
    reached = fields.Integer("Got a Message", readonly=True)
    clicked = fields.Integer("Followed a Link", readonly=True)
    replied = fields.Integer(readonly=True)
    application = fields.Integer("Applied", readonly=True)
    qualified = fields.Integer(readonly=True)
    interview = fields.Integer("Interviewed", readonly=True)
    offer = fields.Integer("Offers", readonly=True)
    hire = fields.Integer("Hired", readonly=True)

    @api.model
    def _facts(self, campaign_id):
        """The CTEs up to ``fact``: each outcome of each enrollment, with its moment."""
        return SQL(FACTS, campaign=campaign_id, counts=COUNTS_FOR, kinds=STEPS)


class RecruitCampaignEnrollment(models.Model):
    _inherit = "recruit.campaign.enrollment"

    # Serves the figures on top of a campaign, of 100,000 people.
    _campaign_state_idx = models.Index("(campaign_id, state)")

    figure = fields.Char(
        store=False, search="_search_figure", help="The people behind a figure."
    )

    @api.model
    def _search_figure(self, operator, value):
        """Find whom the results count, by the same statement.

        :param value: JSON, as `figure_of` writes it
        """
        result = self.env["recruit.campaign.result"]
        return find_figure(result._facts, operator, value)
