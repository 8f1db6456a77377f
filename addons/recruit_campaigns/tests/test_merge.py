from odoo.tests import tagged

from odoo.addons.recruit_crm.tests.common_merge import RowsOfCandidates

from .common import CampaignsCommon


@tagged("post_install", "-at_install")
class TestMerge(RowsOfCandidates, CampaignsCommon):
    def test_two_runs_in_one_campaign_send_the_next_message_once(self):
        self._send_all()
        self.assertEqual(len(self._delivery(self.ann, self.second_step)), 1)
        self.ann._merge(self.ben)
        later = self._later(days=4)
        sent = self._send_all(later)
        self.assertEqual(sent.candidate_id, self.ann | self.clara)
        self.assertEqual(len(sent), 2)
        self.assertEqual(self._enrollment(self.ben).exit_reason, "merged")

    def test_a_run_of_the_merged_person_alone_goes_on_as_the_survivor(self):
        newcomer = self.env["recruit.candidate"].create(
            {"name": "Ann", "email": "new@example.com"}
        )
        self._send_all()
        newcomer._merge(self.ann)
        self.assertEqual(self._enrollment(newcomer).state, "active")
        self.assertEqual(
            self.env["mailing.trace"].search_count(
                [("model", "=", "recruit.candidate"), ("res_id", "=", newcomer.id)]
            ),
            1,
        )
        sent = self._send_all(self._later(days=4))
        self.assertIn(newcomer, sent.candidate_id)

    def test_merge_then_undo_changes_no_row_of_a_campaign(self):
        self._send_all()
        self.ben.recruiting_opt_out = True
        before = self._dump()
        merges = self.ann._merge(self.ben | self.clara)
        self.assertTrue(self.ann.recruiting_opt_out)
        self.assertEqual(self.ann.recruiting_opt_out_at, self.ben.recruiting_opt_out_at)
        merges.action_undo()
        self._assert_same(before, self._dump())

    def test_who_is_unsubscribed_by_an_old_link_is_so_for_good(self):
        self._send_all()
        old = self._delivery(self.ben, self.first_step)
        self.ann._merge(self.ben)
        self.assertEqual(old.candidate_id, self.ben)
        old.candidate_id._opt_out(old)
        self.assertTrue(self.ann.recruiting_opt_out)
