from odoo import api, models
from odoo.fields import Domain

# Rows of a person that record rules may hide one by one.
GUARDED = ("member_ids", "touch_ids")


class RecruitCandidate(models.Model):
    """What a search may tell about pools that the user does not know of: nothing."""

    _inherit = "recruit.candidate"

    @api.model
    def _search(self, domain, *args, **kwargs):
        """Let the record rules of memberships and touches count in every search.

        The ORM answers ``member_ids = False`` and ``member_ids in [7]`` from all rows,
        also from those the user may not see; ``any`` asks only those they may.
        """
        if not self.env.su:
            domain = Domain(domain).map_conditions(self._heed_rules)
        return super()._search(domain, *args, **kwargs)

    @staticmethod
    def _heed_rules(condition):
        if condition.field_expr not in GUARDED or condition.operator not in (
            "in",
            "not in",
            "=",
            "!=",
        ):
            return condition
        value = condition.value
        many = value if isinstance(value, (list, tuple, set, frozenset)) else [value]
        wanted = [one for one in many if one]
        found = Domain(condition.field_expr, "any", [("id", "in", wanted)])
        if len(wanted) < len(many):  # False among the values: none at all
            found |= ~Domain(
                condition.field_expr, "any", [("candidate_id", "!=", False)]
            )
        return found if condition.operator in ("in", "=") else ~found
