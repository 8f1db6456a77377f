"""What addons know of earlier applications: the open registry of the part `history`.

An addon declares a source with one call; the best source of a person counts::

    declare("recruit_ats_ext", Source("medal", label, points, first=True))
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Source:
    """How far somebody came with us before, as one addon knows it.

    :param name: what it is called in the inputs of a score
    :param label: a function of the environment that returns it in words
    :param points: a function of the environment and the `SQL` name of a row of
        recruit_candidate; returns an `SQL` expression of 0 to 10,000, or NULL. It must
        rest on how applications went, never on who somebody is
    :param first: who has any points comes first in a shortlist
    :param people: for ``first``: a function of the environment that returns an `SQL`
        query of the ids of everybody who has points
    """

    name: str
    label: Callable
    points: Callable
    first: bool = False
    people: Callable | None = None


_DECLARED = {}  # (addon, name) -> Source


def declare(addon: str, source: Source):
    """Add a source; it counts where the addon is installed."""
    _DECLARED[addon, source.name] = source


def sources(addons) -> list[Source]:
    """Return the sources of these addons, in the order of their names."""
    return sorted(
        (source for (addon, _name), source in _DECLARED.items() if addon in addons),
        key=lambda source: source.name,
    )
