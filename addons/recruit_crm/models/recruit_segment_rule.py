from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..segment.tree import Condition, Not


class RecruitSegmentRule(models.Model):
    """One rule of a segment: a registered field, its parameters, perhaps negated."""

    _name = "recruit.segment.rule"
    _description = "Segment Rule"
    _order = "sequence, id"
    _rec_name = "field_name"

    segment_id = fields.Many2one(
        "recruit.segment", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(default=10)
    field_name = fields.Selection(
        "_selection_field_name", "Rule", required=True, default="skill"
    )
    negate = fields.Boolean("Not", help="Everybody for whom the rule does not hold.")
    skill_id = fields.Many2one("hr.skill", ondelete="restrict")
    level = fields.Integer("At least (%)", default=50)
    pool_id = fields.Many2one("hr.talent.pool", ondelete="restrict")
    categ_id = fields.Many2one("hr.applicant.category", "Tag", ondelete="restrict")
    needs = fields.Char(compute="_compute_needs")

    @api.model
    def _selection_field_name(self):
        known = self.env["recruit.segment"]._segment_fields()
        return [(name, field.label(self.env)) for name, field in known.items()]

    @api.depends("field_name")
    def _compute_needs(self):
        known = self.env["recruit.segment"]._segment_fields()
        for rule in self:
            field = known.get(rule.field_name)
            rule.needs = " ".join(field.uses) if field else ""

    @api.constrains("field_name", "skill_id", "level", "pool_id", "categ_id")
    def _check_filled(self):
        for rule in self:
            if problem := rule._problem():
                raise ValidationError(problem)

    @api.depends("field_name", "negate", "skill_id", "level", "pool_id", "categ_id")
    def _compute_display_name(self):
        known = self.env["recruit.segment"]._segment_fields()
        for rule in self:
            field = known.get(rule.field_name)
            words = field.explain(rule._params(), self.env) if field else ""
            rule.display_name = words

    def _problem(self):
        """Return the sentence that says what is wrong with this rule, or None."""
        self.ensure_one()
        field = self.env["recruit.segment"]._segment_fields().get(self.field_name)
        if not field:
            return self.env._(
                "The rule “%(name)s” is not known here. Choose another one, or install "
                "the addon that brings it.",
                name=self.field_name or "",
            )
        return field.validate(self._params(), self.env)

    def _condition(self):
        """Return this rule as a node of :mod:`..segment.tree`."""
        self.ensure_one()
        condition = Condition(self.field_name, self._params())
        return Not(condition) if self.negate else condition

    def _params(self):
        """Return the plain values that a SegmentField reads (segment/fields.py).

        An addon that adds a column to the rule adds it here with super().
        """
        self.ensure_one()
        return {
            "skill_id": self.skill_id.id,
            "skill_id_name": self.skill_id.name or "",
            "level": self.level,
            "pool_id": self.pool_id.id,
            "pool_id_name": self.pool_id.display_name or "",
            "categ_id": self.categ_id.id,
            "categ_id_name": self.categ_id.name or "",
        }
