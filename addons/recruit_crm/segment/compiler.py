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


def to_sentence(node, fields, env):
    """Say a tree in words: 'has Python at 60% or more and is not in the pool X'.

    :param env: an environment, for the language of the words
    :raise UnknownFieldError: for a field that is not in the registry
    """
    match node:
        case Condition(field=name, params=params):
            return _field(fields, name).explain(params, env)
        case Not(node=inner):
            return env._("not (%(rule)s)", rule=to_sentence(inner, fields, env))
        case All(nodes=()):
            return env._("everybody")
        case Any(nodes=()):
            return env._("nobody yet")
        case All(nodes=nodes):
            return f" {env._('and')} ".join(to_sentence(n, fields, env) for n in nodes)
        case Any(nodes=nodes):
            return f" {env._('or')} ".join(to_sentence(n, fields, env) for n in nodes)
    raise TypeError(f"not a node of a segment: {node!r}")


def _field(fields, name):
    if name not in fields:
        raise UnknownFieldError(name)
    return fields[name]
