from odoo import fields, models


class RecruitPoolLeave(models.TransientModel):
    """Ask why people leave a pool and let them."""

    _name = "recruit.pool.leave"
    _description = "Remove from Pool"

    member_ids = fields.Many2many("recruit.pool.member", required=True)
    reason = fields.Char(
        "Why out", help="For whoever reads it later, e.g. found a job elsewhere."
    )

    def action_leave(self):
        """Remove the members from their pools, with the reason."""
        self.member_ids._leave(self.reason)
        return {"type": "ir.actions.client", "tag": "soft_reload"}
