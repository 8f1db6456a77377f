from odoo import fields, models

from .recruit_introduction import DAYS


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    recruit_referrer_days = fields.Integer(
        "Referrer holds (days)",
        config_parameter="recruit_crm.referrer_days",
        default=DAYS["recruit_crm.referrer_days"],
    )
    recruit_sourcer_days = fields.Integer(
        "Sourcer holds (days)",
        config_parameter="recruit_crm.sourcer_days",
        default=DAYS["recruit_crm.sourcer_days"],
    )
    recruit_agency_days = fields.Integer(
        "Agency holds (days)",
        config_parameter="recruit_crm.agency_days",
        default=DAYS["recruit_crm.agency_days"],
    )
