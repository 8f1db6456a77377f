from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import CampaignsCommon


@tagged("post_install", "-at_install")
class TestWake(CampaignsCommon):
    """The sender wakes when the next message is due."""

    def wake(self):
        self.env.flush_all()
        self.deliveries._wake_next("ir_cron_send_deliveries")
        cron = self.env.ref("recruit_campaigns.ir_cron_send_deliveries")
        triggers = self.env["ir.cron.trigger"].search(
            [("cron_id", "=", cron.id), ("call_at", ">", fields.Datetime.now())]
        )
        return sorted(triggers.mapped("call_at"))

    def due_in(self, **delta):
        self._moment()
        now = self._now()
        rows = self.deliveries.search([("state", "=", "planned")])
        rows.due_at = now + timedelta(days=9)
        rows[0].due_at = now + timedelta(**delta)
        return rows[0].due_at

    def test_far_moment_has_two_triggers_however_often_it_is_asked_for(self):
        due = self.due_in(hours=5)
        for _time in range(3):
            triggers = self.wake()
        self.assertEqual(len(triggers), 2)
        self.assertAlmostEqual(triggers[1], due, delta=timedelta(seconds=3))
        self.assertAlmostEqual(
            triggers[0], due - timedelta(seconds=75), delta=timedelta(seconds=3)
        )

    def test_near_moment_has_one_trigger(self):
        self.due_in(seconds=60)
        self.assertEqual(len(self.wake()), 1)

    def test_nothing_to_come_and_paused_campaigns_wake_nobody(self):
        self.due_in(hours=5)
        self.campaign.action_pause()
        self.assertFalse(self.wake())
