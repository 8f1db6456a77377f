"""Two back ends for one tree: the ``Domain`` that searches, the sentence that explains.

A field that is not registered is an error, never an empty or a full audience.
"""

from odoo.fields import Domain

from .tree import All, Any, Condition, Not


class UnknownFieldError(ValueError):
    """The tree asks for a field that no installed addon has registered."""


def to_domain(node, fields):
    """Compile a tree to a ``Domain`` on recruit.candidate.

    :param node: a node of :mod:`.tree`
    :param dict fields: the registry, name to SegmentField
    :raise UnknownFieldError: for a field that is not in the registry
    """
    match node:
        case Condition(field=name, params=params):
            return _field(fields, name).to_domain(params)
        case Not(node=inner):
            return ~to_domain(inner, fields)
        case All(nodes=nodes):
            return Domain.AND(to_domain(inner, fields) for inner in nodes)
        case Any(nodes=nodes):
            return Domain.OR(to_domain(inner, fields) for inner in nodes)
    raise TypeError(f"not a node of a segment: {node!r}")


def to_sentence(node, fields, _):
    """Say a tree in words: 'has Python at 60% or more and is not in the pool X'.

    :param _: the translating function, e.g. ``env._``
    :raise UnknownFieldError: for a field that is not in the registry
    """
    match node:
        case Condition(field=name, params=params):
            return _field(fields, name).explain(params, _)
        case Not(node=inner):
            return _("not (%(rule)s)", rule=to_sentence(inner, fields, _))
        case All(nodes=()):
            return _("everybody")
        case Any(nodes=()):
            return _("nobody yet")
        case All(nodes=nodes):
            return f" {_('and')} ".join(to_sentence(n, fields, _) for n in nodes)
        case Any(nodes=nodes):
            return f" {_('or')} ".join(to_sentence(n, fields, _) for n in nodes)
    raise TypeError(f"not a node of a segment: {node!r}")


def _field(fields, name):
    if name not in fields:
        raise UnknownFieldError(name)
    return fields[name]
