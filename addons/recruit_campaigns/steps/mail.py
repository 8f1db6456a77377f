"""The e-mail: the workers write and send it, so it is not taken as other steps are."""

from ..engine.text import without_placeholders
from .kind import MAIL, Kind, register


@register
class Mail(Kind):
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
