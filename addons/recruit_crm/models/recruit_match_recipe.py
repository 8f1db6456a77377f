import json

from odoo import api, fields, models

from ..identity.match import place_key
from ..matching import formula, people


class RecruitMatchRecipe(models.Model):
    """What a job asked for and how its parts weighed, as of a day: a version.

    It is never changed: a job that asks for something else gets the next number, so
    that every score that was ever shown can be computed again.
    """

    _name = "recruit.match.recipe"
    _description = "Version of Matching"
    _order = "id desc"
    _rec_name = "number"

    job_id = fields.Many2one("hr.job", required=True, ondelete="cascade")
    company_id = fields.Many2one(
        related="job_id.company_id", store=True, index="btree_not_null"
    )
    number = fields.Integer("Version", required=True)
    formula = fields.Integer(required=True, help="Version of the formula itself.")
    is_current = fields.Boolean()
    words = fields.Json(help="The job as the formula sees it.", required=True)
    want_ids = fields.One2many("recruit.match.want", "recipe_id", "Skills")
    asked = fields.Integer(required=True, help="Information in all skills together.")
    luck = fields.Float(required=True, help="Share that anybody brings along.")
    musts = fields.Integer(required=True)
    degree = fields.Integer()
    place = fields.Char()
    country = fields.Integer()
    w_skills = fields.Integer("Skills count")
    w_degree = fields.Integer("Degree counts")
    w_location = fields.Integer("Location counts")
    w_availability = fields.Integer("Availability counts")
    w_history = fields.Integer("History counts")
    w_engagement = fields.Integer("Engagement counts")

    # Serves every look for the version that counts today.
    _current_unique = models.UniqueIndex("(job_id) WHERE is_current")
    _number_unique = models.UniqueIndex("(job_id, number)")

    @api.model
    def _of(self, jobs):
        """Return the current versions of these jobs; a new one where a job changed.

        A job without a skill has none.
        """
        current = self.search([("job_id", "in", jobs.ids), ("is_current", "=", True)])
        standing = {one.job_id: one for one in current}
        for job, wanted in jobs._match_jobs().items():
            old = standing.get(job, self.browse())
            if not wanted.wants:
                old.is_current = False
                standing.pop(job, None)
            elif old.formula != formula.VERSION or not old._says(wanted):
                standing[job] = self._renew(job, wanted, old)
        return self.concat(*standing.values())

    def _says(self, wanted):
        return self.words == json.loads(json.dumps(people.job_to_json(wanted)))

    @api.model
    def _renew(self, job, wanted, old):
        old.is_current = False
        old.flush_recordset()
        last = self.search([("job_id", "=", job.id)], order="number desc", limit=1)
        asked = wanted.asked
        weights = {f"w_{part}": asked.get(part, 0) for part in people.COMPONENTS}
        recipe = self.create(
            {
                "job_id": job.id,
                "number": last.number + 1,
                "formula": formula.VERSION,
                "is_current": True,
                "words": people.job_to_json(wanted),
                "asked": sum(one.rarity.weight for one in wanted.wants.values()),
                "luck": formula.luck(wanted.wants),
                "musts": sum(one.must for one in wanted.wants.values()),
                "degree": wanted.degree,
                "place": wanted.place,
                "country": wanted.country,
                **weights,
            }
        )
        self.env["recruit.match.want"].create(
            [
                {
                    "recipe_id": recipe.id,
                    "skill_id": skill,
                    "level": want.level,
                    "must": want.must,
                    "weight": want.rarity.weight,
                }
                for skill, want in wanted.wants.items()
            ]
        )
        return recipe

    def _job(self):
        """Return the job as the formula takes it."""
        self.ensure_one()
        return people.job_from_json(self.words)


class RecruitMatchWant(models.Model):
    """A skill that a version of a job asks for, where statements can join it."""

    _name = "recruit.match.want"
    _description = "Skill Asked For"
    _log_access = False
    _rec_name = "skill_id"

    recipe_id = fields.Many2one(
        "recruit.match.recipe", required=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="recipe_id.company_id")
    skill_id = fields.Many2one("hr.skill", required=True, ondelete="cascade")
    level = fields.Integer("At least")
    must = fields.Boolean("Must have")
    weight = fields.Integer("Information")

    # Serves the scores of one job.
    _recipe_unique = models.UniqueIndex("(recipe_id, skill_id)")
    # Serves 'jobs for this person': which versions ask for a skill.
    _skill_idx = models.Index("(skill_id, recipe_id)")


class HrJob(models.Model):
    _inherit = "hr.job"

    def _match_jobs(self):
        """Return {job: matching.people.Job}: the jobs as the formula takes them."""
        today = self.env["recruit.clock"].now().date()
        # sudo: what a job asks for, whoever opens it
        asked = {job: job.sudo()._match_levels(today) for job in self}
        rarities = self.env["recruit.skill.rarity"]._of(
            (skill, level) for one in asked.values() for skill, level in one.items()
        )
        return {
            job: people.Job(
                wants={
                    skill: people.Want(
                        level,
                        skill in job.match_must_ids.ids,
                        rarities[skill, level],
                    )
                    for skill, level in sorted(asked[job].items())
                },
                weights={part: job[f"match_{part}"] for part in people.COMPONENTS},
                degree=int(job.sudo().expected_degree.score * 10_000 + 0.5),
                place=place_key(job.address_id.sudo().city or ""),
                country=job.address_id.sudo().country_id.id or 0,
            )
            for job in self
        }

    def _match_levels(self, today):
        """Return {skill id: level} of the native lines that hold today."""
        levels = {}
        for line in self.job_skill_ids:
            if not line.valid_to or line.valid_to >= today:
                level = min(max(line.level_progress, 0), 100)
                skill = line.skill_id.id
                levels[skill] = max(levels.get(skill, 0), level)
        return levels
