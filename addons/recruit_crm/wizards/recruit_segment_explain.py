from markupsafe import Markup

from odoo import api, fields, models

MARKS = {True: "fa-check text-success", False: "fa-times text-danger"}


class RecruitSegmentExplain(models.TransientModel):
    """Say why one candidate is in a segment or not, condition by condition."""

    _name = "recruit.segment.explain"
    _description = "Why In or Out of a Segment"

    segment_id = fields.Many2one("recruit.segment", required=True)
    candidate_id = fields.Many2one("recruit.candidate", context={"active_test": False})
    inside = fields.Boolean(compute="_compute_explanation")
    explanation = fields.Html(compute="_compute_explanation")

    @api.depends("segment_id", "candidate_id")
    def _compute_explanation(self):
        for wizard in self:
            wizard.inside = wizard.explanation = False
            if wizard.segment_id and wizard.candidate_id:
                told = wizard.segment_id.explain_candidate(wizard.candidate_id.id)
                wizard.inside = told["inside"]
                wizard.explanation = wizard._render(told)

    def _render(self, told):
        """Return what ``explain_candidate`` tells, as HTML."""
        lines = [Markup("<p>%s</p>") % one for one in told["problems"]]
        if told["reason"]:
            lines.append(Markup("<p>%s</p>") % told["reason"])
        if told["rules"]:
            rules = self._render_rule(told["rules"])
            lines.append(Markup('<ul class="list-unstyled">%s</ul>') % rules)
        return Markup().join(lines)

    def _render_rule(self, rule):
        mark = Markup('<i class="fa fa-fw %s" title="%s"></i> ') % (
            MARKS[rule["holds"]],
            self.env._("Holds") if rule["holds"] else self.env._("Does not hold"),
        )
        if "group" not in rule:
            facts = Markup(' <span class="text-muted">%s</span>') % rule["facts"]
            return Markup("<li>%s%s%s</li>") % (mark, rule["sentence"], facts)
        title = {
            "all": self.env._("All of these"),
            "any": self.env._("Any of these"),
            "none": self.env._("None of these"),
        }[rule["group"]]
        items = Markup().join(map(self._render_rule, rule["items"]))
        return Markup('<li>%s<b>%s</b><ul class="list-unstyled ps-4">%s</ul></li>') % (
            mark,
            title,
            items,
        )
