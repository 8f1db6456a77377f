from odoo import api, models


class HrTalentPool(models.Model):
    """Native counters and native deletion, without people who are lost on the way."""

    _inherit = "hr.talent.pool"

    @api.depends("talent_ids", "talent_ids.active")
    def _compute_talent_count(self):
        """Count the talents, for everybody who sees the pool: interviewers see their
        own applications alone, and Odoo shows them an empty pool."""
        # sudo: a number of people, of whom the user is told nothing else
        counts = dict(
            self.env["hr.applicant"]
            .sudo()
            ._read_group(
                [("talent_pool_ids", "in", self.ids)], ["talent_pool_ids"], ["__count"]
            )
        )
        by_id = {pool.id: count for pool, count in counts.items()}
        for pool in self:
            pool.no_of_talents = by_id.get(pool._origin.id, 0)

    def unlink(self):
        """Delete pools; a talent that is in no other pool is none any more."""
        # before the cards go: with them the memberships would end unasked
        self._unlink_except_with_members()
        cards = self.with_context(active_test=False).talent_ids
        homeless = cards.filtered(lambda card: card.talent_pool_ids <= self)
        # sudo: the cards are shadows of memberships that go with the pool
        homeless.sudo()._dissolve_talents()
        return super().unlink()


class HrApplicant(models.Model):
    """What becomes of a native talent card that is deleted."""

    _inherit = "hr.applicant"

    def _dissolve_talents(self):
        """Delete talent cards; documents and messages go to the person."""
        for card in self:
            if card.candidate_id:
                card.message_change_thread(card.candidate_id)
                card.attachment_ids.write(
                    {
                        "res_model": card.candidate_id._name,
                        "res_id": card.candidate_id.id,
                    }
                )
        self.unlink()

    def unlink(self):
        """Delete; whoever has no talent card left waits in no pool, and applications
        follow to the other card of their person, where there is one."""
        talents = self.with_context(active_test=False).filtered("talent_pool_ids")
        people = talents.candidate_id.sudo()
        linked = self.sudo().with_context(active_test=False)
        # sudo: links of applications that the user may not see must not dangle
        orphans = linked.search([("pool_applicant_id", "in", talents.ids)]) - self
        result = super().unlink()
        cards = people._talent_cards()
        for orphan in orphans.exists():
            orphan.pool_applicant_id = cards.get(orphan.candidate_id.sudo())
        gone = people.filtered(lambda one: one not in cards)
        # a stay without a card, in a confidential pool say, cannot lose it
        stays = gone.member_ids.filtered(lambda member: not member.left_at)
        stays._mirrored()._leave()
        return result

    def _follow_candidate(self, values):
        """Take over what differs from the person."""
        changed = {name: new for name, new in values.items() if self[name] != new}
        if changed:
            self.write(changed)


class RecruitCandidate(models.Model):
    """The native card of a person shows the name and the addresses of the person."""

    _inherit = "recruit.candidate"

    def write(self, vals):
        """Write; the talent cards follow."""
        result = super().write(vals)
        fields = {
            "name": "partner_name",
            "email": "email_from",
            "phone": "partner_phone",
            "linkedin_profile": "linkedin_profile",
        }
        if moved := fields.keys() & vals.keys():
            for candidate, card in self._talent_cards().items():
                card._follow_candidate(
                    {fields[field]: candidate[field] for field in moved}
                )
        return result
