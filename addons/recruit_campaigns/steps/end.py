"""The end of the sequence, where a branch has one of its own."""

from .kind import END, StepKind, done, register


@register
class End(StepKind):
    """Who comes here has finished."""

    name = END
    icon = "fa-flag-checkered"

    def label(self, env):
        return env._("End")

    def say(self, step):
        return step.env._("The sequence ends here")

    def take(self, step, rows, now):
        return dict.fromkeys(rows, done(step.env._("The sequence ends here.")))
