from markupsafe import escape

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..matching.people import COMPONENTS, WEIGHTS

SOURCER = "recruit_crm.group_recruit_sourcer"
MOST = 250  # people in a shortlist
NAMED = 3  # of them in the activity of the recruiter
# What makes a job another one for the people it is offered to.
ASKED = {
    "active",
    "no_of_recruitment",
    "job_skill_ids",
    "current_job_skill_ids",
    "expected_degree",
    "address_id",
    "company_id",
    "match_must_ids",
    "match_cap",
    "match_threshold",
    *(f"match_{part}" for part in COMPONENTS),
}
WEIGHT = "How much it counts beside the others; 0: not at all."


class HrJob(models.Model):
    """What a job looks for among the people we know, and whom it found."""

    _inherit = "hr.job"

    match_ids = fields.One2many("recruit.match", "job_id", "Matches", groups=SOURCER)
    match_recipe_ids = fields.One2many(
        "recruit.match.recipe", "job_id", "Versions", groups=SOURCER
    )
    match_count = fields.Integer(
        "Rediscovered", compute="_compute_match_count", groups=SOURCER
    )
    match_must_ids = fields.Many2many(
        "hr.skill",
        "hr_job_match_must_rel",
        string="Must-haves",
        domain="[('id', 'in', skill_ids)]",
        help="Who was never known to have these at the level asked for is left out.",
    )
    match_threshold = fields.Integer(
        "Show from", default=30, help="People below this score are not shown. Percent."
    )
    match_cap = fields.Integer("Show at most", default=50)
    match_skills = fields.Integer(
        "Weight of skills", default=WEIGHTS["skills"], help=WEIGHT
    )
    match_degree = fields.Integer(
        "Weight of degree", default=WEIGHTS["degree"], help=WEIGHT
    )
    match_location = fields.Integer(
        "Weight of location", default=WEIGHTS["location"], help=WEIGHT
    )
    match_availability = fields.Integer(
        "Weight of availability", default=WEIGHTS["availability"], help=WEIGHT
    )
    match_history = fields.Integer(
        "Weight of history with us", default=WEIGHTS["history"], help=WEIGHT
    )
    match_engagement = fields.Integer(
        "Weight of engagement", default=WEIGHTS["engagement"], help=WEIGHT
    )
    match_due = fields.Boolean(copy=False, index="btree_not_null", default=True)
    match_opened_at = fields.Datetime("Open since", copy=False, readonly=True)
    match_announce = fields.Boolean(copy=False)

    @api.constrains("match_threshold", "match_cap", *(f"match_{p}" for p in COMPONENTS))
    def _check_matching(self):
        for job in self:
            if not 0 <= job.match_threshold <= 100 or not 1 <= job.match_cap <= MOST:
                raise ValidationError(
                    self.env._(
                        "Matches are shown from 0 to 100 percent, 1 to %s of them.",
                        MOST,
                    )
                )
            weights = [job[f"match_{part}"] for part in COMPONENTS]
            if min(weights) < 0 or max(weights) > 100 or not job.match_skills:
                raise ValidationError(
                    self.env._(
                        "A weight is a number from 0 to 100, and skills have to count."
                    )
                )

    @api.constrains("match_must_ids")
    def _check_musts(self):
        for job in self:
            foreign = job.match_must_ids - job.job_skill_ids.skill_id
            if foreign:
                raise ValidationError(
                    self.env._(
                        "“%s” is a must-have, and not among the expected skills. Add "
                        "it there with a level.",
                        foreign[0].name,
                    )
                )

    @api.depends("match_ids.state", "match_ids.in_shortlist")
    def _compute_match_count(self):
        counts = dict(
            self.env["recruit.match"]._read_group(
                [
                    ("job_id", "in", self.ids),
                    ("state", "=", "suggested"),
                    ("in_shortlist", "=", True),
                ],
                ["job_id"],
                ["__count"],
            )
        )
        for job in self:
            job.match_count = counts.get(job._origin, 0)

    @api.model_create_multi
    def create(self, vals_list):
        """Create jobs; those that are open look for people at once."""
        jobs = super().create(vals_list)
        jobs._match_opened()
        return jobs

    def write(self, vals):
        """Write; a job that opens, closes or changes is matched anew."""
        if not ASKED & vals.keys():
            return super().write(vals)
        shut = self.filtered(lambda job: not job._match_is_open())
        result = super().write(vals)
        shut._match_opened()
        (self - shut)._match_changed()
        return result

    def action_view_matches(self):
        """Show whom we know and could bring back for this job, the best first."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "recruit_crm.recruit_match_action"
        )
        name = self.env._("Rediscovered for %(job)s", job=self.name)
        return action | {
            "name": name,
            "display_name": name,
            "domain": [("job_id", "=", self.id)],
            "context": {"search_default_suggested": 1},
        }

    @api.model
    def _match_open_jobs(self):
        return self.search([("no_of_recruitment", ">", 0)])

    @api.model
    def _match_refresh_open(self):
        """Rank everybody for every open job now."""
        self.env["recruit.match"]._refresh_jobs(self._match_open_jobs())

    def _match_is_open(self):
        self.ensure_one()
        return self.active and self.no_of_recruitment > 0

    def _match_opened(self):
        """Remember since when these jobs are open, and look for people."""
        now = self.env["recruit.clock"].now()
        jobs = self.filtered(lambda job: job._match_is_open())
        jobs.write({"match_opened_at": now, "match_announce": True})
        jobs._match_changed()

    def _match_changed(self):
        """Let the cron look for people anew, soon."""
        if self:
            self.write({"match_due": True})
            # sudo: whoever opens a job, the cron is woken
            self.env.ref("recruit_crm.ir_cron_refresh_matches").sudo()._trigger()

    def _match_close(self):
        """Forget the suggestions; what people decided stays."""
        if self:
            self.match_ids.filtered(lambda one: one.state == "suggested").unlink()
            recipes = self.env["recruit.match.recipe"]
            recipes.search([("job_id", "in", self.ids)]).is_current = False

    def _announce_matches(self):
        """Put the shortlist of jobs that opened on the desk of their recruiters."""
        opened = self.filtered("match_announce")
        for job in opened:
            listed = job.match_ids.filtered("in_shortlist").sorted()
            if not listed:
                continue
            names = ", ".join(
                f"{match.candidate_id.name} ({match.score}%)"
                for match in listed[:NAMED]
            )
            words = (
                self.env._("%s and others; the button Rediscovered shows why.", names)
                if len(listed) > NAMED
                else self.env._("%s; the button Rediscovered shows why.", names)
            )
            job.activity_schedule(
                "mail.mail_activity_data_todo",
                self.env["recruit.clock"].now().date(),
                summary=self.env._("People you know who fit: %s", len(listed)),
                note=escape(words),  # a name may look like HTML
                user_id=(job.user_id or job.create_uid).id,
            )
        opened.write({"match_announce": False})


class HrJobSkill(models.Model):
    """A line of the expected skills changes what the job looks for."""

    _inherit = "hr.job.skill"

    @api.model_create_multi
    def create(self, vals_list):
        """Create lines; their jobs are matched anew."""
        lines = super().create(vals_list)
        lines.job_id._match_changed()
        return lines

    def write(self, vals):
        """Write lines; their jobs are matched anew."""
        result = super().write(vals)
        self.job_id._match_changed()
        return result

    def unlink(self):
        """Delete lines; a must-have that is asked for no more goes too."""
        jobs = self.job_id
        result = super().unlink()
        for job in jobs:
            job.match_must_ids &= job.job_skill_ids.skill_id
        jobs._match_changed()
        return result
