from odoo import fields, models


class HrRecruitmentStage(models.Model):
    _inherit = "hr.recruitment.stage"

    is_final = fields.Boolean(
        "Finalist Stage",
        help="Whoever is refused from this stage came far enough to be "
        "suggested as a silver medallist.",
    )
