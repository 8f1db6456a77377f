from odoo import fields, models


class RecruitCandidateSilence(models.TransientModel):
    """Ask why, and mark the candidates as not to be contacted."""

    _name = "recruit.candidate.silence"
    _description = "Do Not Contact"

    candidate_ids = fields.Many2many(
        "recruit.candidate", required=True, context={"active_test": False}
    )
    reason = fields.Char(required=True)

    def action_apply(self):
        """Mark."""
        self.ensure_one()
        self.candidate_ids.action_do_not_contact(self.reason)
        return {"type": "ir.actions.client", "tag": "soft_reload"}
