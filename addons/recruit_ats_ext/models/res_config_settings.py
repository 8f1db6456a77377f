from odoo import fields, models

# A refusal a minute after the interview hurts; the next day is decent.
REFUSAL_DELAY_HOURS = 24


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    recruit_refusal_delay_hours = fields.Integer(
        "Refusals Wait (hours)",
        config_parameter="recruit_ats_ext.refusal_delay_hours",
        default=REFUSAL_DELAY_HOURS,
    )
