from odoo import api, fields, models


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    candidate_id = fields.Many2one(
        "recruit.candidate",
        index="btree_not_null",
        ondelete="set null",
        copy=False,
        groups="hr_recruitment.group_hr_recruitment_user",
        help="Who this employee was before the hire.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Create employees; those who come from an application keep their candidate."""
        employees = super().create(vals_list)
        # sudo: an HR officer who hires need not be a recruiter
        for employee in employees.sudo():
            candidate = employee.applicant_ids.candidate_id[:1]
            if candidate and not employee.candidate_id:
                employee.candidate_id = candidate
                candidate._record_event("employed", employee)
        return employees
