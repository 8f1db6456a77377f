from odoo import fields, models

from .recruit_disposition import DISPOSITION_TYPES


class HrApplicantRefuseReason(models.Model):
    _inherit = "hr.applicant.refuse.reason"

    disposition_type = fields.Selection(
        DISPOSITION_TYPES,
        string="Who Decided",
        default="we",
        required=True,
        help="Keeps those we rejected apart from those who withdrew.",
    )
    allows_medal = fields.Boolean(
        "Worth Another Try",
        default=True,
        help="Unticked for reasons that speak against another try, such as spam: "
        "no silver medal is suggested for them.",
    )
