"""What this addon adds to the fields that a segment can be made of."""

from odoo.fields import Domain

from odoo.addons.recruit_crm.segment.fields import SegmentField, register


@register
class MedalField(SegmentField):
    """Somebody with a silver medal that is still open."""

    name = "medal"

    def label(self, env):
        return env._("Silver medallist")

    def to_domain(self, params):
        return Domain("medal_ids", "any!", Domain("state", "=", "open"))

    def explain(self, params, env):
        return env._("is a silver medallist")
