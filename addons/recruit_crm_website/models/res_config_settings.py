from odoo import fields, models

from .recruit_visit import KEEP_DAYS, KEEP_PARAMETER


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    recruit_visit_days = fields.Integer(
        "Keep visits (days)", config_parameter=KEEP_PARAMETER, default=KEEP_DAYS
    )
