from odoo import fields, models


class RecruitPoolStageCopy(models.TransientModel):
    """Take over the stages of another pool."""

    _name = "recruit.pool.stage.copy"
    _description = "Copy Stages"

    pool_id = fields.Many2one("hr.talent.pool", required=True, ondelete="cascade")
    source_pool_id = fields.Many2one(
        "hr.talent.pool",
        "Stages of",
        required=True,
        ondelete="cascade",
        domain="[('id', '!=', pool_id)]",
    )
    replace = fields.Boolean(
        "Remove empty stages", help="Stages of this pool in which nobody stands go."
    )

    def action_copy(self):
        """Add the stages whose names the pool lacks, in the order of the source."""
        self.ensure_one()
        source = self.source_pool_id
        source.check_access("read")
        known = {stage.name: stage for stage in self.pool_id.stage_ids}
        wanted = source.stage_ids
        for place, stage in enumerate(wanted, 1):
            if stage.name in known:
                known[stage.name].sequence = 10 * place
            else:
                stage.copy({"pool_id": self.pool_id.id, "sequence": 10 * place})
        others = self.pool_id.stage_ids.filtered(
            lambda one: one.name not in wanted.mapped("name")
        )
        if self.replace:
            (others - others._open_members().stage_id).unlink()
        for place, stage in enumerate(others.exists(), len(wanted) + 1):
            stage.sequence = 10 * place
        return {"type": "ir.actions.client", "tag": "soft_reload"}
