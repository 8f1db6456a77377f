from odoo import api, models
from odoo.fields import Domain

IN_POOL = Domain("left_at", "=", False)


class RecruitPoolMember(models.Model):
    """The board of a pool opens at once, however many people are in it."""

    _inherit = "recruit.pool.member"

    @api.model
    def _read_group(
        self,
        domain,
        groupby=(),
        aggregates=(),
        having=(),
        offset=0,
        limit=None,
        order=None,
    ):
        """Group; how many members of a pool stand in each stage is known already."""
        pool = self.env["hr.talent.pool"]
        if (tuple(groupby), tuple(aggregates)) == (("stage_id",), ("__count",)):
            pool = self._board_pool(domain)
        if not pool or having or offset or order not in (None, "stage_id"):
            return super()._read_group(
                domain, groupby, aggregates, having, offset, limit, order
            )
        self.browse().check_access("read")
        return self._stage_counts(pool)[:limit]

    @api.model
    def _board_pool(self, domain):
        """Return the pool whose present members are all that a domain asks for; none
        for other domains, and for a pool that the user may not read."""
        asked = Domain(domain).optimize(self)
        pools = [
            set(leaf.value)
            for leaf in asked.iter_conditions()
            if (leaf.field_expr, leaf.operator) == ("pool_id", "in")
        ]
        for pool_ids in pools[:1]:
            here = IN_POOL & Domain("pool_id", "in", list(pool_ids))
            if len(pool_ids) == 1 and asked == here.optimize(self):
                pools = self.env["hr.talent.pool"].with_context(active_test=False)
                return pools.search([("id", "in", pool_ids)])
        return self.env["hr.talent.pool"]

    @api.model
    def _stage_counts(self, pool):
        """Return [(stage or none, members)] in the order of the stages, none last.

        Who may read a pool sees its members of their companies: nothing else hides one.
        """
        counts = self.env["recruit.pool.tally"]._by_stage(pool)
        stages = self.env["recruit.pool.stage"].browse(filter(None, counts)).sorted()
        rows = [(stage, counts[stage.id]) for stage in stages]
        if None in counts:
            rows.append((stages.browse(), counts[None]))
        return rows
