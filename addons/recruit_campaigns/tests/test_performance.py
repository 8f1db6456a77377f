from odoo.tests import tagged

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
        statements = self._statements(
            lambda: claimed[0]._prepare_letters(TOKEN, self._now())
        )
        self.assertLessEqual(statements, 40)

    def test_accepted_message_when_recorded_takes_a_handful_of_statements(self):
        pairs = self._in_flight()
        now = self._moment()
        self._record(pairs, self.ann, now)  # warms the caches of the registry
        statements = self._statements(lambda: self._record(pairs, self.ben, now))
        self.assertLessEqual(statements, 10)

    def _record(self, pairs, person, now):
        row, letter = pairs[person]
        row._record_answer(TOKEN, letter, ACCEPTED, now)
