from odoo import fields, models


class RecruitPoolRemoval(models.Model):
    """Somebody whom a person took out of a rule pool and whom the rule leaves out.

    Lifted by deleting the row or by adding the candidate to the pool by hand.
    """

    _name = "recruit.pool.removal"
    _inherit = ["recruit.pool.person"]
    _description = "Kept Out of a Pool"
    _order = "removed_at DESC, id DESC"

    removed_at = fields.Datetime("Removed", required=True, readonly=True)
    user_id = fields.Many2one("res.users", "Removed by", readonly=True)
    reason = fields.Char("Why out")

    _kept_out_unique = models.UniqueIndex(
        "(pool_id, candidate_id)", "This candidate is kept out of the pool already."
    )

    def action_lift(self):
        """Let the rule decide about these people again, at once."""
        pools = self.pool_id
        self.unlink()
        pools._feed_soon()

    def _remember(self, pool, candidates, reason=None):
        """Record that these candidates stay out of the pool; once for each.

        :param pool: hr.talent.pool
        :param str reason: why out
        """
        # sudo: rows are written by a removal alone, never by hand
        known = self.sudo().search(
            [("pool_id", "=", pool.id), ("candidate_id", "in", candidates.ids)]
        )
        now = self.env["recruit.clock"].now()
        self.sudo().create(
            [
                {
                    "pool_id": pool.id,
                    "candidate_id": candidate.id,
                    "removed_at": now,
                    "user_id": self.env.uid,
                    "reason": reason,
                }
                for candidate in candidates - known.candidate_id
            ]
        )
