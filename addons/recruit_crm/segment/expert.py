"""The domain for experts: parsed as a literal, checked leaf by leaf, never evaluated.

Allowed are columns of the candidate and of what it links to, as far as everybody who
may see the candidate may see them. What could tell of hidden pools, of salaries or of
secrets is left out, as is all that runs code.
"""

import ast

from odoo.fields import Domain

LONGEST = 5000
OPERATORS = frozenset(
    ("=", "!=", "<", ">", "<=", ">=", "in", "not in", "like", "not like", "ilike")
    + ("not ilike", "=like", "=ilike")
)
KEPT = frozenset(("create_uid", "write_uid", "partner_id"))
MODELS = frozenset(
    (
        "recruit.candidate",
        "recruit.candidate.skill",
        "hr.skill",
        "hr.skill.type",
        "hr.applicant.category",
        "res.country",
        "res.country.group",
    )
)


class DomainError(ValueError):
    """The text is no domain that may be used; the message says why."""


def read(text, env):
    """Return the ``Domain`` that a text means.

    :raise DomainError: for what is no literal, no domain or not allowed
    """
    try:
        leaves = ast.literal_eval(text.strip())
    except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError) as error:
        raise DomainError(
            env._(
                "This is no plain domain. Write a list like [('city', '=', 'Ghent')], "
                "without functions, variables or sums."
            )
        ) from error
    if not isinstance(leaves, list):
        raise DomainError(env._("A domain is a list: [('city', '=', 'Ghent')]."))
    _check(leaves, "recruit.candidate", env)
    try:
        domain = Domain(leaves)
        domain.validate(env["recruit.candidate"])
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        raise DomainError(
            env._("Odoo does not take this domain: %s", str(error)[:200])
        ) from error
    return domain


def _check(leaves, model, env):
    for leaf in leaves:
        if leaf in ("&", "|", "!"):
            continue
        if not isinstance(leaf, (list, tuple)) or len(leaf) != 3:
            raise DomainError(env._("“%s” is no condition.", str(leaf)[:60]))
        path, operator, value = leaf
        if leaf in ((1, "=", 1), (0, "=", 1), [1, "=", 1], [0, "=", 1]):
            continue
        target = _check_path(path, model, env)
        if operator in ("any", "not any"):
            if not target or not isinstance(value, (list, tuple)):
                raise DomainError(env._("“%s” has no rows to look into.", path))
            _check(value, target, env)
        elif operator not in OPERATORS:
            raise DomainError(env._("“%s” is no operator.", str(operator)[:60]))


def _check_path(path, model, env):
    """Return the model that a path of fields leads to, or None for a plain column.

    :raise DomainError: for a field that is unknown or kept from experts
    """
    if not isinstance(path, str):
        raise DomainError(env._("“%s” is no field.", str(path)[:60]))
    target = model
    for name in path.split("."):
        if target not in MODELS:
            raise DomainError(_kept(path, env))
        field = env[target]._fields.get(name)
        if not field:
            raise DomainError(env._("There is no field “%s”.", path[:60]))
        if field.groups or not field.store or name in KEPT:
            raise DomainError(_kept(path, env))
        target = field.comodel_name if field.relational else None
    return target


def _kept(path, env):
    return env._(
        "“%s” cannot be used in a domain here. Use a condition of the segment instead, "
        "for pools, touches, applications or segments.",
        path[:60],
    )
