import logging

import psycopg2
from psycopg2.extensions import TransactionRollbackError

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..engine import states
from ..steps.kind import MAIL, NO, YES, Outcome
from .recruit_campaign_delivery_record import GO_ON, NEXT_STEP
from .statements import change, look

_logger = logging.getLogger(__name__)

# Rows for one transaction: small, since a task or a pool costs the ORM some writes.
BATCH = 100
# How often a batch is begun again that lost against another transaction.
TRIES = 5

# What is due and no message, the longest waiting first. Size: reads a batch off
# _due_steps_idx, whatever the size of the table, plus the due rows of paused campaigns
# before them. Rows that another cron has taken are left to it.
LOCK_DUE = """
SELECT d.id
  FROM recruit_campaign_delivery d
  JOIN recruit_campaign c ON c.id = d.campaign_id AND c.state = 'running'
 WHERE d.state = 'planned' AND d.kind <> 'mail' AND d.due_at <= %(now)s
 ORDER BY d.due_at, d.id
 LIMIT %(limit)s
   FOR UPDATE OF d SKIP LOCKED
"""

# The end of a step and the beginning of the next, for a batch in one statement; or a
# longer stay. Indexes: primary keys, _once_unique.
CONCLUDE = """
WITH mine AS (
    SELECT d.*, g.new_state, g.sentence, g.way, g.until, g.next_step_id, g.next_due_at
      FROM unnest(%(ids)s::int[], %(states)s::text[], %(sentences)s::text[],
                  %(ways)s::text[], %(until)s::timestamp[], %(next_ids)s::int[],
                  %(next_due)s::timestamp[])
           AS g (id, new_state, sentence, way, until, next_step_id, next_due_at)
      JOIN recruit_campaign_delivery d ON d.id = g.id
     WHERE d.state || '' = 'planned'
       FOR UPDATE OF d
), concluded AS (
    UPDATE recruit_campaign_delivery d
       SET state = mine.new_state, reason = mine.sentence, branch = mine.way,
           hold = NULL, hold_lane = NULL,
           due_at = COALESCE(mine.until, d.due_at),
           began_at = COALESCE(d.began_at, %(now)s),
           finished_at = CASE WHEN mine.until IS NULL THEN %(now)s::timestamp END
      FROM mine
     WHERE d.id = mine.id
), next AS (
    SELECT mine.*, s.id AS existing_step_id, s.kind AS next_kind
      FROM mine LEFT JOIN %(next_step)s
     WHERE mine.new_state IN ('done', 'skipped')
), %(go_on)s
SELECT id FROM mine
"""


class RecruitCampaignDelivery(models.Model):
    """The steps that are no message: taken by a cron of their own, in small batches."""

    _inherit = "recruit.campaign.delivery"

    kind = fields.Selection(related="step_id.kind", store=True)
    began_at = fields.Datetime(
        "Since", help="When the person came to the step, where they wait at it."
    )
    branch = fields.Selection([(YES, "Yes"), (NO, "No")], "Answer")
    activity_id = fields.Many2one(
        "mail.activity",
        "Task",
        ondelete="set null",
        index="btree_not_null",
        help="What the sequence waits for.",
    )

    # Serves the cron: what is due and no message.
    _due_steps_idx = models.Index(
        "(due_at, id) WHERE state = 'planned' AND kind <> 'mail'"
    )

    @api.model
    def _cron_take_steps(self):
        """Take the steps that are due, until none is or the time of the cron is over.

        Many may run at once, in any number of processes and hosts.
        """
        commit_progress = self.env["ir.cron"]._commit_progress
        if not self.env["recruit.campaign"]._may_send_here():
            return
        left = commit_progress(remaining=len(self._due_steps(limit=1000)))
        while left and (count := self._take_due_steps()):
            left = commit_progress(count)

    @api.model
    def _take_due_steps(self, limit=BATCH):
        """Take a batch; the caller commits.

        :return int: how many were due
        """
        for _try in range(TRIES):
            try:
                now = self.env["recruit.clock"].now()
                rows = self._due_steps(limit, now)
                rows._take_steps(now)
                return len(rows)
            except TransactionRollbackError:
                # somebody stopped one of these people meanwhile: look again
                self.env.cr.rollback()
        return 0

    @api.model
    def _due_steps(self, limit, now=None):
        """What is due and no message, locked; see `LOCK_DUE`."""
        now = now or self.env["recruit.clock"].now()
        rows = look(self.env, SQL(LOCK_DUE, now=now, limit=limit))
        return self.browse([row[0] for row in rows])

    def _take_steps(self, now):
        """Take these steps; those of people who must not go on end with the reason."""
        stopped = self._stopped()
        for reason in sorted(set(stopped.values()) - {"paused"}):
            self.filtered(
                lambda row, reason=reason: stopped.get(row.id) == reason
            ).enrollment_id._leave(reason)
        wanted = self.filtered(lambda row: row.id not in stopped)
        for step, rows in wanted._put_off_away(now).grouped("step_id").items():
            rows._take_step(step, now)

    def _put_off_away(self, now):
        """Let those who are away come to no step before they are back; returns the
        others. Who waits at a step already is looked at: what they wait for may have
        happened."""
        away = self.filtered(
            lambda row: (
                not row.began_at
                and row.candidate_id.mail_hold_until
                and row.candidate_id.mail_hold_until > now
            )
        )
        away.candidate_id._push_held()
        return self - away

    def _take_step(self, step, now):
        """Take one step for some people: all at once, else one by one, so that one bad
        row stops nobody else."""
        try:
            with self.env.cr.savepoint():
                self._conclude(step._kind().take(step, self, now), step, now)
        except psycopg2.errors.OperationalError:
            raise  # the session is lost, or another transaction goes first
        except Exception as error:
            if len(self) > 1:
                for row in self:
                    row._take_step(step, now)
                return
            if not isinstance(error, UserError):
                _logger.exception("Step of delivery %s cannot be taken", self.id)
            self._fail_step(step, error, now)

    def _fail_step(self, step, error, now):
        """Give up on the step of one person, who leaves the campaign."""
        sentence = self._reason_text("unexpected")
        if isinstance(error, UserError):
            sentence = str(error)
        self._conclude({self: Outcome(states.FAILED, sentence)}, step, now)
        self.enrollment_id._leave("step_failed")

    def _conclude(self, outcomes, step, now):
        """Record what became of a step, and plan what comes next for each.

        :param dict outcomes: ``{row: Outcome}``
        """
        rows = [
            (
                row.id,
                outcome.state,
                outcome.sentence,
                outcome.branch if step.branches and not outcome.until else None,
                outcome.until,
                *step._following(outcome, now, row.candidate_id.tz),
            )
            for row, outcome in outcomes.items()
        ]
        names = ("ids", "states", "sentences", "ways", "until", "next_ids", "next_due")
        columns = dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
        parts = {
            "go_on": SQL(GO_ON, now=now),
            "next_step": SQL(NEXT_STEP),
        }
        change(self.env, SQL(CONCLUDE, now=now, **parts, **columns))
        if MAIL in step._next_steps().mapped("kind"):
            self._wake_senders()

    @api.model
    def _skip(self, enrollment_ids, reason):
        """The task of somebody who left need not be done any more."""
        result = super()._skip(enrollment_ids, reason)
        left = self.search(
            [
                ("enrollment_id", "in", enrollment_ids),
                ("activity_id", "!=", False),
                ("state", "=", states.SKIPPED),
            ]
        )
        # sudo: whoever stops a person need not be the one who has the task
        left.activity_id.sudo().filtered("active").unlink()
        return result

    @api.model
    def _wake_steps(self):
        """Let the steps be taken as soon as this is committed."""
        # sudo: anyone who may use a campaign may wake its cron
        self.env.ref("recruit_campaigns.ir_cron_take_steps").sudo()._trigger()

    def _look_now(self, **values):
        """Look at once at steps at which people wait."""
        # sudo: what happened may be anybody's doing
        waiting = self.sudo().filtered(
            lambda row: row.state == states.PLANNED and row.began_at
        )
        if waiting:
            waiting.write({"due_at": self.env["recruit.clock"].now(), **values})
            self._wake_steps()


class RecruitCampaignStep(models.Model):
    _inherit = "recruit.campaign.step"

    def _following(self, outcome, now, tz):
        """Where somebody goes on after an outcome: id of the step, and when it is due.

        Nowhere where the person stays, leaves, or has come to the end.
        """
        if outcome.state not in (states.DONE, states.SKIPPED):
            return None, None
        step = self._next_step(outcome.branch)
        return step.id or None, step._due_after(now, tz)


class RecruitCandidate(models.Model):
    _inherit = "recruit.candidate"

    def _record_event(self, kind, document=None, **details):
        """What somebody waits for in a campaign may be this: look at once."""
        result = super()._record_event(kind, document=document, **details)
        # sudo: an event counts in the campaigns of every company
        waiting = (
            self.env["recruit.campaign.delivery"]
            .sudo()
            .search(
                [
                    ("candidate_id", "in", self.ids),
                    ("state", "=", states.PLANNED),
                    ("kind", "in", ["wait", "condition"]),
                ]
            )
        )
        waiting._look_now()
        return result


class MailActivity(models.Model):
    _inherit = "mail.activity"

    def _action_done(self, feedback=False, attachment_ids=None):
        """A campaign that waits for this goes on."""
        result = super()._action_done(feedback=feedback, attachment_ids=attachment_ids)
        self._go_on(
            self.env._(
                "%(who)s did it. %(what)s", who=self.env.user.name, what=feedback
            )
            if feedback
            else self.env._("%s did it.", self.env.user.name)
        )
        return result

    def unlink(self):
        """A campaign that waits for this goes on without it."""
        self._go_on(self.env._("%s removed the task.", self.env.user.name))
        return super().unlink()

    def _go_on(self, sentence):
        # sudo: whoever has the task need not see the campaign
        self.env["recruit.campaign.delivery"].sudo().search(
            [("activity_id", "in", self.ids), ("state", "=", states.PLANNED)]
        )._look_now(reason=sentence)
