from odoo import Command
from odoo.tests import tagged

from .common import RecruitCrmCommon


@tagged("post_install", "-at_install")
class TestApplicant(RecruitCrmCommon):
    def _with_source(self, name):
        return self.env["utm.source"].create({"name": name}).id

    def test_two_applications_with_one_address_are_one_candidate(self):
        first = self._apply(email="Ann <ann@example.com>")
        second = self._apply(email="ANN@example.com", job=self.other_job)
        self.assertTrue(first.candidate_id)
        self.assertEqual(first.candidate_id, second.candidate_id)
        self.assertEqual(first.candidate_id.application_count, 2)
        self.assertEqual(first.candidate_id.state, "in_process")

    def test_applications_without_an_address_meet_by_linkedin(self):
        first = self._apply(email=False, linkedin_profile="linkedin.com/in/ann/")
        second = self._apply(
            email=False, linkedin_profile="https://www.linkedin.com/in/Ann"
        )
        self.assertEqual(first.candidate_id, second.candidate_id)

    def test_a_like_name_or_a_shared_phone_makes_nobody_the_same(self):
        first = self._apply(email=False, partner_phone="+32470123456")
        second = self._apply(email=False, partner_phone="+32470123456")
        self.assertNotEqual(first.candidate_id, second.candidate_id)

    def test_an_applicant_about_whom_nothing_is_known_has_no_candidate(self):
        blank = self.env["hr.applicant"].create({"job_id": self.job.id})
        self.assertFalse(blank.candidate_id)
        blank.write({"partner_name": "Ann", "email_from": "ann@example.com"})
        self.assertEqual(blank.candidate_id.email, "ann@example.com")

    def test_an_application_leaves_one_touch_with_its_source(self):
        application = self._apply(source_id=self._with_source("Fair of 2024"))
        touch = application.candidate_id.touch_ids
        self.assertEqual(touch.kind, "application")
        self.assertEqual(touch.source, "Fair of 2024")
        self.assertEqual(touch.job_id, self.job)
        self.assertEqual(touch.res_model, "hr.applicant")
        self.assertEqual(touch.res_id, application.id)

    def test_a_corrected_address_follows_to_the_candidate(self):
        application = self._apply(email="ann@exmaple.com")
        candidate = application.candidate_id
        application.email_from = "ann@example.com"
        self.assertEqual(application.candidate_id, candidate)
        self.assertEqual(candidate.email, "ann@example.com")

    def test_an_address_of_somebody_else_moves_the_application_to_them(self):
        ben = self._apply("Ben", "ben@example.com").candidate_id
        application = self._apply("Ann", "ann@example.com")
        application.email_from = "ben@example.com"
        self.assertEqual(application.candidate_id, ben)

    def test_a_new_address_does_not_replace_a_different_one_of_the_candidate(self):
        candidate = self._candidate(email="ann@work.example.com")
        application = self._apply(email="ann@example.com", candidate_id=candidate.id)
        application.email_from = "ann@home.example.com"
        self.assertEqual(application.candidate_id, candidate)
        self.assertEqual(candidate.email, "ann@work.example.com")

    def test_the_journey_is_told_to_the_candidate(self):
        application = self._apply()
        candidate = application.candidate_id
        application.stage_id = self.hired_stage
        self.assertEqual(candidate.state, "hired")
        application.stage_id = self.job._get_first_stage()
        self.assertEqual(candidate.state, "in_process")
        self._refuse(application)
        self.assertEqual(candidate.state, "nurturing")
        application.action_unarchive()
        self.assertEqual(candidate.state, "in_process")
        application.action_archive()
        self.assertEqual(candidate.state, "nurturing")

    def test_a_hire_and_a_refusal_are_touches_once(self):
        application = self._apply()
        application.stage_id = self.hired_stage
        application.stage_id = self.job._get_first_stage()
        application.stage_id = self.hired_stage
        refused = self._apply(job=self.other_job)
        self._refuse(refused)
        kinds = application.candidate_id.touch_ids.sorted("id").mapped("kind")
        self.assertEqual(kinds, ["application", "hired", "application", "refused"])

    def test_a_refusal_leaves_a_candidate_in_process_elsewhere(self):
        application = self._apply()
        self._apply(job=self.other_job)
        self._refuse(application)
        self.assertEqual(application.candidate_id.state, "in_process")

    def test_skills_of_an_application_are_learned_by_the_candidate(self):
        application = self._apply(
            current_applicant_skill_ids=[
                self._skill_line(self.weaving, 60),
                self._skill_line(self.baking, 20),
            ]
        )
        candidate = application.candidate_id
        levels = {line.skill_id: line.level for line in candidate.skill_ids}
        self.assertEqual(levels, {self.weaving: 60, self.baking: 20})
        application.write(
            {"current_applicant_skill_ids": [self._skill_line(self.weaving, 100)]}
        )
        levels = {line.skill_id: line.level for line in candidate.skill_ids}
        self.assertEqual(levels, {self.weaving: 100, self.baking: 20})

    def test_a_level_that_was_seen_is_not_lowered_by_a_form(self):
        candidate = self._candidate(
            email="ann@example.com",
            skill_ids=[
                Command.create(
                    {
                        "skill_id": self.weaving.id,
                        "level": 90,
                        "provenance": "interview",
                    }
                )
            ],
        )
        self._apply(current_applicant_skill_ids=[self._skill_line(self.weaving, 20)])
        self.assertEqual(candidate.skill_ids.level, 90)

    def test_a_level_between_two_native_ones_survives_the_way_there_and_back(self):
        candidate = self._candidate(
            email="ann@example.com",
            skill_ids=[Command.create({"skill_id": self.weaving.id, "level": 75})],
        )
        application = candidate._create_application(self.job)
        self.assertEqual(application.applicant_skill_ids.level_progress, 60)
        candidate._add_to_pool(self.pool)
        self.assertEqual(candidate.skill_ids.level, 75)

    def test_an_employee_made_from_an_application_keeps_the_candidate(self):
        application = self._apply()
        application.stage_id = self.hired_stage
        application.create_employee_from_applicant()
        candidate = application.candidate_id
        self.assertEqual(application.employee_id.candidate_id, candidate)
        self.assertEqual(candidate.state, "employee")

    def test_a_new_application_takes_the_person_and_leaves_the_old_source(self):
        self.job.user_id = self.user_officer
        self.job.company_id = self.env.company
        old = self._apply(
            job=self.other_job,
            source_id=self._with_source("Fair of 2024"),
            current_applicant_skill_ids=[self._skill_line(self.weaving, 60)],
        )
        self.env["ir.attachment"].create(
            {
                "name": "cv.txt",
                "raw": b"I weave",
                "res_model": "hr.applicant",
                "res_id": old.id,
            }
        )
        candidate = old.candidate_id
        candidate.categ_ids = self.tag
        self._refuse(old)
        new = candidate._create_application(self.job)
        self.assertEqual(new.candidate_id, candidate)
        self.assertEqual(new.source_id.name, "Rediscovered")
        self.assertEqual(new.user_id, self.user_officer)
        self.assertEqual(new.categ_ids, self.tag)
        self.assertEqual(new.applicant_skill_ids.level_progress, 60)
        self.assertEqual(new.attachment_ids.mapped("raw"), [b"I weave"])
        self.assertTrue(new.active)
        self.assertFalse(new.refuse_reason_id)
        self.assertEqual(candidate.first_source, "Fair of 2024")

    def test_an_open_application_on_the_job_is_not_doubled(self):
        application = self._apply()
        again = application.candidate_id._create_application(self.job)
        self.assertEqual(again, application)

    def test_many_candidates_get_one_application_each(self):
        candidates = self._candidate("One", email="one@example.com")
        candidates |= self._candidate("Two", email="two@example.com")
        applications = candidates._create_application(self.job)
        self.assertEqual(applications.candidate_id, candidates)
        self.assertEqual(len(applications), 2)

    def test_a_native_copy_of_an_application_stays_with_its_person(self):
        application = self._apply()
        talent = application.copy(
            {"job_id": False, "talent_pool_ids": [Command.set(self.pool.ids)]}
        )
        self.assertEqual(talent.candidate_id, application.candidate_id)
