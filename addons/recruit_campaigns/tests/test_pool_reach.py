from odoo.tests import tagged

from .common import CampaignsCommon


@tagged("post_install", "-at_install")
class TestPoolReach(CampaignsCommon):
    def test_who_unsubscribed_is_not_reachable_on_the_card_of_a_pool(self):
        pool = self.env["hr.talent.pool"].create({"name": "Weavers"})
        self.people._add_to_pool(pool)
        self.assertEqual(pool.reachable_count, 3)
        self.ann.recruiting_opt_out = True
        self.env.invalidate_all()
        self.assertEqual(pool.reachable_count, 2)
        self.assertEqual(pool.member_count, 3)
