from odoo import fields, models

from ..interview.scale import RATINGS

CATEGORIES = [
    ("qualifications", "Qualifications"),
    ("skills", "Skills"),
    ("values", "Values"),
]
ANCHORS = tuple(f"anchor_{value}" for value, _label in RATINGS)


class RecruitInterviewAttribute(models.Model):
    """Something that interviewers rate: a qualification, a skill, a value.

    An attribute with a skill turns ratings into proof of that skill. The anchors say
    in words what each rating looks like here; an empty one means the general word.
    """

    _name = "recruit.interview.attribute"
    _description = "Interview Attribute"
    _order = "category, name, id"

    name = fields.Char(required=True, translate=True)
    category = fields.Selection(CATEGORIES, default="skills", required=True)
    skill_id = fields.Many2one(
        "hr.skill",
        index="btree_not_null",
        ondelete="set null",
        help="What a rating proves. Empty: ratings stay on the scorecard.",
    )
    description = fields.Char(translate=True, help="What to look for.")
    anchor_1 = fields.Char(RATINGS[0][1], translate=True)
    anchor_2 = fields.Char(RATINGS[1][1], translate=True)
    anchor_3 = fields.Char(RATINGS[2][1], translate=True)
    anchor_4 = fields.Char(RATINGS[3][1], translate=True)
    anchor_5 = fields.Char(RATINGS[4][1], translate=True)
    active = fields.Boolean(default=True)

    def _anchors(self):
        """The words of the ratings that are described here: {"1": words}."""
        self.ensure_one()
        words = {name.removeprefix("anchor_"): self[name] for name in ANCHORS}
        return {value: text for value, text in words.items() if text}
