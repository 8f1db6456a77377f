from odoo import fields, models


class HrJob(models.Model):
    """The interviews that are held for a job."""

    _inherit = "hr.job"

    kit_ids = fields.One2many(
        "recruit.interview.kit",
        "job_id",
        "Interview Kits",
        groups="hr_recruitment.group_hr_recruitment_interviewer",
    )

    def action_ask_close(self):
        """Open the sheet that closes the job: what becomes of whom.

        :raises UserError: without anybody in process
        """
        self.ensure_one()
        sheet = self.env["recruit.job.close"]._open_for(self)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Close %(job)s", job=self.name),
            "res_model": sheet._name,
            "res_id": sheet.id,
            "views": [(False, "form")],
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    def action_view_kits(self):
        """Show the kits of the job; without any, offer to copy templates."""
        self.ensure_one()
        actions = self.env["ir.actions.act_window"]
        if self.kit_ids:
            action = actions._for_xml_id("recruit_ats_ext.recruit_interview_kit_action")
            return action | {
                "domain": [("job_id", "=", self.id)],
                "context": {"default_job_id": self.id},
            }
        action = actions._for_xml_id(
            "recruit_ats_ext.recruit_interview_kit_copy_action"
        )
        templates = self.kit_ids.search([("job_id", "=", False)])
        return action | {
            "context": {
                "default_job_id": self.id,
                "default_kit_ids": templates.ids,
            }
        }
