from odoo import fields, models
from odoo.exceptions import UserError


class RecruitCandidatePoolAdd(models.TransientModel):
    """Ask for a pool and a reason and add the candidates."""

    _name = "recruit.candidate.pool.add"
    _description = "Add to Pool"

    candidate_ids = fields.Many2many(
        "recruit.candidate", required=True, context={"active_test": False}
    )
    pool_id = fields.Many2one("hr.talent.pool", required=True)
    reason = fields.Char(help="Why these people wait here, for whoever reads it later.")

    def action_add(self):
        """Add the candidates and say how many are new in the pool."""
        self.ensure_one()
        if not self.candidate_ids:
            raise UserError(self.env._("Choose at least one candidate."))
        before = self.pool_id.member_count
        self.candidate_ids._add_to_pool(self.pool_id, self.reason)
        message = self.env._(
            "%(added)s added to %(pool)s; members now: %(count)s.",
            added=self.pool_id.member_count - before,
            pool=self.pool_id.name,
            count=self.pool_id.member_count,
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": message,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
