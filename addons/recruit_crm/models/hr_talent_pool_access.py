from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .recruit_candidate import CRM

# Who is let in, and what hides the pool: theirs alone to change who manage it.
ACCESS_FIELDS = frozenset(("confidential", "manager_ids"))


class HrTalentPool(models.Model):
    """Who manages a pool, and pools that nobody else knows of.

    Record rules hide a confidential pool and all that hangs on it: stages, members,
    newcomers, removals, touches that came of it, segments that ask for it. What rules
    cannot hold is held here: a link to the pool shows a name to whoever reads the row
    that links, so the display name itself is masked.
    """

    _inherit = "hr.talent.pool"

    manager_ids = fields.Many2many(
        "res.users",
        "recruit_pool_manager_rel",
        "pool_id",
        "user_id",
        "Co-managers",
        domain="[('share', '=', False)]",
        groups=CRM,
        help="They manage the pool together with the pool manager.",
    )
    confidential = fields.Boolean(
        tracking=True,
        help="Nobody but its managers sees this pool or learns who is in it, not even "
        "administrators of Recruitment.",
    )

    @api.depends("name", "confidential", "pool_manager", "manager_ids")
    @api.depends_context("uid")
    def _compute_display_name(self):
        result = super()._compute_display_name()
        hidden = self.sudo().filtered(lambda pool: not pool._is_managed_by_user())
        hidden.filtered("confidential").with_env(self.env).display_name = self.env._(
            "Confidential pool"
        )
        return result

    @api.model_create_multi
    def create(self, vals_list):
        """Create pools; who makes a confidential one can see it."""
        pools = super().create(vals_list)
        pools.filtered("confidential")._hide()
        return pools

    def write(self, vals):
        """Write; a pool that becomes confidential leaves no trace outside."""
        if ACCESS_FIELDS & vals.keys() or (
            "pool_manager" in vals and any(self.mapped("confidential"))
        ):
            self._check_manager()
        opened = self.filtered(lambda pool: not pool.confidential)
        result = super().write(vals)
        opened.filtered("confidential")._hide()
        return result

    @api.constrains("confidential", "pool_manager", "manager_ids")
    def _check_somebody_sees_it(self):
        for pool in self.sudo():
            if pool.confidential and not (pool.pool_manager | pool.manager_ids):
                raise ValidationError(
                    self.env._("A confidential pool needs a manager, who can see it.")
                )

    def _is_managed_by_user(self):
        """Tell whether the user manages this pool; the system itself always does."""
        self.ensure_one()
        user = self.env.user
        return user._is_superuser() or user in self.pool_manager | self.manager_ids

    def _check_manager(self):
        """:raise ValidationError: unless the user manages these pools, so that nobody
        takes a pool away from its managers"""
        strangers = self.filtered(lambda pool: not pool._is_managed_by_user())
        if strangers and not self.env.su:
            raise ValidationError(
                self.env._(
                    "Only a manager of %(pools)s decides who manages it and whether it "
                    "is confidential.",
                    pools=", ".join(strangers.mapped("display_name")),
                )
            )

    def _hide(self):
        """Take native talents and other people's subscriptions off these pools."""
        for pool in self.sudo():  # sudo: also what this user may not see must go
            pool.member_ids._forget_natively()
            insiders = (pool.pool_manager | pool.manager_ids).partner_id
            outsiders = pool.message_partner_ids - insiders
            pool.message_unsubscribe(outsiders.ids)
