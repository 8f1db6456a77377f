from odoo import Command, api, fields, models


class RecruitPoolMember(models.Model):
    """One stay of a candidate in a talent pool, with its dates and reasons.

    Open while ``left_at`` is empty; a candidate has one open stay in a pool, and may
    come back later in a new one. The native card of the candidate, an hr.applicant with
    talent pools, follows: native screens and counters stay right.
    """

    _name = "recruit.pool.member"
    _description = "Talent Pool Membership"
    _order = "left_at DESC NULLS FIRST, joined_at DESC, id DESC"
    _rec_name = "candidate_id"

    candidate_id = fields.Many2one(
        "recruit.candidate", required=True, ondelete="cascade", index=True
    )
    pool_id = fields.Many2one(
        "hr.talent.pool", required=True, ondelete="cascade", index=True
    )
    joined_at = fields.Datetime(
        "Joined", required=True, default=lambda self: self.env["recruit.clock"].now()
    )
    left_at = fields.Datetime("Left", readonly=True, copy=False)
    reason = fields.Char(help="Why the person waits here.")
    user_id = fields.Many2one(
        "res.users", "Added by", default=lambda self: self.env.user, readonly=True
    )
    email = fields.Char(related="candidate_id.email")
    headline = fields.Char(related="candidate_id.headline")
    last_touch_at = fields.Datetime(related="candidate_id.last_touch_at")

    # I2. Serves the segment field 'pool' too: who is in this pool today.
    _open_unique = models.UniqueIndex(
        "(candidate_id, pool_id) WHERE left_at IS NULL",
        "This candidate is in the pool already.",
    )
    _pool_open_idx = models.Index(
        "(pool_id) INCLUDE (candidate_id) WHERE left_at IS NULL"
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Add members, keep the native cards in step and tell the candidates."""
        members = super().create(vals_list)
        members._join_natively()
        for member in members:
            member.candidate_id._record_event("joined_pool", member)
        return members

    def action_leave(self):
        """Let these candidates leave the pool today; their stay remains on record."""
        self._leave()

    def _leave(self):
        leaving = self.filtered(lambda member: not member.left_at)
        leaving.left_at = self.env["recruit.clock"].now()
        leaving._leave_natively()

    def _join_natively(self):
        """Put the native talent of each candidate in the pool, made where missing."""
        cards = self.candidate_id._talent_cards()
        for candidate, members in self.grouped("candidate_id").items():
            card = cards.get(candidate)
            if not card:
                # sudo: a native card is the shadow of a membership the user may add
                self.env["hr.applicant"].sudo().create(
                    candidate._prepare_talent_values(members.pool_id)
                )
            elif not card.active:  # its last pool was left: begin afresh
                pools = [Command.set(members.pool_id.ids)]
                card.write({"active": True, "talent_pool_ids": pools})
            elif missing := members.pool_id - card.talent_pool_ids:
                card.talent_pool_ids = [Command.link(pool.id) for pool in missing]

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
