from markupsafe import Markup

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
    jobs_note = fields.Text(
        "Why not more jobs", compute="_compute_jobs_note", groups=SOURCER
    )

    @api.depends("state", "active", "email", "skill_ids", "match_ids.state")
    def _compute_jobs_note(self):
        for candidate in self:
            candidate.jobs_note = "\n".join(candidate._jobs_note_lines()) or False

    def _jobs_note_lines(self):
        """Say why no job is offered to this person, or which ones are left out."""
        self.ensure_one()
        if reason := self._not_offered_reason():
            return [reason]
        if not self.skill_ids:
            return [self.env._("No skill is known: there is nothing to compare.")]
        known = self.with_context(active_test=False)
        dismissed = known.match_ids.filtered(lambda one: one.state == "dismissed")
        applied = known.applicant_ids.filtered(lambda one: one._match_leaves_out())
        left_out = {
            self.env._("Left out, as dismissed for it: %s."): dismissed.job_id,
            self.env._("Left out, as applied for already: %s."): applied.job_id,
        }
        return [
            words % ", ".join(jobs.mapped("name"))
            for words, decided in left_out.items()
            if (jobs := decided.filtered(lambda job: job._match_is_open()))
        ]

    def _not_offered_reason(self):
        """Say in one sentence why no job is offered to this person, or return False.

        The twin of `recruit.match._obstacles`; a rule stands in both. Extend it with
        ``super()``.
        """
        self.ensure_one()
        if not self.active:
            return self.env._("In the archive: no job is offered.")
        if self.state == "in_process":
            jobs = ", ".join(self._open_applications().job_id.mapped("name"))
            return self.env._(
                "In process for %(jobs)s: no other job is offered until that ends.",
                jobs=jobs or self.env._("a job"),
            )
        if self.state in ("hired", "employee"):
            return self.env._("Works here, or is about to: no job is offered.")
        reason = self._unreachable_reason()
        return reason and self.env._(
            "%(reason)s No job is offered as long as that is so.", reason=reason
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
            "help": self._nothing_found(action["help"]),
        }

    def _nothing_found(self, otherwise):
        """What the empty list says: why no job is offered, where one could be."""
        if not self.jobs_note:
            return otherwise
        title = self.env._("No other job for %(name)s now", name=self.name)
        words = Markup("<p class='o_view_nocontent_smiling_face'>%s</p><p>%s</p>")
        return words % (title, self.jobs_note)

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


class HrApplicant(models.Model):
    _inherit = "hr.applicant"

    def _match_leaves_out(self):
        """Whether its job is not offered to its person: they applied since it opened.

        The twin of `recruit.match._seen_sql`.
        """
        self.ensure_one()
        opened, applied = self.job_id.match_opened_at, self.create_date
        return bool(opened and applied and applied.date() >= opened.date())
