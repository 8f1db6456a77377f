from odoo import fields, models

from .recruit_candidate_profile import MONTHS


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    recruit_aging_months = fields.Integer(
        "Aging after (months)",
        config_parameter="recruit_crm.aging_months",
        default=MONTHS["recruit_crm.aging_months"],
    )
    recruit_stale_months = fields.Integer(
        "Stale after (months)",
        config_parameter="recruit_crm.stale_months",
        default=MONTHS["recruit_crm.stale_months"],
    )
