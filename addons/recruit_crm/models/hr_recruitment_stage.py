from odoo import fields, models

MILESTONES = [
    ("qualified", "Qualified"),
    ("interview", "Interview"),
    ("offer", "Offer"),
]


class HrRecruitmentStage(models.Model):
    """What reaching a stage counts as, in the funnel and in attribution."""

    _inherit = "hr.recruitment.stage"

    milestone = fields.Selection(
        MILESTONES,
        "Counts as",
        help="Whoever reaches this stage, or a later one of the same job, counts as "
        "qualified, interviewed or with an offer in the reports. Hired is what the "
        "hired stage says.",
    )

    def write(self, vals):
        """Write; another meaning or order of stages is news of every application."""
        result = super().write(vals)
        if vals.keys() & {"milestone", "sequence", "job_ids"}:
            self.env["recruit.conversion"]._catch_up_soon()
        return result

    def _steps(self):
        """Return {stage id: step}, how far whoever stands there has come at least:
        1 application, 2 qualified, 3 interview, 4 offer.

        A stage without a meaning of its own has that of the furthest before it.
        """
        ranks = {name: at for at, (name, _label) in enumerate(MILESTONES, start=2)}
        stages = self.search([("id", ">", 0)])
        return {
            stage.id: max(
                (
                    ranks.get(other.milestone, 1)
                    for other in stages
                    if other.sequence <= stage.sequence and other._shares_job(stage)
                ),
                default=1,
            )
            for stage in stages
        }

    def _shares_job(self, other):
        """Tell whether an application may stand in both stages."""
        if not self.job_ids or not other.job_ids:
            return True
        return bool(self.job_ids & other.job_ids)
