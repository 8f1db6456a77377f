"""What this addon adds to the fields that a segment can be made of."""

from odoo.fields import Domain

from odoo.addons.recruit_crm.segment.fields import Operator, SegmentField, register


@register
class MedalField(SegmentField):
    """Somebody with a silver medal that is still open."""

    name = "medal"
    section = "history"
    operators = {
        "open": Operator(lambda env: env._("has one")),
        "none": Operator(lambda env: env._("has none"), negates="open"),
    }

    def label(self, env):
        return env._("Silver medal")

    def to_domain(self, operator, value, scope):
        return Domain("medal_ids", "any!", Domain("state", "=", "open"))

    def to_sql(self, operator, value, scope):
        return scope.rows("recruit.medal", Domain("state", "=", "open"))

    def explain(self, operator, value, env):
        return env._("is a silver medallist")
