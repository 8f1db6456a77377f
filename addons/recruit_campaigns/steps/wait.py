"""Waiting: for a day, or for something to happen."""

from datetime import time, timedelta

from ..timing.wall import to_utc
from ..timing.words import days
from . import happened
from .kind import StepKind, done, register, waits


@register
class Wait(StepKind):
    """Holds the person until a date, or until something happens, so long at most."""

    name = "wait"
    icon = "fa-hourglass-half"
    uses = ("wait_for", "wait_until", "event", "wait_days")

    def label(self, env):
        return env._("Wait")

    def say(self, step):
        env = step.env
        if step.wait_for == "date":
            day = step._format_day(step.wait_until) if step.wait_until else "…"
            return env._("Wait until %s", day)
        return env._(
            "Wait at most %(days)s: %(event)s",
            days=days(env, step.wait_days),
            event=happened.label(env, step.event),
        )

    def problems(self, step):
        env = step.env
        if step.wait_for == "date":
            return [] if step.wait_until else [env._("choose the date.")]
        return [
            sentence
            for sentence, stands in (
                (env._("choose what to wait for."), not step.event),
                (env._("say for how many days at most."), not step.wait_days),
            )
            if stands
        ]

    def take(self, step, rows, now):
        if step.wait_for == "date":
            return {row: self._for_date(step, row, now) for row in rows}
        since = happened.since(step.event, rows)
        return {row: self._for_event(step, row, now, since.get(row)) for row in rows}

    def longest_stay(self, step):
        if step.wait_for == "event":
            return timedelta(days=step.wait_days)
        return timedelta(0)

    def stays_until(self, step):
        return step.wait_until if step.wait_for == "date" else None

    def says_yes(self, step, people, rows):
        if step.wait_for == "date":
            return people.browse()
        return people.browse(
            row.candidate_id.id for row in happened.since(step.event, rows)
        )

    def _for_date(self, step, row, now):
        campaign, tz = step.campaign_id, row.candidate_id.tz
        begins = to_utc(step.wait_until, time.min, campaign._zone(tz))
        day = step._format_day(step.wait_until)
        if now < begins:
            return waits(begins, step.env._("Waits until %s.", day))
        return done(step.env._("It is %s.", day))

    def _for_event(self, step, row, now, event_at):
        if event_at:
            return done(happened.told(step.env, step.event))
        until = (row.began_at or now) + self.longest_stay(step)
        if now < until:
            return waits(
                happened.next_look(now, until),
                step.env._("Waits: %s", happened.label(step.env, step.event)),
            )
        waited = days(step.env, step.wait_days)
        return done(step.env._("It did not happen in %s.", waited))
