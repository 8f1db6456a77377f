"""The e-mail: written and sent by the engine, never taken here."""

from ..engine.text import without_placeholders
from .kind import MAIL, StepKind, register


@register
class Mail(StepKind):
    """A message, rendered for each person."""

    name = MAIL
    icon = "fa-envelope-o"
    uses = ("subject", "body_html")

    def label(self, env):
        return env._("E-mail")

    def say(self, step):
        return without_placeholders(step.subject) or step.env._("Untitled message")

    def problems(self, step):
        if step._has_content():
            return []
        return [step.env._("it has no subject or no text.")]

    def take(self, step, rows, now):
        """Never called: the job that takes steps leaves messages to the workers."""
        raise NotImplementedError("The workers send messages.")
