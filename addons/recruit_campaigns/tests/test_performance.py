from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.recruit_campaigns.engine.message import Sequel

from .common import ACCEPTED, TOKEN, CampaignsCommon


@tagged("post_install", "-at_install")
class TestPerformance(CampaignsCommon):
    """Statements do not grow with the number of people."""

    def _people(self, count):
        return self.env["recruit.candidate"].create(
            [
                {"name": f"Person {number}", "email": f"p{number}@example.com"}
                for number in range(count)
            ]
        )

    def _statements(self, act):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        act()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_many_when_enrolled_take_as_many_statements_as_few(self):
        self.campaign.action_start()
        people = self._people(330)
        few = self._statements(lambda: self.campaign._enroll(people[:30]))
        many = self._statements(lambda: self.campaign._enroll(people[30:]))
        self.assertLessEqual(many, few)

    def test_batch_when_claimed_and_prepared_shares_its_reading(self):
        self.campaign.action_start()
        self.campaign._enroll(self._people(47))
        claimed = []
        statements = self._statements(lambda: claimed.append(self._claim(limit=50)))
        self.assertLessEqual(statements, 3)
        statements = self._statements(lambda: self._letters_of(claimed[0]))
        self.assertLessEqual(statements, 48)

    def test_fence_when_planned_on_small_young_tables_still_reads_by_primary_key(self):
        self._letters()
        self.deliveries._prepare_session()
        self.deliveries._prepare_statements()
        self.addCleanup(self.env.cr.execute, "DEALLOCATE ALL")
        self.env.cr.execute(
            "EXPLAIN EXECUTE recruit_fence (1, now()::timestamp, '{1}', '{a}', '{2}',"
            " '{250}', '{ok}')"
        )
        plan = "\n".join(line for (line,) in self.env.cr.fetchall())
        self.assertNotIn("Seq Scan", plan)
        self.assertNotIn("campaign_state_idx", plan)
        self.assertEqual(plan.count("recruit_campaign_delivery_pkey"), 2)

    def test_record_when_statistics_say_that_nobody_is_inside_reads_by_primary_key(
        self,
    ):
        self._send_all()
        self._send_all(self._later(days=4))
        self.env.cr.execute(
            "ANALYZE recruit_campaign_enrollment, recruit_campaign_delivery"
        )
        self.deliveries._prepare_session()
        query = self.deliveries._mark_sent_sql(
            [Sequel(1, 2, None)], None, TOKEN, {"reason": None}
        )
        plan = "\n".join(
            line for [line] in self.env.execute_query(SQL("EXPLAIN %s", query))
        )
        self.assertEqual(plan.count("recruit_campaign_delivery_pkey"), 2)
        self.assertEqual(plan.count("recruit_campaign_enrollment_pkey"), 1)

    def test_accepted_message_when_recorded_takes_a_handful_of_statements(self):
        pairs = self._in_flight()
        now = self._moment()
        self._record(pairs, self.ann, now)  # warms the caches of the registry
        statements = self._statements(lambda: self._record(pairs, self.ben, now))
        self.assertLessEqual(statements, 10)

    def _record(self, pairs, person, now):
        row, letter = pairs[person]
        row._record_answer(TOKEN, letter, ACCEPTED, now)
