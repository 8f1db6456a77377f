"""What the person agreed to: the last word in the ledger of consents."""

from .fields import register
from .shapes import ChoiceField, choice_operators, selection_of

PERSON = "recruit.candidate"


class ConsentField(ChoiceField):
    """The last word of a person on one purpose; 'never asked' is one of the answers."""

    section = "contact"
    on_row = False  # the ledger says it, through its index of current rows


@register
class MessageConsentField(ConsentField):
    """Whether the person agreed to messages about jobs."""

    name, path = "consent", "marketing_consent"
    operators = choice_operators(selection_of(PERSON, "marketing_consent"))

    def label(self, env):
        return env._("Consent to messages")


@register
class PoolConsentField(ConsentField):
    """Whether the person agreed to be kept for later jobs."""

    name, path = "pool_consent", "pool_consent"
    operators = choice_operators(selection_of(PERSON, "pool_consent"))

    def label(self, env):
        return env._("Consent to talent pools")
