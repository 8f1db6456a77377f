"""What is known of the person: where they live, what they speak, what they want."""

from odoo.fields import Domain

from .fields import Operator, SegmentField, register
from .shapes import (
    SET_OPERATORS,
    ChoiceField,
    MomentField,
    RecordField,
    TextField,
    choice_operators,
    literal,
    selection_of,
)
from .values import Nothing, Period, Text, after

PERSON = "recruit.candidate"


@register
class StateField(ChoiceField):
    """The state of the relationship."""

    name = path = "state"
    operators = choice_operators(selection_of(PERSON, "state"))

    def label(self, env):
        return env._("Relationship")


@register
class OwnerField(RecordField):
    """The recruiter who keeps in touch."""

    name, path, model = "owner", "user_id", "res.users"
    choosable = (("share", "=", False),)

    def label(self, env):
        return env._("Owner")


@register
class CountryField(RecordField):
    """The country where the person lives."""

    name, path, model = "country", "country_id", "res.country"
    on_row = False  # an index holds the ids of each country

    def label(self, env):
        return env._("Country")


@register
class CityField(TextField):
    """The city where the person lives."""

    name = path = "city"
    operators = {
        "is": Operator(lambda env: env._("is"), Text()),
        "is_not": Operator(lambda env: env._("is not"), Text(), negates="is"),
        **TextField.operators,
    }

    def label(self, env):
        return env._("City")

    def to_domain(self, operator, value, scope):
        if operator == "is":
            return self.leaf("=ilike", literal(value))
        return super().to_domain(operator, value, scope)


@register
class LanguageField(ChoiceField):
    """The language to write to the person in."""

    name, path = "language", "lang"
    operators = {
        **choice_operators(lambda env: env["res.lang"].get_installed()),
        **SET_OPERATORS,
    }

    def label(self, env):
        return env._("Language")


@register
class AvailabilityField(ChoiceField):
    """Whether, and from when, the person would change jobs."""

    name = path = "availability"
    operators = {
        **choice_operators(selection_of(PERSON, "availability")),
        "by": Operator(lambda env: env._("can start within"), Period()),
        **SET_OPERATORS,
    }

    def label(self, env):
        return env._("Availability")

    def to_domain(self, operator, value, scope):
        if operator != "by":
            return super().to_domain(operator, value, scope)
        dated = Domain("availability", "=", "from_date")
        dated &= Domain("available_from", "<=", after(scope.now, value).date())
        return Domain("availability", "=", "now") | dated


@register
class EmployerField(TextField):
    """Where the person works today."""

    name = path = "employer"

    def label(self, env):
        return env._("Employer")


@register
class HeadlineField(TextField):
    """What the person does, in their line about themselves."""

    name = path = "headline"

    def label(self, env):
        return env._("Headline")


@register
class FreshnessField(ChoiceField):
    """How far the data can still be trusted."""

    name = path = "freshness"
    section = "contact"
    operators = choice_operators(selection_of(PERSON, "freshness"))

    def label(self, env):
        return env._("Freshness of the data")


@register
class LastContactField(MomentField):
    """When the last contact was."""

    name, path = "last_contact", "last_touch_at"
    section = "contact"

    def label(self, env):
        return env._("Last contact")


@register
class KnownSinceField(MomentField):
    """When the person was entered."""

    name, path = "created", "create_date"
    section = "contact"

    def label(self, env):
        return env._("Entered")


@register
class ReachableField(SegmentField):
    """May be written to: has an address, and nothing stands against it."""

    name = "reachable"
    section = "contact"
    on_row = True
    operators = {
        "yes": Operator(lambda env: env._("yes"), Nothing()),
        "no": Operator(lambda env: env._("no"), Nothing(), negates="yes"),
    }

    def label(self, env):
        return env._("Reachable by e-mail")

    def to_domain(self, operator, value, scope):
        return Domain.custom(to_sql=_reachable, predicate=_is_reachable)

    def explain(self, operator, value, env):
        return env._("can be reached by e-mail")

    def explain_not(self, operator, value, env):
        return env._("cannot be reached by e-mail")

    def facts(self, operator, value, candidate):
        return candidate._unreachable_reason() or candidate.env._("nothing against it")


def _reachable(people, alias, _query):
    """Return the condition that nothing keeps e-mail from a row of candidates."""
    people.env.flush_all()  # addons look at tables of their own
    return people._reachable_sql(alias)


def _is_reachable(candidate):
    return not candidate._unreachable_reason()
