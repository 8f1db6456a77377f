from odoo import api, fields, models


class RecruitCampaign(models.Model):
    """What came back to a campaign, counted."""

    _inherit = "recruit.campaign"

    event_ids = fields.One2many("recruit.campaign.event", "campaign_id")
    reply_ids = fields.One2many("recruit.campaign.reply", "campaign_id")
    complaint_count = fields.Integer("Spam Reports", compute="_compute_comeback_counts")
    reply_count = fields.Integer("Replies", compute="_compute_comeback_counts")

    @api.depends("event_ids", "reply_ids")
    def _compute_comeback_counts(self):
        complaints = self.env["recruit.campaign.event"]._read_group(
            [("campaign_id", "in", self.ids), ("kind", "=", "complaint")],
            ["campaign_id"],
            ["__count"],
        )
        replies = self.env["recruit.campaign.reply"]._read_group(
            [("campaign_id", "in", self.ids)], ["campaign_id"], ["__count"]
        )
        complaints, replies = dict(complaints), dict(replies)
        for campaign in self:
            campaign.complaint_count = complaints.get(campaign, 0)
            campaign.reply_count = replies.get(campaign, 0)

    def action_view_replies(self):
        """Open the answers to these campaigns."""
        return self._open_comeback("recruit_campaign_reply_action", [])

    def action_view_complaints(self):
        """Open who reported a message of these campaigns as spam."""
        complaints = [("kind", "=", "complaint")]
        return self._open_comeback("recruit_campaign_event_action", complaints)

    def _open_comeback(self, name, domain):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            f"recruit_campaigns.{name}"
        )
        action["domain"] = [("campaign_id", "in", self.ids), *domain]
        action["context"] = {}
        return action
