from odoo import api, fields, models
from odoo.exceptions import AccessError


class RecruitSenderPermission(models.Model):
    """A user lets campaigns write to candidates in their name, until they revoke it.

    Only they themselves give it and take it back; what was given and revoked is kept.
    """

    _name = "recruit.sender.permission"
    _description = "Permission to Send in Somebody's Name"
    _order = "granted_at desc, id desc"
    _rec_name = "user_id"

    user_id = fields.Many2one("res.users", required=True, ondelete="cascade")
    granted_at = fields.Datetime("Allowed On", required=True)
    revoked_at = fields.Datetime("Revoked On")

    _open_unique = models.UniqueIndex(
        "(user_id) WHERE revoked_at IS NULL", "This user has allowed it already."
    )
    # Serves the deletion of a user.
    _user_idx = models.Index("(user_id)")

    @api.model
    def _permitting_ids(self, users):
        """The ids of those of these users in whose name may be sent now.

        Size: the senders of a batch. Index: _open_unique.
        """
        # sudo: for the engine; the rows say no more than yes or no
        rows = self.sudo().search(
            [("user_id", "in", users.ids), ("revoked_at", "=", False)]
        )
        return set(rows.user_id.ids)

    def action_revoke(self):
        """Take the permission back, at once; also what is being prepared is not sent.

        :raises AccessError: for the permission of somebody else
        """
        self.user_id._revoke_sending()
        return True


class ResUsers(models.Model):
    """Whether campaigns may write in a user's name."""

    _inherit = "res.users"

    recruit_sending_since = fields.Datetime(
        "Sends Recruiting Mail Since",
        compute="_compute_recruit_sending_since",
        help="Since when campaigns may write to candidates in this user's name.",
    )

    @property
    def SELF_READABLE_FIELDS(self):
        """Users see their own permission in their preferences."""
        return [*super().SELF_READABLE_FIELDS, "recruit_sending_since"]

    def _compute_recruit_sending_since(self):
        # sudo: users see their own, in their preferences
        permissions = self.env["recruit.sender.permission"].sudo()
        since = {
            row.user_id.id: row.granted_at
            for row in permissions.search(
                [("user_id", "in", self.ids), ("revoked_at", "=", False)]
            )
        }
        for user in self:
            user.recruit_sending_since = since.get(user.id)

    def action_allow_recruit_sending(self):
        """Let campaigns write in one's own name; once is as good as twice.

        :raises AccessError: for the name of somebody else
        """
        self._check_own_name()
        self.env.flush_all()
        # sudo: users have no right to the table, and say this of themselves
        permissions = self.env["recruit.sender.permission"].sudo()
        if not permissions._permitting_ids(self):
            permissions.create(
                {"user_id": self.id, "granted_at": self.env["recruit.clock"].now()}
            )
        self.invalidate_recordset(["recruit_sending_since"])
        self.env["recruit.campaign.delivery"].sudo()._look_for_senders_again()
        return True

    def action_revoke_recruit_sending(self):
        """Let no campaign write in one's own name any more.

        :raises AccessError: for the name of somebody else
        """
        self._revoke_sending()
        return True

    def write(self, vals):
        """Who comes back may be a sender again."""
        result = super().write(vals)
        if vals.get("active"):
            self.env["recruit.campaign.delivery"].sudo()._look_for_senders_again()
        return result

    def _revoke_sending(self):
        self._check_own_name()
        # sudo: as for giving it
        permissions = self.env["recruit.sender.permission"].sudo()
        permissions.search(
            [("user_id", "in", self.ids), ("revoked_at", "=", False)]
        ).revoked_at = self.env["recruit.clock"].now()
        self.invalidate_recordset(["recruit_sending_since"])
        self.env["recruit.campaign.delivery"].sudo()._unclaim_for_senders()

    def _check_own_name(self):
        if self != self.env.user and not self.env.su:
            raise AccessError(
                self.env._("Only they themselves decide who writes in their name.")
            )
