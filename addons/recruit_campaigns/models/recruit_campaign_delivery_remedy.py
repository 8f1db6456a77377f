from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..engine import states
from ..planner import decide
from .recruit_campaign_sender import NO_SENDER

BAD_ADDRESS = ("no_address", "bounced")
# What opens a window, in which somebody has to choose or to write something.
WINDOWS = ("address", "consent", "sender", "complete")
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
            ("complete", "Fill in what is missing"),
        ],
        compute="_compute_remedy",
    )
    needs_attention = fields.Boolean(
        compute="_compute_needs_attention", search="_search_needs_attention"
    )

    @api.depends("state", "hold", "missing", "campaign_id.state")
    def _compute_needs_attention(self):
        needy = self.filtered_domain(self._attention_domain())
        for row in self:
            row.needs_attention = row in needy

    def _search_needs_attention(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = self._attention_domain()
        return Domain.OR(domain if wanted else ~domain for wanted in value)

    @api.model
    def _attention_domain(self):
        """What stays as it is until somebody does something."""
        waits = Domain("hold", "=", NO_SENDER) | Domain("missing", "!=", False)
        return Domain("campaign_id.state", "!=", "closed") & (
            Domain("state", "in", (states.FAILED, states.UNCERTAIN))
            | (Domain("state", "=", states.PLANNED) & waits)
        )

    @api.model
    def _open_outbox(self):
        """Open the outbox on what needs somebody, else on what is still to leave."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "recruit_campaigns.recruit_campaign_delivery_action"
        )
        is_open = Domain("state", "not in", states.FINAL)
        for name, domain in (
            ("attention", self._attention_domain()),
            ("open", is_open),
        ):
            if self.search_count(domain, limit=1):
                action["context"] = {f"search_default_{name}": 1}
                break
        return action

    @api.depends("state", "hold", "missing", "smtp_code", "enrollment_id.exit_reason")
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
            known = {decide.AWAY: "release", NO_SENDER: "sender"}
            if self.hold in known:
                return known[self.hold]
            # a personal line has a button of its own
            return "complete" if self.missing and not self.waits_for_line else False
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
        """Do what helps each of these messages; what needs nothing stays as it is.

        :return: a window where something has to be chosen or written
        :raises UserError: where nothing helps, or several windows would be needed
        """
        by_remedy = self.filtered("remedy").grouped("remedy")
        if not by_remedy:
            raise UserError(
                self.env._("Nothing can be done here: it waits by itself, or is over.")
            )
        windows = [remedy for remedy in WINDOWS if remedy in by_remedy]
        if len(windows) > 1:
            label = dict(self._fields["remedy"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "These need different things, one after the other: %s. Select "
                    "those of one kind.",
                    ", ".join(label[remedy] for remedy in windows),
                )
            )
        result = True
        for remedy, rows in by_remedy.items():
            done = rows._help(remedy)
            if remedy in windows:
                result = done
        return result

    def _help(self, remedy):
        """Do what helps these, all of which need the same."""
        acts = {
            "address": self._open_people,
            "complete": self._open_people,
            "consent": self.candidate_id.action_record_consent,
            "retry": self.action_retry,
            "assume": self.action_assume_sent,
            "release": self.candidate_id.action_release_mail,
            "sender": self._open_sender,
            "go_on": self.enrollment_id.action_go_on,
        }
        return acts[remedy]()

    def _open_people(self):
        """Open who has to be completed: a page, or a list of them."""
        return self._open_those(
            self.candidate_id, "recruit_crm.recruit_candidate_action"
        )

    def _open_sender(self):
        """Open what decides over the sender: the candidate's owner, or the campaign."""
        unowned = self.filtered(
            lambda row: (
                row.campaign_id.sender_policy == "owner"
                and not row.candidate_id.user_id
            )
        )
        if unowned:
            return unowned._open_people()
        return self._open_those(
            self.campaign_id, "recruit_campaigns.recruit_campaign_action"
        )

    @api.model
    def _open_those(self, records, xmlid):
        if len(records) == 1:
            return records.get_formview_action()
        action = self.env["ir.actions.act_window"]._for_xml_id(xmlid)
        return {**action, "domain": [("id", "in", records.ids)], "context": {}}
