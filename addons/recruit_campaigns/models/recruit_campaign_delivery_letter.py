import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache, lru_cache, partial
from types import MappingProxyType
from typing import Any, NamedTuple

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL, email_domain_extract, email_normalize, formataddr

from ..engine import states, tokens
from ..engine.message import Kept, Letter, Sequel, head
from ..engine.thread import Thread
from ..engine.wording import Links
from .recruit_campaign import CAMPAIGN_LOCKS, PERSON_LOCKS
from .statements import change

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

NOBODY = -1  # an id that no record has

# What is read of a delivery and of its person for a letter: a third of the columns of
# the one, a tenth of those of the other. Asked for one by one, the ORM reads them all.
OF_A_LETTER = (
    "campaign_id",
    "candidate_id",
    "company_id",
    "step_id",
    "variant_id",
    "trace_id",
    "message_id",
    "attempt_count",
    "due_at",
    "hold",
)
OF_ITS_PERSON = ("name", "email_normalized", "company_id", "country_id", "tz")


IDENTIFY = """
WITH given AS (
    SELECT * FROM unnest(%(ids)s::int[], %(message_ids)s::text[],
                         %(variant_ids)s::int[]) AS g (id, message_id, variant_id)
), trace AS (
    INSERT INTO mailing_trace (trace_type, trace_status, mass_mailing_id, campaign_id,
           model, res_id, email, message_id, is_test_trace, create_date, write_date)
    SELECT 'mail', 'outgoing', m.id, m.campaign_id, 'recruit.candidate', p.id,
           p.email_normalized, given.message_id, FALSE, %(now)s, %(now)s
      FROM given
      JOIN recruit_campaign_delivery d ON d.id = given.id
      JOIN recruit_candidate p ON p.id = d.candidate_id
      JOIN recruit_campaign_variant v ON v.id = given.variant_id
      JOIN mailing_mailing m ON m.id = v.mailing_id
 RETURNING id, message_id
)
UPDATE recruit_campaign_delivery d
   SET message_id = given.message_id, trace_id = trace.id,
       variant_id = given.variant_id
  FROM given JOIN trace ON trace.message_id = given.message_id
 WHERE d.id = given.id
RETURNING d.id
"""


class Desk(NamedTuple):
    """What many letters have in common."""

    variant: Any  # recruit.campaign.variant
    source: tuple  # what it is made of
    wordings: dict
    now: datetime
    secret: str
    base_url: str
    campaign_id: int
    author_id: int | None
    author_from: str
    bounce_address: str
    notifications_email: str
    unmeasured: frozenset  # ids of people
    next_step_id: int | None
    next_due_at: Callable  # time zone of the person -> moment, or None at the end
    threads: Mapping = MappingProxyType({})  # delivery id -> Thread, of follow-ups
    must_match: bool = False  # see Letter
    is_about_campaign: bool = False  # values differ from campaign to campaign


def _alike(row):
    """Rows whose letters differ in the person alone."""
    return row.step_id, row._wording(), row.company_id, row.candidate_id.company_id


class RecruitCampaignDelivery(models.Model):
    """From claimed deliveries to letters. One that cannot be written stops no other."""

    _inherit = "recruit.campaign.delivery"

    def _let_leave(self, token, now):
        """Step 2 of the protocol, before the connection: check and plan; commit after
        it, since others who write in the same name wait until then.

        :return: the rows that leave now; every other one got its reason
        """
        self.fetch(OF_A_LETTER)
        wanted = self._take_out_stopped(token, now)
        wanted._ensure_identity(now)
        wanted.fetch(OF_A_LETTER)  # it forgot them: their rows have changed
        return wanted._plan_claimed(token, now)

    def _prepare_letters(self, token, now, wordings=None):
        """The rest of step 2 for rows that leave: render and compose.

        :param dict wordings: what earlier batches have taken apart; it is added to
        :return list[Letter]: what may be sent; every other row got its reason
        """
        self.fetch(OF_A_LETTER)  # the commit has let the ORM forget them
        letters, errors = self._write_letters(now, {} if wordings is None else wordings)
        for row_id, error in errors.items():
            self.browse(row_id)._fail(token, now, "unwritable", smtp_text=error)
        return letters

    def _ensure_identity(self, now):
        """Give each row its wording, Message-ID and native trace, once for all tries.

        Purpose: one statement for a batch. Size: a batch. Indexes: primary keys.
        """
        rows = self.filtered(lambda row: not row.trace_id)
        if not rows:
            return
        secret, uuid = self._secrets("database.secret", "database.uuid")
        variants = rows._choose_variants()
        change(
            self.env,
            SQL(
                IDENTIFY,
                ids=rows.ids,
                message_ids=[
                    row.message_id
                    or tokens.message_id(secret, uuid, row.id, row._sender_domain())
                    for row in rows
                ],
                variant_ids=[variants[row.id].id for row in rows],
                now=now,
            ),
        )

    def _sender_domain(self):
        return _domain(self.campaign_id.email_from)

    def _write_letters(self, now, wordings):
        """Write what can be written.

        :return: the letters in the order of the rows, and ``{id: error}`` for the rest
        """
        letters, errors = {}, {}
        self.candidate_id.fetch(OF_ITS_PERSON)
        senders = self._senders()
        groups = self.grouped(lambda row: (senders[row.id], *_alike(row)))
        # in the order of the wordings: no two workers wait for each other's links
        for (sender, step, *_others), rows in sorted(
            groups.items(), key=lambda group: group[0][2].id
        ):
            desk = rows._open_desk(step, sender, now, wordings)
            reply_to = rows._reply_to_addresses(sender)
            for row in rows:
                try:
                    letters[row.id] = row._write_letter(desk, reply_to[row.id])
                except UNWRITABLE as error:
                    _logger.warning("Delivery %s cannot be written: %s", row.id, error)
                    errors[row.id] = str(error)[:500]
        return [letters[row.id] for row in self if row.id in letters], errors

    def _reply_to_addresses(self, sender):
        """Where replies to these, of one campaign and sender, go: {delivery id:
        address}."""
        campaign, ids = self.campaign_id, self.candidate_id.ids
        if campaign.reply_to:
            return dict.fromkeys(self.ids, campaign.reply_to)
        to_odoo = self.candidate_id._notify_get_reply_to_batch(
            defaults=dict.fromkeys(ids, sender.email_from),
            author_ids=dict.fromkeys(ids, sender.partner_id),
        )
        return {row.id: to_odoo[row.candidate_id.id] for row in self}

    def _open_desk(self, step, sender, now, wordings):
        """What the letters of one wording and sender to people of one company have in
        common."""
        campaign, next_step = step.campaign_id, step._next_step()
        variant = self[:1]._wording()
        server = self.env["ir.mail_server"].with_company(
            self.company_id or self.env.company
        )
        return Desk(
            variant=variant,
            source=variant._source(),
            wordings=wordings,
            now=now,
            secret=self._secrets("database.secret")[0],
            base_url=self[:1].get_base_url(),
            campaign_id=campaign.id,
            author_id=sender.partner_id,
            author_from=sender.email_from,
            bounce_address=server._get_default_bounce_address() or sender.email_from,
            notifications_email=server._get_default_from_address() or sender.email_from,
            unmeasured=frozenset(self.candidate_id._unmeasured().ids),
            next_step_id=next_step.id or None,
            next_due_at=cache(partial(next_step._due_after, now)),
        )

    def _write_letter(self, desk, reply_to):
        """The letter of one delivery, made out to the address known now.

        :raises ValueError: for an address that cannot be written on an envelope
        """
        candidate = self.candidate_id
        address = candidate.email_normalized
        links = Links(
            desk.base_url,
            cache(partial(_sign, desk.secret, self.id)),
            candidate.id not in desk.unmeasured,
        )
        texts = desk.variant._write_texts(desk.source, candidate, links, desk.wordings)
        thread = desk.threads.get(self.id) or Thread(None, {})
        subject = thread.subject or texts.subject
        to = formataddr((candidate.name, address), charset="ascii")
        to.encode("ascii")  # few relays take other letters before the @
        top = head(
            headers={
                "Message-ID": self.message_id,
                "Subject": subject,
                "To": to,
                **thread.headers,
            },
            reply_to=formataddr_ascii(reply_to),
            sent_on=desk.now,
            unsubscribe=links.url("unsubscribe"),
        )
        return Letter(
            delivery_id=self.id,
            attempt_count=self.attempt_count,
            lock_keys=(
                (CAMPAIGN_LOCKS, desk.campaign_id),
                (PERSON_LOCKS, candidate.id),
            ),
            address=address,
            envelope_to=formataddr(("", address), charset="ascii"),
            bounce_address=desk.bounce_address,
            notifications_email=desk.notifications_email,
            author_from=desk.author_from,
            lines=top + texts.body,
            sequel=Sequel(
                self.id,
                desk.next_step_id,
                desk.next_due_at(candidate.tz),
                Kept(
                    subject,
                    texts.kept,
                    desk.author_id,
                    desk.author_from,
                    reply_to,
                ),
            ),
            must_match=desk.must_match,
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

    def _keep_missing_messages(self, now, limit=50):
        """Keep the messages of rows that a dead worker left in flight.

        Size: one for each dead worker. Index: _uncertain_idx.
        """
        rows = self.search(
            [("state", "=", states.UNCERTAIN), ("mail_message_id", "=", False)],
            limit=limit,
        )
        self._keep_messages(
            [letter.sequel for letter in rows._write_letters(now, {})[0]], now
        )

    # --------------------------------------------------------------------- links

    def _token(self, purpose):
        return tokens.sign(self._secrets("database.secret")[0], purpose, self.id)

    def _path(self, purpose):
        """The page of this message for a purpose, on whichever host it is opened."""
        return f"/recruit/{purpose}/{self._token(purpose)}"

    def _from_token(self, purpose, token):
        """The delivery that a public link was signed for; empty for any other text.

        Whether a token is forged or its message gone: it costs one look, so that the
        time of the answer tells nobody which.
        """
        delivery_id = tokens.verify(self._secrets("database.secret")[0], purpose, token)
        return self.browse(delivery_id or NOBODY).exists()

    def _secrets(self, *names):
        # sudo: the keys sign links; they are not shown
        parameters = self.env["ir.config_parameter"].sudo()
        return [parameters.get_param(name) for name in names]


def _sign(secret, delivery_id, purpose):
    return tokens.sign(secret, purpose, delivery_id)


@lru_cache(maxsize=256)
def _domain(email):
    return email_domain_extract(email) or "localhost"


@lru_cache(maxsize=256)
def formataddr_ascii(email):
    """`"Name" <address>` in ASCII, with an encoded name and a punycode domain."""
    name = email.rpartition("<")[0].strip().strip('"')
    return formataddr((name, email_normalize(email)), charset="ascii")
