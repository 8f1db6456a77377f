from odoo import api, models

from odoo.addons.recruit_crm.models.recruit_touch_kind import Kind


class RecruitTouch(models.Model):
    _inherit = "recruit.touch"

    @api.model
    def _kinds(self):
        """Add what happens around an event."""
        env = self.env
        return {
            **super()._kinds(),
            "event_registered": Kind(
                env._("Registered for an event"), "inbound", seen=True
            ),
            "event_attended": Kind(env._("Came to an event"), "inbound", seen=True),
        }
