import logging

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL, format_date, plaintext2html

from .recruit_candidate import CRM

_logger = logging.getLogger(__name__)

WAKING_EVENTS = frozenset(("applied", "replied", "hired"))
WAKE_BATCH = 200  # an activity each: a second or two a batch


class RecruitCandidate(models.Model):
    """Snooze: out of sight until a day, then back by itself with a next action."""

    _inherit = "recruit.candidate"

    snoozed_until = fields.Date(
        readonly=True,
        copy=False,
        tracking=True,
        help="Wakes by itself on this day, or when the person applies or replies.",
    )
    snoozed_by_id = fields.Many2one(
        "res.users", "Snoozed by", readonly=True, copy=False, groups=CRM
    )
    snooze_reason = fields.Char(
        "What to wait for", readonly=True, copy=False, groups=CRM
    )

    # Serves the cron that wakes people, and the filter of those asleep.
    _snoozed_idx = models.Index("(snoozed_until) WHERE snoozed_until IS NOT NULL")

    @api.depends("snoozed_until")
    def _compute_unreachable_reason(self):
        return super()._compute_unreachable_reason()

    def _unreachable_reason(self):
        """Who is snoozed is left in peace until that day."""
        reason = super()._unreachable_reason()
        if not reason and self.snoozed_until and self.snoozed_until > self._today():
            day = format_date(self.env, self.snoozed_until)
            return self.env._("Snoozed until %(day)s.", day=day)
        return reason

    @api.model
    def _unreachable_cases(self, candidate):
        """Add the snooze, as `_unreachable_reason` does."""
        return [
            *super()._unreachable_cases(candidate),
            ("snoozed", SQL("%s.snoozed_until > %s", candidate, self._today())),
        ]

    def action_ask_snooze(self):
        """Ask until when, and snooze these candidates."""
        return self._open_wizard("recruit.candidate.snooze", self.env._("Snooze"))

    def action_snooze(self, until, reason=False):
        """Snooze these candidates until a day.

        On that day a cron wakes them and plans an activity for the owner, or for who
        snoozed them where nobody owns them. Snoozing again moves the day.

        :param until: a date after today, or its text, ``"2027-01-31"``
        :param str reason: what to wait for; shown in the activity
        :raise ValidationError: for today or a day gone by
        """
        day = fields.Date.to_date(until)
        if not day or day <= self._today():
            raise ValidationError(
                self.env._("Choose a day after today to snooze until.")
            )
        self.write(
            {
                "snoozed_until": day,
                "snoozed_by_id": self.env.uid,
                "snooze_reason": reason,
            }
        )
        return True

    def action_wake(self):
        """Wake these candidates now, without an activity."""
        self.write(
            {"snoozed_until": False, "snoozed_by_id": False, "snooze_reason": False}
        )
        return True

    def _record_event(self, kind, document=None, **details):
        """Wake who applies or replies: they are in sight again by their own doing."""
        result = super()._record_event(kind, document=document, **details)
        if kind in WAKING_EVENTS:
            # sudo: the person woke up, whoever recorded it
            self.sudo().filtered("snoozed_until").action_wake()
        return result

    @api.model
    def _cron_wake_candidates(self):
        """Wake everybody whose day has come, in batches, each committed."""
        due = [("snoozed_until", "<=", self._today())]
        People = self.with_context(active_test=False)
        while batch := People.search(due, order="snoozed_until, id", limit=WAKE_BATCH):
            batch._wake_with_activity()
            remaining = People.search_count(due)
            self.env["ir.cron"]._commit_progress(len(batch), remaining=remaining)

    def _wake_with_activity(self):
        """Wake, and plan the next action of those still in use."""
        for candidate in self:
            responsible = candidate.user_id or candidate.snoozed_by_id
            reason = candidate.snooze_reason
            candidate.action_wake()
            if candidate.active and responsible.active:
                candidate._plan_waking(responsible, reason)

    def _plan_waking(self, responsible, reason):
        try:
            with self.env.cr.savepoint():
                self.activity_schedule(
                    "mail.mail_activity_data_todo",
                    date_deadline=self._today(),
                    summary=self.env._("Snooze is over"),
                    note=plaintext2html(reason or ""),
                    user_id=responsible.id,
                )
        except UserError as error:  # e.g. an owner who may no longer see the person
            _logger.warning("No activity for %s, who woke up: %s", self, error)

    @api.model
    def _today(self):
        return self.env["recruit.clock"].now().date()
