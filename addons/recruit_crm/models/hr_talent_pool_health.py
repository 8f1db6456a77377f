from odoo import api, fields, models
from odoo.tools import SQL

from .recruit_candidate import CRM

LIVE = 1000  # members up to which a pool's figures are counted at each look: 2 ms


class HrTalentPool(models.Model):
    """The health of a pool, for its card: how many, and how many are still with us."""

    _inherit = "hr.talent.pool"

    member_count = fields.Integer("Members", compute="_compute_health", groups=CRM)
    reachable_count = fields.Integer("Reachable", compute="_compute_health", groups=CRM)
    stale_count = fields.Integer("Stale", compute="_compute_health", groups=CRM)
    engaged_count = fields.Integer("Engaged", compute="_compute_health", groups=CRM)
    last_contacted_at = fields.Datetime(
        "Last contacted", compute="_compute_health", groups=CRM
    )

    @api.depends("member_ids", "member_ids.left_at")
    @api.depends_context("allowed_company_ids")
    def _compute_health(self):
        figures = self._health()
        for pool in self:
            (
                pool.member_count,
                pool.reachable_count,
                pool.stale_count,
                pool.engaged_count,
                pool.last_contacted_at,
            ) = figures.get(pool._origin.id, (0, 0, 0, 0, False))

    def _health(self):
        """Return {pool id: (members, reachable, stale, engaged, last contacted)}, of
        the candidates whose companies the user works in.

        Purpose: the cards of all pools in one statement. Size: the sums of some tally
        rows a pool, 1 ms for 3 pools of 1.2 M members; pools of up to LIVE members are
        counted on the spot, the figures of bigger ones are at most an hour old (their
        number of members is exact). Indexes: recruit_pool_tally_pool_idx,
        recruit_pool_member_pool_open_idx.
        """
        tally = self.env["recruit.pool.tally"]
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT t.pool_id, t.members,
                       COALESCE(live.reachable, t.reachable),
                       COALESCE(live.stale, t.stale),
                       COALESCE(live.engaged, t.engaged),
                       COALESCE(live.last_at, t.last_at)
                  FROM (SELECT pool_id, SUM(members)::int AS members,
                               COALESCE(SUM(reachable), 0)::int AS reachable,
                               COALESCE(SUM(stale), 0)::int AS stale,
                               COALESCE(SUM(engaged), 0)::int AS engaged,
                               MAX(last_contacted_at) AS last_at
                          FROM recruit_pool_tally
                         WHERE pool_id = ANY(%(pools)s)
                           AND (company_id = ANY(%(companies)s) OR company_id IS NULL)
                         GROUP BY pool_id) t
             LEFT JOIN LATERAL (
                       SELECT %(figures)s
                         FROM recruit_pool_member m
                         JOIN recruit_candidate c ON c.id = m.candidate_id
                        WHERE t.members <= %(live)s
                          AND m.pool_id = t.pool_id AND m.left_at IS NULL
                          AND (m.company_id = ANY(%(companies)s)
                               OR m.company_id IS NULL)
                        GROUP BY m.pool_id
                       ) live (members, reachable, stale, engaged, last_at)
                    ON TRUE
                """,
                pools=self._origin.ids,
                companies=self.env.companies.ids,
                figures=tally._figures(self.env["recruit.clock"].now()),
                live=LIVE,
            )
        )
        return {pool: tuple(figures) for pool, *figures in rows}
