"""Where a person was put: tags, talent pools and their stages, other segments."""

from odoo.fields import Domain
from odoo.tools import SQL

from . import labels
from .fields import Operator, SegmentField, register
from .values import Records

MEMBER = "recruit.pool.member"


@register
class TagField(SegmentField):
    """Carries tags."""

    name = "tag"
    section = "pools"
    operators = {
        "any_of": Operator(labels.has_any, Records("hr.applicant.category")),
        "all_of": Operator(labels.has_all, Records("hr.applicant.category")),
        "none_of": Operator(
            labels.has_none, Records("hr.applicant.category"), negates="any_of"
        ),
    }

    def label(self, env):
        return env._("Tag")

    def to_domain(self, operator, value, scope):
        if operator == "any_of":
            return Domain("categ_ids", "in", value)
        return Domain.AND(Domain("categ_ids", "in", [tag]) for tag in value)

    def to_sql(self, operator, value, scope):
        tags = scope.env["recruit.candidate"]._fields["categ_ids"]
        having = SQL()
        if operator == "all_of":
            having = SQL("GROUP BY 1 HAVING COUNT(*) = %s", len(set(value)))
        return SQL(
            "SELECT %(person)s AS id FROM %(relation)s "
            "WHERE %(tag)s IN %(tags)s %(all)s",
            person=SQL.identifier(tags.column1, to_flush=tags),
            relation=SQL.identifier(tags.relation),
            tag=SQL.identifier(tags.column2),
            tags=tuple(value),
            all=having,
        )

    def explain(self, operator, value, env):
        tags = self.operators[operator].kind.words(value, env)
        if operator == "all_of":
            return env._("has all of the tags %(tags)s", tags=tags)
        return env._("has the tag %(tag)s", tag=tags)

    def facts(self, operator, value, candidate):
        return ", ".join(candidate.categ_ids.mapped("name"))


class MemberField(SegmentField):
    """Something about the open memberships of a person."""

    section = "pools"
    column = ""

    def to_domain(self, operator, value, scope):
        if operator == "any_of":
            return Domain("member_ids", "any!", self._members(value))
        return Domain.AND(
            Domain("member_ids", "any!", self._members([one])) for one in value
        )

    def to_sql(self, operator, value, scope):
        if operator == "all_of" and len(value) > 1:
            return super().to_sql(operator, value, scope)
        return scope.rows(MEMBER, self._members(value))

    def _members(self, value):
        return Domain(self.column, "in", value) & Domain("left_at", "=", False)

    def facts(self, operator, value, candidate):
        return ", ".join(
            member[self.column].display_name
            for member in candidate.member_ids
            if not member.left_at and member[self.column]
        )


@register
class PoolField(MemberField):
    """Is a member of talent pools today."""

    name, column = "pool", "pool_id"
    operators = {
        "any_of": Operator(
            lambda env: env._("is in any of"), Records("hr.talent.pool")
        ),
        "all_of": Operator(
            lambda env: env._("is in all of"), Records("hr.talent.pool")
        ),
        "none_of": Operator(
            lambda env: env._("is in none of"),
            Records("hr.talent.pool"),
            negates="any_of",
        ),
    }

    def label(self, env):
        return env._("Talent pool")

    def explain(self, operator, value, env):
        pools = self.operators[operator].kind.words(value, env)
        if operator == "all_of":
            return env._("is in all of the pools %(pools)s", pools=pools)
        return env._("is in the pool %(pool)s", pool=pools)


@register
class PoolStageField(MemberField):
    """Stands at a stage of a talent pool today."""

    name, column = "pool_stage", "stage_id"
    operators = {
        "any_of": Operator(labels.any_of, Records("recruit.pool.stage")),
        "none_of": Operator(
            labels.none_of, Records("recruit.pool.stage"), negates="any_of"
        ),
    }

    def label(self, env):
        return env._("Stage in a pool")

    def explain(self, operator, value, env):
        stages = env["recruit.pool.stage"].browse(value).exists()
        said = ", ".join(f"{one.pool_id.display_name}: {one.name}" for one in stages)
        return env._("stands at %(stage)s", stage=said)


@register
class OtherSegmentField(SegmentField):
    """Is in another segment, whatever that asks today."""

    name = "segment"
    section = "advanced"
    operators = {
        "any_of": Operator(
            lambda env: env._("is in any of"), Records("recruit.segment")
        ),
        "none_of": Operator(
            lambda env: env._("is in none of"),
            Records("recruit.segment"),
            negates="any_of",
        ),
    }

    def label(self, env):
        return env._("Another segment")

    def validate(self, operator, value, scope):
        for segment in scope.env["recruit.segment"].browse(value):
            if problem := segment._problem_as_part(scope):
                return problem
        return None

    def to_domain(self, operator, value, scope):
        segments = scope.env["recruit.segment"].browse(value)
        return Domain.OR(segment._members_domain(scope) for segment in segments)

    def to_sql(self, operator, value, scope):
        segments = scope.env["recruit.segment"].browse(value)
        parts = [SQL("(%s)", segment._members_sql(scope)) for segment in segments]
        return SQL(" UNION ALL ").join(parts)

    def explain(self, operator, value, env):
        said = self.operators[operator].kind.words(value, env)
        return env._("is in the segment %(segment)s", segment=said)
