from datetime import timedelta

from odoo import fields
from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestDevClock(TransactionCase):
    def test_clock_with_an_offset_tells_a_time_that_much_later(self):
        self.env["ir.config_parameter"].set_param(
            "recruit_dev_clock.offset_seconds", 3 * 86400
        )
        before = fields.Datetime.now()
        moved = self.env["recruit.clock"].now()
        after = fields.Datetime.now()
        self.assertLessEqual(before + timedelta(days=3), moved)
        self.assertLessEqual(moved, after + timedelta(days=3))

    def test_clock_without_an_offset_tells_the_time(self):
        before = fields.Datetime.now()
        self.assertLessEqual(before, self.env["recruit.clock"].now())
