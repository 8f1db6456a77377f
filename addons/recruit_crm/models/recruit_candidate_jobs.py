from odoo import api, fields, models

from .hr_job_match import SOURCER

SHOWN = 10


class RecruitCandidate(models.Model):
    """For which open jobs a person is worth a call, and why."""

    _inherit = "recruit.candidate"

    match_ids = fields.One2many(
        "recruit.match", "candidate_id", "Matches", groups=SOURCER
    )
    best_match_ids = fields.One2many(
        "recruit.match",
        "candidate_id",
        "Best jobs",
        domain=[("state", "=", "suggested")],
        groups=SOURCER,
    )

    def action_find_jobs(self):
        """Compare this person with every open job and show the best ones."""
        self.ensure_one()
        self.check_access("read")
        # sudo: matches are written by the refresh alone; what is shown is logged
        matches = self.env["recruit.match"].sudo()
        rows = matches._best_jobs(self, SHOWN)
        found = matches.browse()
        for row in rows:
            recipe = self.env["recruit.match.recipe"].sudo().browse(row["recipe_id"])
            found |= matches._keep(recipe, [row], in_shortlist=False)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "recruit_crm.recruit_match_action_jobs"
        )
        return action | {
            "name": self.env._("Jobs for %(name)s", name=self.name),
            "domain": [("id", "in", found.ids)],
        }

    @api.depends("match_ids.points")
    def _compute_why_now(self):
        return super()._compute_why_now()

    def _why_now_lines(self):
        """The best job for somebody is a reason to look at them now."""
        lines = super()._why_now_lines()
        # sudo: a privacy officer sees the line and no list of matches
        best = self.sudo().best_match_ids.filtered("in_shortlist")
        if best := best.sorted("points")[-1:]:
            facts = {"job": best.job_id.name, "score": best.score}
            lines.insert(0, self.env._("Fits %(job)s: %(score)s%%", **facts))
        return lines
