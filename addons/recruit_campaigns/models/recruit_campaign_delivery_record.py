import logging

import psycopg2

from odoo import api, models
from odoo.tools import SQL

from ..engine import decide, states
from ..engine.message import Kept
from ..engine.text import Filled
from .statements import change

_logger = logging.getLogger(__name__)

# Messages in the chatter, by which replies find their person. Sanitized HTML in.
KEEP = """
INSERT INTO mail_message (id, model, res_id, message_type, subtype_id, author_id,
       email_from, reply_to, subject, body, message_id, date, is_internal,
       reply_to_force_new, email_add_signature, create_uid, create_date, write_date)
SELECT mine.kept_id, 'recruit.candidate', mine.candidate_id, 'email_outgoing',
       %(subtype)s, mine.author_id, mine.author_from, mine.reply_to, mine.subject,
       mine.html, mine.message_id, %(now)s, FALSE, FALSE, TRUE, %(uid)s, %(now)s,
       %(now)s
  FROM mine
 WHERE mine.kept_id IS NOT NULL
"""
# Its id, where it is to be kept and is not. It is chosen before the message is there:
# to find each row among those that came of an INSERT takes longer the more they are.
KEPT_ID = """
CASE WHEN g.subject IS NOT NULL AND d.mail_message_id IS NULL
     THEN nextval('mail_message_id_seq') END AS kept_id
"""

# The step `s` to which `next_step_id` of `mine` leads: another one since a new version
# sent everybody there, or none.
NEXT_STEP = """(recruit_campaign_step o JOIN recruit_campaign_step s
                 ON s.id = CASE WHEN o.is_replaced THEN o.replaced_by_id ELSE o.id END)
               ON o.id = mine.next_step_id"""

# The next step of people, or their end; `next` says which, and what `existing_step_id`
# is of: none where that step is gone. Guarded by _once_unique.
GO_ON = """
person AS (
    UPDATE recruit_campaign_enrollment e
       SET step_id = COALESCE(next.existing_step_id, e.step_id),
           state = CASE WHEN next.existing_step_id IS NULL
                        THEN 'finished' ELSE 'active' END,
           finished_at = CASE WHEN next.existing_step_id IS NULL
                              THEN %(now)s::timestamp END
      FROM next
     WHERE e.id = next.enrollment_id AND e.state || '' = 'active'
 RETURNING e.id
), planned AS (
    INSERT INTO recruit_campaign_delivery (enrollment_id, campaign_id, candidate_id,
           company_id, step_id, kind, state, due_at, attempt_count, create_date)
    SELECT next.enrollment_id, next.campaign_id, next.candidate_id, next.company_id,
           next.existing_step_id, next.next_kind, 'planned', next.next_due_at, 0,
           %(now)s
      FROM next JOIN person ON person.id = next.enrollment_id
     WHERE next.existing_step_id IS NOT NULL
     ORDER BY next.id
    ON CONFLICT (enrollment_id, step_id) DO NOTHING
)
"""

# Step 5 of the protocol: sent, the native trace, the message in the chatter, and the
# next message or the end of the person; all of it or nothing. The next message exists
# if and only if this one is sent. Each row is found by primary key; `planned` is
# guarded by _once_unique. A trace that was opened already keeps what came back.
MARK_SENT = """
WITH mine AS (
    SELECT d.*, g.next_step_id, g.next_due_at, g.subject, g.html, g.author_id,
           g.author_from, g.reply_to, %(kept_id)s
      FROM %(given)s
      JOIN recruit_campaign_delivery d ON d.id = g.id
     WHERE d.state || '' IN %(sources)s AND %(guard)s
       FOR UPDATE OF d
), kept AS (
    %(keep)s
), sent AS (
    UPDATE recruit_campaign_delivery d
       SET state = 'sent', sent_at = COALESCE(d.fenced_at, %(now)s),
           finished_at = %(now)s, claim_token = NULL, %(values)s,
           mail_message_id = COALESCE(mine.kept_id, d.mail_message_id)
      FROM mine
     WHERE d.id = mine.id
 RETURNING d.id
), next AS (
    SELECT mine.*, s.id AS existing_step_id, s.kind AS next_kind
      FROM mine LEFT JOIN %(next_step)s
), trace AS (
    UPDATE mailing_trace t
       SET trace_status = 'sent', sent_datetime = %(now)s, failure_type = NULL
      FROM mine
     WHERE t.id = mine.trace_id AND t.trace_status IN ('outgoing', 'error')
), %(go_on)s
SELECT id FROM sent
"""

KEEP_ALONE = """
WITH mine AS (
    SELECT d.*, g.subject, g.html, g.author_id, g.author_from, g.reply_to, %(kept_id)s
      FROM %(given)s
      JOIN recruit_campaign_delivery d ON d.id = g.id
       FOR UPDATE OF d
), kept AS (
    %(keep)s
)
UPDATE recruit_campaign_delivery d
   SET mail_message_id = mine.kept_id
  FROM mine
 WHERE d.id = mine.id AND mine.kept_id IS NOT NULL
RETURNING d.id
"""


# What follows for each message, and the text for the chatter put together of what it
# has in common with others and its own values. Size: a batch.
GIVEN = """
(SELECT r.*, (SELECT string_agg(p.piece || COALESCE(p.value, ''), '' ORDER BY p.n)
                FROM unnest((%(pieces)s::text[])[r.first:r.last],
                            string_to_array(r.vals, %(between)s))
                     WITH ORDINALITY AS p (piece, value, n)) AS html
   FROM unnest(%(ids)s::int[], %(step_ids)s::int[], %(due)s::timestamp[],
               %(subjects)s::text[], %(first)s::int[], %(last)s::int[],
               %(values)s::text[], %(author_ids)s::int[], %(senders)s::text[],
               %(reply_to)s::text[])
        AS r (id, next_step_id, next_due_at, subject, first, last, vals, author_id,
              author_from, reply_to)) AS g
"""
BETWEEN = "\x1f"  # stands in no value: those are printable
NOTHING_KEPT = Kept(None, Filled((), ()), None, None, None)


class RecruitCampaignDelivery(models.Model):
    """Step 5 of the protocol: what an answer of the mail server makes of a row."""

    _inherit = "recruit.campaign.delivery"

    def _record_answer(self, token, letter, answer, now):
        """Record one answer; commit after it.

        :param int token: of the worker that got the answer
        """
        self.ensure_one()
        verdict = decide.judge(answer, attempt_count=letter.attempt_count)
        values = {"smtp_code": answer.code, "smtp_text": answer.text[:500]}
        if verdict.state == states.SENT:
            self._mark_sent([letter.sequel], now, token, **values)
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
            self._keep_messages([letter.sequel], now)

    @api.model
    def _record_accepted(self, token, sequels, now):
        """Turn what the mail server has accepted into sent, with all that follows.

        A row for which that fails stops no other; it stays accepted, and every worker
        tries it again.

        :param sequels: of rows that this worker holds
        :return list: ids of the rows that are sent now
        """
        try:
            with self.env.cr.savepoint():
                return self._mark_sent(sequels, now, token, reason=None)
        except psycopg2.errors.OperationalError:
            raise  # the session is lost, or another transaction goes first
        except psycopg2.Error as error:
            if len(sequels) == 1:
                _logger.error(
                    "Delivery %s is accepted, but what follows cannot be recorded: %s",
                    sequels[0].delivery_id,
                    error,
                )
                return []
        return [
            id_
            for sequel in sequels
            for id_ in self._record_accepted(token, [sequel], now)
        ]

    @api.model
    def _mark_sent(self, sequels, now, token=None, **values):
        """Record acceptances and plan the next messages, or finish the people.

        Size: a batch in one statement. Indexes: see `MARK_SENT`.

        :param sequels: `Sequel` of each row; a next step that was deleted since counts
            as none
        :param token: of the worker that asks; without it only `uncertain` is moved
        :param values: other columns to set
        :return list: ids of the rows that are sent now; the others are sent already, or
            were never in flight
        """
        query = self._mark_sent_sql(sequels, now, token, {"reason": None, **values})
        return [row[0] for row in change(self.env, query)]

    def _mark_sent_sql(self, sequels, now, token, values):
        return SQL(
            MARK_SENT,
            given=self._given(sequels),
            keep=self._keep_sql(now),
            kept_id=SQL(KEPT_ID),
            go_on=SQL(GO_ON, now=now),
            next_step=SQL(NEXT_STEP),
            now=now,
            values=self._assignments(values),
            sources=states.TRANSITIONS[states.SENT] if token else (states.UNCERTAIN,),
            guard=SQL("d.claim_token = %s", token) if token else SQL("TRUE"),
        )

    @api.model
    def _keep_messages(self, sequels, now):
        """Keep messages in the chatter of people whose delivery is uncertain."""
        if not sequels:
            return
        change(
            self.env,
            SQL(
                KEEP_ALONE,
                given=self._given(sequels),
                keep=self._keep_sql(now),
                kept_id=SQL(KEPT_ID),
            ),
        )

    def _keep_sql(self, now):
        subtype_id = self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_comment")
        return SQL(KEEP, subtype=subtype_id, now=now, uid=self.env.uid)

    def _given(self, sequels):
        """The sequels as rows `g` of a statement.

        What many messages share is written into the statement once, and the database
        puts the values of each person between: 5 us a message of 10 kB, against 60 us
        for reading it whole from the text of the statement.
        """
        kept = [sequel.kept or NOTHING_KEPT for sequel in sequels]
        pieces, places = _in_a_row([one.html.pieces for one in kept])
        return SQL(
            GIVEN,
            ids=[sequel.delivery_id for sequel in sequels],
            step_ids=[sequel.next_step_id for sequel in sequels],
            due=[sequel.next_due_at for sequel in sequels],
            subjects=[one.subject for one in kept],
            first=[first for first, _last in places],
            last=[last for _first, last in places],
            values=[BETWEEN.join(one.html.values) for one in kept],
            author_ids=[one.author_id for one in kept],
            senders=[one.author_from for one in kept],
            reply_to=[one.reply_to for one in kept],
            pieces=pieces,
            between=BETWEEN,
        )


def _in_a_row(pages):
    """Put the pieces of some texts into one list, each text once.

    :param pages: tuples of pieces, one a row
    :return: the list, and for each row the positions of its first and last piece
        there, as SQL counts them
    """
    pieces, places = [], {}
    for page in pages:
        if page not in places:
            places[page] = len(pieces) + 1, len(pieces) + len(page)
            pieces.extend(page)
    return pieces, [places[page] for page in pages]
