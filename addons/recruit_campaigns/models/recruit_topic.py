from odoo import api, fields, models
from odoo.exceptions import UserError


class RecruitTopic(models.Model):
    """What campaigns write about. A person may decline one topic and keep the others.

    The preference page shows the topics of the person's company; recruiters give each
    campaign one.
    """

    _name = "recruit.topic"
    _description = "Topic of Recruiting Mail"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    description = fields.Char(
        translate=True, help="What people get who keep it; shown on their page."
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index=True)
    campaign_ids = fields.One2many("recruit.campaign", "topic_id")
    campaign_count = fields.Integer("Campaigns", compute="_compute_counts")
    optout_count = fields.Integer("Declined by", compute="_compute_counts")

    @api.depends("campaign_ids")
    def _compute_counts(self):
        campaigns = self._count_by_topic("recruit.campaign", [])
        optouts = self._count_by_topic("recruit.optout", [("ended_at", "=", False)])
        for topic in self:
            topic.campaign_count = campaigns.get(topic, 0)
            topic.optout_count = optouts.get(topic, 0)

    @api.ondelete(at_uninstall=False)
    def _unlink_nobody_declined(self):
        # sudo: people of other companies count too
        if (
            self.env["recruit.optout"]
            .sudo()
            .search_count([("topic_id", "in", self.ids)], limit=1)
        ):
            raise UserError(
                self.env._(
                    "People have declined this topic; their word is kept. Archive it."
                )
            )

    def _count_by_topic(self, model, domain):
        domain = [("topic_id", "in", self.ids), *domain]
        return dict(self.env[model]._read_group(domain, ["topic_id"], ["__count"]))

    def action_view_optouts(self):
        """Open who declined these topics."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "recruit_campaigns.recruit_optout_action"
        )
        action["domain"] = [("topic_id", "in", self.ids)]
        return action


class RecruitCampaign(models.Model):
    _inherit = "recruit.campaign"

    topic_id = fields.Many2one(
        "recruit.topic",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        tracking=True,
        help="Who declined this topic gets nothing of this campaign.",
    )
