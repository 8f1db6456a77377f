from odoo.tests import Form, tagged

from .common import AtsCase


@tagged("post_install", "-at_install")
class TestRefuseDialog(AtsCase):
    def test_given_a_finalist_when_the_dialog_opens_then_medal_and_pool_are_set(self):
        dialog = self.dialog(self.apply("Ann"))
        self.assertTrue(dialog.is_medal)
        self.assertEqual(dialog.medal_applicant_ids, dialog.applicant_ids)
        self.assertEqual(dialog.pool_id, self.pool)
        self.assertEqual(dialog.disposition_type, "we")
        self.assertIn("Suggested for Ann", dialog.medal_reason)

    def test_given_a_beginner_when_the_dialog_opens_then_no_medal_and_it_says_why(self):
        dialog = self.dialog(self.apply("Bob", self.first_stage))
        self.assertFalse(dialog.is_medal)
        self.assertFalse(dialog.medal_applicant_ids)
        self.assertFalse(dialog.pool_id)
        self.assertIn("no finalist stage", dialog.medal_reason)

    def test_given_a_finalist_when_the_reason_is_spam_then_no_medal_is_suggested(self):
        dialog = self.dialog(self.apply("Ann"), self.spam)
        self.assertFalse(dialog.is_medal)
        self.assertIn("the reason speaks against", dialog.medal_reason)

    def test_given_the_form_when_the_reason_changes_then_the_medal_follows(self):
        applicant = self.apply("Ann")
        context = applicant.archive_applicant()["context"]
        wizard = self.env["applicant.get.refuse.reason"].with_context(**context)
        with Form(wizard) as dialog:
            dialog.refuse_reason_id = self.spam
            self.assertFalse(dialog.is_medal)
            self.assertEqual(dialog.disposition_type, "process")
            dialog.refuse_reason_id = self.preferred
            self.assertTrue(dialog.is_medal)
            self.assertEqual(dialog.pool_id, self.pool)

    def test_given_many_people_when_refused_at_once_then_finalists_get_medals(self):
        finalist, beginner = self.apply("Ann"), self.apply("Bob", self.first_stage)
        self.refuse(finalist | beginner)
        self.assertEqual(finalist.application_status, "refused")
        self.assertEqual(beginner.application_status, "refused")
        self.assertEqual(len(finalist.medal_ids), 1)
        self.assertFalse(beginner.medal_ids)

    def test_given_a_beginner_when_a_person_ticks_the_medal_then_it_is_given(self):
        applicant = self.apply("Bob", self.first_stage)
        self.refuse(applicant, is_medal=True)
        self.assertEqual(len(applicant.medal_ids), 1)

    def test_given_a_finalist_when_a_person_unticks_the_medal_then_there_is_none(self):
        applicant = self.refuse(self.apply("Ann"), is_medal=False)
        self.assertFalse(applicant.medal_ids)
        self.assertFalse(applicant.candidate_id.pool_ids)

    def test_given_a_refused_finalist_then_the_person_is_found_in_the_pool(self):
        applicant = self.refuse(self.apply("Ann"), note="Loves lenses")
        self.assertFalse(applicant.active)
        found = self.env["recruit.candidate"].search([("name", "=", "Ann")])
        self.assertEqual(found, applicant.candidate_id)
        self.assertTrue(found.active)
        self.assertEqual(found.pool_ids, self.pool)
        self.assertEqual(found.medal_ids.note, "Loves lenses")
        self.assertTrue(found.is_medallist)

    def test_given_a_pool_used_for_the_job_before_then_it_is_chosen_again(self):
        pool = self.env["hr.talent.pool"].create({"name": "Good with glass"})
        self.refuse(self.apply("Ann"), pool_id=pool.id)
        self.assertEqual(self.dialog(self.apply("Bob")).pool_id, pool)

    def test_given_a_duplicate_when_refused_along_then_it_ends_for_the_process(self):
        first = self.apply("Ann")
        duplicate = self.apply("Ann", self.first_stage, job_id=self.next_job.id)
        self.refuse(first, duplicates=True)
        self.assertFalse(duplicate.active)
        self.assertEqual(duplicate.disposition_ids.disposition_type, "process")
        self.assertEqual(first.disposition_ids.disposition_type, "we")
        self.assertFalse(duplicate.medal_ids)

    def test_given_two_dialogs_pending_in_one_transaction_then_both_open(self):
        dialogs = self.env["applicant.get.refuse.reason"].create(
            [
                {
                    "applicant_ids": self.apply(name).ids,
                    "refuse_reason_id": self.preferred.id,
                }
                for name in ("Ann", "Bob")
            ]
        )
        self.assertEqual(dialogs.mapped("is_medal"), [True, True])

    def test_given_two_windows_when_both_refuse_then_there_is_one_medal(self):
        applicant = self.apply("Ann")
        first, second = self.dialog(applicant), self.dialog(applicant)
        first.action_refuse_reason_apply()
        said = second.action_refuse_reason_apply()["params"]["message"]
        self.assertEqual(said, "Refused already, and left as it was: Ann")
        self.assertEqual(len(applicant.medal_ids), 1)
        self.assertEqual(len(applicant.disposition_ids), 1)
