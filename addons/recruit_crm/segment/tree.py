"""The language of segments: a small, typed, immutable tree, and its JSON.

A group joins items, a condition asks one thing of one registered field::

    {"group": "all", "items": [
        {"field": "skill", "operator": "at_least", "value": {"skill": 7, "level": 60}},
        {"group": "none", "items": [
            {"field": "pool", "operator": "any_of", "value": [3]}]}]}

``all``, ``any`` and ``none`` mean what they do in logic. A segment without any
condition is nobody: a mail to everybody must be meant. A group inside a segment is
therefore never empty.
"""

from dataclasses import dataclass

GROUPS = ("all", "any", "none")
DEEPEST = 8  # groups within groups; nobody reads more
MOST = 200  # conditions; the planner of PostgreSQL takes 30 ms for so many


@dataclass(frozen=True)
class Condition:
    """One registered field, an operator of it, and a value: plain JSON."""

    field: str
    operator: str
    value: object = None
    path: tuple = ()


@dataclass(frozen=True)
class Group:
    """Those whom all, any or none of the items hold.

    :param tuple path: where it stands: the place in each group on the way down
    """

    kind: str
    items: tuple = ()
    path: tuple = ()


NOBODY = Group("any")
EVERYBODY = Group("all")


class TreeError(ValueError):
    """What was given is no tree; ``path`` says where, ``reason`` is a key."""

    def __init__(self, reason, path=()):
        super().__init__(reason)
        self.reason, self.path = reason, path


def parse(data):
    """Read the JSON of a tree; None, False and a bare empty group are nobody.

    :raise TreeError: ``shape``, ``group``, ``empty``, ``deep`` or ``many``
    """
    if not data:
        return NOBODY
    if not isinstance(data, dict) or "group" not in data:
        raise TreeError("shape")
    if data.get("items") == [] and data["group"] in GROUPS:
        return NOBODY
    node = _parse(data, ())
    if sum(1 for _condition in conditions(node)) > MOST:
        raise TreeError("many")
    return node


def _parse(data, path):
    if not isinstance(data, dict):
        raise TreeError("shape", path)
    if "group" not in data:
        return _parse_condition(data, path)
    if set(data) != {"group", "items"} or not isinstance(data["items"], list):
        raise TreeError("shape", path)
    if data["group"] not in GROUPS:
        raise TreeError("group", path)
    if not data["items"]:
        raise TreeError("empty", path)
    if len(path) >= DEEPEST:
        raise TreeError("deep", path)
    items = (_parse(item, (*path, at)) for at, item in enumerate(data["items"]))
    return Group(data["group"], tuple(items), path)


def _parse_condition(data, path):
    names = set(data)
    if not {"field", "operator"} <= names <= {"field", "operator", "value"}:
        raise TreeError("shape", path)
    if not isinstance(data["field"], str) or not isinstance(data["operator"], str):
        raise TreeError("shape", path)
    return Condition(data["field"], data["operator"], data.get("value"), path)


def conditions(node):
    """Return every condition of a tree, from left to right."""
    if isinstance(node, Condition):
        yield node
        return
    for item in node.items:
        yield from conditions(item)
