from datetime import timedelta
from unittest import TestCase

from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.recruit_campaigns.engine import breaker
from odoo.addons.recruit_campaigns.models.recruit_campaign_breaker import MANAGER

from .common import CampaignsCommon


class TestBreakerRule(TestCase):
    def test_shares_are_judged_by_their_limits_and_never_by_a_few(self):
        for count, sent, verdict in (
            (2, 2, "good"),
            (3, 0, "good"),
            (3, 3751, "good"),
            (3, 3750, "warn"),
            (3, 3000, "pause"),
            (3, 1000, "halt"),
            (100, 100_000, "pause"),
            (79, 100_000, "good"),
        ):
            with self.subTest(count=count, sent=sent):
                self.assertEqual(
                    breaker.judge(count, sent, breaker.COMPLAINTS), verdict
                )

    def test_bounces_have_limits_of_their_own(self):
        for count, sent, verdict in (
            (4, 10, "good"),
            (5, 1000, "good"),
            (5, 250, "warn"),
            (5, 100, "pause"),
            (5, 50, "halt"),
        ):
            with self.subTest(count=count, sent=sent):
                self.assertEqual(breaker.judge(count, sent, breaker.BOUNCES), verdict)

    def test_counting_goes_as_far_as_it_could_matter(self):
        enough = breaker.enough_to_know(3, breaker.COMPLAINTS)
        self.assertEqual(breaker.judge(3, enough, breaker.COMPLAINTS), "good")
        self.assertEqual(breaker.judge(3, enough - 1, breaker.COMPLAINTS), "warn")


@tagged("post_install", "-at_install")
class TestBreaker(CampaignsCommon):
    def setUp(self):
        super().setUp()
        self._send_all()
        self.row = self._delivery(self.ann)

    def _come_back(self, kind, count, **values):
        for _number in range(count):
            self.env["recruit.campaign.event"]._record(
                kind, self.ann, self.row, **values
            )

    def test_complaints_stop_every_campaign_of_the_sender_and_tell_the_owner(self):
        other = self._new_campaign(name="Second")
        other.action_start()
        self._come_back("complaint", 2)
        self.assertEqual(self.campaign.state, "running", "two are no share")
        self._come_back("complaint", 1)
        self.assertEqual((self.campaign + other).mapped("state"), ["paused", "paused"])
        self.assertEqual(self.campaign.breaker_level, "halt")
        self.assertIn("reported it as spam", self.campaign.breaker_reason)
        activity = self.campaign.activity_ids
        self.assertEqual(activity.user_id, self.officer)
        self.assertIn("3 of 3 people", str(activity.note))

    def test_who_is_no_manager_does_not_resume_what_was_stopped(self):
        self._come_back("complaint", 3)
        with self.assertRaisesRegex(UserError, "Only a manager"):
            self.campaign.with_user(self.officer).action_resume()
        manager = new_test_user(self.env, "breaker_manager", groups=MANAGER)
        self.campaign.with_user(manager).action_resume()
        self.assertEqual(self.campaign.state, "running")
        self.assertFalse(self.campaign.breaker_reason)
        # what came back before counts no more
        earlier = self.env["recruit.campaign.event"].search([])
        self.campaign.breaker_since = max(earlier.mapped("occurred_at")) + timedelta(
            seconds=1
        )
        self._come_back("complaint", 2, occurred_at=self._later(seconds=5))
        self.assertEqual(self.campaign.state, "running")

    def test_bounces_for_good_pause_and_passing_ones_do_not(self):
        self._come_back("bounced", 9, cause="temporary")
        self.assertEqual(self.campaign.state, "running")
        self.env.cr.execute("DELETE FROM recruit_campaign_event")
        self.env.invalidate_all()
        self._come_back("bounced", 5, cause="address")
        self.assertEqual(self.campaign.state, "paused")
        self.assertIn("came back", self.campaign.breaker_reason)

    def test_what_came_back_long_ago_does_not_count(self):
        long_ago = self._now() - timedelta(days=8)
        self._come_back("complaint", 5, occurred_at=long_ago)
        self.assertEqual(self.campaign.breaker_level, "good")
        self.assertFalse(self.campaign.activity_ids)
