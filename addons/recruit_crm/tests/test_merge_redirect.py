from odoo.exceptions import UserError
from odoo.tests import tagged

from .common_merge import MergeCommon


@tagged("post_install", "-at_install")
class TestOldIds(MergeCommon):
    def test_an_old_id_opens_the_survivor(self):
        ann, copy = self._pair()
        last = self._candidate("Last")
        ann._merge(copy)
        last._merge(ann)
        for old in (ann, copy):
            self.assertEqual(old.get_formview_action()["res_id"], last.id)
            self.assertEqual(old.action_open_survivor()["res_id"], last.id)
        self.assertEqual(last.get_formview_action()["res_id"], last.id)

    def test_ids_are_resolved_by_rpc(self):
        ann, copy = self._pair()
        other = self._candidate("Other")
        hidden = self._candidate("Hidden", company_id=self.other_company.id)
        ann._merge(copy)
        Candidate = self.env["recruit.candidate"].with_user(self.user_officer)
        self.assertEqual(
            Candidate.resolve_ids([ann.id, copy.id, other.id, hidden.id, 2**31 - 1]),
            {str(ann.id): ann.id, str(copy.id): ann.id, str(other.id): other.id},
        )
        self.assertEqual(Candidate.resolve_ids([]), {})

    def test_the_old_record_is_archived_and_says_into_whom_it_was_merged(self):
        ann, copy = self._pair()
        ann._merge(copy)
        self.assertFalse(copy.active)
        self.assertEqual(copy.merged_into_id, ann)
        self.assertNotIn(copy, self.env["recruit.candidate"].search([]))
        self.assertEqual(ann.merge_count, 1)
        action = ann.action_view_merges()
        found = self.env["recruit.merge"].search(action["domain"])
        self.assertEqual(found.merged_id, copy)

    def test_the_undo_button_of_the_old_record_puts_it_back(self):
        ann, copy = self._pair()
        ann._merge(copy)
        copy.action_undo_merge()
        self.assertTrue(copy.active)
        self.assertFalse(copy.merged_into_id)
        self.assertEqual(ann.merge_count, 0)

    def test_an_old_record_is_neither_changed_nor_deleted(self):
        ann, copy = self._pair()
        ann._merge(copy)
        for values in ({"active": True}, {"email": "x@example.com"}, {"phone": "1"}):
            with (
                self.subTest(values=values),
                self.assertRaisesRegex(UserError, "merged into Ann Lee already"),
            ):
                copy.write(values)
        for person in (ann, copy):
            with self.assertRaisesRegex(UserError, "Archive the candidate instead"):
                person.unlink()

    def test_what_is_reported_of_the_old_record_happens_to_the_survivor(self):
        ann, copy = self._pair()
        ann._merge(copy)
        touch = copy._log_touch("clicked")
        self.assertEqual(touch.candidate_id, ann)
        copy._record_event("replied")
        self.assertEqual(ann.state, "engaged")
        self.assertEqual(copy._add_to_pool(self.pool).candidate_id, ann)
        self.assertEqual(copy._create_application(self.job).candidate_id, ann)

    def test_what_others_wrote_of_the_old_record_meanwhile_is_fetched_by_the_job(self):
        ann, copy = self._pair()
        merge = ann._merge(copy)
        message = self.env["mail.message"].create(
            {"model": copy._name, "res_id": copy.id}
        )
        touch = self.env["recruit.touch"].create(
            {"candidate_id": copy.id, "kind": "note"}
        )
        self.env["recruit.merge"]._catch_up()
        self.assertEqual((message.res_id, touch.candidate_id), (ann.id, ann))
        self.assertEqual(ann.first_touch_id, touch)
        merge.action_undo()
        self.assertEqual((message.res_id, touch.candidate_id), (copy.id, copy))

    def test_the_old_record_moves_to_another_company_with_the_survivor(self):
        ann, copy = self._pair()
        merge = ann._merge(copy)
        ann.company_id = self.other_company
        self.assertEqual(copy.company_id, self.other_company)
        merge.action_undo()
        self.assertEqual(copy.identity_ids.company_id, self.other_company)
