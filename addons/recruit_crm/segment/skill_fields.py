"""Skills, with the level they are at, how fresh that is and how it is known."""

from odoo.fields import Domain
from odoo.tools import SQL

from . import labels
from .fields import Operator, SegmentField, register
from .shapes import selection_of
from .values import Choices, Flag, Number, Part, Parts, Period, Records, before

LINE = "recruit.candidate.skill"

_HOW = {
    "level": Part(Number(0, 100, "%"), lambda env: env._("At least"), True, 50),
    "within": Part(Period(), lambda env: env._("Shown within")),
    "provenance": Part(
        Choices(selection_of(LINE, "provenance")), lambda env: env._("Known from")
    ),
    "today": Part(Flag(), lambda env: env._("As far as it has faded today")),
}
_ONE = Parts(
    {
        "skill": Part(
            Records("hr.skill", many=False), lambda env: env._("Skill"), True
        ),
        **_HOW,
    }
)
_SEVERAL = Parts(
    {"skills": Part(Records("hr.skill"), lambda env: env._("Skills"), True), **_HOW}
)


@register
class SkillField(SegmentField):
    """Has skills at a level or above."""

    name = "skill"
    section = "skills"
    operators = {
        "at_least": Operator(lambda env: env._("has"), _ONE),
        "any_of": Operator(labels.has_any, _SEVERAL),
        "all_of": Operator(labels.has_all, _SEVERAL),
        "none_of": Operator(labels.has_none, _SEVERAL, negates="any_of"),
    }

    def label(self, env):
        return env._("Skill")

    def to_domain(self, operator, value, scope):
        join = Domain.OR if operator == "any_of" else Domain.AND
        return join(
            Domain("skill_ids", "any!", Domain("skill_id", "=", skill) & how)
            for how in [self._how(value, scope)]
            for skill in self._skills(operator, value)
        )

    def to_sql(self, operator, value, scope):
        how = self._how(value, scope)
        skills = self._skills(operator, value)
        if operator == "any_of":
            return scope.rows(LINE, Domain("skill_id", "in", skills) & how)
        first, *others = (
            scope.rows(LINE, Domain("skill_id", "=", skill) & how) for skill in skills
        )
        if not others:
            return first
        return SQL(
            "SELECT first.id FROM (%s) first WHERE %s",
            first,
            SQL(" AND ").join(SQL("first.id IN (%s)", one) for one in others),
        )

    def _skills(self, operator, value):
        return [value["skill"]] if operator == "at_least" else value["skills"]

    def _how(self, value, scope):
        """Return the domain on the line: the level, its age and where it is from."""
        how = Domain("level", ">=", value["level"]) & scope.env[LINE]._told_domain()
        if value.get("today"):  # what has faded was higher before: both may be asked
            how &= _faded(value["level"], scope.now.date())
        if period := value.get("within"):
            how &= Domain("proven_on", ">=", before(scope.now, period).date())
        if provenance := value.get("provenance"):
            how &= Domain("provenance", "in", provenance)
        return how

    def explain(self, operator, value, env):
        parts = self.operators[operator].kind
        skills = parts.given(
            value, "skill" if operator == "at_least" else "skills", env
        )
        if operator == "all_of":
            skills = env._("all of: %s", skills)
        words = env._(
            "has %(skill)s at %(level)s%% or more", skill=skills, level=value["level"]
        )
        if value.get("today"):
            words = env._("%(has)s as of today", has=words)
        if value.get("within"):
            period = parts.given(value, "within", env)
            words = env._("%(has)s, shown within %(period)s", has=words, period=period)
        if value.get("provenance"):
            known = parts.given(value, "provenance", env)
            words = env._("%(has)s, known from %(known)s", has=words, known=known)
        return words

    def facts(self, operator, value, candidate):
        asked = Domain("skill_id", "in", self._skills(operator, value))
        lines = candidate.env[LINE].search(
            asked & Domain("candidate_id", "=", candidate.id)
        )
        return ", ".join(
            f"{line.display_name} ({_known(line)})" for line in lines
        ) or candidate.env._("no such skill")


def _faded(level, today):
    """Return the domain on lines of which so much is left today."""
    return Domain.custom(
        to_sql=lambda lines, alias, _query: SQL(
            "%s >= %s", lines._level_now_sql(SQL.identifier(alias), today), level
        ),
        predicate=lambda line: line.level_now >= level,
    )


def _known(line):
    options = dict(line._fields["provenance"]._description_selection(line.env))
    words = [options[line.provenance], line.proven_on and str(line.proven_on)]
    return ", ".join(word for word in words if word)
