"""What two people each have once, when they turn out to be one."""

from odoo import api, models
from odoo.tools import SQL

from ..skills.proof import RANKS


class RecruitCandidateSkill(models.Model):
    _inherit = "recruit.candidate.skill"

    @api.model
    def _unite(self, merge):
        """Where both have a skill, let the survivor's line show the better proof.

        The stronger provenance, then the later day, then the higher level is better.
        Purpose: nothing known is lost. Size: the skills of two people. Index:
        _candidate_skill_unique.
        """
        mine = merge.survivor_id.skill_ids
        both = mine | merge.merged_id.skill_ids
        self.env["recruit.skill.evidence"]._keep_what_was_known(
            [(line.candidate_id.id, line.skill_id.id) for line in both]
        )
        with merge._journaled(self._table, mine.ids):
            self.env.cr.execute(
                SQL(
                    """
                    UPDATE recruit_candidate_skill s
                       SET level = l.level, provenance = l.provenance,
                           proven_on = l.proven_on
                      FROM recruit_candidate_skill l
                     WHERE s.candidate_id = %(survivor)s
                       AND l.candidate_id = %(merged)s AND l.skill_id = s.skill_id
                       AND (array_position(%(proofs)s::text[], l.provenance::text),
                            COALESCE(l.proven_on, '-infinity'), l.level)
                         > (array_position(%(proofs)s::text[], s.provenance::text),
                            COALESCE(s.proven_on, '-infinity'), s.level)
                    """,
                    survivor=merge.survivor_id.id,
                    merged=merge.merged_id.id,
                    proofs=list(RANKS),
                )
            )


class RecruitMerge(models.Model):
    _inherit = "recruit.merge"

    def _settle(self):
        """Let the skills of both show the best of the evidence that each has now."""
        result = super()._settle()
        people = self.survivor_id | self.merged_id
        # sudo: evidence follows the people whom the user may merge
        evidence = self.env["recruit.skill.evidence"].sudo()
        found = evidence.search([("candidate_id", "in", people.ids)])
        self.env["recruit.candidate.skill"]._restate(
            {(one.candidate_id.id, one.skill_id.id) for one in found}
        )
        return result


class RecruitPoolMember(models.Model):
    _inherit = "recruit.pool.member"

    @api.model
    def _unite(self, merge):
        """Where both wait in a pool, end the merged one's stay; the survivor's began
        when the first of them joined."""
        both = merge.survivor_id | merge.merged_id
        rows = self.search([("candidate_id", "in", both.ids), ("left_at", "=", False)])
        with merge._journaled(self._table, rows.ids):
            self.env.cr.execute(
                SQL(
                    """
                    WITH ended AS (
                        UPDATE recruit_pool_member l SET left_at = %(now)s
                          FROM recruit_pool_member s
                         WHERE l.candidate_id = %(merged)s AND l.left_at IS NULL
                           AND s.candidate_id = %(survivor)s AND s.left_at IS NULL
                           AND l.pool_id = s.pool_id
                     RETURNING s.id, l.joined_at
                    )
                    UPDATE recruit_pool_member s
                       SET joined_at = LEAST(s.joined_at, ended.joined_at)
                      FROM ended WHERE s.id = ended.id
                    """,
                    now=merge.merged_at,
                    survivor=merge.survivor_id.id,
                    merged=merge.merged_id.id,
                )
            )
            self.invalidate_model()


class HrApplicant(models.Model):
    _inherit = "hr.applicant"

    @api.model
    def _unite_cards(self, merge):
        """Leave the person one native talent card: it takes the pools of the others,
        which are archived."""
        cards = (
            self.sudo()
            .with_context(active_test=False)
            .search(
                [
                    ("candidate_id", "=", merge.survivor_id.id),
                    ("talent_pool_ids", "!=", False),
                ],
                order="active DESC, id",
            )
        )
        kept, others = cards[:1], cards[1:]
        if not others:
            return
        with merge._journaled(self._table, self._around_cards(others).ids):
            if kept.active:
                self._share_pools(merge, kept, others.filtered("active"))
            self._retire_cards(kept, others)
            self.env.invalidate_all()

    def _around_cards(self, cards):
        """Return the cards with the applications that belong to them natively."""
        return cards | cards.search([("pool_applicant_id", "in", cards.ids)])

    @api.model
    def _share_pools(self, merge, kept, others):
        field = self._fields["talent_pool_ids"]
        card, pool = field.column1, field.column2
        rows = self.env.execute_query(
            SQL(
                """
                INSERT INTO %(table)s (%(card)s, %(pool)s)
                SELECT DISTINCT %(kept)s, %(pool)s FROM %(table)s
                 WHERE %(card)s = ANY(%(others)s)
                ON CONFLICT DO NOTHING RETURNING %(pool)s
                """,
                table=SQL.identifier(field.relation),
                card=SQL.identifier(card),
                pool=SQL.identifier(pool),
                kept=kept.id,
                others=others.ids,
            )
        )
        added = [(kept.id, {card: kept.id, pool: pool_id}) for (pool_id,) in rows]
        merge._note_added(field.relation, card, added)

    @api.model
    def _retire_cards(self, kept, others):
        self.env.cr.execute(
            SQL(
                """
                UPDATE hr_applicant
                   SET active = active AND NOT (id = ANY(%(others)s)),
                       pool_applicant_id = CASE
                           WHEN id = ANY(%(others)s) THEN pool_applicant_id
                           ELSE %(kept)s END
                 WHERE id = ANY(%(others)s) OR pool_applicant_id = ANY(%(others)s)
                """,
                kept=kept.id,
                others=others.ids,
            )
        )


class RecruitTouch(models.Model):
    _inherit = "recruit.touch"

    @api.model
    def _recount_ends(self, people):
        """Find the first touch and the last contact of these people anew (I4).

        Purpose: after rows changed hands. Size: the touches of two people. Index: that
        of candidate_id.

        :return: (candidate id, id of the first touch before, id of the one now)
        """
        self.env.flush_all()
        moves = self.env.execute_query(
            SQL(
                """
                UPDATE recruit_candidate c
                   SET first_touch_id = ends.first_id, last_touch_at = ends.last_at
                  FROM recruit_candidate o, (SELECT p.id,
                               date_trunc('minute', MAX(t.occurred_at)) AS last_at,
                               (ARRAY_AGG(t.id ORDER BY t.occurred_at, t.id))[1]
                               AS first_id
                          FROM recruit_candidate p
                     LEFT JOIN recruit_touch t
                            ON t.candidate_id = p.id AND %(counting)s
                         WHERE p.id = ANY(%(ids)s)
                      GROUP BY p.id) ends
                 WHERE c.id = ends.id AND o.id = ends.id
                   AND (c.first_touch_id, c.last_touch_at)
                       IS DISTINCT FROM (ends.first_id, ends.last_at)
             RETURNING c.id, o.first_touch_id, c.first_touch_id
                """,
                ids=people.ids,
                counting=self._counting_sql("t"),
            )
        )
        self.browse()._recount_last(people)
        return moves
