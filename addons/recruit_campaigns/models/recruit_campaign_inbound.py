from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import email_normalize

from ..inbound import Action, Cause, Kind
from .recruit_candidate_hold import AFTER_A_FAILURE

# So many passing failures in a month are one that does not pass.
FAILURES = 3
A_MONTH = timedelta(days=30)
# Types of a feedback report (RFC 5965) that no person has sent.
NO_COMPLAINT = ("auth-failure", "not-spam", "dmarc", "fraud-report-summary")
ACTIONS = {
    Action.FAILED: "bounced",
    Action.DELAYED: "delayed",
    Action.DELIVERED: "delivered",
    Action.RELAYED: "delivered",
    Action.EXPANDED: "delivered",
}


class RecruitCampaignEnrollment(models.Model):
    _inherit = "recruit.campaign.enrollment"

    exit_reason = fields.Selection(
        selection_add=[
            ("bounced", "The address does not exist"),
            ("complained", "Reported a message as spam"),
        ]
    )


class RecruitCampaignDelivery(models.Model):
    """What a mail that came back does: one method for each kind (inbound.Kind).

    Reports act on the message that they name by its Message-ID, which nobody can guess;
    one that names none of ours does nothing at all.
    """

    _inherit = "recruit.campaign.delivery"

    @api.model
    def _named_by(self, verdict):
        """The messages of ours that a verdict names, whoever it came from.

        Size: the few references of a mail. Index: _message_id_unique.
        """
        if not verdict.message_ids:
            return self.browse()
        # sudo: the mail gateway has no rights of its own
        return self.sudo().search([("message_id", "in", verdict.message_ids[:32])])

    def _receive(self, verdict, text=""):
        """Act on what came back to these messages. A reply has its own way (_on_reply).

        :param verdict: an `inbound.Verdict`
        :param str text: what to show in the native statistics
        """
        handle = {
            Kind.OUT_OF_OFFICE: self._on_absence,
            Kind.BOUNCE: self._on_report,
            Kind.COMPLAINT: self._on_complaint,
        }.get(verdict.kind, self._on_machine)
        for delivery in self:
            handle(delivery, verdict, text)
        # whoever answers, the message has arrived somewhere: it is certain now
        self._settle_as_sent(
            self.env._("It was sent: something came back from the person's mailbox.")
        )

    def _on_answer(self, message_dict):
        """Put an answer into the inbox, once, under the newest message it names."""
        for person in self.candidate_id:
            newest = self.filtered(
                lambda row, person=person: row.candidate_id == person
            )
            newest = newest.sorted("id")[-1:]
            newest._keep_event("replied")
            self.env["recruit.campaign.reply"]._keep(newest, message_dict)

    def _on_machine(self, delivery, verdict, _text):
        """Receipts, thank-you robots and challenges mean nothing more."""
        delivery._keep_event(verdict.kind.value, reason=verdict.rule)

    def _on_absence(self, delivery, verdict, _text):
        """Leave the person in peace until the working day after the return."""
        delivery._keep_event(
            "out_of_office", reason=verdict.rule, returns_on=verdict.returns_on
        )
        delivery.candidate_id._hold_for_absence(verdict)

    def _on_complaint(self, delivery, verdict, _text):
        """Somebody called it spam: no more recruiting mail to this person, ever."""
        if verdict.feedback in NO_COMPLAINT:
            return
        event = {"reason": verdict.rule, "text": verdict.feedback}
        delivery._keep_event("complaint", **event)
        person = delivery.candidate_id
        person._exit_campaigns("complained")
        person._opt_out(delivery, "complaint")

    def _on_report(self, delivery, verdict, text):
        """A delivery report: what counts is what it says of our recipient."""
        address = delivery._address()
        mine = [one for one in verdict.reports if one.recipient == address]
        for report in (mine or verdict.reports)[:1]:
            delivery._keep_event(
                ACTIONS[report.action],
                reason=verdict.rule,
                cause=report.cause.value,
                status_code=report.status,
                text=report.text,
            )
            if report.action is Action.FAILED:
                delivery.trace_id.set_bounced(bounce_message=text or report.text)
                delivery._on_failure(report)

    def _on_failure(self, report):
        """A failure for good: of the address, the moment, our mail or this message."""
        address = self._address()
        company = self.candidate_id.company_id
        dead = self.env["recruit.mail.suppression"]
        if report.cause is Cause.ADDRESS:
            dead._suppress(address, "bounced", text=report.text, company=company)
        elif report.cause is Cause.POLICY:
            self.env["recruit.mail.domain"]._slow_down(address, report.text)
        elif report.cause is Cause.OTHER:
            self.enrollment_id._exit("not_delivered")
        elif self._has_kept_failing():
            dead._suppress(address, "kept_failing", text=report.text, company=company)
        else:
            now = self.env["recruit.clock"].now()
            self.candidate_id._hold_mail(
                now + AFTER_A_FAILURE,
                self.env._("The last message could not be delivered for the moment."),
            )

    def _has_kept_failing(self):
        """Whether this is one passing failure too many. Index: of candidate_id."""
        since = self.env["recruit.clock"].now() - A_MONTH
        failures = self.env["recruit.campaign.event"].sudo()  # sudo: the engine's rows
        count = failures.search_count(
            [
                ("candidate_id", "=", self.candidate_id.id),
                ("kind", "=", "bounced"),
                ("cause", "=", "temporary"),
                ("occurred_at", ">", since),
            ]
        )
        return count >= FAILURES

    def _address(self):
        """The address that the message went to, whatever the person's is now."""
        return email_normalize(self.trace_id.email or self.candidate_id.email or "")

    def _keep_event(self, kind, **values):
        return self.env["recruit.campaign.event"]._record(
            kind, self.candidate_id, self, **values
        )


class RecruitCandidate(models.Model):
    """What comes from a person's address without naming a message of ours."""

    _inherit = "recruit.candidate"

    def _hold_for_absence(self, verdict):
        self._hold_mail(
            self._absence_ends(verdict.returns_on),
            self._absence_reason(verdict.returns_on),
        )

    @api.model
    def _inside_by_address(self, address):
        """Who is inside of a campaign and writes from this address.

        Size: one address. Indexes: of identity and email, _candidate_active_idx.
        """
        address = email_normalize(address or "")
        if not address:
            return self.browse()
        # sudo: the mail gateway has no rights of its own
        known = self.env["recruit.identity"].sudo()
        known = known.search([("kind", "=", "email"), ("value_norm", "=", address)])
        found = self.sudo().search([("email_normalized", "=", address)])
        found |= known.candidate_id
        return found.browse(found._active_enrollments().candidate_id.ids)

    def _receive_from(self, verdict, message_dict):
        """A mail from these people landed somewhere: a reply all the same."""
        for person in self:
            if verdict.is_human:
                person._on_letter(message_dict)
            else:
                person.env["recruit.campaign.event"]._record(
                    "out_of_office",
                    person,
                    reason="by sender",
                    returns_on=verdict.returns_on,
                )
                person._hold_for_absence(verdict)

    def _on_letter(self, message_dict):
        """The person wrote to somebody here without naming a message of ours."""
        last = self._last_delivery()
        event = self.env["recruit.campaign.event"]
        event._record("replied", self, last, reason="by sender")
        self.env["recruit.campaign.reply"]._keep(last, message_dict)
        if last.trace_id:
            last.trace_id.set_replied()  # tells the engine, too
        else:
            self._record_event("replied", document=last or None)

    def _last_delivery(self):
        """The last message that left for this person. Index: of candidate_id."""
        # sudo: the mail gateway has no rights of its own
        deliveries = self.env["recruit.campaign.delivery"].sudo()
        return deliveries.search(
            [("candidate_id", "=", self.id), ("sent_at", "!=", False)],
            order="sent_at desc, id desc",
            limit=1,
        )

    def _message_receive_bounce(self, email, partner):
        """Count nothing: a report that names no message of ours proves nothing."""
