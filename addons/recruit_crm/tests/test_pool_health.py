from datetime import timedelta

from odoo.tests import tagged

from ..models import hr_talent_pool_health
from .common import RecruitCrmCommon


@tagged("post_install", "-at_install")
class TestPoolHealth(RecruitCrmCommon):
    def _figures(self, pool=None, **context):
        self.env.invalidate_all()
        pool = (pool or self.pool).with_context(**context)
        return (
            pool.member_count,
            pool.reachable_count,
            pool.stale_count,
            pool.engaged_count,
        )

    def _mixed_members(self):
        """One of each: fresh and reachable, stale, without e-mail, blocked, silent."""
        now = self.env["recruit.clock"].now()
        fresh = self._candidate("Fresh", email="fresh@example.com")
        fresh._log_touch("call", occurred_at=now - timedelta(days=10))
        stale = self._candidate("Stale", email="stale@example.com", state="engaged")
        stale._log_touch("call", occurred_at=now - timedelta(days=200))
        self.env["mail.blacklist"]._add("blocked@example.com")
        others = (
            self._candidate("No address"),
            self._candidate("Blocked", email="blocked@example.com"),
            self._candidate("Silent", email="s@example.com", state="do_not_contact"),
        )
        people = fresh.union(stale, *others)
        people._add_to_pool(self.pool)
        return people

    def test_the_card_counts_members_reachable_stale_and_engaged(self):
        self._mixed_members()
        self.assertEqual(self._figures(), (5, 2, 4, 1))
        # the last contact is kept to the minute
        ago = self.env["recruit.clock"].now() - self.pool.last_contacted_at
        self.assertAlmostEqual(ago, timedelta(days=10), delta=timedelta(minutes=2))
        self.assertEqual(self._figures(self.other_pool), (0, 0, 0, 0))

    def test_a_big_pool_shows_what_was_counted_last_and_its_members_exactly(self):
        people = self._mixed_members()
        self.env["recruit.pool.tally"]._refresh(self.pool)
        self.patch(hr_talent_pool_health, "LIVE", 0)
        self.assertEqual(self._figures(), (5, 2, 4, 1))
        people[0].member_ids.action_leave()
        self.assertEqual(self._figures()[0], 4)

    def test_every_way_to_come_and_go_is_counted(self):
        people = self._mixed_members()
        people[0].member_ids.action_leave()
        self.assertEqual(self._figures()[0], 4)
        people[0]._add_to_pool(self.pool)
        self.assertEqual(self._figures()[0], 5)
        people[2].member_ids.unlink()
        self.assertEqual(self._figures()[0], 4)
        rows = self.env["recruit.pool.tally"].search([("pool_id", "=", self.pool.id)])
        self.assertEqual(sum(rows.mapped("members")), 4)

    def test_counting_afresh_gives_what_the_trigger_had(self):
        self._mixed_members()
        before = self._figures()
        self.env["recruit.pool.tally"]._refresh()
        self.assertEqual(self._figures(), before)
        rows = self.env["recruit.pool.tally"].search([("pool_id", "=", self.pool.id)])
        self.assertEqual(len(rows), 1)

    def test_people_of_other_companies_are_not_counted(self):
        self._candidate("Mine")._add_to_pool(self.pool)
        theirs = self._candidate("Theirs", company_id=self.other_company.id)
        theirs._add_to_pool(self.pool)
        self._candidate("Shared", company_id=False)._add_to_pool(self.pool)
        own = self.env.company.ids
        both = own + self.other_company.ids
        self.assertEqual(self._figures(allowed_company_ids=own)[0], 2)
        self.assertEqual(self._figures(allowed_company_ids=both)[0], 3)
        theirs.company_id = self.env.company
        self.assertEqual(self._figures(allowed_company_ids=own)[0], 3)

    def test_deleting_a_pool_with_a_past_takes_its_figures_along(self):
        self._candidate()._add_to_pool(self.pool).action_leave()
        pool = self.pool.id
        self.pool.unlink()
        tally = self.env["recruit.pool.tally"].search([("pool_id", "=", pool)])
        self.assertFalse(tally)

    def test_many_cards_cost_the_statements_of_one(self):
        pools = self.env["hr.talent.pool"].create(
            [{"name": f"Pool {number}"} for number in range(20)]
        )
        self._candidate("Ann")._add_to_pool(pools[0])
        columns = {
            name: {}
            for name in ("name", "member_count", "stale_count", "newcomer_count")
        }

        def cards(chosen):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            chosen.web_read(columns)
            return self.env.cr.sql_log_count - before

        cards(pools)
        self.assertLessEqual(cards(pools), cards(pools[:2]))

    def test_no_card_and_no_list_computes_the_native_counter(self):
        for view_type in ("kanban", "list"):
            arch = self.env["hr.talent.pool"].get_view(view_type=view_type)["arch"]
            self.assertNotIn("no_of_talents", arch)
            self.assertIn("member_count", arch)
