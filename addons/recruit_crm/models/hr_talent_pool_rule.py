from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from .recruit_candidate import CRM

BATCH = 2000  # rows a statement changes: a second of work, a short lock
DIFF = 20_000  # changes found at one look at a rule, and kept in memory


class HrTalentPool(models.Model):
    """Rule pools: a segment says who is a member, kept in step by a cron.

    The rule takes in whom it finds and takes out whom it brought and finds no more. By
    hand wins: whom a person added stays, whom a person removed is not brought back.
    """

    _inherit = "hr.talent.pool"

    kind = fields.Selection(
        [("static", "By hand"), ("rule", "By a rule")],
        "Filled",
        default="static",
        required=True,
        help="By hand: people are added one by one or in bulk. By a rule: whoever is "
        "in the segment is a member. You may switch at any time; nobody is lost.",
    )
    segment_id = fields.Many2one(
        "recruit.segment",
        ondelete="restrict",
        index="btree_not_null",
        groups=CRM,
        help="Whoever is in this segment becomes a member.",
    )
    review_newcomers = fields.Boolean(
        "Review newcomers",
        help="Whom the rule finds waits until somebody says yes.",
    )
    fed_at = fields.Datetime(
        "Rule applied", readonly=True, copy=False, help="When the rule was last done."
    )
    newcomer_ids = fields.One2many(
        "recruit.pool.newcomer", "pool_id", "To review", groups=CRM
    )
    newcomer_count = fields.Integer(
        "To review", compute="_compute_newcomer_count", groups=CRM
    )
    removal_count = fields.Integer(
        "Kept out", compute="_compute_newcomer_count", groups=CRM
    )

    @api.depends("newcomer_ids")
    def _compute_newcomer_count(self):
        for field, model in (
            ("newcomer_count", "recruit.pool.newcomer"),
            ("removal_count", "recruit.pool.removal"),
        ):
            rows = self.env[model]._read_group(
                [("pool_id", "in", self.ids)], ["pool_id"], ["__count"]
            )
            counts = {pool.id: count for pool, count in rows}
            for pool in self:
                pool[field] = counts.get(pool._origin.id, 0)

    @api.constrains("kind", "segment_id")
    def _check_rule(self):
        for pool in self:
            if pool.kind == "rule" and not pool.segment_id:
                raise ValidationError(
                    self.env._(
                        "Choose the segment that fills %(pool)s.", pool=pool.name
                    )
                )
            if pool.kind == "rule" and pool in pool.segment_id._asked_pools():
                raise ValidationError(
                    self.env._(
                        "The segment %(segment)s asks who is in %(pool)s: the pool "
                        "would feed itself. Choose another segment.",
                        segment=pool.segment_id.name,
                        pool=pool.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Create pools; the rule of a rule pool is applied soon."""
        pools = super().create(vals_list)
        pools._feed_soon()
        return pools

    def write(self, vals):
        """Write; a changed rule is applied soon, and without one nobody waits."""
        result = super().write(vals)
        if vals.keys() & {"kind", "segment_id", "review_newcomers", "active"}:
            # sudo: newcomers are the rule's rows, and there is no rule any more
            static = self.filtered(lambda pool: pool.kind == "static")
            static.sudo().newcomer_ids.unlink()
            self._feed_soon()
        return result

    def action_feed(self):
        """Apply the rule now: one batch at once, what is left in the background."""
        self.ensure_one()
        self.check_access("write")
        if problem := self.segment_id.problem:
            raise UserError(
                self.env._(
                    "The segment does not work; nobody comes or goes: %s", problem
                )
            )
        changed = self._feed(BATCH)
        if changed >= BATCH:
            self._feed_soon()
            message = self.env._(
                "%(count)s changes so far; the rest follows within minutes.",
                count=changed,
            )
        else:
            message = self.env._("Up to date. Changes: %(count)s.", count=changed)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": message,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    @api.model
    def _cron_feed(self):
        """Apply the rules of all rule pools, longest untouched first, a commit a batch.

        What does not fit into the time of this run goes on in the next one.
        """
        cron = self.env["ir.cron"]
        pools = self.search([("kind", "=", "rule")], order="fed_at NULLS FIRST, id")
        cron._commit_progress(remaining=len(pools))

        def has_time():
            seconds = cron._commit_progress()
            self.env.invalidate_all()  # what a pool of a million read is not kept
            return bool(seconds)

        for pool in pools:
            while (changed := pool._feed(DIFF, has_time)) >= DIFF:
                pass
            if changed < 0 or not cron._commit_progress(1):
                return

    def _feed_soon(self):
        """Wake the cron where one of these pools has a rule."""
        if self.filtered(lambda pool: pool.kind == "rule" and pool.active):
            cron = self.env.ref("recruit_crm.ir_cron_feed_pools", False)
            if cron:  # absent while the addon itself is being installed
                # sudo: waking a cron is part of changing the rule
                cron.sudo()._trigger()

    def _rule_reason(self):
        """Return why somebody whom the rule found is in this pool."""
        # sudo: a manager of the pool may not see the segment of a colleague
        return self.env._("Fits “%(rule)s”", rule=self.sudo().segment_id.name or "")

    def _feed(self, limit, has_time=None):
        """Apply at most ``limit`` changes and return how many there were.

        The pool's rule is the company's, not the user's: it is evaluated with all
        rights, over the candidates of the pool's company and shared ones. A segment
        that is broken finds nobody, which is no reason to leave.

        :param has_time: called after each batch; where it says no, the rest is left
            and the answer is -1
        """
        self.ensure_one()
        pool = self.sudo()
        if pool.kind != "rule" or not pool.segment_id or pool.segment_id._problems():
            return 0
        self.env.flush_all()
        wanted = pool._wanted()
        changed = pool._withdraw(wanted)
        leaving, joining = pool._difference(wanted, limit)
        for apply, people in ((pool._let_go, leaving), (pool._take_in, joining)):
            for start in range(0, len(people), BATCH):
                changed += apply(people[start : start + BATCH])
                if has_time and not has_time():
                    return -1
        if len(leaving) + len(joining) < limit:
            pool.fed_at = self.env["recruit.clock"].now()
            if changed:
                self.env["recruit.pool.tally"]._refresh(pool)
        return changed

    def _wanted(self):
        """Return the SQL that selects the ids of the candidates the rule finds."""
        domain = self.segment_id._candidate_domain()
        if self.company_id:
            domain &= Domain("company_id", "in", [self.company_id.id, False])
        return self.env["recruit.candidate"]._search(domain).select()

    def _difference(self, wanted, limit):
        """Return the ids of who must leave and of who must come in.

        Purpose: one look at the rule, whatever the number of changes. Size: 350,000
        members against 350,000 who are wanted: one full join of ids, 0.4 s; at most
        ``limit`` ids are kept. Indexes: _pool_open_idx, those of the segment, and the
        unique ones of removals and newcomers.
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT w.id, m.candidate_id
                  FROM (%(wanted)s) w
             FULL JOIN (SELECT candidate_id, origin FROM recruit_pool_member
                         WHERE pool_id = %(pool)s AND left_at IS NULL) m
                    ON m.candidate_id = w.id
                 WHERE (w.id IS NULL AND m.origin = 'rule')
                    OR (m.candidate_id IS NULL AND %(admitted)s)
                 LIMIT %(limit)s
                """,
                wanted=wanted,
                pool=self.id,
                admitted=self._admitted(SQL("w.id")),
                limit=limit,
            )
        )
        leaving = [member for wanted_id, member in rows if not wanted_id]
        return leaving, [wanted_id for wanted_id, _member in rows if wanted_id]

    def _admitted(self, candidate):
        """Return the condition that a candidate is neither kept out nor waiting."""
        return SQL(
            """NOT EXISTS (SELECT FROM recruit_pool_removal r
                            WHERE r.candidate_id = %(candidate)s
                              AND r.pool_id = %(pool)s)
               AND NOT EXISTS (SELECT FROM recruit_pool_newcomer n
                            WHERE n.candidate_id = %(candidate)s
                              AND n.pool_id = %(pool)s)""",
            candidate=candidate,
            pool=self.id,
        )

    def _let_go(self, people):
        """End the stays of these people that the rule began.

        Size: a batch of ids. Index: _pool_open_idx.
        """
        rows = self.env.execute_query(
            SQL(
                """
                UPDATE recruit_pool_member
                   SET left_at = %(now)s, left_reason = %(reason)s
                 WHERE pool_id = %(pool)s AND left_at IS NULL AND origin = 'rule'
                   AND candidate_id = ANY(%(people)s)
             RETURNING id
                """,
                now=self.env["recruit.clock"].now(),
                reason=self.env._("No longer in “%(rule)s”", rule=self.segment_id.name),
                pool=self.id,
                people=people,
            )
        )
        self._forget_cache()
        return len(rows)

    def _withdraw(self, wanted):
        """Forget the newcomers whom the rule finds no more, and everybody where the
        gate was taken away: they are let in. Size: who waits, some thousands."""
        gone = SQL(
            "NOT EXISTS (SELECT FROM (%s) w WHERE w.id = n.candidate_id)", wanted
        )
        rows = self.env.execute_query(
            SQL(
                """
                DELETE FROM recruit_pool_newcomer n
                 WHERE n.pool_id = %s AND (%s)
             RETURNING n.id
                """,
                self.id,
                gone if self.review_newcomers else SQL("TRUE"),
            )
        )
        return len(rows)

    def _take_in(self, people):
        """Let these people in: as members, or to the gate where there is one.

        Purpose: one INSERT of a batch; a concurrent join or removal by hand wins.
        Indexes: _open_unique, and the unique ones of removals and newcomers.
        """
        insert = self._insert_newcomers() if self.review_newcomers else self._insert()
        rows = self.env.execute_query(
            SQL(
                """
                %(insert)s
                  FROM recruit_candidate c
                 WHERE c.id = ANY(%(people)s)
                   AND NOT EXISTS (SELECT FROM recruit_pool_member m
                        WHERE m.candidate_id = c.id AND m.pool_id = %(pool)s
                          AND m.left_at IS NULL)
                   AND %(admitted)s
                    ON CONFLICT DO NOTHING
             RETURNING id
                """,
                insert=insert,
                people=people,
                pool=self.id,
                admitted=self._admitted(SQL("c.id")),
            )
        )
        self._forget_cache()
        if not self.review_newcomers:
            members = self.env["recruit.pool.member"].browse([row[0] for row in rows])
            # the stay itself says when and why: no message for each of thousands
            people = members.candidate_id.with_context(tracking_disable=True)
            people._record_event("joined_pool", members)
        return len(rows)

    def _insert(self):
        return SQL(
            """
            INSERT INTO recruit_pool_member (pool_id, candidate_id, company_id,
                   stage_id, owner_id, joined_at, reason, origin,
                   create_uid, create_date, write_uid, write_date)
            SELECT %(pool)s, c.id, c.company_id, %(stage)s, c.user_id, %(now)s,
                   %(reason)s, 'rule', %(uid)s, %(now)s, %(uid)s, %(now)s
            """,
            pool=self.id,
            stage=self._entry_stages().get(self.id),
            reason=self._rule_reason(),
            now=self.env["recruit.clock"].now(),
            uid=self.env.uid,
        )

    def _insert_newcomers(self):
        return SQL(
            """
            INSERT INTO recruit_pool_newcomer (pool_id, candidate_id, proposed_at)
            SELECT %(pool)s, c.id, %(now)s
            """,
            pool=self.id,
            now=self.env["recruit.clock"].now(),
        )

    def _forget_cache(self):
        """What SQL changed is read afresh."""
        self.env["recruit.pool.member"].invalidate_model()
        self.env["recruit.pool.newcomer"].invalidate_model()
        self.env["recruit.candidate"].invalidate_model(["member_ids", "pool_ids"])
        self.invalidate_recordset()
