from odoo import api, fields, models
from odoo.tools import SQL

PROVENANCES = [
    ("self_declared", "Self-declared"),
    ("cv", "CV"),
    ("recruiter", "Recruiter"),
    ("tested", "Test"),
    ("interview", "Interview"),
]


class RecruitCandidateSkill(models.Model):
    """A skill of a candidate, its level, and how it is known."""

    _name = "recruit.candidate.skill"
    _description = "Candidate Skill"
    _order = "level desc, id"
    _rec_name = "skill_id"

    candidate_id = fields.Many2one(
        "recruit.candidate", required=True, ondelete="cascade", index=True
    )
    skill_id = fields.Many2one("hr.skill", required=True, ondelete="restrict")
    skill_type_id = fields.Many2one(related="skill_id.skill_type_id")
    level = fields.Integer(
        default=50,
        aggregator="avg",
        help="From 0 (no knowledge) to 100 (mastered), as the levels of Odoo Skills.",
    )
    provenance = fields.Selection(
        PROVENANCES, "Known from", default="self_declared", required=True
    )
    proven_on = fields.Date(help="The day it was last shown or told.")

    _candidate_skill_unique = models.UniqueIndex(
        "(candidate_id, skill_id)",
        "A candidate has each skill once. Change the level of the line that is there.",
    )
    # Serves the segment field 'skill': who has this skill at this level or above.
    _skill_level_idx = models.Index("(skill_id, level) INCLUDE (candidate_id)")
    _level_check = models.Constraint(
        "CHECK (level BETWEEN 0 AND 100)",
        "The level of a skill is a number from 0 to 100.",
    )

    @api.depends("skill_id", "level")
    def _compute_display_name(self):
        for line in self:
            line.display_name = f"{line.skill_id.name} {line.level}%"

    def _native_level(self):
        """Return the hr.skill.level that stands for this level in native documents.

        The highest of the skill's type that is not above ours, else its lowest one;
        none for a type without levels.
        """
        self.ensure_one()
        levels = self.skill_type_id.skill_level_ids.sorted("level_progress")
        reached = levels.filtered(lambda one: one.level_progress <= self.level)
        return reached[-1:] or levels[:1]

    @api.model
    def _learn(self, levels, *, provenance, proven_on):
        """Take over levels that a document states; what was tested or seen stays.

        Purpose: keep the candidate in step with the skills of its applications. A
        level that a recruiter, a test or an interview gave is worth more than a CV and
        is not overwritten. Size: the skills of one application, up to some thousand
        when addons are installed on old data. Index: _candidate_skill_unique.

        :param dict levels: {(candidate id, skill id): level 0-100}
        """
        if not levels:
            return
        self.flush_model()
        keys = list(levels)
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO recruit_candidate_skill (candidate_id, skill_id, level,
                    provenance, proven_on,
                    create_uid, create_date, write_uid, write_date)
                SELECT r.candidate_id, r.skill_id, r.level, %(provenance)s, %(day)s,
                       %(uid)s, now() AT TIME ZONE 'UTC',
                       %(uid)s, now() AT TIME ZONE 'UTC'
                  FROM unnest(%(candidates)s::int[], %(skills)s::int[],
                              %(levels)s::int[]) AS r (candidate_id, skill_id, level)
                ON CONFLICT (candidate_id, skill_id) DO UPDATE
                   SET level = EXCLUDED.level,
                       provenance = EXCLUDED.provenance,
                       proven_on = EXCLUDED.proven_on,
                       write_uid = EXCLUDED.write_uid,
                       write_date = EXCLUDED.write_date
                 WHERE recruit_candidate_skill.provenance IN ('self_declared', 'cv')
                """,
                provenance=provenance,
                day=proven_on,
                uid=self.env.uid,
                candidates=[candidate for candidate, _skill in keys],
                skills=[skill for _candidate, skill in keys],
                levels=[levels[key] for key in keys],
            )
        )
        self.invalidate_model()
        candidate_ids = list({candidate for candidate, _skill in keys})
        self.env["recruit.candidate"].browse(candidate_ids).invalidate_recordset(
            ["skill_ids"]
        )
