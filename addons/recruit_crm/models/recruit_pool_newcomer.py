from odoo import fields, models


class RecruitPoolNewcomer(models.Model):
    """Somebody whom the rule of a pool found and who waits at its gate for a yes or no.

    No member yet: counted nowhere, mailed by nobody. Accepting makes a member and
    keeping out makes a removal; both delete this row.
    """

    _name = "recruit.pool.newcomer"
    _inherit = ["recruit.pool.person"]
    _description = "Newcomer to Review"
    _order = "proposed_at, id"

    proposed_at = fields.Datetime("Found", required=True, readonly=True)

    _waiting_unique = models.UniqueIndex(
        "(pool_id, candidate_id)", "This candidate waits at the gate already."
    )

    def action_accept(self):
        """Let these people in: they become members as if found without a gate."""
        # officers have no right to delete the row but by these two decisions
        self.check_access("read")
        for pool, waiting in self.grouped("pool_id").items():
            candidates = waiting.candidate_id
            waiting.sudo().unlink()
            candidates._add_to_pool(
                pool, pool._rule_reason(), origin="rule", user_id=self.env.uid
            )

    def action_keep_out(self, reason=None):
        """Say no for good: the rule does not propose these people again."""
        self.check_access("read")
        for pool, waiting in self.grouped("pool_id").items():
            self.env["recruit.pool.removal"]._remember(
                pool, waiting.candidate_id, reason
            )
            waiting.sudo().unlink()  # decided: see action_accept
