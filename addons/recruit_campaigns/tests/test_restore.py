from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.recruit_campaigns.models import recruit_campaign_restore

from .common import CampaignsCommon


@tagged("post_install", "-at_install")
class TestRestore(CampaignsCommon):
    def setUp(self):
        super().setUp()
        self.parameters = self.env["ir.config_parameter"]
        self.parameters.set_param(recruit_campaign_restore.MARK, False)

    def _restore(self):
        """The mark that was noted is that of the database before the backup."""
        self.campaign._note_database()
        mark = self.parameters.get_param(recruit_campaign_restore.MARK)
        self.parameters.set_param(recruit_campaign_restore.MARK, f"{mark}0")
        self.env.invalidate_all()

    def test_database_that_sends_for_the_first_time_notes_itself_and_sends(self):
        self.assertTrue(self.campaign._may_send_here())
        self.assertTrue(self.campaign._may_send_here())
        self.assertFalse(self.campaign.is_restored)

    def test_database_that_was_restored_sends_nothing_until_it_is_confirmed(self):
        self._restore()
        self.assertTrue(self.campaign.is_restored)
        with mute_logger(recruit_campaign_restore.__name__):
            self.assertFalse(self.campaign._may_send_here())
            self.campaign.action_start()
            self.deliveries._cron_send_due()
        self.assertEqual(self._delivery(self.ann).state, "planned")
        self.campaign.with_user(self.officer).action_confirm_restore()
        self.env.invalidate_all()
        self.assertFalse(self.campaign.is_restored)
        self.assertTrue(self.campaign._may_send_here())

    def test_who_may_not_write_campaigns_confirms_no_restore(self):
        self._restore()
        reader = self.env.ref("base.user_demo", raise_if_not_found=False)
        reader = reader or self.env["res.users"].create(
            {"name": "Reader", "login": "restore_reader"}
        )
        with self.assertRaises(AccessError):
            self.campaign.with_user(reader).action_confirm_restore()

    def test_senders_when_more_are_wanted_are_copies_that_wake_together(self):
        self.deliveries._set_sender_count(3)
        crons = self.deliveries._sender_crons()
        self.assertEqual(len(crons), 3)
        self.assertEqual(len(set(crons.mapped("name"))), 3)
        self.campaign.action_start()
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "in", crons.ids)])
        self.assertEqual(triggers.cron_id, crons)
        self.deliveries._set_sender_count(0)
        self.assertEqual(
            self.deliveries._sender_crons(),
            self.env.ref("recruit_campaigns.ir_cron_send_deliveries"),
        )

    def test_settings_when_saved_reach_the_workers(self):
        self.env["res.config.settings"].create(
            {
                "recruit_sender_count": 2,
                "recruit_connections": 16,
                "recruit_fence_size": 1000,
            }
        ).execute()
        self.assertEqual(
            self.deliveries._worker_settings(), {"connections": 16, "fence_size": 100}
        )
        self.assertEqual(len(self.deliveries._sender_crons()), 2)
        self.parameters.set_param("recruit_campaigns.connections", "many")
        self.assertEqual(self.deliveries._worker_settings()["connections"], 1)
