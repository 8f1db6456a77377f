from odoo import api, models
from odoo.tools import SQL

from ..engine import states
from .statements import change, look

# Step 5 of the protocol: sent, the native trace, and the next message or the end of the
# person; all of it or nothing. The next message exists if and only if this one is sent.
# One row in each table, found by primary key; `planned` is guarded by _once_unique. A
# trace that was opened already keeps what came back.
MARK_SENT = """
WITH sent AS (
    UPDATE recruit_campaign_delivery
       SET state = 'sent', sent_at = COALESCE(fenced_at, %(now)s),
           finished_at = %(now)s, claim_token = NULL, %(values)s
     WHERE id = %(id)s AND state IN %(sources)s AND %(guard)s
 RETURNING id, enrollment_id, campaign_id, candidate_id, company_id, trace_id
), next AS (
    SELECT id FROM recruit_campaign_step WHERE id = %(next_step_id)s
), person AS (
    UPDATE recruit_campaign_enrollment e
       SET step_id = COALESCE((SELECT id FROM next), e.step_id),
           state = CASE WHEN EXISTS (SELECT FROM next)
                        THEN 'active' ELSE 'finished' END,
           finished_at = CASE WHEN EXISTS (SELECT FROM next)
                              THEN NULL ELSE %(now)s::timestamp END
      FROM sent
     WHERE e.id = sent.enrollment_id AND e.state = 'active'
 RETURNING e.id
), trace AS (
    UPDATE mailing_trace t
       SET trace_status = 'sent', sent_datetime = %(now)s,
           failure_type = NULL
      FROM sent
     WHERE t.id = sent.trace_id
       AND t.trace_status IN ('outgoing', 'error')
), planned AS (
    INSERT INTO recruit_campaign_delivery (enrollment_id, campaign_id,
           candidate_id, company_id, step_id, state, due_at,
           attempt_count, create_uid, create_date, write_uid, write_date)
    SELECT sent.enrollment_id, sent.campaign_id, sent.candidate_id,
           sent.company_id, next.id, 'planned', %(next_due_at)s, 0,
           %(uid)s, %(now)s, %(uid)s, %(now)s
      FROM sent JOIN person ON person.id = sent.enrollment_id, next
    ON CONFLICT (enrollment_id, step_id) DO NOTHING
)
SELECT id FROM sent
"""


class RecruitCampaignDelivery(models.Model):
    """Every change of a delivery's state: one statement each, guarded by the state
    before, so that it happens once whoever comes second.

    The statements of a worker run READ COMMITTED: each sees all that was committed
    before it began. In requests, which are REPEATABLE READ, a row that a worker moved
    meanwhile raises a serialization failure and Odoo repeats the request.
    """

    _inherit = "recruit.campaign.delivery"

    # ------------------------------------------------------------------ planning

    @api.model
    def _plan_first(self, enrollment_ids, step):
        """Plan the first message of new enrollments.

        Purpose: one statement however many people. Size: 100,000 in some seconds.
        Index: primary key of the enrollment; _once_unique.
        """
        now = self.env["recruit.clock"].now()
        change(
            self.env,
            SQL(
                """
                INSERT INTO recruit_campaign_delivery (enrollment_id, campaign_id,
                       candidate_id, company_id, step_id, state, due_at, attempt_count,
                       create_uid, create_date, write_uid, write_date)
                SELECT e.id, e.campaign_id, e.candidate_id, e.company_id, %(step)s,
                       'planned', %(due_at)s, 0, %(uid)s, %(now)s, %(uid)s, %(now)s
                  FROM recruit_campaign_enrollment e
                 WHERE e.id = ANY(%(ids)s) AND e.state = 'active'
                ON CONFLICT (enrollment_id, step_id) DO NOTHING
                RETURNING id
                """,
                step=step.id,
                due_at=step._due_at(now),
                uid=self.env.uid,
                now=now,
                ids=enrollment_ids,
            ),
        )

    def _plan_again(self):
        """Put failed or uncertain messages back into the queue, due now."""
        now = self.env["recruit.clock"].now()
        self.enrollment_id._reopen()
        self._move(
            states.PLANNED,
            due_at=now,
            finished_at=None,
            reason=None,
            claim_token=None,
            attempt_count=0,
        )
        self.campaign_id._wake_sender()

    # --------------------------------------------------------------------- claim

    @api.model
    def _claim_due(self, token, now, limit):
        """Take due messages of running campaigns for one worker.

        Purpose: step 1 of the protocol; commit after it. Size: reads `limit` rows off
        the front of _due_idx, whatever the size of the table, plus the due rows of
        paused campaigns before them.

        :return: the claimed deliveries, the longest waiting first
        """
        rows = change(
            self.env,
            SQL(
                """
                WITH due AS (
                    SELECT d.id
                      FROM recruit_campaign_delivery d
                      JOIN recruit_campaign c
                        ON c.id = d.campaign_id AND c.state = 'running'
                     WHERE d.state IN ('planned', 'retry') AND d.due_at <= %(now)s
                  ORDER BY d.due_at, d.id
                     LIMIT %(limit)s
                       FOR UPDATE OF d SKIP LOCKED
                )
                UPDATE recruit_campaign_delivery d
                   SET state = 'claimed', claim_token = %(token)s,
                       attempt_count = d.attempt_count + 1
                  FROM due
                 WHERE d.id = due.id
                RETURNING d.id, d.due_at
                """,
                now=now,
                limit=limit,
                token=token,
            ),
        )
        return self.browse([row[0] for row in sorted(rows, key=lambda row: row[::-1])])

    def _give_back(self, token, *, due_at=None, reason=None, text=None):
        """Put claimed messages back as they were: a try that was none does not count.

        :param due_at: the earliest next try; None leaves the due time as it is
        """
        change(
            self.env,
            SQL(
                """
                UPDATE recruit_campaign_delivery
                   SET state = CASE WHEN COALESCE(%(reason)s, reason) IS NULL
                                    THEN 'planned' ELSE 'retry' END,
                       reason = COALESCE(%(reason)s, reason),
                       smtp_text = COALESCE(%(text)s, smtp_text),
                       attempt_count = GREATEST(attempt_count - 1, 0),
                       claim_token = NULL,
                       due_at = COALESCE(%(due_at)s, due_at)
                 WHERE id = ANY(%(ids)s) AND state = 'claimed'
                   AND claim_token = %(token)s
                RETURNING id
                """,
                due_at=due_at,
                reason=reason,
                text=text,
                ids=self.ids,
                token=token,
            ),
        )

    # ---------------------------------------------------------------------- stop

    def _take_out_stopped(self, token):
        """Take out claimed rows that must not be sent now, each for its reason.

        :return: the rows that may be sent
        """
        stopped = self._stopped()
        for reason in sorted(set(stopped.values())):
            rows = self.filtered(
                lambda row, reason=reason: stopped.get(row.id) == reason
            )
            if reason == "paused":
                rows._give_back(token)
            else:
                rows.enrollment_id._leave(reason)
        return self.filtered(lambda row: row.id not in stopped)

    def _stopped(self):
        """Why these must not be sent now: {id: key of EXIT_REASONS, or "paused"}.

        Size: a batch. Indexes: primary keys, the unique index of mail_blacklist.
        """
        return dict(
            look(
                self.env,
                SQL(
                    """
                    SELECT id, reason
                      FROM (SELECT d.id, CASE
                                WHEN e.state <> 'active' THEN e.exit_reason
                                WHEN c.state = 'closed' THEN 'campaign_closed'
                                WHEN c.state <> 'running' THEN 'paused'
                                ELSE %(stop_reason)s END AS reason
                              FROM recruit_campaign_delivery d
                              JOIN recruit_campaign_enrollment e
                                ON e.id = d.enrollment_id
                              JOIN recruit_campaign c ON c.id = d.campaign_id
                              JOIN recruit_candidate p ON p.id = d.candidate_id
                             WHERE d.id = ANY(%(ids)s)) AS checked
                     WHERE reason IS NOT NULL
                    """,
                    stop_reason=self.env["recruit.candidate"]._stop_reason_sql("p"),
                    ids=self.ids,
                ),
            )
        )

    # --------------------------------------------------------------------- fence

    @api.model
    def _lock_for_dot(self, keys):
        """Keep whoever stops this person or campaign waiting until the dot has left.

        :param keys: pairs of a lock class and an id, see `Letter.lock_keys`
        :return bool: False when somebody is stopping them right now: do not send
        """
        granted = self.env.execute_query(
            SQL(
                """SELECT k.class, k.id
                     FROM unnest(%s::int[], %s::int[]) AS k (class, id)
                    WHERE pg_try_advisory_lock_shared(k.class, k.id)""",
                [lock_class for lock_class, _id in keys],
                [record_id for _class, record_id in keys],
            )
        )
        if len(granted) < len(keys):
            self._unlock_after_dot(granted)
        return len(granted) == len(keys)

    @api.model
    def _unlock_after_dot(self, keys):
        """Let those go on who wait for the dot."""
        self.env.execute_query(
            SQL(
                """SELECT pg_advisory_unlock_shared(k.class, k.id)
                     FROM unnest(%s::int[], %s::int[]) AS k (class, id)""",
                [lock_class for lock_class, _id in keys],
                [record_id for _class, record_id in keys],
            )
        )

    def _fence(self, token, address, now):
        """The last check before the final dot: still ours, still wanted.

        Purpose: step 3 of the protocol; commit after it, then send the dot, at once.
        Size: one row. Indexes: primary keys, the unique index of mail_blacklist.

        :param str address: the normalized address that the letter is made out to
        :return bool: False when the dot must not be sent
        """
        self.ensure_one()
        return bool(
            change(
                self.env,
                SQL(
                    """
                    UPDATE recruit_campaign_delivery d
                       SET state = 'in_flight', fenced_at = %(now)s
                      FROM recruit_campaign_enrollment e, recruit_campaign c,
                           recruit_candidate p
                     WHERE d.id = %(id)s
                       AND d.state = 'claimed' AND d.claim_token = %(token)s
                       AND e.id = d.enrollment_id AND e.state = 'active'
                       AND c.id = d.campaign_id AND c.state = 'running'
                       AND p.id = d.candidate_id
                       AND p.email_normalized = %(address)s
                       AND %(stop_reason)s IS NULL
                    RETURNING d.id
                    """,
                    now=now,
                    id=self.id,
                    token=token,
                    address=address,
                    stop_reason=self.env["recruit.candidate"]._stop_reason_sql("p"),
                ),
            )
        )

    # -------------------------------------------------------------------- record

    def _mark_sent(self, *, now, next_step_id, next_due_at, token=None, **values):
        """Record the acceptance and plan the next message, or finish the person.

        :param next_step_id: None after the last step; a step that was deleted since
            counts as none
        :param token: of the worker that asks; without it only `uncertain` is moved
        :param values: other columns to set
        :return bool: False when it is sent already, or was never in flight
        """
        self.ensure_one()
        sources = states.TRANSITIONS[states.SENT] if token else (states.UNCERTAIN,)
        guard = SQL("claim_token = %s", token) if token else SQL("TRUE")
        rows = change(
            self.env,
            SQL(
                MARK_SENT,
                now=now,
                values=self._assignments({"reason": None, **values}),
                id=self.id,
                sources=sources,
                guard=guard,
                next_step_id=next_step_id,
                next_due_at=next_due_at,
                uid=self.env.uid,
            ),
        )
        return bool(rows)

    def _move(self, target, token=None, **values):
        """Move deliveries to a state, those that are in a state before it.

        Size: a batch at most. Index: primary key.

        :param token: only rows of this worker
        :param values: other columns to set
        :return: the deliveries that really moved
        """
        guard = SQL("claim_token = %s", token) if token else SQL("TRUE")
        rows = change(
            self.env,
            SQL(
                """
                UPDATE recruit_campaign_delivery
                   SET state = %(target)s, %(values)s
                 WHERE id = ANY(%(ids)s) AND state IN %(sources)s AND %(guard)s
                RETURNING id
                """,
                target=target,
                values=self._assignments(values),
                ids=self.ids,
                sources=states.TRANSITIONS[target],
                guard=guard,
            ),
        )
        return self.browse([row[0] for row in rows])

    @api.model
    def _skip(self, enrollment_ids, reason):
        """Skip what was not sent yet of people who left their campaign.

        Size: one or two rows for each enrollment. Index: of enrollment_id.
        """
        change(
            self.env,
            SQL(
                """
                WITH skipped AS (
                    UPDATE recruit_campaign_delivery
                       SET state = 'skipped', reason = %(reason)s, claim_token = NULL,
                           finished_at = %(now)s
                     WHERE enrollment_id = ANY(%(ids)s) AND state IN %(stoppable)s
                 RETURNING trace_id
                )
                UPDATE mailing_trace t
                   SET trace_status = 'cancel'
                  FROM skipped
                 WHERE t.id = skipped.trace_id AND t.trace_status = 'outgoing'
                RETURNING t.id
                """,
                reason=reason,
                now=self.env["recruit.clock"].now(),
                ids=enrollment_ids,
                stoppable=states.STOPPABLE,
            ),
        )

    def _assignments(self, values):
        return SQL(", ").join(
            SQL("%s = %s", SQL.identifier(column), value)
            for column, value in values.items()
        )
