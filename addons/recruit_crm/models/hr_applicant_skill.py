from odoo import api, models


class HrApplicantSkill(models.Model):
    _inherit = "hr.applicant.skill"

    @api.model_create_multi
    def create(self, vals_list):
        """Create lines; the candidate of the application learns them."""
        lines = super().create(vals_list)
        lines.applicant_id._teach_candidates()
        return lines

    def write(self, vals):
        """Write lines; the candidate of the application learns the change."""
        result = super().write(vals)
        self.applicant_id._teach_candidates()
        return result
