from odoo import fields, models


class RecruitInterviewKitCopy(models.TransientModel):
    """For which job templates of interviews are copied."""

    _name = "recruit.interview.kit.copy"
    _description = "Copy Interview Kits for a Job"

    job_id = fields.Many2one("hr.job", required=True)
    kit_ids = fields.Many2many(
        "recruit.interview.kit",
        string="Templates",
        required=True,
        domain=[("job_id", "=", False)],
    )

    def action_copy(self):
        """Copy the templates for the job and open the copies."""
        return self.kit_ids._copy_for(self.job_id)
