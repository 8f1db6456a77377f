from odoo import api, fields, models
from odoo.tools import SQL

from ..matching import rarity

PAGE = 5000


class RecruitSkillRarity(models.Model):
    """What having a skill at a level tells, counted over all candidates every night.

    One row for a skill and a step of its level (``matching/rarity.py``): people who
    search and people who match read some thousand rows, not all skills of everybody.
    """

    _name = "recruit.skill.rarity"
    _description = "Rarity of a Skill"
    _log_access = False
    _rec_name = "skill_id"

    skill_id = fields.Many2one("hr.skill", required=True, ondelete="cascade")
    step = fields.Integer(required=True, help="From 0 to 10: the level divided by ten.")
    weight = fields.Integer(required=True, help="Hundredths of a bit of information.")
    chance = fields.Integer(
        required=True, help="Of 10,000: what somebody at random brings along."
    )
    crowd = fields.Integer(required=True, help="How many people were counted.")

    # Serves the scores: one probe a skill of a person.
    _skill_unique = models.UniqueIndex("(skill_id, step) INCLUDE (weight, chance)")

    @api.model
    def _count(self):
        """Count how many people have each skill at each level, and keep what it tells.

        Purpose: every night, and before the first scores. Size: one pass over the
        skills of everybody, 6,000,000 in two seconds. Index: _skill_level_idx, alone.
        """
        self.env.flush_all()
        [(crowd,)] = self.env.execute_query(
            SQL("SELECT COUNT(*) FROM recruit_candidate WHERE active")
        )
        counts = {}
        for skill_id, level, people in self.env.execute_query(
            SQL(
                """SELECT skill_id, level, COUNT(*) FROM recruit_candidate_skill
                    GROUP BY skill_id, level"""
            )
        ):
            counts.setdefault(skill_id, {})[level] = people
        rows = [
            (skill_id, step, *one, crowd)
            for skill_id, levels in sorted(counts.items())
            for step, one in enumerate(rarity.weigh(levels, crowd))
        ]
        self.env.cr.execute(SQL("DELETE FROM recruit_skill_rarity"))
        for start in range(0, len(rows), PAGE):
            self._add(rows[start : start + PAGE])
        self.invalidate_model()

    @api.model
    def _add(self, rows):
        self.env.cr.execute(
            SQL(
                """INSERT INTO recruit_skill_rarity
                          (skill_id, step, weight, chance, crowd)
                   SELECT * FROM unnest(%s::int[], %s::int[], %s::int[], %s::int[],
                                        %s::int[])""",
                *(list(column) for column in zip(*rows, strict=True)),
            )
        )

    @api.model
    def _unknown(self):
        """Return the rarity of a skill that nobody was counted with."""
        rows = self.env.execute_query(
            SQL("SELECT crowd FROM recruit_skill_rarity LIMIT 1")
        )
        return rarity.unknown(rows[0][0] if rows else 0)

    @api.model
    def _of(self, keys):
        """Return the rarity of skills at levels.

        :param keys: iterable of (skill id, level)
        :return dict: (skill id, level) -> matching.rarity.Rarity
        """
        keys = set(keys)
        known = {
            (skill_id, step): rarity.Rarity(weight, chance)
            for skill_id, step, weight, chance in self.env.execute_query(
                SQL(
                    """SELECT skill_id, step, weight, chance FROM recruit_skill_rarity
                        WHERE skill_id = ANY(%s)""",
                    list({skill for skill, _level in keys}),
                )
            )
        }
        unknown = self._unknown()
        return {
            (skill, level): known.get((skill, rarity.step_of(level)), unknown)
            for skill, level in keys
        }
