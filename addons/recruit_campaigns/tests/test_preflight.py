from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import CampaignsCommon


@tagged("post_install", "-at_install")
class TestPreflight(CampaignsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sourcer = new_test_user(
            cls.env, "preflight_sourcer", groups="recruit_crm.group_recruit_sourcer"
        )

    def _said(self, level, campaign=None):
        """The sentences of one level, in one text."""
        rows = (campaign or self.campaign)._preflight()
        return "\n".join(row["sentence"] for row in rows if row["level"] == level)

    def test_a_campaign_without_steps_is_told_and_not_started(self):
        empty = self._new_campaign(step_ids=[])
        empty.action_preflight()
        self.assertIn("It has no steps", str(empty.preflight_html))
        self.assertTrue(empty.preflight_at)
        with self.assertRaisesRegex(UserError, "It has no steps"):
            empty.action_start()

    def test_only_who_may_write_campaigns_checks_them(self):
        with self.assertRaises(AccessError):
            self.campaign.with_user(self.sourcer).action_preflight()
