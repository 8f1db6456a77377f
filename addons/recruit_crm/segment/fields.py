"""What a segment can ask about a candidate: an open registry of fields.

Another addon adds a field with one class::

    @register
    class LivesIn(SegmentField):
        name = "city"
        ...

``params`` is a mapping of plain values, made by ``recruit.segment.rule._params``:
ids under the name of the rule's column (``skill_id``), display names under the same
with ``_name`` (``skill_id_name``). ``env`` serves to translate alone: ``env._("...")``.
"""

from abc import ABC, abstractmethod

from odoo.fields import Domain

REGISTRY = {}


class SegmentField(ABC):
    """One thing that can be asked. Subclass it and decorate with :func:`register`."""

    name = ""
    uses = ()  # columns of recruit.segment.rule that this field reads

    @property
    def addon(self):
        """Technical name of the addon that brings the field."""
        return type(self).__module__.removeprefix("odoo.addons.").partition(".")[0]

    @abstractmethod
    def label(self, env):
        """Return the name of the field in the list that users choose from."""

    @abstractmethod
    def to_domain(self, params):
        """Return the ``Domain`` on recruit.candidate."""

    @abstractmethod
    def explain(self, params, env):
        """Return the words that follow 'a candidate who ...'."""

    def validate(self, params, env):
        """Return a sentence on what is missing or wrong, or None."""
        return


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


@register
class SkillField(SegmentField):
    """Has a skill at a level or above."""

    name = "skill"
    uses = ("skill_id", "level")

    def label(self, env):
        return env._("Skill at least at level")

    def to_domain(self, params):
        # 'any!' leaves out the record rules of the line: whoever may see the
        # candidate may see the skill, and the join that the rule costs is saved.
        skill = [
            ("skill_id", "=", params["skill_id"]),
            ("level", ">=", params["level"]),
        ]
        return Domain("skill_ids", "any!", Domain(skill))

    def explain(self, params, env):
        return env._(
            "has %(skill)s at %(level)s%% or more",
            skill=params["skill_id_name"],
            level=params["level"],
        )

    def validate(self, params, env):
        if not params["skill_id"]:
            return env._("Choose a skill.")
        if not 0 <= params["level"] <= 100:
            return env._("The level of a skill is a number from 0 to 100.")
        return None


@register
class PoolField(SegmentField):
    """Is a member of a talent pool today."""

    name = "pool"
    uses = ("pool_id",)

    def label(self, env):
        return env._("In talent pool")

    def to_domain(self, params):
        member = [("pool_id", "=", params["pool_id"]), ("left_at", "=", False)]
        return Domain("member_ids", "any!", Domain(member))

    def explain(self, params, env):
        return env._("is in the pool %(pool)s", pool=params["pool_id_name"])

    def validate(self, params, env):
        return None if params["pool_id"] else env._("Choose a talent pool.")


@register
class TagField(SegmentField):
    """Carries a tag."""

    name = "tag"
    uses = ("categ_id",)

    def label(self, env):
        return env._("Has tag")

    def to_domain(self, params):
        return Domain("categ_ids", "in", [params["categ_id"]])

    def explain(self, params, env):
        return env._("has the tag %(tag)s", tag=params["categ_id_name"])

    def validate(self, params, env):
        return None if params["categ_id"] else env._("Choose a tag.")
