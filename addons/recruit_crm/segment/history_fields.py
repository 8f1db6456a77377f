"""What happened with a person: first touch, sources, applications."""

from odoo.fields import Domain

from . import labels
from .fields import Operator, SegmentField, register
from .shapes import (
    ChoiceField,
    MomentField,
    RecordField,
    TextField,
    choice_operators,
    selection_of,
)
from .values import Choices, Part, Parts, Period, Records, before

APPLICATION = "hr.applicant"


@register
class FirstTouchField(MomentField):
    """When the first contact was."""

    name, path = "first_touch", "first_touch_id.occurred_at"
    section = "history"

    def label(self, env):
        return env._("First contact")


@register
class FirstSourceField(RecordField):
    """Where the person came from first."""

    name, path, model = "first_source", "first_touch_id.source_id", "utm.source"
    section = "history"

    def label(self, env):
        return env._("First source")


@register
class FirstSourceTextField(TextField):
    """Where the person came from first, in the words of that day."""

    name, path = "first_source_text", "first_touch_id.source"
    section = "history"

    def label(self, env):
        return env._("First source, in words")


@register
class FirstKindField(ChoiceField):
    """What kind of contact was the first."""

    name, path = "first_kind", "first_touch_id.kind"
    section = "history"
    operators = choice_operators(selection_of("recruit.touch", "kind"))

    def label(self, env):
        return env._("Kind of first contact")


@register
class SourceField(SegmentField):
    """Came, at any time, from one of some sources."""

    name = "source"
    section = "history"
    operators = {
        "any_of": Operator(labels.any_of, Records("utm.source")),
        "none_of": Operator(labels.none_of, Records("utm.source"), negates="any_of"),
    }

    def label(self, env):
        return env._("Any source")

    def to_domain(self, operator, value, scope):
        return Domain("touch_ids", "any!", self._touches(value))

    def to_sql(self, operator, value, scope):
        return scope.rows("recruit.touch", self._touches(value))

    def _touches(self, value):
        # a touch of a pool may be of one that the user knows nothing of
        return Domain("source_id", "in", value) & Domain("pool_id", "=", False)

    def explain(self, operator, value, env):
        said = self.operators[operator].kind.words(value, env)
        return env._("came once from %(which)s", which=said)


def _outcomes(env):
    return [
        ("open", env._("Open")),
        ("hired", env._("Hired")),
        ("refused", env._("Refused")),
        ("closed", env._("Archived without a reason")),
    ]


_APPLICATION = Parts(
    {
        "jobs": Part(Records("hr.job"), lambda env: env._("Job")),
        "departments": Part(Records("hr.department"), lambda env: env._("Department")),
        "stage": Part(
            Records("hr.recruitment.stage", many=False),
            lambda env: env._("Reached stage"),
        ),
        "outcomes": Part(Choices(_outcomes), lambda env: env._("Outcome")),
        "within": Part(Period(), lambda env: env._("Applied within the last")),
        "longer_ago": Part(Period(), lambda env: env._("Applied longer ago than")),
    }
)


@register
class ApplicationField(SegmentField):
    """Has an application that fits all that is filled in; one that fits nothing in
    particular is any application."""

    name = "application"
    section = "history"
    operators = {
        "has": Operator(lambda env: env._("has one"), _APPLICATION),
        "has_not": Operator(lambda env: env._("has none"), _APPLICATION, negates="has"),
    }

    def label(self, env):
        return env._("Application")

    def to_domain(self, operator, value, scope):
        return Domain("applicant_ids", "any!", self._applications(value, scope))

    def to_sql(self, operator, value, scope):
        domain = self._applications(value, scope)
        return scope.rows(APPLICATION, domain & Domain("candidate_id", "!=", False))

    def _applications(self, value, scope):
        """Return the domain on hr.applicant; a talent card is no application."""
        asked = [Domain("talent_pool_ids", "=", False)]
        if jobs := value.get("jobs"):
            asked.append(Domain("job_id", "in", jobs))
        if departments := value.get("departments"):
            asked.append(Domain("department_id", "in", departments))
        if stage := value.get("stage"):
            least = scope.env["hr.recruitment.stage"].browse(stage).sequence
            asked.append(Domain("stage_id.sequence", ">=", least))
        if outcomes := value.get("outcomes"):
            asked.append(Domain.OR(map(outcome_domain, outcomes)))
        if period := value.get("within"):
            asked.append(Domain("create_date", ">=", before(scope.now, period)))
        if period := value.get("longer_ago"):
            asked.append(Domain("create_date", "<", before(scope.now, period)))
        return Domain.AND(asked)

    def explain(self, operator, value, env):
        said = [
            f"{part.label(env)}: {_APPLICATION.given(value, name, env)}"
            for name, part in _APPLICATION.parts.items()
            if value.get(name)
        ]
        if not said:
            return env._("has applied")
        return env._("has an application (%(which)s)", which="; ".join(said))

    def facts(self, operator, value, candidate):
        return ", ".join(
            " ".join(filter(None, (one.job_id.name, f"({one.stage_id.name})")))
            for one in candidate.sudo().application_ids
        ) or candidate.env._("no application")


def outcome_domain(outcome):
    """Return the domain on hr.applicant of one outcome."""
    refused = Domain("refuse_reason_id", "!=", False)
    hired = Domain("date_closed", "!=", False) & ~refused
    undecided = ~refused & Domain("date_closed", "=", False)
    return {
        "refused": refused,
        "hired": hired,
        "open": undecided & Domain("active", "=", True),
        "closed": undecided & Domain("active", "=", False),
    }[outcome]
