from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    recruit_consent_rule = fields.Selection(
        related="company_id.recruit_consent_rule", readonly=False
    )
    recruit_consent_country_ids = fields.Many2many(
        related="company_id.recruit_consent_country_ids", readonly=False
    )
    recruit_tracking_rule = fields.Selection(
        related="company_id.recruit_tracking_rule", readonly=False
    )
    recruit_tracking_country_ids = fields.Many2many(
        related="company_id.recruit_tracking_country_ids", readonly=False
    )
