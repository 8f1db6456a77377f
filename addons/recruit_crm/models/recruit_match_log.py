from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_date

from ..matching import formula, people
from ..matching.rarity import FULL
from .recruit_match_score import DEGREE, LAST_SIGN

KEPT_DAYS = 365
NAMED = 4  # skills that a sentence names


class Words:
    """What sentences are made of, looked up once for all that a screen shows."""

    def __init__(self, env, skills):
        known = env["hr.skill"].browse(skills).exists()
        self.env, self._days = env, {}
        self.skills = {skill.id: skill.name for skill in known}
        self.provenance = self._labels("recruit.candidate.skill", "provenance")
        self.availability = self._labels("recruit.candidate", "availability")
        self.history = {
            one.name: one.label(env) for one in env["recruit.match"]._sources()
        }

    def _labels(self, model, name):
        field = self.env[model]._fields[name]
        return dict(field._description_selection(self.env))

    def day(self, day):
        """Return a day as the user reads days."""
        if day not in self._days:
            self._days[day] = format_date(self.env, day)
        return self._days[day]

    def told(self, name, skill):
        """Return a skill with its level and how that is known."""
        known = self.provenance[skill.provenance]
        known = known if known.isupper() else known.lower()
        year = f", {skill.day.year}" if skill.day else ""
        return f"{name} {skill.level}% ({known}{year})"


class RecruitMatchLog(models.Model):
    """A score as it was computed: the version of the job, the person, the day.

    One row each time that what is shown changes. From it the score can be computed
    again, and from it the reasons are told. Kept for a year, and as long as shown.
    """

    _name = "recruit.match.log"
    _description = "Computed Score"
    _order = "id desc"
    _rec_name = "candidate_id"
    _log_access = False

    recipe_id = fields.Many2one(
        "recruit.match.recipe", "Version", required=True, index=True, ondelete="cascade"
    )
    job_id = fields.Many2one(related="recipe_id.job_id", store=True)
    company_id = fields.Many2one("res.company", index="btree_not_null")
    candidate_id = fields.Many2one(
        "recruit.candidate", required=True, index=True, ondelete="cascade"
    )
    computed_at = fields.Datetime("Computed", required=True, index=True)
    points = fields.Integer(required=True, help="Of 10,000.")
    parts = fields.Json()
    inputs = fields.Json(help="All that is known of the person and was looked at.")

    @api.model
    def _write_down(self, recipe, rows, now):
        """Log scores with their inputs.

        :return dict: candidate id -> id of the log
        """
        facts = self._people([row["id"] for row in rows])
        logs = self.create(
            [
                {
                    "recipe_id": recipe.id,
                    "candidate_id": row["id"],
                    "company_id": row["company_id"] or recipe.company_id.id,
                    "computed_at": now,
                    "points": row["score"],
                    "parts": {part: row[part] for part in people.COMPONENTS},
                    "inputs": people.person_to_json(facts[row["id"]]),
                }
                for row in rows
            ]
        )
        return {log.candidate_id.id: log.id for log in logs}

    def _replay(self):
        """Compute the score again from what was kept.

        :return: matching.formula.Score
        :raise UserError: where another version of the formula computed it
        """
        self.ensure_one()
        if self.recipe_id.formula != formula.VERSION:
            raise UserError(
                self.env._(
                    "Version %(old)s of the formula computed this score; this is "
                    "version %(new)s.",
                    old=self.recipe_id.formula,
                    new=formula.VERSION,
                )
            )
        person = people.person_from_json(self.inputs)
        return formula.score(self.recipe_id._job(), person, self.computed_at.date())

    @api.model
    def _people(self, ids):
        """Return {candidate id: matching.people.Person}, as the statement reads them.

        Size: a shortlist, in three statements. Indexes: as in _scores_sql.
        """
        self.env.flush_all()
        known = self.env["recruit.match"]._sources()
        person = SQL("c")
        points = [one.points(self.env, person) for one in known]
        rows = self.env.execute_query(
            SQL(
                """
                SELECT c.id, %s, COALESCE(c.place_key, ''), COALESCE(c.country_id, 0),
                       COALESCE(c.availability, ''), c.available_from, %s, %s
                  FROM recruit_candidate c WHERE c.id = ANY(%s)
                """,
                SQL(DEGREE),
                SQL(LAST_SIGN),
                SQL("ARRAY[%s]::int[]", SQL(", ").join(points)),
                list(ids),
            )
        )
        skills = self._skills_of(ids)
        names = [one.name for one in known]
        return {
            row_id: people.Person(
                skills.get(row_id, {}),
                *facts,
                {
                    name: found
                    for name, found in zip(names, history, strict=True)
                    if found
                },
            )
            for row_id, *facts, history in rows
        }

    @api.model
    def _skills_of(self, ids):
        lines = self.env.execute_query(
            SQL(
                """SELECT candidate_id, skill_id, level, provenance, proven_on
                     FROM recruit_candidate_skill WHERE candidate_id = ANY(%s)
                 ORDER BY candidate_id, skill_id""",
                list(ids),
            )
        )
        rarities = self.env["recruit.skill.rarity"]._of(
            (skill, level) for _person, skill, level, *_known in lines
        )
        found = {}
        for person, skill, level, provenance, day in lines:
            found.setdefault(person, {})[skill] = people.Skill(
                level, provenance, day, rarities[skill, level]
            )
        return found

    @api.model
    def _forget_old(self):
        """Let go of what is older than a year and shown nowhere.

        Size: a day's rows. Indexes: computed_at; log_id of recruit.match by a hash.
        """
        limit = self.env["recruit.clock"].now() - timedelta(days=KEPT_DAYS)
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                DELETE FROM recruit_match_log l WHERE l.computed_at < %s
                   AND NOT EXISTS (SELECT FROM recruit_match m WHERE m.log_id = l.id)
                """,
                limit,
            )
        )
        self.env.cr.execute(
            SQL(
                """
                DELETE FROM recruit_match_recipe r
                 WHERE r.is_current IS NOT TRUE AND r.create_date < %s
                   AND NOT EXISTS (SELECT FROM recruit_match_log l
                                    WHERE l.recipe_id = r.id)
                """,
                limit,
            )
        )
        self.env.invalidate_all()

    # -------------------------------------------------------------------- in words

    def _sentences(self):
        """Return {log id: lines}: why this score, the skills first, the rest in one."""
        jobs = {recipe: recipe._job() for recipe in self.recipe_id}
        words = Words(self.env, {skill for job in jobs.values() for skill in job.wants})
        found = {}
        for log in self:
            job, person = jobs[log.recipe_id], people.person_from_json(log.inputs)
            parts = [
                *log._part_sentences(job, person),
                *log._time_sentences(person, words),
            ]
            found[log.id] = [
                *log._skill_sentences(job, person, words),
                *([" ".join(parts)] if parts else []),
            ]
        return found

    def _skill_sentences(self, job, person, words):
        today, names = self.computed_at.date(), words.skills
        reached = {
            skill: formula.covered(want, person.skills[skill], today)
            for skill, want in job.wants.items()
            if skill in person.skills and skill in names
        }
        best = sorted(reached, key=lambda one: -reached[one] * job.wants[one].rarity[0])
        lacking = [
            names[skill]
            for skill, want in job.wants.items()
            if skill in names and skill not in reached
        ]
        told = ", ".join(
            words.told(names[one], person.skills[one]) for one in best[:NAMED]
        )
        more = len(best) - NAMED
        sentences = [
            self.env._(
                "Has %(count)s of %(all)s skills: %(told)s%(more)s.",
                count=len(reached),
                all=len(job.wants),
                told=told,
                more=self.env._(" and %s more", more) if more > 0 else "",
            )
        ]
        short = [names[one] for one in best if reached[one] < FULL]
        if short:
            sentences.append(
                self.env._("Below what is asked, or faded: %s.", self._few(short))
            )
        if lacking:
            sentences.append(self.env._("Not known: %s.", self._few(lacking)))
        return sentences

    def _few(self, names):
        shown = ", ".join(names[:NAMED])
        more = len(names) - NAMED
        return f"{shown}{self.env._(' and %s more', more)}" if more > 0 else shown

    def _part_sentences(self, job, person):
        parts, asked = self.parts, job.asked
        found = []
        if "degree" in asked:
            if person.degree is None:
                found.append(self.env._("The degree is not known."))
            elif parts["degree"] < FULL:
                found.append(self.env._("A lower degree than is asked for."))
        if "location" in asked and parts["location"] != FULL:
            found.append(
                self.env._("Lives in another country.")
                if not parts["location"]
                else self.env._("Lives in another city.")
                if person.place
                else self.env._("It is not known where they live.")
            )
        elif "location" in asked:
            found.append(self.env._("Lives where the job is."))
        return found

    def _time_sentences(self, person, words):
        told, found = words.availability.get(person.availability), []
        if person.availability == "from_date":
            told = self.env._("Available from %s", words.day(person.available_from))
        if told:
            found.append(f"{told}.")
        found += [
            f"{words.history[name]}."
            for name, points in sorted(person.history.items(), key=lambda one: -one[1])
            if name in words.history
        ]
        if person.last_sign:
            found.append(self.env._("Last contact on %s.", words.day(person.last_sign)))
        return found
