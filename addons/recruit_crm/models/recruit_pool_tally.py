from odoo import fields, models
from odoo.tools import SQL

STALE_DAYS = 180  # without a contact for half a year


class RecruitPoolTally(models.Model):
    """The figures of the pools, kept so that nobody has to count a million members.

    How many members a stage and a pool have is the sum of rows: exact at any time, as a
    trigger on the memberships adds a row of +n or -n in the same transaction (adding
    a row never waits for somebody else's, as a counter would). Now and then
    ``_refresh`` counts a pool and replaces its rows by one a company and stage.
    """

    _name = "recruit.pool.tally"
    _description = "Talent Pool Figures"
    _log_access = False

    pool_id = fields.Many2one("hr.talent.pool", required=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", ondelete="cascade")
    stage_id = fields.Integer(
        help="An id and no link: the rows of a deleted stage sum to nothing."
    )
    members = fields.Integer(required=True)
    reachable = fields.Integer(help="Known address, not blocked, no wish for silence.")
    stale = fields.Integer(help=f"No contact for {STALE_DAYS} days, or never.")
    engaged = fields.Integer(help="Answered us or in process.")
    last_contacted_at = fields.Datetime()
    counted_at = fields.Datetime(help="Empty on rows that the trigger added.")

    _pool_idx = models.Index(
        "(pool_id) INCLUDE (company_id, stage_id, members, reachable, stale, engaged)"
    )

    def init(self):
        """Install the trigger that counts; safe to run at every update of the addon.

        Cost: one aggregate over the rows of a statement, not of the pool.
        """
        super().init()
        self.env.registry.post_init(self._install_trigger)

    def _install_trigger(self):
        self.env.cr.execute(
            SQL(
                """
                CREATE OR REPLACE FUNCTION recruit_pool_tally_count()
                RETURNS trigger LANGUAGE plpgsql AS $count$
                BEGIN
                    IF TG_OP = 'TRUNCATE' THEN
                        DELETE FROM recruit_pool_tally;
                    ELSIF TG_OP = 'INSERT' THEN
                        INSERT INTO recruit_pool_tally
                               (pool_id, company_id, stage_id, members)
                        SELECT pool_id, company_id, stage_id, COUNT(*) FROM new_rows
                         WHERE left_at IS NULL GROUP BY 1, 2, 3;
                    ELSIF TG_OP = 'DELETE' THEN
                        -- not for a pool whose own deletion takes the members along
                        INSERT INTO recruit_pool_tally
                               (pool_id, company_id, stage_id, members)
                        SELECT o.pool_id, o.company_id, o.stage_id, -COUNT(*)
                          FROM old_rows o
                          JOIN hr_talent_pool p ON p.id = o.pool_id
                         WHERE o.left_at IS NULL GROUP BY 1, 2, 3;
                    ELSE
                        INSERT INTO recruit_pool_tally
                               (pool_id, company_id, stage_id, members)
                        SELECT pool_id, company_id, stage_id, SUM(change)
                          FROM (SELECT pool_id, company_id, stage_id, 1 AS change
                                  FROM new_rows WHERE left_at IS NULL
                                 UNION ALL
                                SELECT pool_id, company_id, stage_id, -1
                                  FROM old_rows WHERE left_at IS NULL) both_sides
                         GROUP BY 1, 2, 3 HAVING SUM(change) <> 0;
                    END IF;
                    RETURN NULL;
                END
                $count$;
                CREATE OR REPLACE TRIGGER recruit_pool_tally_insert
                    AFTER INSERT ON recruit_pool_member
                    REFERENCING NEW TABLE AS new_rows
                    FOR EACH STATEMENT EXECUTE FUNCTION recruit_pool_tally_count();
                CREATE OR REPLACE TRIGGER recruit_pool_tally_update
                    AFTER UPDATE ON recruit_pool_member
                    REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows
                    FOR EACH STATEMENT EXECUTE FUNCTION recruit_pool_tally_count();
                CREATE OR REPLACE TRIGGER recruit_pool_tally_delete
                    AFTER DELETE ON recruit_pool_member
                    REFERENCING OLD TABLE AS old_rows
                    FOR EACH STATEMENT EXECUTE FUNCTION recruit_pool_tally_count();
                CREATE OR REPLACE TRIGGER recruit_pool_tally_truncate
                    AFTER TRUNCATE ON recruit_pool_member
                    FOR EACH STATEMENT EXECUTE FUNCTION recruit_pool_tally_count();
                """
            )
        )
        self._refresh()

    def _refresh(self, pools=None):
        """Count these pools afresh, by default all of them.

        Purpose: the figures that age by themselves, and one row again where the
        trigger added many. Size: 1.2 M members in 4 s, in the background. A member
        who joins meanwhile is in no snapshot of ours: their +1 stays and counts.
        """
        self.env.flush_all()
        chosen = (
            SQL("pool_id = ANY(%s)", pools.ids) if pools is not None else SQL("TRUE")
        )
        now = self.env["recruit.clock"].now()
        self.env.cr.execute(SQL("DELETE FROM recruit_pool_tally WHERE %s", chosen))
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO recruit_pool_tally (pool_id, company_id, stage_id, members,
                       reachable, stale, engaged, last_contacted_at, counted_at)
                SELECT m.pool_id, m.company_id, m.stage_id, %(figures)s, %(now)s
                  FROM recruit_pool_member m
                  JOIN recruit_candidate c ON c.id = m.candidate_id
                 WHERE m.left_at IS NULL AND %(chosen)s
                 GROUP BY m.pool_id, m.company_id, m.stage_id
                """,
                figures=self._figures(now),
                chosen=chosen,
                now=now,
            )
        )
        self.env["hr.talent.pool"].invalidate_model()

    def _cron_refresh(self):
        """Count all pools afresh, a commit a pool."""
        everyone = [("active", "in", (True, False))]
        pools = self.env["hr.talent.pool"].search(everyone)
        self.env["recruit.candidate"]._settle_blocked()
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(pools))
        for pool in pools:
            self._refresh(pool)
            if not cron._commit_progress(1):
                return

    def _by_stage(self, pool):
        """Return {stage id or None: members} of a pool, of the candidates whose
        companies the user works in; stages without members are left out.

        Purpose: the columns of the board. Size: 400,000 members, some rows a stage,
        where counting them took 130 ms. Index: _pool_idx.
        """
        self.env.flush_all()
        return dict(
            self.env.execute_query(
                SQL(
                    """
                    SELECT stage_id, SUM(members)::int FROM recruit_pool_tally
                     WHERE pool_id = %s
                       AND (company_id = ANY(%s) OR company_id IS NULL)
                     GROUP BY stage_id HAVING SUM(members) > 0
                    """,
                    pool.id,
                    self.env.companies.ids,
                )
            )
        )

    def _figures(self, now):
        """Return the aggregates over members ``m`` and their candidates ``c``:
        members, reachable, stale, engaged, last_contacted_at."""
        return SQL(
            """COUNT(*), COUNT(*) FILTER (WHERE %(reachable)s),
               COUNT(*) FILTER (WHERE c.last_touch_at IS NULL
                   OR c.last_touch_at < %(now)s - %(days)s * INTERVAL '1 day'),
               COUNT(*) FILTER (WHERE c.state IN ('engaged', 'in_process')),
               MAX(c.last_touch_at)""",
            reachable=self._reachable(),
            now=now,
            days=STALE_DAYS,
        )

    def _reachable(self):
        """Return the condition that candidate ``c`` may get an e-mail."""
        return SQL("c.active AND %s", self.env["recruit.candidate"]._reachable_sql("c"))
