from odoo import fields, models
from odoo.exceptions import UserError


class RecruitCandidateApply(models.TransientModel):
    """Ask for a job and create an application on it for each candidate."""

    _name = "recruit.candidate.apply"
    _description = "Create Application"

    candidate_ids = fields.Many2many(
        "recruit.candidate", required=True, context={"active_test": False}
    )
    job_id = fields.Many2one("hr.job", "Job Position", required=True)

    def action_apply(self):
        """Create the applications and open them."""
        self.ensure_one()
        if not self.candidate_ids:
            raise UserError(self.env._("Choose at least one candidate."))
        applications = self.candidate_ids._create_application(self.job_id)
        action = {
            "type": "ir.actions.act_window",
            "res_model": "hr.applicant",
            "name": self.env._("Applications for %(job)s", job=self.job_id.name),
        }
        if len(applications) == 1:
            return {**action, "view_mode": "form", "res_id": applications.id}
        return {
            **action,
            "view_mode": "list,kanban,form",
            "domain": [("id", "in", applications.ids)],
        }
