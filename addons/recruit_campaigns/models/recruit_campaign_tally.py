from odoo import api, fields, models
from odoo.tools import SQL

from .recruit_campaign_count import find_figure

# So long after a message an application may still be owed to it.
APPLIES_WITHIN = "90 days"

# What can come of a message; each counts once for a message, on its day.
OUTCOMES = [
    ("sent", "Sent"),
    ("bounced", "Bounced"),
    ("opened", "Opened"),
    ("machine_opened", "Opened By A Machine"),
    ("clicked", "Link Followed"),
    ("machine_clicked", "Link Followed By A Machine"),
    ("replied", "Replied"),
    ("interested", "Interested"),
    ("applied", "Applied"),
    ("unsubscribed", "Unsubscribed"),
    ("complained", "Reported As Spam"),
]

# Each outcome of each message that was sent, with its moment. Native traces hold what
# people did; an answer of a machine is none of them. Size: one campaign, 1 M messages
# in some seconds, in the background. Indexes: of campaign_id on deliveries, events,
# replies and touches; primary keys; of candidate_id on conversions.
FACTS = """
WITH c AS (
    SELECT c.id, c.utm_campaign_id, c.user_id FROM recruit_campaign c
     WHERE c.id = %(campaign)s
), came_back AS (
    SELECT v.delivery_id,
           MIN(v.occurred_at) FILTER (WHERE v.kind = 'bounced') AS bounced_at,
           MIN(v.occurred_at) FILTER (WHERE v.kind = 'complaint') AS complained_at,
           MIN(v.occurred_at) FILTER (WHERE v.kind = 'opened'
                                        AND v.judgement = 'machine') AS machine_opened,
           MIN(v.occurred_at) FILTER (WHERE v.kind = 'clicked'
                                        AND v.judgement = 'machine') AS machine_clicked
      FROM recruit_campaign_event v
     WHERE v.campaign_id = %(campaign)s AND v.delivery_id IS NOT NULL
  GROUP BY v.delivery_id
), answer AS (
    SELECT r.delivery_id, MIN(r.received_at) AS interested_at
      FROM recruit_campaign_reply r
     WHERE r.campaign_id = %(campaign)s AND r.sentiment = 'interested'
  GROUP BY r.delivery_id
), stop AS (
    SELECT t.res_id AS delivery_id, MIN(t.occurred_at) AS unsubscribed_at
      FROM recruit_touch t JOIN c ON t.campaign_id = c.utm_campaign_id
     WHERE t.kind = 'unsubscribed' AND t.res_model = 'recruit.campaign.delivery'
  GROUP BY t.res_id
), first AS (
    SELECT v.step_id, MIN(v.id) AS id
      FROM recruit_campaign_variant v JOIN recruit_campaign_step s ON s.id = v.step_id
     WHERE s.campaign_id = %(campaign)s
  GROUP BY v.step_id
), message AS (
    SELECT d.id, d.campaign_id, d.company_id, d.step_id,
           COALESCE(d.variant_id, first.id) AS variant_id, %(sender)s AS user_id,
           e.enrolled_at, d.sent_at, t.open_datetime, t.links_click_datetime,
           t.reply_datetime, b.*, answer.interested_at, stop.unsubscribed_at,
           (SELECT MIN(v.happened_at) FROM recruit_conversion v
             WHERE v.candidate_id = d.candidate_id AND v.kind = 'application'
               AND v.happened_at >= d.sent_at
               AND v.happened_at < d.sent_at + INTERVAL %(applies)s) AS applied_at,
           CASE WHEN t.trace_status = 'bounce'
                THEN COALESCE(b.bounced_at, d.sent_at) END AS returned_at
      FROM recruit_campaign_delivery d
      JOIN c ON c.id = d.campaign_id
      JOIN recruit_campaign_enrollment e ON e.id = d.enrollment_id
 LEFT JOIN mailing_trace t ON t.id = d.trace_id
 LEFT JOIN first ON first.step_id = d.step_id
 LEFT JOIN came_back b ON b.delivery_id = d.id
 LEFT JOIN answer ON answer.delivery_id = d.id
 LEFT JOIN stop ON stop.delivery_id = d.id
     WHERE d.campaign_id = %(campaign)s AND d.state = 'sent' AND d.sent_at IS NOT NULL
       AND t.is_test_trace IS NOT TRUE
), fact AS (
    SELECT m.*, f.outcome, f.at
      FROM message m,
           LATERAL (VALUES ('sent', m.sent_at), ('bounced', m.returned_at),
               ('opened', m.open_datetime), ('machine_opened', m.machine_opened),
               ('clicked', m.links_click_datetime),
               ('machine_clicked', m.machine_clicked), ('replied', m.reply_datetime),
               ('interested', m.interested_at), ('applied', m.applied_at),
               ('unsubscribed', m.unsubscribed_at), ('complained', m.complained_at)
           ) AS f (outcome, at)
     WHERE f.at IS NOT NULL
)
"""


class RecruitCampaignTally(models.Model):
    """What came of the messages of a campaign, counted by day.

    A row is a day of one wording, sender and day of enrollment.
    """

    _name = "recruit.campaign.tally"
    _inherit = ["recruit.campaign.count"]
    _description = "Campaign Messages"
    _order = "day desc, campaign_id desc, step_id, id"
    _log_access = False
    _apart = ("step_id", "variant_id", "user_id")
    _outcomes = tuple(dict(OUTCOMES))

    step_id = fields.Many2one(
        "recruit.campaign.step",
        readonly=True,
        ondelete="cascade",
        index="btree_not_null",
    )
    variant_id = fields.Many2one(
        "recruit.campaign.variant",
        "Wording",
        readonly=True,
        ondelete="cascade",
        index="btree_not_null",
    )
    user_id = fields.Many2one(
        "res.users",
        "Sender",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    sent = fields.Integer(readonly=True)
    bounced = fields.Integer(readonly=True)
    opened = fields.Integer(
        readonly=True, help="By a person, as far as can be told. Proves little."
    )
    machine_opened = fields.Integer("Opened by Machines", readonly=True)
    clicked = fields.Integer("Followed a Link", readonly=True)
    machine_clicked = fields.Integer("Links Followed by Machines", readonly=True)
    replied = fields.Integer(readonly=True)
    interested = fields.Integer(readonly=True)
    applied = fields.Integer(
        readonly=True,
        help="The person applied within 90 days of the message; of each message.",
    )
    unsubscribed = fields.Integer(readonly=True)
    complained = fields.Integer("Reported as Spam", readonly=True)

    @api.model
    def _facts(self, campaign_id):
        """The CTEs up to ``fact``: each outcome of each message, with its moment."""
        return SQL(
            FACTS,
            campaign=campaign_id,
            sender=self._sender_sql(),
            applies=APPLIES_WITHIN,
        )

    @api.model
    def _sender_sql(self):
        """Who wrote message ``d``; of campaign ``c`` where no message was kept.

        Indexes: primary key of mail_message, of partner_id on res_users.
        """
        return SQL(
            """COALESCE((SELECT MIN(u.id) FROM mail_message g
                          JOIN res_users u ON u.partner_id = g.author_id
                         WHERE g.id = d.mail_message_id), c.user_id)"""
        )


class RecruitCampaignDelivery(models.Model):
    _inherit = "recruit.campaign.delivery"

    figure = fields.Char(
        store=False, search="_search_figure", help="The messages behind a figure."
    )

    @api.model
    def _search_figure(self, operator, value):
        """Find what the tally counts, by the same statement.

        :param value: JSON, as `figure_of` writes it
        """
        tally = self.env["recruit.campaign.tally"]
        return find_figure(tally._facts, operator, value)
