from odoo import fields, models
from odoo.fields import Command


class RecruitInterviewKitLine(models.AbstractModel):
    """A line of a kit that may have been copied from a line of a template."""

    _name = "recruit.interview.kit.line"
    _description = "Interview Kit Line"
    _order = "sequence, id"

    # Each kind of line says which field tells the lines of a kit apart, and which field
    # of the kit holds them.
    _key = ""
    _held_in = ""

    kit_id = fields.Many2one(
        "recruit.interview.kit", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="kit_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    is_from_template = fields.Boolean(readonly=True, copy=False)

    def _bind(self, template_lines):
        """Mark the lines that stand in the template too; the others were added here."""
        known = {line[self._key] for line in template_lines}
        for line in self:
            line.is_from_template = line[self._key] in known

    def _replaced_by(self, template):
        """Commands that put the template's lines in place of what came from it."""
        own = self.filtered(lambda line: not line.is_from_template)
        kept = {line[self._key] for line in own}
        theirs = template[self._held_in].filtered(
            lambda line: line[self._key] not in kept
        )
        gone = [Command.delete(line.id) for line in self - own]
        return gone + [Command.create(vals) for vals in theirs.copy_data()]


class RecruitInterviewKitAttribute(models.Model):
    """An attribute that is rated in an interview."""

    _name = "recruit.interview.kit.attribute"
    _inherit = ["recruit.interview.kit.line"]
    _description = "Rated Attribute"
    _rec_name = "attribute_id"
    _key = "attribute_id"
    _held_in = "attribute_ids"

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
    _key = "name"
    _held_in = "question_ids"

    name = fields.Char("Question", required=True)
    hint = fields.Char("A Good Answer", help="What to listen for.")
