from odoo import models


class HrApplicant(models.Model):
    """Native talent cards: a change of their pools is a change of membership."""

    _inherit = "hr.applicant"

    def _sync_pool_members(self):
        """Open and close memberships until they equal the pools of these talents."""
        Member = self.env["recruit.pool.member"].sudo()  # sudo: follows the native card
        talents = self.with_context(active_test=False).filtered("candidate_id")
        members = Member.search(
            [("candidate_id", "in", talents.candidate_id.ids), ("left_at", "=", False)]
        ).grouped("candidate_id")
        joining = set()
        for talent in talents:
            candidate = talent.candidate_id.sudo()
            current = members.get(candidate, Member)
            pools = talent.sudo().talent_pool_ids
            # who has no native card cannot lose it
            current._mirrored().filtered(
                lambda one, kept=pools: one.pool_id not in kept
            )._leave()
            joining |= {(candidate.id, pool.id) for pool in pools - current.pool_id}
        Member.create(
            [
                {"candidate_id": candidate, "pool_id": pool}
                for candidate, pool in sorted(joining)
            ]
        )
