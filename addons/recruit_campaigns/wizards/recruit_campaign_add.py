from odoo import fields, models
from odoo.exceptions import UserError


class RecruitCampaignAdd(models.TransientModel):
    """Ask for a campaign and put the candidates in."""

    _name = "recruit.campaign.add"
    _description = "Add to Campaign"

    candidate_ids = fields.Many2many("recruit.candidate", required=True)
    campaign_id = fields.Many2one(
        "recruit.campaign",
        required=True,
        domain=[("state", "!=", "closed")],
        help="In a draft or a paused campaign they wait until it runs.",
    )

    def action_add(self):
        """Put them in, and say who was left out and why.

        :raise UserError: where nobody could be put in
        """
        self.ensure_one()
        answer = self.campaign_id.enroll(self.candidate_ids.ids)
        people = self.candidate_ids.browse(answer["enrolled"])
        left_out = [
            self.env._(
                "%(name)s: %(reason)s",
                name=self.candidate_ids.browse(one["candidate_id"]).display_name,
                reason=one["reason"],
            )
            for one in answer["skipped"]
        ]
        if not people:
            raise UserError(
                self.env._("Nobody can be added:\n%s", "\n".join(left_out[:20]))
            )
        message = self.env._(
            "%(added)s added to %(campaign)s, %(skipped)s left out.",
            added=len(people),
            campaign=self.campaign_id.name,
            skipped=len(left_out),
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if left_out else "success",
                "message": "\n".join([message, *left_out[:5]]),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }


class RecruitCandidate(models.Model):
    _inherit = "recruit.candidate"

    def action_add_to_campaign(self):
        """Ask for a campaign and put these candidates in."""
        return self._open_wizard("recruit.campaign.add", self.env._("Add to Campaign"))
