from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from .recruit_candidate import CRM

BATCH = 2000  # rows a statement changes: a second of work, a short lock


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
        changed = self._feed(BATCH)
        if changed >= BATCH:
            self._feed_soon()
            message = self.env._(
                "%(count)s changes so far; the rest follows within minutes.",
                count=changed,
            )
        else:
            message = self.env._("Up to date: %(count)s changes.", count=changed)
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
        for pool in pools:
            while pool._feed(BATCH) >= BATCH:
                if not cron._commit_progress():
                    return
            if not cron._commit_progress(1):
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

    def _feed(self, limit):
        """Apply at most ``limit`` changes and return how many there were.

        The pool's rule is the company's, not the user's: it is evaluated with all
        rights, over the candidates of the pool's company and shared ones.
        """
        self.ensure_one()
        pool = self.sudo()
        if pool.kind != "rule" or not pool.segment_id or pool.segment_id._problems():
            return 0  # a broken segment finds nobody, which is no reason to leave
        self.env.flush_all()
        wanted = pool._wanted()
        changed = pool._let_go(wanted, limit)
        changed += pool._withdraw(wanted)
        if changed < limit:
            changed += pool._take_in(wanted, limit - changed)
        if changed < limit:
            pool.fed_at = self.env["recruit.clock"].now()
            self.env["recruit.pool.tally"]._refresh(pool)
        return changed

    def _wanted(self):
        """Return the SQL that selects the ids of the candidates the rule finds."""
        domain = self.segment_id._candidate_domain()
        if self.company_id:
            domain &= Domain("company_id", "in", [self.company_id.id, False])
        return self.env["recruit.candidate"]._search(domain).select()

    def _let_go(self, wanted, limit):
        """End the stays that the rule began and does not find any more.

        Size: 400,000 members against a segment of 400,000: one anti-join, then
        ``limit`` updates. Index: _pool_open_idx.
        """
        rows = self.env.execute_query(
            SQL(
                """
                UPDATE recruit_pool_member
                   SET left_at = %(now)s, left_reason = %(reason)s
                 WHERE id IN (
                    SELECT m.id
                      FROM recruit_pool_member m
                     WHERE m.pool_id = %(pool)s AND m.left_at IS NULL
                       AND m.origin = 'rule'
                       AND NOT EXISTS (
                            SELECT FROM (%(wanted)s) w WHERE w.id = m.candidate_id)
                     LIMIT %(limit)s)
             RETURNING id
                """,
                now=self.env["recruit.clock"].now(),
                reason=self.env._("No longer in “%(rule)s”", rule=self.segment_id.name),
                pool=self.id,
                wanted=wanted,
                limit=limit,
            )
        )
        self._forget_cache()
        return len(rows)

    def _withdraw(self, wanted):
        """Forget the newcomers whom the rule finds no more, and everybody where the
        gate was taken away: _take_in lets them in. Size: who waits, some thousands."""
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

    def _take_in(self, wanted, limit):
        """Let in whom the rule finds: as members, or to the gate where there is one.

        Purpose: one INSERT of at most ``limit`` rows; a concurrent join by hand wins.
        Size: a segment of 400,000 of whom 398,000 are in: three anti-joins. Indexes:
        _pool_open_idx, and the unique ones of removals and newcomers.
        """
        insert = self._insert_newcomers() if self.review_newcomers else self._insert()
        rows = self.env.execute_query(
            SQL(
                """
                %(insert)s
                  FROM (%(wanted)s) w JOIN recruit_candidate c ON c.id = w.id
                 WHERE NOT EXISTS (SELECT FROM recruit_pool_member m
                        WHERE m.candidate_id = c.id AND m.pool_id = %(pool)s
                          AND m.left_at IS NULL)
                   AND NOT EXISTS (SELECT FROM recruit_pool_removal r
                        WHERE r.candidate_id = c.id AND r.pool_id = %(pool)s)
                   AND NOT EXISTS (SELECT FROM recruit_pool_newcomer n
                        WHERE n.candidate_id = c.id AND n.pool_id = %(pool)s)
                 LIMIT %(limit)s
                    ON CONFLICT DO NOTHING
             RETURNING id
                """,
                insert=insert,
                wanted=wanted,
                pool=self.id,
                limit=limit,
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
