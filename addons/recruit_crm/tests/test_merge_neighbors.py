from odoo.exceptions import UserError
from odoo.tests import tagged

from ..models import hr_talent_pool_health
from .common_merge import MergeCommon


@tagged("post_install", "-at_install")
class TestMergeNeighbors(MergeCommon):
    """What stands beside a merge: figures of pools, shared candidates."""

    def _figures(self):
        self.env.invalidate_all()
        return self.pool.member_count, self.pool.reachable_count

    def test_a_pool_that_both_are_in_counts_right_before_and_after_an_undo(self):
        ann, copy = self._pair()
        (ann | copy)._add_to_pool(self.pool)
        self.env["recruit.pool.tally"]._refresh(self.pool)
        merge = ann._merge(copy)
        self.assertEqual(self._figures(), (1, 1))
        merge.action_undo()
        self.assertEqual(self._figures(), (2, 2))

    def test_the_members_of_a_big_pool_count_right_at_once_too(self):
        self.patch(hr_talent_pool_health, "LIVE", 0)
        ann, copy = self._pair()
        (ann | copy)._add_to_pool(self.pool)
        self.env["recruit.pool.tally"]._refresh(self.pool)
        merge = ann._merge(copy)
        self.assertEqual(self._figures()[0], 1)
        merge.action_undo()
        self.assertEqual(self._figures()[0], 2)

    def test_a_shared_person_and_one_of_a_company_merge_once_both_are_shared(self):
        ann, copy = self._pair()
        ann.company_id = False
        for one, other in ((ann, copy), (copy, ann)):
            with self.assertRaisesRegex(UserError, "empty the company of the others"):
                one._merge(other)
        copy.company_id = False
        copy._log_touch("call")
        ann._merge(copy)
        self.assertFalse(ann.touch_ids.company_id | ann.identity_ids.company_id)
        self.assertEqual(len(ann.identity_ids), 2)
