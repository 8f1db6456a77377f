from odoo import api, fields, models
from odoo.exceptions import UserError

from .recruit_candidate import CRM

RECENT = 40  # members on the form; the board has them all


class HrTalentPool(models.Model):
    """Talent pools with members and stages of their own.

    More of them by topic: hr_talent_pool_access.py (managers, confidential pools),
    hr_talent_pool_rule.py (fed by a segment), hr_talent_pool_health.py (the figures).
    """

    _inherit = "hr.talent.pool"

    member_ids = fields.One2many(
        "recruit.pool.member",
        "pool_id",
        "Members",
        domain=[("left_at", "=", False)],
        groups=CRM,
    )
    recent_member_ids = fields.Many2many(
        "recruit.pool.member",
        string="Latest members",
        compute="_compute_recent_member_ids",
        groups=CRM,
    )
    stage_ids = fields.One2many(
        "recruit.pool.stage", "pool_id", "Stages", copy=True, groups=CRM
    )

    @api.depends("member_ids")
    def _compute_recent_member_ids(self):
        """A form shows who came last: all of a big pool would be 400,000 rows."""
        for pool in self:
            pool.recent_member_ids = self.env["recruit.pool.member"].search(
                [("pool_id", "=", pool._origin.id), ("left_at", "=", False)],
                order="joined_at DESC, id DESC",
                limit=RECENT,
            )

    @api.model_create_multi
    def create(self, vals_list):
        """Create pools with stages; talents given with them become members."""
        pools = super().create(vals_list)
        pools._ensure_stages()
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

    @api.ondelete(at_uninstall=False)
    def _unlink_except_with_members(self):
        Member = self.env["recruit.pool.member"].sudo()  # also those hidden from them
        for pool in self:
            count = Member.search_count(
                [("pool_id", "=", pool.id), ("left_at", "=", False)]
            )
            if count:
                raise UserError(
                    self.env._(
                        "%(pool)s has members (%(count)s). Archive it, or use Delete "
                        "Pool on its form: it asks where they go.",
                        pool=pool.name,
                        count=count,
                    )
                )

    def action_view_candidates(self):
        """Open the candidates who are in this pool today."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "recruit_crm.recruit_candidate_action"
        )
        action["name"] = self.name
        action["domain"] = [("pool_ids", "in", self.ids)]
        return action

    def action_open_board(self):
        """Open the board: the members of this pool by stage."""
        self.ensure_one()
        return self._open_rows("recruit_crm.recruit_pool_member_action_board")

    def action_view_newcomers(self):
        """Open who waits at the gate of this pool."""
        self.ensure_one()
        return self._open_rows("recruit_crm.recruit_pool_newcomer_action")

    def action_view_removals(self):
        """Open who is kept out of this pool."""
        self.ensure_one()
        return self._open_rows("recruit_crm.recruit_pool_removal_action")

    def action_dissolve(self):
        """Delete the pool; where it has members, ask where they go."""
        self.ensure_one()
        return self.env["recruit.pool.dissolve"]._open(self)

    def action_copy_stages(self):
        """Ask for the pool whose stages this one takes over."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Copy Stages"),
            "res_model": "recruit.pool.stage.copy",
            "view_mode": "form",
            "target": "new",
            "context": {"default_pool_id": self.id, "dialog_size": "medium"},
        }

    def _open_rows(self, xmlid):
        """Return the action on rows of this pool alone."""
        action = self.env["ir.actions.act_window"]._for_xml_id(xmlid)
        action["display_name"] = action["name"] = self.display_name
        action["domain"] = [("pool_id", "=", self.id)]
        action["context"] = {"default_pool_id": self.id, "search_default_open": 1}
        return action

    def _ensure_stages(self):
        """Give the sensible default stages to pools that have none."""
        names = (
            self.env._("New"),
            self.env._("Contacted"),
            self.env._("In conversation"),
            self.env._("Ready to move"),
        )
        # sudo: part of making a pool, whoever may make one
        bare = self.sudo().filtered(lambda pool: not pool.stage_ids)
        self.env["recruit.pool.stage"].sudo().create(
            [
                {"pool_id": pool.id, "name": name, "sequence": 10 * place}
                for pool in bare
                for place, name in enumerate(names, 1)
            ]
        )

    def _entry_stages(self):
        """Return {pool id: id of the first stage}: where members come in."""
        # sudo: the stage is no more secret than the pool, which the caller checked
        stages = self.env["recruit.pool.stage"].sudo()
        rows = stages.search_read(
            [("pool_id", "in", self.ids)],
            ["pool_id"],
            order="sequence desc, id desc",
            load=None,
        )
        return {row["pool_id"]: row["id"] for row in rows}
