"""What can be wrong with the data of people: an open registry of checks.

A check is a class with :func:`register` on it, in whatever addon; the board, its list
and its count follow from its domain. Remedies are methods of recruit.candidate that
the list offers for the people selected in it.
"""

from abc import ABC, abstractmethod

from odoo.fields import Domain
from odoo.tools import SQL

REGISTRY = {}  # code: an instance of its class


class Check(ABC):
    """One thing that may be wrong.

    ``severity`` is danger, warning or info: how the card is colored; ``sequence`` its
    place; ``icon`` a Font Awesome name; ``remedies`` the methods of recruit.candidate
    that mend it, the best one first, each also a button of the list; ``addon`` the one
    that must be installed; ``action`` an xml id of a list that is better than that of
    the people.
    """

    code = ""
    sequence = 100
    icon = "fa-question"
    severity = "warning"
    remedies = ()
    action = ""
    addon = "recruit_crm"

    @abstractmethod
    def label(self, env):
        """Return the name of the card, in the user's language."""

    @abstractmethod
    def words(self, env):
        """Return what is wrong and what it costs, in one sentence."""

    @abstractmethod
    def domain(self, candidates):
        """Return the Domain of the people of whom it is true.

        :param candidates: recruit.candidate, for its methods and its environment
        """


def register(cls):
    """Add a :class:`Check` to the board; class decorator.

    :raise ValueError: when another check has this code already
    """
    known = REGISTRY.get(cls.code)
    if not cls.code or (known and type(known).__qualname__ != cls.__qualname__):
        raise ValueError(f"check {cls.code!r} is not unique")
    REGISTRY[cls.code] = cls()
    return cls


def available(addons):
    """Return the checks whose addon is installed, in the order of the board."""
    checks = [check for check in REGISTRY.values() if check.addon in addons]
    return sorted(checks, key=lambda check: (check.sequence, check.code))


@register
class Duplicates(Check):
    code = "duplicates"
    sequence = 10
    icon = "fa-clone"
    severity = "danger"
    action = "recruit_crm.recruit_duplicate_action"

    def label(self, env):
        return env._("Possible duplicates")

    def words(self, env):
        return env._("Two records of one person are mailed twice and known by halves.")

    def domain(self, candidates):
        candidates.env["recruit.duplicate"].flush_model()
        return Domain(
            "id",
            "in",
            SQL(
                """(SELECT candidate_id FROM recruit_duplicate WHERE state = 'open'
                     UNION SELECT other_id FROM recruit_duplicate WHERE state = 'open')
                """
            ),
        )


@register
class Unreachable(Check):
    code = "unreachable"
    sequence = 20
    icon = "fa-envelope-o"
    severity = "danger"
    remedies = ("action_find_address", "action_plan_check")

    def label(self, env):
        return env._("Not reachable")

    def words(self, env):
        return env._("No address, a blocked one, or a wish for silence: no mail goes.")

    def domain(self, candidates):
        return Domain(
            "id",
            "in",
            SQL(
                "(SELECT c.id FROM recruit_candidate c WHERE (%s) IS NOT NULL)",
                candidates._unreachable_sql("c"),
            ),
        )


@register
class Stale(Check):
    code = "stale"
    sequence = 30
    icon = "fa-hourglass-end"
    remedies = ("action_plan_check", "action_confirm_data")

    def label(self, env):
        return env._("Stale")

    def words(self, env):
        return env._("Nobody confirmed this data or met the person for a long time.")

    def domain(self, candidates):
        return Domain("freshness", "in", ["stale"])


@register
class NoConsent(Check):
    code = "no_consent"
    sequence = 40
    icon = "fa-handshake-o"
    remedies = ("action_record_consent", "action_plan_check")

    def label(self, env):
        return env._("Without consent")

    def words(self, env):
        return env._("Nothing says that these people agreed to messages about jobs.")

    def domain(self, candidates):
        return Domain("marketing_consent", "in", ["none", "expired"])


@register
class MissingSkills(Check):
    code = "missing_skills"
    sequence = 50
    icon = "fa-wrench"
    remedies = ("action_read_skills",)

    def label(self, env):
        return env._("Without skills")

    def words(self, env):
        return env._("No segment and no match by skill ever finds these people.")

    def domain(self, candidates):
        return Domain("skill_ids", "=", False)


@register
class MissingOwner(Check):
    code = "missing_owner"
    sequence = 60
    icon = "fa-user-o"
    severity = "info"
    remedies = ("action_assign_owner",)

    def label(self, env):
        return env._("Without owner")

    def words(self, env):
        return env._("Nobody is asked to keep in touch with these people.")

    def domain(self, candidates):
        return Domain("user_id", "=", False)


@register
class MissingLocation(Check):
    code = "missing_location"
    sequence = 70
    icon = "fa-map-marker"
    severity = "info"
    remedies = ("action_find_location", "action_plan_check")

    def label(self, env):
        return env._("Without location")

    def words(self, env):
        return env._("Neither city nor country is known: no job nearby finds them.")

    def domain(self, candidates):
        return Domain("city", "=", False) & Domain("country_id", "=", False)
