from odoo import api, models
from odoo.tools import html2plaintext

from ..inbound import Kind, classify

# Reports that Odoo takes for bounces, all of them.
REPORTS = (Kind.BOUNCE, Kind.RECEIPT, Kind.COMPLAINT)


class MailThread(models.AbstractModel):
    """The mail gateway tells what comes back to our messages: people from machines, and
    one report from another. What is not about a message of ours goes Odoo's own way.
    """

    _inherit = "mail.thread"

    @api.model
    def _recruit_verdict(self, message):
        """What a mail is, and the messages of ours that it names."""
        today = self.env["recruit.clock"].now().date()
        verdict = classify(message, today)
        return verdict, self.env["recruit.campaign.delivery"]._named_by(verdict)

    @api.model
    def _detect_is_bounce(self, message, message_dict):
        """A report on our message is one however it is written; an answer to it is an
        answer, even where a mail program sends it to the address for bounces."""
        verdict, deliveries = self._recruit_verdict(message)
        if deliveries:
            return verdict.kind in REPORTS
        return super()._detect_is_bounce(message, message_dict)

    @api.model
    def _routing_handle_bounce(self, email_message, message_dict):
        """Reports on our messages act by what they say, and on nobody else.

        Odoo would count each of them as a bounce, delays and receipts too, and put the
        address on the blacklist of the whole company in the end.
        """
        verdict, deliveries = self._recruit_verdict(email_message)
        if not deliveries:
            super()._routing_handle_bounce(email_message, message_dict)
            people = self._recruit_people(verdict, message_dict, Kind.OUT_OF_OFFICE)
            people._receive_from(verdict, message_dict)
            return
        text = html2plaintext(message_dict.get("body") or "")[:1000]
        deliveries._receive(verdict, text)

    @api.model
    def _message_route_process(self, message, message_dict, routes):
        """Act on what landed somewhere, after it is kept there."""
        verdict, deliveries = self._recruit_verdict(message)
        received = dict(message_dict)
        told = {"recruit_told_mail": bool(deliveries)}  # it is a touch as a reply
        automatic = {} if verdict.is_human else {"recruit_automatic_message": True}
        thread_id = super(
            MailThread, self.with_context(**automatic, **told)
        )._message_route_process(message, message_dict, routes)
        if not routes:
            return thread_id
        if verdict.is_human:
            self.env["recruit.mail.suppression"]._revive(received["email_from"])
            deliveries._on_answer(received)
        elif deliveries:
            deliveries._receive(verdict)
            return thread_id
        people = self._recruit_people(verdict, received, Kind.HUMAN, Kind.OUT_OF_OFFICE)
        people._receive_from(verdict, received)
        return thread_id

    @api.model
    def _recruit_people(self, verdict, message_dict, *kinds):
        """Who is inside of a campaign and sent this mail, if it is of these kinds."""
        people = self.env["recruit.candidate"]
        if verdict.kind not in kinds:
            return people
        return people._inside_by_address(message_dict.get("email_from"))
