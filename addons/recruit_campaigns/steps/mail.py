"""The e-mail: written and sent by the engine, never taken here."""

import re

from .kind import MAIL, StepKind, register

# On a card the subject stands without what is different for each person.
PLACEHOLDER = re.compile(r"\{\{.*?\}\}")


@register
class Mail(StepKind):
    """A message, rendered for each person."""

    name = MAIL
    icon = "fa-envelope-o"
    uses = ("subject", "body_html")

    def label(self, env):
        return env._("E-mail")

    def say(self, step):
        subject = PLACEHOLDER.sub("…", step.subject or "")
        return subject or step.env._("Untitled message")

    def problems(self, step):
        if step._has_content():
            return []
        return [step.env._("it has no subject or no text.")]

    def take(self, step, rows, now):
        """Never called: the job that takes steps leaves messages to the workers."""
        raise NotImplementedError("The workers send messages.")
