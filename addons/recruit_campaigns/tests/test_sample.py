from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import CampaignsCommon


@tagged("post_install", "-at_install")
class TestSample(CampaignsCommon):
    """Campaigns to begin with."""

    def _use(self, name):
        sample = self.env.ref(f"recruit_campaigns.recruit_campaign_sample_{name}")
        action = sample.with_user(self.officer).action_use()
        return self.env["recruit.campaign"].browse(action["res_id"])

    def test_every_sample_becomes_a_draft_with_messages_that_can_be_sent(self):
        for name in ("silver", "alumni", "passive", "event", "confirm"):
            with self.subTest(sample=name):
                campaign = self._use(name)
                self.assertEqual(campaign.state, "draft")
                self.assertEqual(campaign.user_id, self.officer)
                self.assertTrue(campaign.step_ids)
                for step in campaign.step_ids:
                    self.assertTrue(step._has_content())
                    rendered = step.variant_id._render(self.ann)
                    self.assertIn("Ann", rendered[self.ann.id][1])

    def test_alumni_get_the_segment_of_that_name_once(self):
        first, second = self._use("alumni"), self._use("alumni")
        self.assertEqual(first.segment_id, second.segment_id)
        self.ann.state = "alumni"
        self.assertEqual(first._audience(), self.ann)
        self.assertEqual((first.reentry, first.reentry_days), ("after", 180))
        first.action_start()
        self.assertEqual(first.enrollment_ids.candidate_id, self.ann)

    def test_sample_for_what_no_app_knows_of_is_for_people_by_hand(self):
        sample = self.env["recruit.campaign.sample"].create(
            {
                "name": "Eclipse",
                "entry_event": "eclipse",
                "tree": {
                    "group": "all",
                    "items": [{"field": "moon", "operator": "full"}],
                },
            }
        )
        self.assertEqual(sample._audience_values(), {"audience": "people"})

    def test_who_may_not_write_campaigns_uses_no_sample(self):
        sourcer = new_test_user(
            self.env, "sampler", groups="recruit_crm.group_recruit_sourcer"
        )
        sample = self.env.ref("recruit_campaigns.recruit_campaign_sample_alumni")
        with self.assertRaises(AccessError):
            sample.with_user(sourcer).action_use()
