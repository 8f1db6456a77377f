from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..engine import states
from .statements import change

# What halts somebody until a recruiter says otherwise, where others leave.
PAUSES = ("refused",)
# What did not leave, and may be planned anew.
NOT_SENT = (states.SKIPPED, states.FAILED)


class RecruitCampaignEnrollment(models.Model):
    """Halted, and let go on: what was skipped meanwhile is planned once more."""

    _inherit = "recruit.campaign.enrollment"

    def _exit_rows(self, reason):
        """Halt, where the reason does not end it. Index: primary key."""
        if reason not in PAUSES:
            super()._exit_rows(reason)
            return
        change(
            self.env,
            SQL(
                """
                UPDATE recruit_campaign_enrollment
                   SET state = 'paused', exit_reason = %(reason)s
                 WHERE id = ANY(%(ids)s) AND state || '' = 'active'
                RETURNING id
                """,
                reason=reason,
                ids=self.ids,
            ),
        )

    def action_go_on(self):
        """Let people go on who were halted or have left: from the step they were at.

        :raises AccessError: without the right to use the campaign
        :raises UserError: for who must not get anything, or is inside once more
        """
        self.campaign_id._check_may_use()
        gone = self.filtered(lambda one: one.state in ("paused", "exited"))
        gone._check_may_go_on()
        gone.sudo()._go_on()  # sudo: the right is checked above
        return True

    def _check_may_go_on(self):
        for campaign, rows in self.grouped("campaign_id").items():
            if campaign.state == "closed":
                raise UserError(
                    self.env._("The campaign is closed; nobody can enter it.")
                )
            people = rows.candidate_id
            for id_, reason in people._stop_reasons(
                campaign.company_id, campaign
            ).items():
                raise UserError(
                    self.env._(
                        "%(person)s cannot go on: %(reason)s.",
                        person=people.browse(id_).name,
                        reason=self._reason_text(reason),
                    )
                )

    def _go_on(self):
        """Bring back to the way, and plan what was not sent."""
        self._reopen()
        due = self.env["recruit.campaign.delivery"].search(
            [("enrollment_id", "in", self.ids)]
        )
        due = due.filtered(lambda row: row.step_id == row.enrollment_id.step_id)
        due.filtered(lambda row: row.state in NOT_SENT)._plan_anew()
        passed = due.filtered(lambda row: row.state in (states.SENT, states.DONE))
        for (step, branch), rows in passed.grouped(_way).items():
            rows.enrollment_id._plan_step(step._next_step(branch))
        for step, rows in (self - due.enrollment_id).grouped("step_id").items():
            rows._plan_step(step)
        self.campaign_id._wake_sender()
        self.env["recruit.campaign.delivery"]._wake_steps()

    def _plan_step(self, step):
        """Plan a step for people who wait for none; without one they are at the end."""
        if step:
            self.step_id = step
            self.env["recruit.campaign.delivery"]._plan_first(self.ids, step)
        else:
            now = self.env["recruit.clock"].now()
            self.write({"state": "finished", "finished_at": now})

    def _reopen(self):
        """Let people back in who have left, and those who were halted go on."""
        gone = self.filtered(lambda one: one.state in ("paused", "exited"))
        gone.write({"state": "active", "exit_reason": False, "finished_at": False})


class RecruitCampaignDelivery(models.Model):
    _inherit = "recruit.campaign.delivery"

    def _plan_anew(self):
        """Put into the queue what was skipped or failed, due now.

        Size: what a recruiter selects. Indexes: primary keys.
        """
        self._move(
            states.PLANNED,
            due_at=self.env["recruit.clock"].now(),
            finished_at=None,
            reason=None,
            claim_token=None,
            attempt_count=0,
            began_at=None,
            branch=None,
        )
        cancelled = self.trace_id.filtered(lambda one: one.trace_status == "cancel")
        cancelled.trace_status = "outgoing"


def _way(row):
    """Where somebody goes on from a step that is behind them."""
    return row.step_id, row.branch
