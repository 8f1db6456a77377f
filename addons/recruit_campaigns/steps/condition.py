"""The condition: who goes which way."""

from datetime import timedelta

from ..timing.words import days
from . import happened
from .kind import NO, YES, StepKind, done, register, waits

# What is asked of the person as it stands: as a segment asks it.
RULES = {
    "in_segment": ("segment_id", "segment", "any_of", lambda step: step.segment_id.ids),
    "skill": (
        "skill_id",
        "skill",
        "at_least",
        lambda step: {"skill": step.skill_id.id, "level": step.skill_level},
    ),
    "state": ("person_state", "state", "any_of", lambda step: [step.person_state]),
    "stage": ("stage_id", "pool_stage", "any_of", lambda step: step.stage_id.ids),
}
# How long people wait where the question itself is broken: somebody must mend it.
BROKEN_PAUSE = timedelta(days=1)


def tests(env):
    """Return what can be asked: ``{name: words}``."""
    events = {name: words.capitalize() for name, words in happened.labels(env).items()}
    return {
        **events,
        "in_segment": env._("Is in a segment"),
        "skill": env._("Has a skill at a level"),
        "state": env._("Stands in a relationship"),
        "stage": env._("Stands at a stage of a pool"),
    }


@register
class Condition(StepKind):
    """Asks about the person, and sends them one way or the other.

    What may still happen is waited for: as soon as it does the answer is yes, after so
    many days it is no. The rest is asked once, as it stands.
    """

    name = "condition"
    icon = "fa-code-fork"
    uses = (
        "test",
        "wait_days",
        "segment_id",
        "skill_id",
        "skill_level",
        "person_state",
        "stage_id",
    )
    branches = True

    def label(self, env):
        return env._("Condition")

    def say(self, step):
        env = step.env
        if step.test in happened.EVENTS:
            return env._(
                "%(event)s within %(days)s?",
                event=happened.label(env, step.test).capitalize(),
                days=days(env, step.wait_days),
            )
        return step._rule().sentence or env._("A condition")

    def problems(self, step):
        if not step.test:
            return [step.env._("choose what to ask.")]
        if step.test in happened.EVENTS:
            return []
        field = RULES[step.test][0]
        if not step[field]:
            label = step._fields[field]._description_string(step.env)
            return [step.env._("fill in “%s”.", label)]
        return [problem for _path, problem in step._rule()._problems()]

    def take(self, step, rows, now):
        if step.test in happened.EVENTS:
            since = happened.since(step.test, rows)
            return {row: self._wait(step, row, now, row in since) for row in rows}
        if problems := self.problems(step):
            broken = step.env._("The condition is broken: %s", " ".join(problems))
            return dict.fromkeys(rows, waits(now + BROKEN_PAUSE, broken))
        fit = step._who_fits(rows.candidate_id)
        return {row: _answer(step, row.candidate_id in fit) for row in rows}

    def longest_stay(self, step):
        if step.test in happened.EVENTS:
            return timedelta(days=step.wait_days)
        return timedelta(0)

    def says_yes(self, step, people, rows):
        if step.test in happened.EVENTS:
            did = happened.since(step.test, rows)
            return people.browse(row.candidate_id.id for row in did)
        return people.browse() if self.problems(step) else step._who_fits(people)

    def _wait(self, step, row, now, did):
        until = (row.began_at or now) + self.longest_stay(step)
        if did or now >= until:
            return _answer(step, did)
        return waits(
            happened.next_look(now, until),
            step.env._("Waits: %s", happened.label(step.env, step.test)),
        )


def _answer(step, fits):
    says = step._kind().say(step)
    if fits:
        return done(step.env._("Yes: %s", says), YES)
    return done(step.env._("No: %s", says), NO)
