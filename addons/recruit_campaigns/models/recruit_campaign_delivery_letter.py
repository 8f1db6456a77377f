import logging

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import email_domain_extract, email_normalize, formataddr, html2plaintext

from ..engine import states, tokens
from ..engine.message import Letter, compose
from .recruit_campaign import CAMPAIGN_LOCKS, PERSON_LOCKS

_logger = logging.getLogger(__name__)

# What a text that cannot be rendered, or an address that cannot be written, raises.
UNWRITABLE = (
    UserError,
    ValueError,
    TypeError,
    AttributeError,
    LookupError,
    SyntaxError,
)


class RecruitCampaignDelivery(models.Model):
    """From claimed deliveries to letters. One that cannot be written stops no other."""

    _inherit = "recruit.campaign.delivery"

    def _prepare_letters(self, token, now):
        """Step 2 of the protocol, before the connection: check, render, compose.

        :return list[Letter]: what may be sent; every other row got its reason
        """
        wanted = self._take_out_stopped(token)
        wanted._ensure_identity()
        letters, errors = wanted._write_letters(now)
        for row_id, error in errors.items():
            self.browse(row_id)._fail(token, now, "unwritable", smtp_text=error)
        return letters

    def _ensure_identity(self):
        """Give each row its Message-ID and its native trace, once for all tries."""
        secret, uuid = self._secrets("database.secret", "database.uuid")
        for row in self.filtered(lambda row: not row.message_id):
            domain = email_domain_extract(row.campaign_id.email_from) or "localhost"
            row.message_id = tokens.message_id(secret, uuid, row.id, domain)
        without_trace = self.filtered(lambda row: not row.trace_id)
        traces = self.env["mailing.trace"].create(
            [row._prepare_trace_values() for row in without_trace]
        )
        for row, trace in zip(without_trace, traces, strict=True):
            row.trace_id = trace
        self.env.flush_all()

    def _prepare_trace_values(self):
        return {
            "trace_type": "mail",
            "mass_mailing_id": self.step_id.variant_id.mailing_id.id,
            "model": "recruit.candidate",
            "res_id": self.candidate_id.id,
            "email": self.candidate_id.email_normalized,
            "message_id": self.message_id,
        }

    def _write_letters(self, now):
        """Write what can be written.

        :return: the letters in the order of the rows, and ``{id: error}`` for the rest
        """
        letters, errors = {}, {}
        for step in self.step_id:
            rows = self.filtered(lambda row, step=step: row.step_id == step)
            reply_to = rows._reply_to_addresses()
            contents = rows._render_together(step)
            for row in rows:
                try:
                    content = contents or step.variant_id._render(row.candidate_id)
                    letters[row.id] = row._write_letter(
                        *content[row.candidate_id.id], reply_to[row.id], now
                    )
                except UNWRITABLE as error:
                    _logger.warning("Delivery %s cannot be written: %s", row.id, error)
                    errors[row.id] = str(error)[:500]
        return [letters[row.id] for row in self if row.id in letters], errors

    def _render_together(self, step):
        """The contents of one step for all rows; none where that fails for one."""
        try:
            return step.variant_id._render(self.candidate_id)
        except UNWRITABLE:
            return {}

    def _reply_to_addresses(self):
        """Where replies to these, of one campaign, go: {delivery id: address}."""
        campaign, ids = self.campaign_id, self.candidate_id.ids
        to_odoo = self.candidate_id._notify_get_reply_to_batch(
            defaults=dict.fromkeys(ids, campaign.email_from),
            author_ids=dict.fromkeys(ids, campaign.user_id.partner_id.id),
        )
        return {
            row.id: campaign.reply_to or to_odoo[row.candidate_id.id] for row in self
        }

    def _write_letter(self, subject, body, reply_to, now):
        """The letter of one delivery, made out to the address known now.

        :raises ValueError: for an address that cannot be written on an envelope
        """
        campaign, candidate = self.campaign_id, self.candidate_id
        server = self.env["ir.mail_server"].with_company(
            self.company_id or self.env.company
        )
        html = self.step_id.variant_id._personalize(
            body,
            click_token=lambda code: self._token(f"click:{code}"),
            unsubscribe_url=self._url("unsubscribe"),
        )
        pixel = f'<img src="{self._url("open")}" width="1" height="1" alt=""/>'
        to = formataddr((candidate.name, candidate.email_normalized), charset="ascii")
        to.encode("ascii")  # few relays take other letters before the @
        next_step = self.step_id._next_step()
        return Letter(
            delivery_id=self.id,
            attempt_count=self.attempt_count,
            lock_keys=(
                (CAMPAIGN_LOCKS, campaign.id),
                (PERSON_LOCKS, candidate.id),
            ),
            address=candidate.email_normalized,
            envelope_to=formataddr(("", candidate.email_normalized), charset="ascii"),
            candidate_id=candidate.id,
            author_id=campaign.user_id.partner_id.id or None,
            bounce_address=server._get_default_bounce_address() or campaign.email_from,
            notifications_email=server._get_default_from_address()
            or campaign.email_from,
            subject=subject,
            html=body,
            author_from=campaign.email_from,
            reply_to=reply_to,
            message=compose(
                headers={
                    "Message-ID": self.message_id,
                    "Subject": subject,
                    "From": formataddr_ascii(campaign.email_from),
                    "To": to,
                    "Reply-To": formataddr_ascii(reply_to),
                },
                sent_on=now,
                unsubscribe_url=self._url("unsubscribe"),
                text=html2plaintext(html),
                html=f"<html><body>{html}{pixel}</body></html>",
            ),
            next_step_id=next_step.id or None,
            next_due_at=next_step._due_at(now) if next_step else None,
        )

    def _fail(self, token, now, reason, failure_type="unknown", **values):
        """Give up on messages: their people leave, the native trace shows an error.

        :param str reason: a key of `_reason_text`
        """
        failed = self._move(
            states.FAILED,
            token,
            reason=self._reason_text(reason),
            finished_at=now,
            claim_token=None,
            **values,
        )
        failed.trace_id.set_failed(failure_type=failure_type)
        failed.enrollment_id._leave("not_delivered")
        return failed

    def _keep_message(self, letter, now):
        """Keep the message in the candidate's chatter, so that a reply lands there."""
        self.ensure_one()
        self.mail_message_id = self.env["mail.message"].create(
            {
                "model": "recruit.candidate",
                "res_id": letter.candidate_id,
                "message_type": "email_outgoing",
                "subtype_id": self.env["ir.model.data"]._xmlid_to_res_id(
                    "mail.mt_comment"
                ),
                "author_id": letter.author_id,
                "email_from": letter.author_from,
                "reply_to": letter.reply_to,
                "subject": letter.subject,
                "body": letter.html,
                "message_id": letter.message["Message-ID"],
                "date": now,
            }
        )

    def _keep_missing_messages(self, now, limit=50):
        """Keep the messages of rows that a dead worker left in flight.

        Size: one for each dead worker. Index: _uncertain_idx.
        """
        rows = self.search(
            [("state", "=", states.UNCERTAIN), ("mail_message_id", "=", False)],
            limit=limit,
        )
        for letter in rows._write_letters(now)[0]:
            self.browse(letter.delivery_id)._keep_message(letter, now)

    # --------------------------------------------------------------------- links

    def _token(self, purpose):
        return tokens.sign(self._secrets("database.secret")[0], purpose, self.id)

    def _url(self, purpose):
        return f"{self.get_base_url()}/recruit/{purpose}/{self._token(purpose)}"

    def _from_token(self, purpose, token):
        """The delivery that a public link was signed for; empty for any other text."""
        delivery_id = tokens.verify(self._secrets("database.secret")[0], purpose, token)
        return self.browse(delivery_id).exists()

    def _secrets(self, *names):
        # sudo: the keys sign links; they are not shown
        parameters = self.env["ir.config_parameter"].sudo()
        return [parameters.get_param(name) for name in names]


def formataddr_ascii(email):
    """`"Name" <address>` in ASCII, with an encoded name and a punycode domain."""
    name = email.rpartition("<")[0].strip().strip('"')
    return formataddr((name, email_normalize(email)), charset="ascii")
