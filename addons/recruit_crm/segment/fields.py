"""What a segment can ask about a candidate: an open registry of fields.

Another addon adds a field with one class, in a module that its ``__init__`` imports::

    @register
    class Nickname(SegmentField):
        name = "nickname"
        operators = {"contains": Operator(lambda env: env._("contains"), Text())}

        def label(self, env):
            return env._("Nickname")

        def to_domain(self, operator, value, scope):
            return Domain("nickname", "ilike", value)

        def explain(self, operator, value, env):
            return env._("has a nickname with “%s”", value)

That is all: what the value must be, the builder, the refusal of anything else, the
negation, the SQL and the references to records follow. docs/segments.md tells more.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from datetime import datetime

from odoo.tools import SQL

from .values import Kind, Nothing

REGISTRY = {}


@dataclass(frozen=True)
class Operator:
    """How a field is compared.

    :param label: ``env -> str``, what the builder shows
    :param Kind kind: the kind of value it takes
    :param str negates: the operator of which this is the contrary; it is compiled as
        'not' of that, so that both together are everybody
    """

    label: object
    kind: Kind = Nothing()
    negates: str = ""


@dataclass(frozen=True)
class Scope:
    """For whom and when a tree is compiled.

    :param env: an environment with the rights of whoever asks
    :param now: naive UTC, the one moment that 'six months ago' is counted from
    :param dict fields: what can be asked in this database, see :func:`available`
    :param tuple trail: ids of the segments that are being compiled, outermost first
    """

    env: object
    now: datetime
    fields: dict
    trail: tuple = ()

    def inside(self, segment_id):
        """Return the scope in which a segment is compiled that this one uses."""
        return replace(self, trail=(*self.trail, segment_id))

    def rows(self, model, domain, column="candidate_id"):
        """Return 'SELECT column AS id' over the rows of a model, of all companies.

        Whoever may see a candidate may be told that a segment holds it, so the rules
        on its rows are not asked again: they would cost a join each.
        """
        rows = self.env[model].sudo().with_context(active_test=False)
        query = rows._search(domain)
        return query.select(SQL("%s AS id", SQL.identifier(query.table, column)))

    def people(self, domain):
        """Return 'SELECT id' of the candidates of a domain, archived ones too."""
        people = self.env["recruit.candidate"].sudo().with_context(active_test=False)
        query = people._search(domain)
        return query.select(SQL("%s AS id", SQL.identifier(query.table, "id")))


class SegmentField(ABC):
    """One thing that can be asked. Subclass it and decorate with :func:`register`."""

    name = ""
    section = "profile"  # a key of sections()
    operators = {}  # name -> Operator, the first one is the default
    # Whether a search asks it of the candidate's own row, as a filter, or of a set of
    # ids: right where it reads a column that no covering index serves.
    on_row = False

    @property
    def addon(self):
        """Technical name of the addon that brings the field."""
        return type(self).__module__.removeprefix("odoo.addons.").partition(".")[0]

    @abstractmethod
    def label(self, env):
        """Return the name of the field in the list that users choose from."""

    @abstractmethod
    def to_domain(self, operator, value, scope):
        """Return the ``Domain`` on recruit.candidate.

        :param str operator: one that negates no other
        :param value: JSON that the kind of the operator has found right
        """

    def to_sql(self, operator, value, scope):
        """Return an SQL 'SELECT .. AS id' of the candidates; by default from the
        domain. Give a shorter one where the rows that decide are in another table."""
        return scope.people(self.to_domain(operator, value, scope))

    @abstractmethod
    def explain(self, operator, value, env):
        """Return the words that follow 'a candidate who ...'."""

    def explain_not(self, operator, value, env):
        """Return the words for those who do not fit."""
        return env._("not (%(rule)s)", rule=self.explain(operator, value, env))

    def validate(self, operator, value, scope):
        """Return a sentence on what is wrong beyond the kind of value, or None."""
        return

    def facts(self, operator, value, candidate):
        """Return in words what is known of a candidate in this, or an empty text."""
        return ""

    def references(self, operator, value):
        """Return the records that the value points at: ``[(model, id)]``."""
        return self.operators[operator].kind.references(value)


def sections(env):
    """Return the groups that the builder shows the fields in: {key: label}."""
    return {
        "skills": env._("Skills"),
        "profile": env._("Profile"),
        "pools": env._("Tags and pools"),
        "contact": env._("Contact"),
        "history": env._("History"),
        "advanced": env._("Advanced"),
    }


def register(cls):
    """Add a :class:`SegmentField` to what segments can ask; class decorator.

    :raise ValueError: when another class has this name already
    """
    known = REGISTRY.get(cls.name)
    if not cls.name or (known and type(known).__qualname__ != cls.__qualname__):
        raise ValueError(f"segment field {cls.name!r} is not unique")
    REGISTRY[cls.name] = cls()
    return cls


def available(addons):
    """Return the registered fields whose addon is in ``addons``: {name: field}.

    One server process may serve databases with different addons.
    """
    return {name: field for name, field in REGISTRY.items() if field.addon in addons}
