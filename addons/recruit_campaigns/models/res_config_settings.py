from odoo import api, fields, models


class ResConfigSettings(models.TransientModel):
    """How fast campaigns send."""

    _inherit = "res.config.settings"

    recruit_sender_count = fields.Integer("Senders", default=1)
    recruit_connections = fields.Integer(
        "Connections", config_parameter="recruit_campaigns.connections", default=1
    )
    recruit_fence_size = fields.Integer(
        "Messages a Commit", config_parameter="recruit_campaigns.fence_size", default=1
    )

    @api.model
    def get_values(self):
        crons = self.env["recruit.campaign.delivery"]._sender_crons()
        return {**super().get_values(), "recruit_sender_count": len(crons)}

    def set_values(self):
        result = super().set_values()
        self.env["recruit.campaign.delivery"]._set_sender_count(
            self.recruit_sender_count
        )
        return result
