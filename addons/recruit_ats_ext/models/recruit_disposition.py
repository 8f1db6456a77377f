from odoo import api, fields, models

DISPOSITION_TYPES = [
    ("we", "We rejected"),
    ("they", "They declined our offer"),
    ("withdrew", "They withdrew"),
    ("timing", "Timing"),
    ("process", "Process"),
]


class RecruitDisposition(models.Model):
    """Why one application ended, who decided it and at which step.

    A row is written once. Restoring the application does not delete it: the row
    gets `revoked_at`, so that the record of what was once decided stays whole.
    """

    _name = "recruit.disposition"
    _description = "Disposition"
    _order = "disposed_at desc, id desc"
    _rec_name = "reason_id"

    applicant_id = fields.Many2one(
        "hr.applicant", "Application", required=True, index=True, ondelete="cascade"
    )
    candidate_id = fields.Many2one(
        "recruit.candidate", index="btree_not_null", ondelete="set null"
    )
    job_id = fields.Many2one("hr.job", index="btree_not_null")
    stage_id = fields.Many2one(
        "hr.recruitment.stage", "Step", help="Where the application stood."
    )
    disposition_type = fields.Selection(DISPOSITION_TYPES, "Who Decided", required=True)
    reason_id = fields.Many2one("hr.applicant.refuse.reason")
    note = fields.Text()
    disposed_at = fields.Datetime("Decided On", required=True)
    revoked_at = fields.Datetime(
        help="When the application was restored; empty while the decision stands."
    )
    user_id = fields.Many2one("res.users", "Decided By")
    company_id = fields.Many2one("res.company", index=True)

    _one_standing_idx = models.UniqueIndex(
        "(applicant_id) WHERE revoked_at IS NULL",
        "This application already has a standing disposition. Restore it first.",
    )

    @api.model
    def _record(self, applicants, values):
        """Write down why each of the applications ended.

        An application whose decision stands keeps it: refusing the same people in
        two windows leaves one disposition each.

        :param applicants: refused `hr.applicant` records
        :param values: `disposition_type` and `note`, the same for all of them
        :return: the new dispositions
        """
        now = self.env["recruit.clock"].now()
        new = applicants - self._standing(applicants).applicant_id
        return self.create(
            [applicant._disposition_values(now) | values for applicant in new]
        )

    @api.model
    def _standing(self, applicants):
        """The dispositions of the applications that have not been revoked."""
        return self.search(
            [("applicant_id", "in", applicants.ids), ("revoked_at", "=", False)]
        )

    @api.model
    def _revoke(self, applicants):
        """Mark the standing dispositions as revoked: they were restored."""
        self._standing(applicants).revoked_at = self.env["recruit.clock"].now()
