from datetime import timedelta

from odoo import models
from odoo.exceptions import UserError

# How long a refusal can be undone in one click.
UNDO_WINDOW = timedelta(hours=24)


class HrApplicant(models.Model):
    """A refusal undone: the application goes on where it stood."""

    _inherit = "hr.applicant"

    def action_undo_refusal(self):
        """Take back a refusal of the last 24 hours, the waiting mail included.

        Unlike restoring an application natively, it goes on in the stage in which it
        stood. Medal and pool go with the refusal; the disposition stays on record,
        revoked.

        :return: a notification that says what was undone
        :raises AccessError: for applications that the user may not write
        :raises UserError: for a refusal that is older, and for none
        """
        self.check_access("write")
        # sudo: the right is checked above; dispositions are nobody's to write
        dispositions = self.env["recruit.disposition"].sudo()._standing(self)
        since = self.env["recruit.clock"].now() - UNDO_WINDOW
        if not dispositions or any(one.disposed_at < since for one in dispositions):
            raise UserError(
                self.env._(
                    "Only refusals of the last 24 hours can be undone. Restore the "
                    "application to let it start again."
                )
            )
        sent = self.env["mail.mail"].sudo()._take_back_refusals(self)
        for disposition in dispositions:
            applicant = disposition.applicant_id.with_env(self.env)
            applicant.write(
                {
                    "active": True,
                    "refuse_reason_id": False,
                    "stage_id": disposition.stage_id.id or applicant.stage_id.id,
                }
            )
        return self._say_undone(sent)

    def _say_refused(self):
        """Close the dialog with a notification that offers to undo."""
        if not self:
            return {"type": "ir.actions.act_window_close"}
        return {
            "type": "ir.actions.client",
            "tag": "recruit_refused",
            "params": {
                "ids": self.ids,
                "message": self.env._("Refused: %(who)s", who=self._names()),
            },
        }

    def _say_refused_already(self):
        """Close the dialog and say that nothing was left to do."""
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": self.env._(
                    "Refused already, and left as it was: %(who)s", who=self._names()
                ),
                "type": "info",
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _say_undone(self, sent):
        message = self.env._("Refusal undone: %(who)s", who=self._names())
        if sent:
            message += " " + self.env._(
                "The mail was sent already to: %(who)s", who=sent._names()
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": message,
                "type": "warning" if sent else "success",
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _names(self, most=3):
        """Up to `most` names; the rest as a number."""
        names = [applicant.partner_name or "" for applicant in self]
        if len(names) <= most:
            return ", ".join(names)
        return self.env._(
            "%(names)s and %(count)s more",
            names=", ".join(names[:most]),
            count=len(names) - most,
        )

    def _forget_refusal(self):
        """The places in pools that came with the medals go too."""
        for medal in self._won_medals():
            self.env["recruit.pool.member"].search(
                [
                    ("candidate_id", "=", medal.candidate_id.id),
                    ("pool_id", "=", medal.pool_id.id),
                    ("left_at", "=", False),
                    ("joined_at", ">=", medal.create_date),
                ]
            )._leave(self.env._("Application restored"))
        return super()._forget_refusal()
