"""A task for a person: the sequence waits until it is done."""

from datetime import timedelta

from ..timing.words import days
from .kind import StepKind, done, register, skipped, waits


@register
class Task(StepKind):
    """An Odoo activity on the candidate: a call, a message on LinkedIn, a coffee.

    The sequence goes on as soon as it is done or removed, or after so many days; the
    activity stays open then. Without days it does not wait at all.
    """

    name = "task"
    icon = "fa-phone"
    uses = (
        "activity_type_id",
        "summary",
        "note",
        "assign_to",
        "user_id",
        "wait_days",
    )

    def label(self, env):
        return env._("Task")

    def say(self, step):
        what = step.summary or step.activity_type_id.name or step.env._("Task")
        return step.env._("%(what)s, by %(who)s", what=what, who=step._assignee_label())

    def problems(self, step):
        return step._assignee_problems()

    def take(self, step, rows, now):
        return {
            row: self._look(step, row, now)
            if row.began_at
            else self._ask(step, row, now)
            for row in rows
        }

    def longest_stay(self, step):
        return timedelta(days=step.wait_days)

    def _ask(self, step, row, now):
        user = step._assignee(row.candidate_id)
        if not user:
            return skipped(step.env._("There was nobody to give the task to."))
        activity = step._schedule_task(
            row.candidate_id, user, now + self.longest_stay(step)
        )
        if not step.wait_days:
            return done(step.env._("A task for %s.", user.name))
        row.activity_id = activity
        return waits(now + self.longest_stay(step), _waiting(step, row))

    def _look(self, step, row, now):
        until = row.began_at + self.longest_stay(step)
        if not row.activity_id.active:
            return done(row.reason or step.env._("The task is done."))
        if now < until:
            return waits(until, _waiting(step, row))
        waited = days(step.env, step.wait_days)
        return done(step.env._("The task was not done in %s; it stays.", waited))


def _waiting(step, row):
    user = row.activity_id.user_id
    return step.env._("Waits until %s has done the task.", user.name)
