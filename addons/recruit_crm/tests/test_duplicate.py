from odoo.exceptions import UserError
from odoo.tests import tagged

from .common_merge import MergeCommon


@tagged("post_install", "-at_install")
class TestDuplicate(MergeCommon):
    def _pairs(self, *people):
        ids = [person.id for person in people]
        return self.env["recruit.duplicate"].search([("candidate_id", "in", ids)])

    def _reasons(self, one, other):
        return self._pairs(one).filtered(lambda pair: pair.other_id == other).reasons

    def test_a_new_person_with_a_known_phone_is_suggested_at_once(self):
        ann = self._candidate("Ann Lee", phone="+32470123456")
        ben = self._candidate("Ben Li", phone="+32 470 12-34-56")
        self.assertEqual(self._reasons(ann, ben), "same phone")

    def test_a_like_name_counts_with_the_same_employer_or_place_only(self):
        ann = self._candidate("Eddy Müller", city="Zürich", headline="Smith at Acme")
        alone = self._candidate("Edward Mueller", city="Ghent")
        both = self._candidate("MULLER, Ed", city="Zuerich", headline="Head @ ACME Inc")
        self.assertFalse(self._reasons(ann, alone))
        self.assertEqual(
            self._reasons(ann, both),
            "like name, same employer; like name, same place",
        )

    def test_people_of_other_companies_are_not_suggested(self):
        ann = self._candidate("Ann Lee", phone="+32470123456")
        self._candidate(
            "Ann Lee", phone="+32470123456", company_id=self.other_company.id
        )
        self._candidate("Ann Lee", phone="+32470123456", company_id=False)
        self.assertFalse(self._pairs(ann))

    def test_people_within_one_import_are_compared_with_each_other(self):
        people = self.env["recruit.candidate"].create(
            [{"name": "Ann Lee", "city": "Ghent"}] * 3
        )
        self.assertEqual(len(self._pairs(*people)), 3)

    def test_a_number_that_hundreds_share_makes_no_flood(self):
        people = self.env["recruit.candidate"].create(
            [{"name": f"Temp {n}", "phone": "+32470123456"} for n in range(100)]
        )
        self.assertLessEqual(len(self._pairs(*people)), 100 * 20)
        newcomer = self._candidate("Temp", phone="+32470123456")
        found = self.env["recruit.duplicate"].search([("other_id", "=", newcomer.id)])
        self.assertLessEqual(len(found), 20)

    def test_who_changes_is_compared_anew_by_the_job(self):
        ann = self._candidate("Ann Lee", phone="+32470123456")
        ben = self._candidate("Ben Li")
        ben.phone = "+32470123456"
        self.assertFalse(self._pairs(ann))
        self._run_job()
        self.assertEqual(self._reasons(ann, ben), "same phone")
        self.assertTrue(ben.match_checked_at)

    def _run_job(self):
        with self.enter_registry_test_mode():
            self.env.ref(
                "recruit_crm.ir_cron_suggest_duplicates"
            ).method_direct_trigger()
        self.env.invalidate_all()

    def test_not_a_duplicate_is_remembered(self):
        ann = self._candidate("Ann Lee", phone="+32470123456")
        ben = self._candidate("Ben Li", phone="+32470123456")
        pair = self._pairs(ann)
        pair.with_user(self.user_officer).action_dismiss()
        (ann | ben).write({"city": "Ghent"})
        self._run_job()
        self.assertEqual(pair.state, "dismissed")
        self.assertEqual(pair.decided_by_id, self.user_officer)
        self.assertEqual(self._pairs(ann), pair)
        pair.action_reopen()
        self.assertEqual(pair.state, "open")

    def test_not_a_duplicate_is_remembered_through_a_merge(self):
        ann = self._candidate("Ann Lee", phone="+32470123456")
        ben = self._candidate("Ben Li", phone="+32470123456")
        self._pairs(ann).action_dismiss()
        old = self._candidate("Old Ann")
        merge = old._merge(ann)
        self._run_job()
        handed = self.env["recruit.duplicate"].search(
            [("candidate_id", "=", ben.id), ("other_id", "=", old.id)]
        )
        self.assertEqual(handed.state, "dismissed")
        merge.action_undo()
        self.assertFalse(handed.exists())

    def _group(self):
        """Three people in one group: the first and the last share nothing."""
        ann = self._candidate("Ann Lee", phone="+32470123456", email="a@example.com")
        middle = self._candidate("Ann Lee", phone="+32470123456", city="Ghent")
        last = self._candidate("Lee, Ann", city="Ghent", email="l@example.com")
        return ann, middle, last

    def test_whom_suggestions_connect_is_one_group(self):
        ann, middle, last = self._group()
        pairs = self._pairs(ann, middle)
        self.assertEqual(len(pairs), 2)
        self.assertEqual(pairs.group_id, ann)
        (pairs.filtered(lambda pair: pair.candidate_id == ann)).action_dismiss()
        self.assertEqual(
            pairs.filtered(lambda pair: pair.state == "open").group_id, middle
        )
        self.assertEqual(pairs.filtered(lambda pair: pair.other_id == last), pairs[-1:])

    def test_selected_suggestions_are_merged_group_by_group(self):
        ann, middle, last = self._group()
        one = self._candidate("Ben Li", phone="+32470999999")
        two = self._candidate("Benny Li", phone="+32470999999")
        last._log_touch("call")
        pairs = self._pairs(ann, middle, one)
        answer = pairs.with_user(self.user_officer).action_merge()
        self.assertIn("3 merged", answer["params"]["message"])
        self.assertEqual((ann | middle)._survivors(), last)
        self.assertEqual(two._survivors(), one)
        self.assertEqual(set(pairs.mapped("state")), {"merged"})

    def test_a_group_with_people_known_to_differ_is_left_and_the_rest_is_merged(self):
        ann, middle, last = self._group()
        self.env["recruit.duplicate"].create(
            {
                "candidate_id": ann.id,
                "other_id": last.id,
                "reason_codes": "phone",
                "state": "dismissed",
            }
        )
        one = self._candidate("Ben Li", phone="+32470999999")
        self._candidate("Benny Li", phone="+32470999999")
        group = self._pairs(ann, middle).filtered(lambda pair: pair.state == "open")
        answer = (group | self._pairs(one)).action_merge()
        self.assertEqual(answer["params"]["type"], "warning")
        self.assertIn("marked as different people", answer["params"]["message"])
        self.assertEqual((ann | middle | last)._survivors(), ann | middle | last)
        with self.assertRaisesRegex(UserError, "marked as different people"):
            group.action_merge()

    def test_comparing_opens_the_preview_of_the_whole_group(self):
        ann, middle, last = self._group()
        action = self._pairs(ann).action_review()
        ids = action["context"]["default_candidate_ids"][0][2]
        self.assertEqual(set(ids), set((ann | middle | last).ids))

    def test_the_suggestion_goes_with_a_merge_and_comes_back_with_its_undo(self):
        ann = self._candidate("Ann Lee", phone="+32470123456")
        copy = self._candidate("Ann Lee", phone="+32470123456")
        pair = self._pairs(ann)
        merge = ann._merge(copy)
        self.assertEqual(pair.state, "merged")
        merge.action_undo()
        self.assertEqual(pair.state, "open")
        self.assertEqual(pair.group_id, ann)
