from odoo import api, models

from ..promise.terms import Opening

# What makes a job another one for somebody who waits for it.
OPENS = {
    "active",
    "no_of_recruitment",
    "name",
    "department_id",
    "address_id",
    "job_skill_ids",
    "company_id",
}


class HrJob(models.Model):
    """A job that opens or changes is held against what people were promised."""

    _inherit = "hr.job"

    @api.model_create_multi
    def create(self, vals_list):
        """Hold the new jobs against the promises."""
        jobs = super().create(vals_list)
        jobs._keep_promises()
        return jobs

    def write(self, vals):
        """Hold jobs that open or change against the promises."""
        result = super().write(vals)
        if OPENS & vals.keys():
            self._keep_promises()
        return result

    def _keep_promises(self):
        # sudo: whoever opens a job need not see the candidates who wait for it; their
        # owners get the activity
        jobs = self.sudo().filtered(lambda job: job.active and job.no_of_recruitment)
        jobs.env["recruit.promise"]._keep_with(jobs)

    def _opening(self):
        """What the job offers, for the comparison with promises."""
        return Opening(
            title=self.name or "",
            skills={
                line.skill_id.id: line.level_progress for line in self.job_skill_ids
            },
            department=self.department_id.id or 0,
            city=self.address_id.city or "",
            country=self.address_id.country_id.id or 0,
        )
