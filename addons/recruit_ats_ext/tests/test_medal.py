from datetime import timedelta

from odoo.tests import tagged

from .common import AtsCase


@tagged("post_install", "-at_install")
class TestMedal(AtsCase):
    def setUp(self):
        super().setUp()
        source = self.env["utm.source"].create({"name": "Old Fair"})
        self.applicant = self.apply("Ann", source_id=source.id)
        self.refuse(self.applicant)
        self.candidate = self.applicant.candidate_id
        self.medal = self.applicant.medal_ids

    def come_back(self):
        self.candidate._create_application(self.next_job)
        return self.medal.rehired_applicant_id

    def test_given_a_medal_then_it_tells_where_it_was_won(self):
        self.assertRecordValues(
            self.medal,
            [
                {
                    "candidate_id": self.candidate.id,
                    "job_id": self.job.id,
                    "stage_id": self.final_stage.id,
                    "reason_id": self.preferred.id,
                    "pool_id": self.pool.id,
                    "state": "open",
                }
            ],
        )
        self.assertEqual(self.medal.display_name, "Ann, Optician")

    def test_given_a_medal_then_the_candidate_has_one_touch_of_it(self):
        touches = self.candidate.touch_ids.filtered(lambda touch: touch.kind == "medal")
        self.assertEqual(len(touches), 1)
        self.assertEqual(touches.job_id, self.job)

    def test_given_the_next_job_then_the_new_application_is_fresh(self):
        again = self.come_back()
        self.assertEqual(again.job_id, self.next_job)
        self.assertEqual(again.application_status, "ongoing")
        self.assertFalse(again.refuse_reason_id)
        self.assertNotEqual(again.source_id, self.applicant.source_id)
        self.assertEqual(self.applicant.job_id, self.job)
        self.assertEqual(self.applicant.application_status, "refused")
        self.assertEqual(self.medal.state, "applied")

    def test_given_a_job_of_another_company_then_the_new_application_is_of_it(self):
        company = self.env["res.company"].create({"name": "Branch"})
        recruiter = self.env.ref("base.user_admin")
        recruiter.company_ids |= company
        self.next_job.write({"company_id": company.id, "user_id": recruiter.id})
        again = self.come_back()
        self.assertEqual(again.company_id, company)
        self.assertEqual(again.user_id, recruiter)

    def test_given_the_new_application_when_hired_then_the_medal_says_so(self):
        again = self.come_back()
        self.assertEqual(self.medal.state, "applied")
        again.stage_id = self.hired_stage
        self.assertEqual(self.medal.state, "hired")
        self.assertFalse(self.candidate.is_medallist)

    def test_given_the_new_application_when_refused_then_the_medal_is_open_again(self):
        again = self.come_back()
        self.assertEqual(self.medal.state, "applied")
        self.refuse(again, is_medal=False)
        self.assertEqual(self.medal.state, "open")

    def test_given_the_new_application_when_deleted_then_the_medal_is_open_again(self):
        again = self.come_back()
        self.assertEqual(self.medal.state, "applied")
        again.unlink()
        self.assertEqual(self.medal.state, "open")

    def test_given_another_application_when_hired_then_the_medal_is_closed(self):
        refused = self.apply("Bob")
        other = self.apply("Bob", self.first_stage, job_id=self.next_job.id)
        self.refuse(refused)
        other.stage_id = self.hired_stage
        self.assertEqual(refused.medal_ids.state, "closed")
        self.assertIn("Lens Grinder", refused.medal_ids.closed_reason)

    def test_given_a_hire_meanwhile_when_refused_then_no_medal_waits_for_a_job(self):
        refused = self.apply("Bob")
        other = self.apply("Bob", self.first_stage, job_id=self.next_job.id)
        dialog = self.dialog(refused, is_medal=True)
        other.stage_id = self.hired_stage
        dialog.action_refuse_reason_apply()
        self.assertFalse(refused.medal_ids.filtered(lambda one: one.state == "open"))
        self.assertFalse(refused.candidate_id.is_medallist)

    def test_given_the_medallist_when_applying_alone_then_the_medal_follows(self):
        again = self.apply("Ann", self.first_stage, job_id=self.next_job.id)
        self.assertEqual(self.medal.rehired_applicant_id, again)

    def test_given_two_medals_when_one_is_chosen_then_it_gets_the_application(self):
        self.medal.medal_on -= timedelta(days=30)
        newer = self.apply("Ann", job_id=self.next_job.id)
        self.refuse(newer)
        third = self.env["hr.job"].create({"name": "Frame Maker"})
        self.candidate.with_context(
            recruit_medal_ids=self.medal.ids
        )._create_application(third)
        self.assertEqual(self.medal.rehired_applicant_id.job_id, third)
        self.assertFalse(newer.medal_ids.rehired_applicant_id)

    def test_given_the_button_then_the_wizard_makes_the_application_of_this_medal(self):
        action = self.medal.action_create_application()
        wizard = (
            self.env[action["res_model"]]
            .with_context(**action["context"])
            .create({"job_id": self.next_job.id})
        )
        wizard.action_apply()
        self.assertEqual(self.medal.rehired_applicant_id.job_id, self.next_job)

    def test_given_a_cool_off_then_the_medal_waits_until_the_day(self):
        today = self.env["recruit.clock"].now().date()
        self.medal.cool_off_until = today + timedelta(days=1)
        self.assertTrue(self.medal.is_cooling_off)
        waiting = [("is_cooling_off", "=", True), ("id", "=", self.medal.id)]
        self.assertTrue(self.medal.search(waiting))
        self.medal.cool_off_until = today
        self.assertFalse(self.medal.is_cooling_off)
        self.assertFalse(self.medal.search(waiting))

    def test_given_a_closed_medal_when_reopened_then_it_is_open(self):
        self.medal.action_close()
        self.assertEqual(self.medal.state, "closed")
        self.medal.action_reopen()
        self.assertEqual(self.medal.state, "open")

    def test_given_an_open_medal_then_it_is_a_reason_to_look_at_the_candidate(self):
        lines = self.candidate._why_now_lines()
        self.assertTrue([line for line in lines if "Optician" in line])

    def test_given_this_addon_then_a_medal_is_an_event_to_begin_with(self):
        self.assertIn("medal", self.candidate._event_labels())
