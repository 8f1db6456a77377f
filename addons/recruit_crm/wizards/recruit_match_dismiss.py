from odoo import fields, models

from ..models.recruit_match import REASONS


class RecruitMatchDismiss(models.TransientModel):
    """Ask why people are not for a job; they are not suggested for it again."""

    _name = "recruit.match.dismiss"
    _description = "Dismiss Matches"

    match_ids = fields.Many2many("recruit.match", required=True)
    reason = fields.Selection(REASONS, required=True)
    note = fields.Char()

    def action_dismiss(self):
        """Remember the reason and take the people off the list."""
        self.ensure_one()
        self.match_ids.check_access("read")
        self.match_ids._decide(
            "dismissed", dismiss_reason=self.reason, dismiss_note=self.note
        )
        return {"type": "ir.actions.act_window_close"}
