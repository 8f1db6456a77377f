from odoo import api, fields, models
from odoo.exceptions import UserError


class RecruitPoolStage(models.Model):
    """A step of the relationship inside one talent pool, e.g. New or Contacted.

    Each pool has its own stages; the first one is where members come in.
    """

    _name = "recruit.pool.stage"
    _description = "Talent Pool Stage"
    _order = "pool_id, sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    fold = fields.Boolean("Folded", help="Shown folded on the board of the pool.")
    pool_id = fields.Many2one(
        "hr.talent.pool", required=True, ondelete="cascade", index=True
    )
    member_ids = fields.One2many("recruit.pool.member", "stage_id", "Members")

    @api.ondelete(at_uninstall=False)
    def _unlink_except_with_members(self):
        """People never fall off the board: who stands in a stage is moved first."""
        members = self._open_members()
        if members:
            raise UserError(
                self.env._(
                    "Members stand in %(stages)s (%(count)s). Use the Delete button of "
                    "the stage in its pool: it asks where they go.",
                    count=len(members),
                    stages=", ".join(members.stage_id.mapped("name")),
                )
            )

    def action_dissolve(self):
        """Delete the stage; where people stand in it, ask where they go."""
        self.ensure_one()
        if not self._open_members():
            self.unlink()
            return {"type": "ir.actions.client", "tag": "soft_reload"}
        return self.env["recruit.pool.dissolve"]._open(self.pool_id, self)

    def _next(self):
        """Return the stage after this one in its pool, or none."""
        self.ensure_one()
        stages = self.pool_id.stage_ids.sorted(lambda one: (one.sequence, one.id))
        later = stages[stages.ids.index(self.id) + 1 :]
        return later[:1]

    def _open_members(self):
        # sudo: also those whom this user may not see would fall off the board
        return (
            self.env["recruit.pool.member"]
            .sudo()
            .search([("stage_id", "in", self.ids), ("left_at", "=", False)])
        )
