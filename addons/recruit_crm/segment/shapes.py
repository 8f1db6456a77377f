"""Fields by the shape of what they ask: a choice, a record, a text, a moment.

A field of such a shape says which column it reads and how it is called; the operators,
the domain and the words are here.
"""

from datetime import date, datetime, time

from odoo.fields import Domain

from . import labels
from .fields import Operator, SegmentField
from .values import Choices, Day, Nothing, Period, Records, Text, before


class ColumnField(SegmentField):
    """A field that reads one column of the candidate, ``path``, maybe over links."""

    path = ""

    @property
    def on_row(self):
        return "." not in self.path

    def leaf(self, operator, value):
        """Return the domain of a condition on the column. Links are followed without
        the rules of what they lead to: whoever sees the candidate may be told."""
        *links, column = self.path.split(".")
        domain = Domain(column, operator, value)
        for link in reversed(links):
            domain = Domain(link, "any!", domain)
        return domain

    def explain(self, operator, value, env):
        label = self.label(env)
        if operator == "set":
            return env._("%(field)s is known", field=label)
        kind = self.operators[operator].kind
        said = self.operators[operator].label(env)
        return f"{label} {said} {kind.words(value, env)}".strip()

    def facts(self, operator, value, candidate):
        values = candidate.sudo().mapped(self.path)
        if hasattr(values, "_name"):
            return ", ".join(values.mapped("display_name"))
        *_links, name = self.path.split(".")
        options = self._options(candidate, name)
        return ", ".join(str(options.get(one, one)) for one in values if one)

    def _options(self, candidate, name):
        field = candidate._fields.get(self.path)
        if field is None or field.type != "selection":
            return {}
        return dict(field._description_selection(candidate.env))


def choice_operators(options):
    """Return the operators of a field with fixed options.

    :param options: ``env -> [(key, label)]``
    """
    kind = Choices(options)
    return {
        "any_of": Operator(labels.any_of, kind),
        "none_of": Operator(labels.none_of, kind, negates="any_of"),
    }


def selection_of(model, field):
    """Return the options of a selection field: ``env -> [(key, label)]``."""
    return lambda env: env[model]._fields[field]._description_selection(env)


SET_OPERATORS = {
    "set": Operator(labels.is_set, Nothing()),
    "not_set": Operator(labels.not_set, Nothing(), negates="set"),
}


class ChoiceField(ColumnField):
    """Is one of some options. ``operators`` come from :func:`choice_operators`."""

    def to_domain(self, operator, value, scope):
        if operator == "set":
            return self.leaf("!=", False)
        return self.leaf("in", value)


class RecordField(ColumnField):
    """Points at one of some records."""

    model = ""
    choosable = ()  # the domain of what can be chosen

    @property
    def operators(self):
        kind = Records(self.model, domain=self.choosable)
        return {
            "any_of": Operator(labels.any_of, kind),
            "none_of": Operator(labels.none_of, kind, negates="any_of"),
            **SET_OPERATORS,
        }

    def to_domain(self, operator, value, scope):
        if operator == "set":
            return self.leaf("!=", False)
        return self.leaf("in", value)


class TextField(ColumnField):
    """Contains a text, whatever the case; or is any at all."""

    operators = {
        "contains": Operator(labels.contains, Text()),
        "lacks": Operator(labels.lacks, Text(), negates="contains"),
        **SET_OPERATORS,
    }

    def to_domain(self, operator, value, scope):
        if operator == "set":
            # an emptied input leaves an empty text, which is as good as none
            return self.leaf("not in", [False, ""])
        return self.leaf("ilike", literal(value))


def literal(text):
    """Return a text in which a percent sign means itself to LIKE."""
    escaped = text.strip().replace("\\", "\\\\")
    return escaped.replace("%", "\\%").replace("_", "\\_")


class MomentField(ColumnField):
    """Lies so far back, or before or after a day in UTC; or is known at all."""

    operators = {
        "within": Operator(labels.within, Period()),
        "longer_ago": Operator(labels.longer_ago, Period()),
        "since": Operator(labels.since, Day()),
        "until": Operator(labels.until, Day()),
        **SET_OPERATORS,
    }

    def to_domain(self, operator, value, scope):
        match operator:
            case "set":
                return self.leaf("!=", False)
            case "within":
                return self.leaf(">=", before(scope.now, value))
            case "longer_ago":
                return self.leaf("<", before(scope.now, value))
            case "since":
                return self.leaf(">=", _start(value))
        return self.leaf("<", _start(value))


def _start(day):
    return datetime.combine(date.fromisoformat(day), time.min)
