from odoo import fields, models


class RecruitTouch(models.Model):
    """Touches that came of a talent pool: who may not know of the pool sees none."""

    _inherit = "recruit.touch"

    pool_id = fields.Many2one("hr.talent.pool", "Talent Pool", index="btree_not_null")

    def _complete(self, vals, now):
        """Note the pool that the document is, or is a stay in, for the record rule."""
        vals = super()._complete(vals, now)
        if not vals.get("pool_id") and vals.get("res_id"):
            # sudo: the link hides the touch from those who may not see the pool
            pools = self.env["hr.talent.pool"].sudo()
            if vals.get("res_model") == pools._name:
                vals["pool_id"] = pools.browse(vals["res_id"]).exists().id
            elif vals.get("res_model") == "recruit.pool.member":
                member = self.env["recruit.pool.member"].sudo().browse(vals["res_id"])
                vals["pool_id"] = member.exists().pool_id.id
        return vals
