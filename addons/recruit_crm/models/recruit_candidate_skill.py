from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..skills.proof import HALF_LIVES, RANKS, level_on

PROVENANCES = [
    ("self_declared", "Self-declared"),
    ("cv", "CV"),
    ("recruiter", "Recruiter"),
    ("tested", "Test"),
    ("interview", "Interview"),
]
STATED = ("level", "provenance", "proven_on")  # what a statement says


class RecruitCandidateSkill(models.Model):
    """A skill of a candidate at the level that counts, and how it is known.

    The row is narrow: it is what segments and matching read. What it was chosen from
    is recruit.skill.evidence; the rule is in ``skills/proof.py``.
    """

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
    proven_on = fields.Date(
        "Said or shown on",
        default=lambda self: self.env["recruit.clock"].now().date(),
        help="The day it was last shown or told.",
    )
    level_now = fields.Integer(
        "Level today",
        compute="_compute_level_now",
        help="What is left of the level since the day it was shown or told: half after "
        "two years of a claim, after five of a test or an interview.",
    )

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

    @api.depends("level", "provenance", "proven_on")
    def _compute_level_now(self):
        today = self.env["recruit.clock"].now().date()
        for line in self:
            line.level_now = level_on(
                line.level, line.provenance, line.proven_on, today
            )

    @api.model
    def _level_now_sql(self, alias, today):
        """Return the level that is left on a day, as an expression over this table.

        The same as ``skills.proof.level_on``, for statements that filter or rank by it.

        :param SQL alias: of recruit_candidate_skill
        :param today: date
        """
        half_life = SQL(" ").join(
            SQL("WHEN %s THEN %s", name, days) for name, days in HALF_LIVES.items()
        )
        return SQL(
            """FLOOR(%(a)s.level * POWER(2::float8,
                 -COALESCE(GREATEST(%(today)s::date - %(a)s.proven_on, 0), 0)::float8
                 / (CASE %(a)s.provenance %(half_life)s END)) + 0.5)::int""",
            a=alias,
            today=today,
            half_life=half_life,
        )

    @api.model
    def _told_domain(self):
        """Return the ``Domain`` of the lines that a segment tells this user of.

        Segments ask without the rules on rows, which would cost a join each; extend it
        for what not everybody who sees a candidate may learn.
        """
        return Domain.TRUE

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
    def _restate(self, keys):
        """Let the lines show the statements that count; a skill of which every
        statement was withdrawn goes.

        Purpose: one statement after evidence changed. Size: the skills of one
        application up to 10,000 of a batch. Indexes: _candidate_skill_idx of
        recruit.skill.evidence, _candidate_skill_unique.

        :param keys: iterable of (candidate id, skill id)
        """
        if not keys:
            return
        self.env.flush_all()
        keys = sorted(keys)
        words = {
            "candidates": [candidate for candidate, _skill in keys],
            "skills": [skill for _candidate, skill in keys],
            "ranks": list(RANKS),
            "uid": self.env.uid,
        }
        self.env.cr.execute(SQL(_UPSERT_BEST, **words))
        self.env.cr.execute(SQL(_DELETE_WITHDRAWN, **words))
        self.invalidate_model()
        self.env["recruit.candidate"].browse(
            {candidate for candidate, _skill in keys}
        ).invalidate_recordset(["skill_ids"])


_UPSERT_BEST = """
    INSERT INTO recruit_candidate_skill (candidate_id, skill_id, level, provenance,
           proven_on, create_uid, create_date, write_uid, write_date)
    SELECT DISTINCT ON (e.candidate_id, e.skill_id)
           e.candidate_id, e.skill_id, e.level, e.provenance, e.proven_on,
           %(uid)s, now() AT TIME ZONE 'UTC', %(uid)s, now() AT TIME ZONE 'UTC'
      FROM unnest(%(candidates)s::int[], %(skills)s::int[]) AS k (candidate, skill)
      JOIN recruit_skill_evidence e
        ON e.candidate_id = k.candidate AND e.skill_id = k.skill
     WHERE e.withdrawn_at IS NULL
  ORDER BY e.candidate_id, e.skill_id,
           array_position(%(ranks)s::text[], e.provenance::text) DESC,
           e.proven_on DESC NULLS LAST, e.level DESC
        ON CONFLICT (candidate_id, skill_id) DO UPDATE
       SET level = EXCLUDED.level, provenance = EXCLUDED.provenance,
           proven_on = EXCLUDED.proven_on, write_uid = EXCLUDED.write_uid,
           write_date = EXCLUDED.write_date
     WHERE (recruit_candidate_skill.level, recruit_candidate_skill.provenance,
            recruit_candidate_skill.proven_on)
           IS DISTINCT FROM (EXCLUDED.level, EXCLUDED.provenance, EXCLUDED.proven_on)
"""
_DELETE_WITHDRAWN = """
    DELETE FROM recruit_candidate_skill s
     USING unnest(%(candidates)s::int[], %(skills)s::int[]) AS k (candidate, skill)
     WHERE s.candidate_id = k.candidate AND s.skill_id = k.skill
       AND EXISTS (SELECT FROM recruit_skill_evidence e
                    WHERE e.candidate_id = k.candidate AND e.skill_id = k.skill)
       AND NOT EXISTS (SELECT FROM recruit_skill_evidence e
                        WHERE e.candidate_id = k.candidate AND e.skill_id = k.skill
                          AND e.withdrawn_at IS NULL)
"""
