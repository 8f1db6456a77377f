from odoo import api, models
from odoo.tools import SQL

from ..engine import states
from .statements import change, look


class RecruitCampaignDelivery(models.Model):
    """Every change of a delivery's state: one statement each, guarded by the state
    before, so that it happens once whoever comes second.

    The statements of a worker run READ COMMITTED: each sees all that was committed
    before it began. In requests, which are REPEATABLE READ, a row that a worker moved
    meanwhile raises a serialization failure and Odoo repeats the request.
    """

    _inherit = "recruit.campaign.delivery"

    # ------------------------------------------------------------------ planning

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
    def _claim_next(self, token, now, limit, front=None):
        """Take due messages from where the worker has come to in the queue.

        While somebody holds a transaction open, what was taken before lies dead at the
        front of _due_idx and would be read again each time. At the end of the queue,
        and with each new worker, it begins anew: what came in meanwhile is found then.

        :param front: what was returned before
        :return: the claimed deliveries, and the front for the next time
        """
        claimed = self._claim_due(token, now, limit, front)
        if not claimed and front:
            claimed = self._claim_due(token, now, limit)
        last = claimed[-1:]
        front = (last.due_at, last.id) if len(claimed) == limit else None
        return claimed, front

    @api.model
    def _claim_due(self, token, now, limit, front=None):
        """Take due messages of running campaigns for one worker.

        Purpose: step 1 of the protocol; commit after it. Size: reads `limit` rows off
        _due_idx, whatever the size of the table, plus the due rows of paused campaigns
        before them.

        :param front: due time and id of the row after which to look
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
                     WHERE d.state IN ('planned', 'retry') AND d.kind = 'mail'
                       AND d.due_at <= %(now)s AND %(after)s
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
                after=SQL("(d.due_at, d.id) > %s", tuple(front))
                if front
                else SQL("TRUE"),
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
                 WHERE id = ANY(%(ids)s) AND state || '' = 'claimed'
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

    def _take_back(self, token):
        """Let messages behind the fence wait again; only while no dot was sent."""
        self._move(states.CLAIMED, token)

    # ---------------------------------------------------------------------- stop

    def _take_out_stopped(self, token, _now):
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
                                WHEN c.state = 'closed' AND c.closed_by_job
                                THEN 'job_closed'
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
                    stop_reason=self.env["recruit.candidate"]._stop_reason_sql(
                        "p", "c"
                    ),
                    ids=self.ids,
                ),
            )
        )

    # -------------------------------------------------------------------- others

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
                   SET %(values)s
                 WHERE id = ANY(%(ids)s) AND state || '' IN %(sources)s AND %(guard)s
                RETURNING id
                """,
                values=self._assignments({"state": target, **values}),
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
                     WHERE enrollment_id = ANY(%(ids)s)
                       AND state || '' IN %(stoppable)s
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
