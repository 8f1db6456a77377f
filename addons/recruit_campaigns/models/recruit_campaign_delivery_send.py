import logging
import math
import smtplib
import time
from datetime import timedelta

import psycopg2
from psycopg2.extensions import (
    ISOLATION_LEVEL_READ_COMMITTED,
    TransactionRollbackError,
)

from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..engine import decide, states
from ..engine.failpoint import hit
from ..engine.message import to_bytes
from ..engine.smtp import Conversation
from .recruit_campaign_delivery_letter import UNWRITABLE

_logger = logging.getLogger(__name__)

# Rows for one claim: what a batch shares is read once, and a dead worker holds no more.
BATCH = 50

# How long to leave somebody alone who is being stopped at this moment.
STOP_PAUSE = timedelta(minutes=1)

# A recording that lost against another transaction is tried again: an answer of the
# mail server must not be forgotten for that.
RECORD_TRIES = 3


class Unreachable(Exception):
    """No conversation with the mail server can be opened."""


class Unwritable(Exception):
    """The letter cannot be put on the wire: no envelope or no bytes for it."""


class Worker:
    """Sends due deliveries over one database session and some SMTP conversations.

    All its transactions run on one connection, which also holds the lock that says the
    worker is alive: when the connection is lost nothing can be fenced any more, and
    the reaper may take over.
    """

    def __init__(self, registry):
        self.cr = registry.cursor()
        # Odoo's REPEATABLE READ would let the fence look at an old snapshot.
        self.cr.connection.set_isolation_level(ISOLATION_LEVEL_READ_COMMITTED)
        env = api.Environment(self.cr, SUPERUSER_ID, {})
        self.deliveries = env["recruit.campaign.delivery"]
        self.conversations = {}  # sender -> Conversation
        self.unreachable = set()  # senders whose mail server is given up for this run
        self.token = None

    def __enter__(self):
        self.token = self.deliveries._open_session()
        self._commit()
        return self

    def __exit__(self, *_error):
        try:
            self.cr.rollback()
            self.deliveries._held_by(self.token)._give_back(self.token)
            self.deliveries._close_session()
            self._commit()
        except psycopg2.Error:
            _logger.warning("The sender's database session is lost", exc_info=True)
        finally:
            for conversation in self.conversations.values():
                conversation.quit()
            self.cr.close()

    def tidy_up(self):
        """Take care of what dead workers, closed campaigns and silent servers left."""
        now = self._now()
        enrollments = self.deliveries.env["recruit.campaign.enrollment"]
        while enrollments._leave_closed_campaigns(limit=1000):
            self._commit()
        self.deliveries._reap(self.token)
        self._commit()
        self.deliveries._settle_overdue(now)
        self.deliveries._keep_missing_messages(now)
        self._commit()

    def send_batch(self, limit=BATCH, seconds=math.inf):
        """Claim due deliveries and send them, as long as time lasts.

        :return int: how many came to a decision; 0 when there is nothing to do, or
            nothing that can be done now
        """
        stop_at = time.monotonic() + seconds
        now = self._now()
        self.deliveries._reap(self.token)
        self._commit()
        claimed = self.deliveries._claim_due(self.token, now, limit)
        self._commit()
        hit("after_claim")
        letters = claimed._prepare_letters(self.token, now)
        self._commit()
        for letter in letters:
            if time.monotonic() > stop_at:
                break
            self._send(letter, now)
        self.deliveries._held_by(self.token)._give_back(self.token)
        self._commit()
        return 0 if self._all_unreachable(letters) else len(claimed)

    def _commit(self):
        # the worker's own session: each phase of the protocol ends with a commit
        self.cr.commit()  # pylint: disable=invalid-commit

    def _now(self):
        return self.deliveries.env["recruit.clock"].now()

    def _all_unreachable(self, letters):
        return (
            bool(letters)
            and {letter.author_from for letter in letters} <= self.unreachable
        )

    def _send(self, letter, now):
        """Send one letter and record what became of it. It stops no other letter."""
        row = self.deliveries.browse(letter.delivery_id)
        try:
            answer = self._deliver(letter, row, now)
            if answer:
                self._record(letter, row, answer, now)
        except Unwritable as error:
            row._fail(self.token, now, "unwritable", smtp_text=str(error)[:500])
            self._commit()
        except Unreachable as error:
            self.unreachable.add(letter.author_from)
            self._postpone(row, now, "unreachable", error)
        except Exception as error:
            if self.cr.closed:
                raise  # the session is lost, and with it every claim
            _logger.exception("Delivery %s met an unexpected problem", row.id)
            self._postpone(row, now, "unexpected", error)

    def _postpone(self, row, now, reason, error):
        """Try later. Only a claimed row goes back: in flight, its fate is unknown."""
        self.cr.rollback()
        row._give_back(
            self.token,
            due_at=now + decide.UNREACHABLE_PAUSE,
            reason=row._reason_text(reason),
            text=str(error)[:500],
        )
        self._commit()

    def _deliver(self, letter, row, now):
        """Everything up to the answer to the final dot.

        :return: the last answer of the mail server; None when the letter was not sent
            because it must not be
        """
        conversation, refusal = self._offer(letter)
        if refusal:
            return refusal
        hit("before_fence")
        if not self._fence_and_dot(conversation, letter, row, now):
            conversation.hang_up()
            return None
        hit("after_dot")
        answer = conversation.answer()
        hit("after_250_before_commit")
        return answer

    def _offer(self, letter):
        """Say the letter up to the final dot.

        :return: the conversation, and the refusal of the server where it refused
        """
        conversation = self.conversations.get(letter.author_from)
        if conversation and conversation.is_idle:
            refusal = self._say(conversation, letter)
            # A server may end the conversation between two messages; that is no answer
            # to this one.
            if not (refusal and refusal.verb == "MAIL" and not conversation.is_idle):
                return conversation, refusal
        conversation = self._open_conversation(letter.author_from)
        return conversation, self._say(conversation, letter)

    def _open_conversation(self, author_from):
        if author_from in self.unreachable:
            raise Unreachable(author_from)
        try:
            connection = self.deliveries.env["ir.mail_server"]._connect__(
                smtp_from=author_from
            )
        except (OSError, smtplib.SMTPException, UserError, UnicodeError) as error:
            raise Unreachable(str(error)) from error
        if not connection:
            raise Unreachable("Mail is switched off while tests or an update run.")
        self.conversations[author_from] = Conversation(connection)
        return self.conversations[author_from]

    def _say(self, conversation, letter):
        server = self.deliveries.env["ir.mail_server"].with_context(
            domain_bounce_address=letter.bounce_address,
            domain_notifications_email=letter.notifications_email,
        )
        try:
            mail_from, _recipients, message = server._prepare_email_message__(
                letter.message, conversation.connection
            )
            data = to_bytes(message)
        except (AssertionError, *UNWRITABLE) as error:
            raise Unwritable(str(error)) from error
        return conversation.offer(mail_from, letter.envelope_to, data)

    def _fence_and_dot(self, conversation, letter, row, now):
        """Steps 3 and 4 of the protocol, while whoever stops them waits.

        :return bool: whether the dot was sent
        """
        if not row._lock_for_dot(letter.lock_keys):
            row._give_back(self.token, due_at=now + STOP_PAUSE)
            self._commit()
            return False
        try:
            if not row._fence(self.token, letter.address, now):
                row._take_out_stopped(self.token)._give_back(self.token)
                self._commit()
                return False
            self._commit()
            hit("after_fence_before_dot")
            conversation.send_dot()
            return True
        finally:
            self.cr.rollback()
            row._unlock_after_dot(letter.lock_keys)
            self._commit()

    def _record(self, letter, row, answer, now):
        """Step 5 of the protocol."""
        for _try in range(RECORD_TRIES):
            try:
                row._record_answer(self.token, letter, answer, now)
                self._commit()
                break
            except TransactionRollbackError:
                self.cr.rollback()
        else:
            _logger.error("The answer for delivery %s could not be recorded", row.id)
        hit("after_commit")


class RecruitCampaignDelivery(models.Model):
    """The cron that sends, and what it does with an answer."""

    _inherit = "recruit.campaign.delivery"

    @api.model
    def _cron_send_due(self):
        """Send what is due, until nothing is or the time of the cron is over.

        Many may run at once, in any number of processes and hosts.
        """
        commit_progress = self.env["ir.cron"]._commit_progress
        with Worker(self.env.registry) as worker:
            worker.tidy_up()
            left = commit_progress(remaining=self._count_due())
            while left and (count := worker.send_batch(seconds=left)):
                left = commit_progress(count)

    def _count_due(self):
        """How much is due; a thousand says 'a lot' as well as more."""
        now = self.env["recruit.clock"].now()
        return self.search_count(
            Domain("state", "in", states.DUE)
            & Domain("due_at", "<=", now)
            & Domain("campaign_id.state", "=", "running"),
            limit=1000,
        )

    def _record_answer(self, token, letter, answer, now):
        """What the answer of the mail server makes of a delivery; commit after it.

        :param int token: of the worker that got the answer
        """
        self.ensure_one()
        verdict = decide.judge(answer, attempt_count=letter.attempt_count)
        values = {"smtp_code": answer.code, "smtp_text": answer.text[:500]}
        if verdict.state == states.SENT:
            sent = self._mark_sent(
                now=now,
                next_step_id=letter.next_step_id,
                next_due_at=letter.next_due_at,
                token=token,
                **values,
            )
            if sent:
                self._keep_message(letter, now)
        elif verdict.state == states.FAILED:
            refused = verdict.reason == "address_refused"
            failure_type = "mail_email_invalid" if refused else "mail_smtp"
            self._fail(token, now, verdict.reason, failure_type, **values)
        else:
            self._record_open_end(token, letter, verdict, now, values)

    def _record_open_end(self, token, letter, verdict, now, values):
        """Another try later, or a fate that is not known."""
        reason = self._reason_text(verdict.reason)
        if verdict.state == states.RETRY:
            self._move(
                states.RETRY,
                token,
                reason=reason,
                due_at=now + verdict.wait,
                claim_token=None,
                **values,
            )
        elif self._move(states.UNCERTAIN, token, reason=reason, **values):
            self._keep_message(letter, now)
