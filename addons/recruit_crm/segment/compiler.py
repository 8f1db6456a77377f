"""Three back ends for one tree: SQL and ``Domain`` that find, a sentence that tells.

A tree is compiled only when ``problems`` finds none: a field, an operator or a value
that is not known is an error, never an empty or a full audience. ``not`` is defined
once, here, as everybody whom the positive leaves out.
"""

from functools import partial

from odoo.fields import Domain
from odoo.tools import SQL

from .tree import Condition, Group, conditions


class UnknownFieldError(ValueError):
    """The tree asks for a field or an operator that no installed addon has."""


def problems(node, scope):
    """Return what is wrong with a tree: ``[(path, sentence)]``, empty when it is right.

    :param Scope scope: see :mod:`.fields`
    """
    found = ((one.path, _problem(one, scope)) for one in conditions(node))
    return [(path, sentence) for path, sentence in found if sentence]


def references(node, fields):
    """Return the records that the known conditions of a tree point at, each once.

    :return: list of (model, id)
    """
    found = {}
    for one in conditions(node):
        field = fields.get(one.field)
        if field and one.operator in field.operators:
            found.update(dict.fromkeys(field.references(one.operator, one.value)))
    return list(found)


def to_domain(node, scope):
    """Compile a tree to a ``Domain`` on recruit.candidate.

    :raise UnknownFieldError: for a field or operator that is not in the registry
    """
    match node:
        case Condition():
            field, operator, negative = _resolve(node, scope.fields)
            domain = field.to_domain(operator, node.value, scope)
            return ~domain if negative else domain
        case Group(kind="all", items=items):
            return Domain.AND(to_domain(item, scope) for item in items)
        case Group(kind="any", items=items):
            return Domain.OR(to_domain(item, scope) for item in items)
        case Group(kind="none", items=items):
            return ~Domain.OR(to_domain(item, scope) for item in items)
    raise TypeError(f"not a node of a segment: {node!r}")


def to_sql(node, scope):
    """Compile a tree to an SQL 'SELECT .. AS id' of candidates; ids may come twice.

    :raise UnknownFieldError: for a field or operator that is not in the registry
    """
    return _meet(*_halves(node, scope))


def to_search(node, scope):
    """Compile a tree to a ``Domain`` that finds those of :func:`to_domain`, faster.

    What the candidate's row says is left to the row; what other tables say is one set
    of ids, which PostgreSQL joins in the order that is cheapest; whoever must not be in
    a set is kept out by an anti-join. At a million people it takes a fifth of the time.

    :raise UnknownFieldError: for a field or operator that is not in the registry
    """
    on_row, positive, negative = [], [], []
    for item, wanted in _conjuncts(node):
        if isinstance(item, Condition) and _resolve(item, scope.fields)[0].on_row:
            domain = to_domain(item, scope)
            on_row.append(domain if wanted else ~domain)
        elif wanted:
            halves = _halves(item, scope)
            positive += halves[0]
            negative += halves[1]
        else:
            negative.append(to_sql(item, scope))
    if positive:
        on_row.append(Domain("id", "any!", _meet(positive, [])))
    return Domain.AND([*on_row, *map(outside, negative)])


def _conjuncts(node):
    """Return ``(item, whether it is wanted)``, which all together are the node."""
    match node:
        case Group(kind="all", items=items):
            for item in items:
                yield from _conjuncts(item)
        case Group(kind="any", items=(item,)):
            yield from _conjuncts(item)
        case Group(kind="none", items=items):
            yield from ((item, False) for item in items)
        case _:
            yield node, True


def outside(select):
    """Return the ``Domain`` of those who are not in a set, however big it is: the
    'NOT IN' of a plain negation takes minutes where the set is beyond work_mem."""
    return Domain.custom(
        to_sql=lambda _people, alias, _query: SQL(
            "NOT EXISTS (SELECT FROM (%s) other WHERE other.id = %s)",
            select,
            SQL.identifier(alias, "id"),
        )
    )


def _meet(positive, negative):
    """Return the SQL of those who are in all of some sets, and in none of others."""
    if not positive:
        positive = [SQL("SELECT id FROM recruit_candidate")]
    first, *others = positive
    tests = [SQL("base.id IN (%s)", other) for other in others]
    tests += [
        SQL("NOT EXISTS (SELECT FROM (%s) other WHERE other.id = base.id)", other)
        for other in negative
    ]
    if not tests:
        return first
    return SQL(
        "SELECT base.id FROM (%s) base WHERE %s", first, SQL(" AND ").join(tests)
    )


def _halves(node, scope):
    """Return the SQL of those who must, and of those who must not, be in the node."""
    compiled = partial(to_sql, scope=scope)
    match node:
        case Condition():
            field, operator, negative = _resolve(node, scope.fields)
            found = [field.to_sql(operator, node.value, scope)]
            return ([], found) if negative else (found, [])
        case Group(kind="all", items=items):
            halves = [_halves(item, scope) for item in items]
            return tuple(sum((half[side] for half in halves), []) for side in (0, 1))
        case Group(kind="any", items=(item,)):
            return _halves(item, scope)
        case Group(kind="any", items=()):
            return [SQL("SELECT id FROM recruit_candidate WHERE FALSE")], []
        case Group(kind="any", items=items):
            return [SQL(" UNION ALL ").join(map(_enclosed, map(compiled, items)))], []
        case Group(kind="none", items=items):
            return [], [compiled(item) for item in items]
    raise TypeError(f"not a node of a segment: {node!r}")


def _enclosed(select):
    return SQL("(%s)", select)


def to_sentence(node, scope):
    """Say a tree in words: 'has Python at 60% or more and not (is in the pool X)'.

    What is broken is said too: '(a rule that is not known here: horoscope)'.
    """
    env = scope.env
    match node:
        case Condition():
            return _say(node, scope)
        case Group(kind="all", items=()):
            return env._("everybody")
        case Group(kind="any", items=()):
            return env._("nobody yet")
        case Group(kind="all", items=items):
            return _join(items, scope, env._("and"))
        case Group(kind="any", items=items):
            return _join(items, scope, env._("or"))
        case Group(kind="none", items=items):
            return env._("not (%(rule)s)", rule=_join(items, scope, env._("or")))
    raise TypeError(f"not a node of a segment: {node!r}")


def _join(items, scope, word):
    """Join the sentences of items; a joined one within is put in brackets."""
    words = []
    for item in items:
        said = to_sentence(item, scope)
        joined = isinstance(item, Group) and item.kind != "none" and len(item.items) > 1
        words.append(f"({said})" if joined and len(items) > 1 else said)
    return f" {word} ".join(words)


def _say(node, scope):
    if problem := _problem(node, scope):
        return scope.env._("(broken: %(problem)s)", problem=problem)
    field, operator, negative = _resolve(node, scope.fields)
    say = field.explain_not if negative else field.explain
    return say(operator, node.value, scope.env)


def _resolve(node, fields):
    """Return the field, its positive operator, and whether the contrary is meant."""
    field = fields.get(node.field)
    if not field or node.operator not in field.operators:
        raise UnknownFieldError(f"{node.field} {node.operator}")
    operator = field.operators[node.operator]
    return field, operator.negates or node.operator, bool(operator.negates)


def _problem(node, scope):
    """Return the sentence that says what is wrong with one condition, or None."""
    env = scope.env
    field = scope.fields.get(node.field)
    if not field:
        return env._(
            "The rule “%(name)s” is not known here. Choose another one, or install "
            "the addon that brings it.",
            name=node.field[:60],
        )
    operator = field.operators.get(node.operator)
    if not operator:
        return env._(
            "“%(field)s” cannot be compared by “%(operator)s”.",
            field=field.label(env),
            operator=node.operator[:60],
        )
    problem = operator.kind.problem(node.value, env)
    problem = problem or field.validate(
        operator.negates or node.operator, node.value, scope
    )
    return problem and f"{field.label(env)}: {problem}"
