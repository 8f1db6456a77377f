"""The language of segments: a small, typed, immutable tree.

``All`` of nothing is everybody and ``Any`` of nothing is nobody, as in logic. A
segment without rules is compiled to ``NOBODY``: a mail to everybody must be meant.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Condition:
    """One registered field with its parameters, e.g. ``skill`` and a level."""

    field: str
    params: Mapping = field(default_factory=dict)


@dataclass(frozen=True)
class Not:
    """Everybody whom ``node`` leaves out."""

    node: object


@dataclass(frozen=True)
class All:
    """Those whom every node holds."""

    nodes: tuple = ()


@dataclass(frozen=True)
class Any:
    """Those whom at least one node holds."""

    nodes: tuple = ()


NOBODY = Any()
EVERYBODY = All()
