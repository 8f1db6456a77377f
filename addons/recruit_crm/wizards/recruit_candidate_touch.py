from odoo import fields, models

# What a recruiter tells by hand; the other kinds are recorded where they happen.
TOLD_KINDS = ("call", "meeting", "note", "event", "sourced", "referral", "other")


class RecruitCandidateTouch(models.TransientModel):
    """Ask what took place and record it as a touch of each candidate."""

    _name = "recruit.candidate.touch"
    _description = "Log Touch"

    candidate_ids = fields.Many2many(
        "recruit.candidate", required=True, context={"active_test": False}
    )
    kind = fields.Selection("_selection_kind", required=True, default="call")
    occurred_at = fields.Datetime(
        "When", required=True, default=lambda self: self.env["recruit.clock"].now()
    )
    source = fields.Char(help="Where the contact came from, e.g. the name of a fair.")
    job_id = fields.Many2one("hr.job", "Job Position")
    evidence = fields.Text("What happened")

    def _selection_kind(self):
        kinds = (
            self.env["recruit.touch"]._fields["kind"]._description_selection(self.env)
        )
        return [(kind, label) for kind, label in kinds if kind in TOLD_KINDS]

    def action_log(self):
        """Record the touch."""
        self.ensure_one()
        self.candidate_ids._log_touch(
            self.kind,
            occurred_at=self.occurred_at,
            source=self.source,
            job_id=self.job_id.id,
            evidence=self.evidence,
        )
        return {"type": "ir.actions.client", "tag": "soft_reload"}
