from odoo import fields, models
from odoo.fields import Command


class RecruitInterviewKitLine(models.AbstractModel):
    """A line of a kit that may have been copied from a line of a template."""

    _name = "recruit.interview.kit.line"
    _description = "Interview Kit Line"
    _order = "sequence, id"

    kit_id = fields.Many2one(
        "recruit.interview.kit", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="kit_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    is_from_template = fields.Boolean(readonly=True, copy=False)

    def _bind(self, template_lines):
        """Mark the lines that stand in the template too; the others were added here."""
        texts = {line._text() for line in template_lines}
        for line in self:
            line.is_from_template = line._text() in texts

    def _replaced_by(self, template):
        """Commands that put the template's lines in place of what came from it."""
        own = self.filtered(lambda line: not line.is_from_template)
        kept = {line._text() for line in own}
        theirs = template[self._kit_field()].filtered(
            lambda line: line._text() not in kept
        )
        gone = [Command.delete(line.id) for line in self - own]
        return gone + [Command.create(vals) for vals in theirs.copy_data()]

    def _text(self):
        """What tells the lines of one kit apart."""
        raise NotImplementedError

    def _kit_field(self):
        """The name of the field of the kit that holds these lines."""
        raise NotImplementedError


class RecruitInterviewKitAttribute(models.Model):
    """An attribute that is rated in an interview."""

    _name = "recruit.interview.kit.attribute"
    _inherit = ["recruit.interview.kit.line"]
    _description = "Rated Attribute"
    _rec_name = "attribute_id"

    attribute_id = fields.Many2one(
        "recruit.interview.attribute", required=True, index=True, ondelete="restrict"
    )
    category = fields.Selection(related="attribute_id.category")
    skill_id = fields.Many2one(related="attribute_id.skill_id")
    is_focus = fields.Boolean(
        "Focus", help="This interviewer is asked to look at it in particular."
    )

    _once_unique = models.UniqueIndex(
        "(kit_id, attribute_id)", "The kit rates this attribute already."
    )

    def _text(self):
        return self.attribute_id.id

    def _kit_field(self):
        return "attribute_ids"

    def _rating_values(self):
        """Values of the rating of a new scorecard, which later edits do not change."""
        attribute = self.attribute_id
        return {
            "sequence": self.sequence,
            "attribute_id": attribute.id,
            "name": attribute.name,
            "category": attribute.category,
            "description": attribute.description,
            "skill_id": attribute.skill_id.id,
            "anchors": attribute._anchors(),
            "is_focus": self.is_focus,
        }


class RecruitInterviewKitQuestion(models.Model):
    """A question to ask in an interview."""

    _name = "recruit.interview.kit.question"
    _inherit = ["recruit.interview.kit.line"]
    _description = "Interview Question"

    name = fields.Char("Question", required=True)
    hint = fields.Char("A Good Answer", help="What to listen for.")

    def _text(self):
        return self.name

    def _kit_field(self):
        return "question_ids"
