from odoo import api, fields, models
from odoo.exceptions import UserError


class RecruitPoolDissolve(models.TransientModel):
    """Delete a stage or a pool, and ask where its members go first."""

    _name = "recruit.pool.dissolve"
    _description = "Delete a Pool or a Stage"

    pool_id = fields.Many2one("hr.talent.pool", required=True, ondelete="cascade")
    stage_id = fields.Many2one("recruit.pool.stage", ondelete="cascade")
    member_count = fields.Integer("Members", compute="_compute_member_count")
    target = fields.Selection(
        [
            ("stage", "Another stage of the pool"),
            ("pool", "Another pool"),
            ("leave", "Nowhere: they leave the pool"),
        ],
        "Where do they go?",
        required=True,
        default="pool",
    )
    target_stage_id = fields.Many2one(
        "recruit.pool.stage",
        "Stage",
        domain="[('pool_id', '=', pool_id), ('id', '!=', stage_id)]",
    )
    target_pool_id = fields.Many2one(
        "hr.talent.pool", "Pool", domain="[('id', '!=', pool_id)]"
    )
    reason = fields.Char("Why")

    @api.depends("pool_id", "stage_id")
    def _compute_member_count(self):
        for wizard in self:
            wizard.member_count = len(wizard._members())

    def action_dissolve(self):
        """Move the members, then delete the stage or the pool."""
        self.ensure_one()
        # who may not delete may not move a whole pool that way either
        doomed = self.stage_id or self.pool_id
        doomed.check_access("unlink")
        self._move(self._members())
        is_stage = bool(self.stage_id)
        doomed.unlink()
        if is_stage:
            return {"type": "ir.actions.client", "tag": "soft_reload"}
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "hr_recruitment.action_hr_talent_pool"
        )
        return {**action, "target": "main"}

    @api.model
    def _open(self, pool, stage=None):
        """Return the action that opens this wizard on a pool, or on one stage."""
        name = (stage or pool).display_name
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Delete %(name)s", name=name),
            "res_model": self._name,
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_pool_id": pool.id,
                "default_stage_id": stage.id if stage else False,
                "default_target": "stage" if stage else "pool",
                "dialog_size": "medium",
            },
        }

    def _members(self):
        """Return who is in the stage, or in the pool.

        sudo: also members of companies that the user does not work in at present
        would lose their place; they move with the others.
        """
        domain = [("pool_id", "=", self.pool_id.id), ("left_at", "=", False)]
        if self.stage_id:
            domain.append(("stage_id", "=", self.stage_id.id))
        return self.env["recruit.pool.member"].sudo().search(domain)

    def _move(self, members):
        if self.target == "leave" or not members:
            members._leave(self.reason)
        elif self.target == "stage" and self.stage_id and self.target_stage_id:
            members.stage_id = self.target_stage_id
        elif self.target == "pool" and self.target_pool_id:
            self.target_pool_id.check_access("write")
            people = members.candidate_id
            members._leave(
                self.reason
                or self.env._(
                    "Moved to %(pool)s", pool=self.target_pool_id.display_name
                )
            )
            people._add_to_pool(self.target_pool_id.sudo(), self.reason)
        else:
            raise UserError(self.env._("Choose where the members go."))
