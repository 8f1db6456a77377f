from datetime import timedelta

from odoo.tests import tagged

from .common import AtsCase


@tagged("post_install", "-at_install")
class TestMedalReady(AtsCase):
    """Who of the medallists may be offered a job today."""

    def setUp(self):
        super().setUp()
        self.medal = self.refuse(self.apply("Ann")).medal_ids
        self.person = self.medal.candidate_id
        self.today = self.env["recruit.clock"].now().date()

    def assertNotNow(self, reason):
        self.env.invalidate_all()
        self.assertRegex(self.medal.obstacle or "", reason)
        self.assertFalse(self.medal.is_ready)
        found = self.env["recruit.medal"].search([("is_ready", "=", True)])
        self.assertNotIn(self.medal, found)

    def test_a_medallist_with_nothing_against_it_is_ready(self):
        self.assertFalse(self.medal.obstacle)
        self.assertTrue(self.medal.is_ready)
        found = self.env["recruit.medal"].search([("is_ready", "=", True)])
        self.assertIn(self.medal, found)

    def test_who_is_left_in_peace_waits_for_the_day(self):
        self.medal.cool_off_until = self.today + timedelta(days=1)
        self.assertNotNow("left in peace until")

    def test_who_is_in_process_for_another_job_is_not_offered_one(self):
        self.apply("Ann", self.first_stage, job_id=self.next_job.id)
        self.assertEqual(self.person.state, "in_process")
        self.assertNotNow("in process")

    def test_who_works_here_is_not_offered_a_job(self):
        self.person.state = "employee"
        self.assertNotNow("Works here")

    def test_who_asked_for_silence_is_left_alone(self):
        self.person.state = "do_not_contact"
        self.assertNotNow("not to be contacted")

    def test_who_cannot_be_reached_says_why(self):
        self.person.email = False
        self.assertNotNow("No e-mail address")

    def test_who_was_archived_is_gone(self):
        self.person.active = False
        self.assertNotNow("archived")

    def test_a_closed_medal_tells_its_reason(self):
        self.medal._close("Moved abroad")
        self.assertNotNow("Moved abroad")

    def test_what_a_screen_says_and_a_search_finds_agree(self):
        others = self.refuse(self.apply("Ben") + self.apply("Cleo") + self.apply("Dan"))
        medals = self.medal + others.medal_ids
        medals[1].candidate_id.snoozed_until = self.today + timedelta(days=30)
        medals[2].cool_off_until = self.today
        medals[3].candidate_id.state = "hired"
        self.env.invalidate_all()
        found = self.env["recruit.medal"].search(
            [("is_ready", "=", True), ("id", "in", medals.ids)]
        )
        self.assertEqual(found, medals.filtered("is_ready"))
        self.assertEqual(set(found), {medals[0], medals[2]})
