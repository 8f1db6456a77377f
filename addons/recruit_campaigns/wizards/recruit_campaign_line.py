from odoo import api, fields, models


class RecruitCampaignLine(models.TransientModel):
    """Ask for the personal line that a message waits for, beside who it is for."""

    _name = "recruit.campaign.line"
    _description = "Write a Personal Line"

    delivery_id = fields.Many2one(
        "recruit.campaign.delivery", required=True, ondelete="cascade"
    )
    candidate_id = fields.Many2one(related="delivery_id.candidate_id")
    headline = fields.Char(related="candidate_id.headline")
    interests = fields.Text(related="candidate_id.interests")
    last_touch_at = fields.Datetime(related="candidate_id.last_touch_at")
    line = fields.Text(
        "Your line",
        compute="_compute_line",
        store=True,
        readonly=False,
        required=True,
    )

    @api.depends("delivery_id")
    def _compute_line(self):
        for wizard in self:
            wizard.line = wizard.delivery_id.personal_line

    def action_save(self):
        """Keep the line and let the message go.

        :raises AccessError: for who may not use the campaign
        :raises UserError: for a line that is empty, too long or too late
        """
        self.ensure_one()
        self.delivery_id.campaign_id._check_may_use()
        self.delivery_id._write_line(self.line)
        return {"type": "ir.actions.client", "tag": "soft_reload"}
