from odoo import fields, models


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
    channel_id = fields.Many2one(
        "recruit.channel", help="Empty: what the kind and the source stand for."
    )
    job_id = fields.Many2one("hr.job", "Job Position")
    evidence = fields.Text("What happened")

    def _selection_kind(self):
        """What a recruiter tells by hand; the other kinds are recorded where they
        happen."""
        kinds = self.env["recruit.touch"]._known_kinds()
        return [(code, kind.label) for code, kind in kinds.items() if kind.told]

    def action_log(self):
        """Record the touch, of each person once however often the button is hit."""
        self.ensure_one()
        # sudo: the ledger grants nobody a right but the one to add, and this adds
        self.env["recruit.touch"].sudo()._log(
            [
                {
                    "candidate_id": person.id,
                    "kind": self.kind,
                    "occurred_at": self.occurred_at,
                    "source": self.source,
                    "channel_id": self.channel_id.id,
                    "job_id": self.job_id.id,
                    "evidence": self.evidence,
                    "verified": False,
                    "dedupe_key": f"dialog:{self.id}:{person.id}",
                }
                for person in self.candidate_ids._survivors()
            ]
        )
        return {"type": "ir.actions.client", "tag": "soft_reload"}
