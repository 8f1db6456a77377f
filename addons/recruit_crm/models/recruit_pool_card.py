from odoo import Command, api, models
from odoo.exceptions import ValidationError

# Cards made for our members: the person has an address of their own (the candidate's),
# so no contact is made, and nobody follows or tracks a shadow.
QUIET = {
    "recruit_card_without_contact": True,
    "tracking_disable": True,
    "mail_create_nosubscribe": True,
    "mail_create_nolog": True,
}


class RecruitPoolMember(models.Model):
    """The native card of a member: an hr.applicant with talent pools, at most one.

    Members whom a person added to an open pool have one, made in bulk, so that native
    screens and counters stay right. Members of confidential pools have none (native
    screens would show that something is there), nor those a rule or a file brought:
    both may fill a pool with 100,000 people, and native lists are no place for them.
    """

    _inherit = "recruit.pool.member"

    def _mirrored(self):
        """Return the members of whom native screens know."""
        return self.filtered(
            lambda one: one.origin == "manual" and not one.sudo().pool_id.confidential
        )

    def _join_natively(self):
        """Put the native talents of these members in their pools, made where missing.

        1,000 joins cost one create of 1,000 cards.
        """
        members = self._mirrored()
        if not members:
            return
        cards = members.candidate_id._talent_cards()
        bare = members.candidate_id.filtered(lambda one: one not in cards)
        by_person = members.grouped("candidate_id")
        # sudo: a native card is the shadow of a membership the user may add
        self.env["hr.applicant"].sudo().with_context(**QUIET).create(
            [
                person._prepare_talent_values(by_person[person].pool_id)
                for person in bare
            ]
        )
        for person in members.candidate_id - bare:
            card = cards[person]
            if not card.active:  # its last pool was left: begin afresh
                pools = [Command.set(by_person[person].pool_id.ids)]
                card.write({"active": True, "talent_pool_ids": pools})
        for pool, joined in members.grouped("pool_id").items():
            missing = (
                self.env["hr.applicant"]
                .sudo()
                .union(*(cards[one] for one in joined.candidate_id if one in cards))
            )
            missing -= missing.filtered(
                lambda card, pool=pool: pool in card.talent_pool_ids
            )
            if missing:
                missing.talent_pool_ids = [Command.link(pool.id)]

    def _leave_natively(self):
        """Take the pools off the native talents; a talent cannot be without a pool, so
        the one that leaves its last pool is archived with it."""
        cards = self.candidate_id._talent_cards()
        for candidate, members in self.grouped("candidate_id").items():
            card = cards.get(candidate)
            if not card:
                continue
            leaving = card.talent_pool_ids & members.pool_id
            if leaving == card.talent_pool_ids:
                card.active = False
            elif leaving:
                pools = [Command.unlink(pool.id) for pool in leaving]
                card.talent_pool_ids = pools

    def _forget_natively(self):
        """Remove every native trace of these stays: their pool became confidential.

        A card that was in no other pool goes; its messages and documents go to the
        candidate.
        """
        cards = self.candidate_id._talent_cards()
        for candidate, members in self.grouped("candidate_id").items():
            card = cards.get(candidate)
            if not card:
                continue
            if card.talent_pool_ids <= members.pool_id:
                card.message_change_thread(candidate.sudo())  # sudo: follows the card
                card.unlink()
            else:
                card.talent_pool_ids -= members.pool_id


class RecruitCandidate(models.Model):
    """The native talent card of a candidate, at most one."""

    _inherit = "recruit.candidate"

    def _talent_cards(self):
        """Return {candidate: its native talent}: the oldest of the active ones, else
        of the archived ones."""
        # sudo: the card follows the membership, whoever may change that
        cards = (
            self.env["hr.applicant"]
            .sudo()
            .with_context(active_test=False)
            .search(
                [("candidate_id", "in", self.ids), ("talent_pool_ids", "!=", False)],
                order="active, id desc",
            )
        )
        return {card.candidate_id.with_env(self.env): card for card in cards}

    def _prepare_talent_values(self, pools):
        """Return the values of the native talent of this candidate."""
        self.ensure_one()
        return {
            "candidate_id": self.id,
            "partner_name": self.name,
            "email_from": self.email,
            "partner_phone": self.phone,
            "linkedin_profile": self.linkedin_profile,
            "company_id": self.company_id.id,
            "user_id": self.user_id.id,
            "categ_ids": [Command.set(self.categ_ids.ids)],
            "talent_pool_ids": [Command.set(pools.ids)],
            "applicant_skill_ids": self._applicant_skill_commands(),
        }


class HrApplicant(models.Model):
    _inherit = "hr.applicant"

    @api.constrains("talent_pool_ids")
    def _check_pools_are_open(self):
        """Native cards name their pools to everybody, so no confidential ones."""
        pools = self.sudo().talent_pool_ids  # sudo: also those hidden from this user
        if pools.filtered("confidential"):
            raise ValidationError(
                self.env._(
                    "A confidential pool has no native talents. Add people to it with "
                    "Add to Pool on the candidate."
                )
            )
