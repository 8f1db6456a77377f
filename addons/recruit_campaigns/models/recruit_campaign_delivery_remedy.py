from odoo import api, fields, models
from odoo.exceptions import UserError

from ..engine import states
from ..planner import decide
from .recruit_campaign_sender import NO_SENDER

BAD_ADDRESS = ("no_address", "bounced")
# Whoever left for these reasons may go on when a recruiter wants it.
MAY_GO_ON = ("by_hand", "interview_booked", "left_audience", "refused", "snoozed")


class RecruitCampaignDelivery(models.Model):
    """What a recruiter can do about a message that did not leave, in one click."""

    _inherit = "recruit.campaign.delivery"

    remedy = fields.Selection(
        [
            ("address", "Fix the address"),
            ("consent", "Record a consent"),
            ("retry", "Try again"),
            ("assume", "Take for sent"),
            ("release", "Do not wait"),
            ("sender", "Choose a sender"),
            ("go_on", "Let go on"),
        ],
        compute="_compute_remedy",
    )

    @api.depends("state", "hold", "smtp_code", "enrollment_id.exit_reason")
    def _compute_remedy(self):
        for row in self:
            row.remedy = row._remedy()

    def _remedy(self):
        """What helps, or False where nothing does or nothing is needed."""
        if self.campaign_id.state == "closed":
            return False
        if self.state == states.UNCERTAIN:
            return "assume"
        if self.state == states.PLANNED:
            return {decide.AWAY: "release", NO_SENDER: "sender"}.get(self.hold, False)
        if self.state == states.FAILED:
            return "address" if self._address_is_refused() else "retry"
        return self.state == states.SKIPPED and self._remedy_of_skipped()

    def _address_is_refused(self):
        # sudo: the failure of a message that the user may read
        return self.sudo().trace_id.failure_type == "mail_email_invalid"

    def _remedy_of_skipped(self):
        enrollment = self.enrollment_id
        if enrollment.state not in ("exited", "paused"):
            return False
        reason = enrollment.exit_reason
        if reason in BAD_ADDRESS:
            return "address"
        if reason == "no_consent":
            return "consent"
        return "go_on" if reason in MAY_GO_ON else False

    def action_remedy(self):
        """Do what helps these messages; all of them need the same.

        :raises UserError: where they need different things, or nothing helps
        """
        remedies = set(self.mapped("remedy"))
        remedy = remedies.pop() if len(remedies) == 1 else False
        acts = {
            "address": self.action_view_candidate,
            "consent": self.candidate_id.action_record_consent,
            "retry": self.action_retry,
            "assume": self.action_assume_sent,
            "release": self.candidate_id.action_release_mail,
            "sender": self._open_sender,
            "go_on": self.enrollment_id.action_go_on,
        }
        if remedy not in acts:
            raise UserError(
                self.env._("Nothing can be done here: it waits by itself, or is over.")
            )
        return acts[remedy]()

    def _open_sender(self):
        """Open what decides over the sender: the candidate's owner, or the campaign."""
        self.ensure_one()
        if self.campaign_id.sender_policy == "owner" and not self.candidate_id.user_id:
            return self.action_view_candidate()
        return self.campaign_id.get_formview_action()
