from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain


class RecruitPoolMember(models.Model):
    """One stay of a candidate in a talent pool, with its stage, dates and reasons.

    Open while ``left_at`` is empty; a candidate has one open stay in a pool, and may
    come back later in a new one. How native screens follow: recruit_pool_card.py.
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
    company_id = fields.Many2one(
        related="candidate_id.company_id",
        store=True,
        help="The company of the candidate, kept here so that a board of a million "
        "members needs no look at the candidates to know whom you may see.",
    )
    stage_id = fields.Many2one(
        "recruit.pool.stage",
        ondelete="set null",
        index="btree_not_null",
        group_expand="_expand_stages",
        domain="[('pool_id', '=', pool_id)]",
    )
    owner_id = fields.Many2one(
        "res.users",
        domain="[('share', '=', False)]",
        help="The recruiter who looks after this person in this pool.",
    )
    joined_at = fields.Datetime(
        "Joined", required=True, default=lambda self: self.env["recruit.clock"].now()
    )
    left_at = fields.Datetime("Left", readonly=True, copy=False)
    reason = fields.Char("Why in", help="Why the person waits here.")
    left_reason = fields.Char("Why out", copy=False)
    user_id = fields.Many2one(
        "res.users", "Added by", default=lambda self: self.env.user, readonly=True
    )
    left_user_id = fields.Many2one(
        "res.users", "Taken out by", readonly=True, copy=False
    )
    origin = fields.Selection(
        [("manual", "By hand"), ("rule", "By the rule"), ("import", "By an import")],
        default="manual",
        readonly=True,
        help="Whom a person added, the rule of the pool never takes out.",
    )
    email = fields.Char(related="candidate_id.email")
    headline = fields.Char(related="candidate_id.headline")
    city = fields.Char(related="candidate_id.city")
    state = fields.Selection(related="candidate_id.state", string="Relationship")
    avatar_128 = fields.Image(related="candidate_id.avatar_128")
    last_touch_at = fields.Datetime(related="candidate_id.last_touch_at")

    # I2. Serves the segment field 'pool' too: who is in this pool today.
    _open_unique = models.UniqueIndex(
        "(candidate_id, pool_id) WHERE left_at IS NULL",
        "This candidate is in the pool already.",
    )
    # Serves the health of a pool, the diff of its rule, and the segment field 'pool':
    # in the order of the candidates, so that it is merged with them.
    _pool_open_idx = models.Index(
        "(pool_id, candidate_id) INCLUDE (company_id, origin) WHERE left_at IS NULL"
    )
    # Serves the board: the count of each column, and its first cards.
    _board_idx = models.Index(
        "(pool_id, stage_id, joined_at DESC, id DESC) INCLUDE (company_id) "
        "WHERE left_at IS NULL"
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Add members, keep the native cards in step and tell the candidates."""
        default = self.env.context.get("default_pool_id")
        pools = self.env["hr.talent.pool"].browse(
            {vals.get("pool_id", default) for vals in vals_list} - {None, False}
        )
        # Before the unique index speaks: its message would tell who is inside.
        pools.check_access("read")
        entries = pools._entry_stages()
        members = super().create(
            [
                {"stage_id": entries.get(vals.get("pool_id", default)), **vals}
                for vals in vals_list
            ]
        )
        for member in members.filtered(lambda one: not one.owner_id):
            if owner := member.candidate_id.user_id:
                member.owner_id = owner
        members._end_waiting()
        members._join_natively()
        for joined in members.grouped("pool_id").values():
            joined.candidate_id._record_event("joined_pool", joined)
        return members

    def write(self, vals):
        """Write; a stay belongs to its pool for good."""
        if "pool_id" in vals and self.filtered(
            lambda one: one.pool_id.id != vals["pool_id"]
        ):
            raise UserError(
                self.env._(
                    "A stay cannot move to another pool: it is the record of this one. "
                    "Add the person to the other pool and remove them here."
                )
            )
        return super().write(vals)

    @api.constrains("stage_id", "pool_id")
    def _check_stage_of_pool(self):
        if self.filtered(
            lambda one: one.stage_id and one.stage_id.pool_id != one.pool_id
        ):
            raise ValidationError(
                self.env._("This stage is not one of the pool. Choose another one.")
            )

    @api.model
    def _expand_stages(self, stages, domain):
        """Show every stage of the pool whose board is open, also the empty ones."""
        pool = self.env.context.get("default_pool_id")
        return stages.search([("pool_id", "=", pool)]) if pool else stages

    def action_leave(self):
        """Let these candidates leave the pool today; their stay remains on record."""
        self._leave()

    def action_ask_leave(self):
        """Ask why these candidates leave, then let them."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Remove from Pool"),
            "res_model": "recruit.pool.leave",
            "view_mode": "form",
            "target": "new",
            "context": {"default_member_ids": self.ids, "dialog_size": "medium"},
        }

    def action_advance(self):
        """Move these members on to the next stage of their pool."""
        for stage, members in self.grouped("stage_id").items():
            if not stage:
                entries = members.pool_id._entry_stages()
                for member in members:
                    member.stage_id = entries.get(member.pool_id.id)
            elif following := stage._next():
                members.stage_id = following

    def action_open_candidate(self):
        """Open the person."""
        self.ensure_one()
        return self.candidate_id.get_formview_action()

    def _leave(self, reason=None):
        """End these stays now, by the hand of this user, who keeps them out of the
        pool where a rule would bring them back.

        :param str reason: why out
        """
        leaving = self.filtered(lambda member: not member.left_at)
        if not leaving:
            return
        leaving.write(
            {
                "left_at": self.env["recruit.clock"].now(),
                "left_reason": reason,
                "left_user_id": self.env.uid,
            }
        )
        for pool, members in leaving.grouped("pool_id").items():
            if pool.kind == "rule":
                self.env["recruit.pool.removal"]._remember(
                    pool, members.candidate_id, reason
                )
        leaving._leave_natively()

    def _end_waiting(self):
        """Who was added waits at no gate, and is kept out no longer."""
        pairs = Domain.OR(
            Domain("pool_id", "=", pool.id)
            & Domain("candidate_id", "in", members.candidate_id.ids)
            for pool, members in self.grouped("pool_id").items()
        )
        for model in ("recruit.pool.newcomer", "recruit.pool.removal"):
            # sudo: the decision to add them, made just now, outdates these rows
            self.env[model].sudo().search(pairs).unlink()
