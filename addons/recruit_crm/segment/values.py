"""Kinds of values that a condition can hold: what the builder offers for them, what is
refused, which records they point at, and how they read in a sentence.

A value is plain JSON. What a kind is told in ``spec`` is all the builder needs.
"""

from dataclasses import dataclass, field
from datetime import date

from dateutil.relativedelta import relativedelta

UNITS = ("days", "weeks", "months", "years")
FIRST_YEAR, LAST_YEAR = 1900, 2200
LONGEST_YEARS = 100
LONGEST_TEXT = 200
MOST_RECORDS = 500


class Kind:
    """A kind of value. ``name`` is what the builder tells kinds apart by."""

    name = ""

    def spec(self, env):
        """Return what the builder needs to know beside the name."""
        return {}

    def problem(self, value, env):
        """Return in plain words why this is no such value, or None."""
        return

    def references(self, value):
        """Return the records that a value points at: ``[(model, id)]``."""
        return []

    def words(self, value, env):
        """Return how the value reads in a sentence."""
        return str(value)


class Nothing(Kind):
    """The operator says all: 'is not set'."""

    name = "none"

    def problem(self, value, env):
        if value not in (None, False):
            return env._("This operator takes no value.")
        return None


class Flag(Kind):
    """Yes or no."""

    name = "flag"

    def problem(self, value, env):
        return None if isinstance(value, bool) else env._("That is yes or no.")

    def words(self, value, env):
        return env._("yes") if value else env._("no")


@dataclass(frozen=True)
class Number(Kind):
    """A whole number within bounds."""

    minimum: int
    maximum: int
    unit: str = ""
    name = "number"

    def spec(self, env):
        return {"minimum": self.minimum, "maximum": self.maximum, "unit": self.unit}

    def problem(self, value, env):
        is_number = isinstance(value, int) and not isinstance(value, bool)
        if not is_number or not self.minimum <= value <= self.maximum:
            return env._(
                "“%(value)s” is not a whole number from %(minimum)s to %(maximum)s.",
                value=_shown(value),
                minimum=self.minimum,
                maximum=self.maximum,
            )
        return None


class Text(Kind):
    """A line of text."""

    name = "text"

    def problem(self, value, env):
        if not isinstance(value, str) or not value.strip():
            return env._("Write what to look for.")
        if len(value) > LONGEST_TEXT:
            return env._("That is too long: %s characters are the most.", LONGEST_TEXT)
        return None

    def words(self, value, env):
        return f"“{value}”"


@dataclass(frozen=True)
class Records(Kind):
    """Records of a model, by id: a list, or one of them."""

    model: str
    many: bool = True
    domain: tuple = ()

    @property
    def name(self):
        return "records" if self.many else "record"

    def spec(self, env):
        return {"model": self.model, "domain": [list(leaf) for leaf in self.domain]}

    def problem(self, value, env):
        ids = value if self.many else [value]
        if not ids or not isinstance(ids, list) or not all(map(_is_id, ids)):
            return env._("Choose from: %s.", _title(self.model, env))
        if len(ids) > MOST_RECORDS:
            return env._("That are too many: %s are the most.", MOST_RECORDS)
        if gone := len(set(ids)) - len(self._browse(ids, env)):
            return env._(
                "%(count)s of what is chosen here (%(kind)s) no longer exists. Choose "
                "another one, or remove the condition.",
                count=gone,
                kind=_title(self.model, env),
            )
        return None

    def references(self, value):
        ids = value if self.many else [value]
        return [(self.model, one) for one in ids if _is_id(one)]

    def words(self, value, env):
        ids = value if self.many else [value]
        return _listed(self._browse(ids, env).mapped("display_name"), env)

    def _browse(self, ids, env):
        # a pool or a job in the archive is still the one that was meant
        records = env[self.model].with_context(active_test=False)
        return records.browse(dict.fromkeys(ids)).exists()


@dataclass(frozen=True)
class Choices(Kind):
    """Some keys of a list of options.

    :param options: ``env -> [(key, label)]``
    """

    options: object
    name = "choices"

    def spec(self, env):
        return {"options": [list(option) for option in self.options(env)]}

    def problem(self, value, env):
        known = dict(self.options(env))
        if not value or not isinstance(value, list):
            return env._("Choose from: %s.", ", ".join(known.values()))
        unknown = [one for one in value if not isinstance(one, str) or one not in known]
        if unknown:
            return env._(
                "“%(value)s” is not one of: %(options)s.",
                value=_shown(unknown[0]),
                options=", ".join(known.values()),
            )
        return None

    def words(self, value, env):
        known = dict(self.options(env))
        return _listed([known.get(one, one) for one in value], env)


class Day(Kind):
    """A date: '2026-03-01'."""

    name = "date"

    def problem(self, value, env):
        try:
            day = date.fromisoformat(value) if isinstance(value, str) else None
        except ValueError:
            day = None
        if not day:
            return env._("“%s” is not a date.", _shown(value))
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            return env._(
                "The year %(year)s is too far away: choose one from %(first)s to "
                "%(last)s.",
                year=day.year,
                first=FIRST_YEAR,
                last=LAST_YEAR,
            )
        return None

    def words(self, value, env):
        return str(value)


class Period(Kind):
    """A length of time: ``{"amount": 6, "unit": "months"}``."""

    name = "period"

    def spec(self, env):
        return {"units": [[unit, _unit(unit, env)] for unit in UNITS]}

    def problem(self, value, env):
        if not isinstance(value, dict) or set(value) != {"amount", "unit"}:
            return env._("Say how long: a number of days, weeks, months or years.")
        amount, unit = value["amount"], value["unit"]
        if unit not in UNITS:
            return env._("“%s” is not one of: days, weeks, months, years.", unit)
        if not isinstance(amount, int) or isinstance(amount, bool) or amount < 0:
            return env._("“%s” is not a whole number of 0 or more.", _shown(amount))
        days = {"days": 1, "weeks": 7, "months": 30, "years": 365}[unit]
        if amount * days > LONGEST_YEARS * 365:
            return env._("That is too long: %s years are the most.", LONGEST_YEARS)
        return None

    def words(self, value, env):
        return f"{value['amount']} {_unit(value['unit'], env, value['amount'])}"


def before(now, period):
    """Return the moment that lies a period before ``now``."""
    return now - relativedelta(**{period["unit"]: period["amount"]})


def after(now, period):
    """Return the moment that lies a period after ``now``."""
    return now + relativedelta(**{period["unit"]: period["amount"]})


@dataclass(frozen=True)
class Part:
    """One of several values that belong together, with the label of its input."""

    kind: Kind
    label: object  # env -> str
    required: bool = False
    default: object = None


@dataclass(frozen=True)
class Parts(Kind):
    """Several values by name; those that are not required may be left out or null."""

    parts: dict = field(default_factory=dict)
    name = "parts"

    def spec(self, env):
        return {
            "parts": [
                {
                    "name": name,
                    "label": part.label(env),
                    "kind": part.kind.name,
                    "required": part.required,
                    "default": part.default,
                    **part.kind.spec(env),
                }
                for name, part in self.parts.items()
            ]
        }

    def problem(self, value, env):
        if not isinstance(value, dict):
            return env._("Fill in the condition.")
        if unknown := sorted(set(value) - set(self.parts)):
            return env._("“%s” means nothing here.", unknown[0])
        for name, part in self.parts.items():
            given = value.get(name)
            if not part.required and given in (None, False, [], ""):
                continue
            if problem := part.kind.problem(given, env):
                return f"{part.label(env)}: {problem}"
        return None

    def references(self, value):
        if not isinstance(value, dict):
            return []
        return [
            reference
            for name, part in self.parts.items()
            if value.get(name)
            for reference in part.kind.references(value[name])
        ]

    def given(self, value, name, env):
        """Return the words of one part, or an empty text where it is left out."""
        one = value.get(name)
        return "" if one in (None, []) else self.parts[name].kind.words(one, env)


def _title(model, env):
    """Return what users call the records of a model."""
    # sudo: names of models are no secret, reading them is a right of admins
    return env["ir.model"].sudo()._get(model).name


def _is_id(value):
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**31


def _shown(value):
    return str(value)[:60]


def _unit(unit, env, amount=0):
    if amount == 1:
        return {
            "days": env._("day"),
            "weeks": env._("week"),
            "months": env._("month"),
            "years": env._("year"),
        }[unit]
    return {
        "days": env._("days"),
        "weeks": env._("weeks"),
        "months": env._("months"),
        "years": env._("years"),
    }[unit]


def _listed(words, env):
    """Return 'A', 'A or B' or 'A, B or C'; a translation may join them otherwise."""
    *most, last = words or [env._("(nothing)")]
    if not most:
        return last
    return env._("%(most)s or %(last)s", most=", ".join(most), last=last)
