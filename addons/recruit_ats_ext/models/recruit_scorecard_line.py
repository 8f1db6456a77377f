from odoo import fields, models

from ..interview.scale import RATINGS, skill_level
from .recruit_interview_attribute import CATEGORIES


class RecruitScorecardLine(models.AbstractModel):
    """A line of a scorecard. It follows the rules of its card: written by the
    interviewer alone, before submitting, and only the fields in `_written`."""

    _name = "recruit.scorecard.line"
    _description = "Scorecard Line"
    _written = ()

    scorecard_id = fields.Many2one(
        "recruit.scorecard", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="scorecard_id.company_id", store=True)

    def write(self, vals):
        if not self.env.su:
            self.scorecard_id._check_writable(vals, self._written)
        return super().write(vals)


class RecruitScorecardRating(models.Model):
    """How an interviewer rated one attribute; nothing where they did not see it."""

    _name = "recruit.scorecard.rating"
    _inherit = ["recruit.scorecard.line"]
    _description = "Scorecard Rating"
    _order = "category, sequence, id"
    _written = ("rating", "note")

    sequence = fields.Integer(default=10)
    attribute_id = fields.Many2one(
        "recruit.interview.attribute", index="btree_not_null", ondelete="set null"
    )
    skill_id = fields.Many2one("hr.skill", index="btree_not_null", ondelete="set null")
    name = fields.Char("Attribute", required=True)
    category = fields.Selection(CATEGORIES, default="skills", required=True)
    description = fields.Char()
    anchors = fields.Json(help='Words for ratings: {"1": "cannot explain it", ...}')
    is_focus = fields.Boolean("Focus")
    rating = fields.Selection(RATINGS)
    note = fields.Char()

    def _prove_skills(self):
        """Write the ratings of submitted cards to the proven skills of the people."""
        for rating in self.filtered(lambda one: one.rating and one.skill_id):
            card = rating.scorecard_id
            card.candidate_id._prove(
                rating.skill_id,
                skill_level(rating.rating),
                proven_on=card.interview_at.date(),
                document=card,
                words=rating.note or rating.name,
            )


class RecruitScorecardAnswer(models.Model):
    """What the candidate answered to a question of the kit."""

    _name = "recruit.scorecard.answer"
    _inherit = ["recruit.scorecard.line"]
    _description = "Scorecard Answer"
    _order = "id"
    _written = ("answer",)

    name = fields.Char("Question", required=True)
    hint = fields.Char("A Good Answer")
    answer = fields.Text()
