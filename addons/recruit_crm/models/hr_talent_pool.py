from odoo import api, fields, models

from .recruit_candidate import CRM


class HrTalentPool(models.Model):
    _inherit = "hr.talent.pool"

    member_ids = fields.One2many(
        "recruit.pool.member",
        "pool_id",
        "Members",
        domain=[("left_at", "=", False)],
        groups=CRM,
    )
    member_count = fields.Integer(
        compute="_compute_member_count",
        groups=CRM,
    )

    @api.depends("member_ids")
    def _compute_member_count(self):
        counts = dict(
            self.env["recruit.pool.member"]._read_group(
                [("pool_id", "in", self.ids), ("left_at", "=", False)],
                ["pool_id"],
                ["__count"],
            )
        )
        for pool in self:
            pool.member_count = counts.get(pool._origin, 0)

    @api.model_create_multi
    def create(self, vals_list):
        """Create pools; talents given with them become members."""
        pools = super().create(vals_list)
        pools.talent_ids.filtered("candidate_id")._sync_pool_members()
        return pools

    def write(self, vals):
        """Write; where the list of talents changes, the memberships follow."""
        if "talent_ids" not in vals:
            return super().write(vals)
        before = self.talent_ids
        result = super().write(vals)
        (before | self.talent_ids).filtered("candidate_id")._sync_pool_members()
        return result

    def action_view_candidates(self):
        """Open the candidates who are in this pool today."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "recruit_crm.recruit_candidate_action"
        )
        action["name"] = self.name
        action["domain"] = [("pool_ids", "in", self.ids)]
        return action
