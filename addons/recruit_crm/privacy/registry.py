"""Where a person's data is: the declared registry that export and erasure walk.

An addon declares what it keeps about people, with one call a model::

    declare(
        "recruit_crm",
        "recruit.identity",
        Via("candidate_id"),
        fate=DELETE,
    )

A model that is declared twice, by two addons, has the fields of both. A test of the
whole product fails when a text, a file or a document of a model that leads to a person
is neither cleared, nor plain, nor deleted with its row (``tests/privacy``).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

CANDIDATE = "recruit.candidate"
# What becomes of the rows of an erased person.
DELETE = "delete"  # the row goes
CLEAR = "clear"  # the row stays, for the figures, without what is personal
KEEP = "keep"  # the row stays as it is, for a reason that is told


@dataclass(frozen=True)
class Via:
    """Rows whose column holds the id of a row of the owner that was found."""

    column: str
    owner: str = CANDIDATE


@dataclass(frozen=True)
class Document:
    """Rows that name a model and an id, of any row that was found."""

    column: str = "res_id"
    model_column: str = "res_model"


@dataclass(frozen=True)
class PointedAt:
    """Rows that a column of the owner's rows points at."""

    owner: str
    column: str


@dataclass(frozen=True)
class Related:
    """Rows that a table of pairs ties to the owner's rows."""

    owner: str
    table: str
    owner_column: str
    column: str


@dataclass(frozen=True)
class Matching:
    """Rows whose column holds the same text as a column of the owner's rows."""

    column: str
    owner: str
    owner_column: str


@dataclass(frozen=True)
class Holding:
    """What is kept of a person in one model.

    :param links: how the person's rows are found; one of them is enough
    :param fate: DELETE, CLEAR or KEEP
    :param clear: field -> what it holds after an erasure; None: nothing; ``{id}`` in a
        text is the id of the row; of a many2many field the ties go
    :param plain: fields that say nothing about the person
    :param guard: a method of recruit.privacy that takes the ids found and returns those
        that are the person's alone; the others stay
    :param why: for KEEP: why the row stays, in words
    """

    model: str
    links: tuple = ()
    fate: str = ""
    clear: Mapping = field(default_factory=dict)
    plain: frozenset = frozenset()
    guard: str = ""
    why: str = ""

    def joined(self, other):
        """Return this holding with what another addon declared of the same model."""
        return Holding(
            self.model,
            self.links + other.links,
            self.fate or other.fate,
            {**self.clear, **other.clear},
            self.plain | other.plain,
            self.guard or other.guard,
            self.why or other.why,
        )


_DECLARED = {}  # (addon, model) -> Holding
_NOT_ABOUT_PEOPLE = {}  # model -> why


def declare(addon, model, *links, fate="", clear=(), plain=(), guard="", why=""):
    """Declare what an addon keeps of a person in one model; see :class:`Holding`.

    :param clear: names of fields, or a mapping of names to what they hold afterwards
    """
    if not isinstance(clear, Mapping):
        clear = dict.fromkeys(clear)
    _DECLARED[addon, model] = Holding(
        model, links, fate, clear, frozenset(plain), guard, why
    )


def not_about_people(model, why):
    """Declare that a model may point at anything, and still keeps no personal data.

    :param str why: in words, for who reads the registry
    """
    _NOT_ABOUT_PEOPLE[model] = why


def exceptions():
    """Return the models that keep no personal data: {model: why}."""
    return dict(_NOT_ABOUT_PEOPLE)


def holdings(addons):
    """Return what the installed addons declared: {model: Holding}, in the order in
    which rows are found. One server process may serve databases with different addons.
    """
    found = {}
    for (addon, model), holding in _DECLARED.items():
        if addon in addons:
            found[model] = found[model].joined(holding) if model in found else holding
    return found
