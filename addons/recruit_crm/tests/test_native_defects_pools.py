"""The defects of native talents and pools by number, each with what is right here.

B2 and B16 to B25; see ``test_native_defects.py`` for the others.
"""

from ast import literal_eval

from odoo import Command
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tests import new_test_user, tagged

from .common import INTERVIEWER, OFFICER, RecruitCrmCommon


@tagged("post_install", "-at_install")
class TestNativeDefectsPools(RecruitCrmCommon):
    def _add(self, applicants, pools=None, **values):
        """Through the native dialog 'Add to pool'."""
        wizard = self.env["talent.pool.add.applicants"].create(
            {
                "applicant_ids": [Command.set(applicants.ids)],
                "talent_pool_ids": [Command.set((pools or self.pool).ids)],
                **values,
            }
        )
        wizard.invalidate_recordset()
        return wizard._add_applicants_to_pool()

    def _redeploy(self, applicants, jobs):
        """Through the native dialog 'Create applications'."""
        wizard = self.env["job.add.applicants"].create(
            {
                "applicant_ids": [Command.set(applicants.ids)],
                "job_ids": [Command.set(jobs.ids)],
            }
        )
        wizard.invalidate_recordset()
        return wizard._add_applicants_to_job()

    def _with_everything(self):
        """An application with a CV, tags, skills and notes."""
        application = self._apply(
            categ_ids=[Command.set(self.tag.ids)],
            applicant_notes="<p>Good hands</p>",
            availability="2030-01-01",
            current_applicant_skill_ids=[self._skill_line(self.weaving, 60)],
        )
        self.env["ir.attachment"].create(
            {
                "name": "cv.txt",
                "raw": b"Weaver",
                "res_model": "hr.applicant",
                "res_id": application.id,
            }
        )
        return application

    def _assert_has_everything(self, applicant):
        self.assertEqual(applicant.attachment_ids.mapped("name"), ["cv.txt"])
        self.assertEqual(applicant.categ_ids, self.tag)
        self.assertEqual(applicant.applicant_skill_ids.skill_id, self.weaving)
        self.assertEqual(applicant.applicant_skill_ids.level_progress, 60)
        self.assertEqual(applicant.applicant_notes, "<p>Good hands</p>")

    def test_b2_refused_people_are_added_as_active_talents_with_all_they_have(self):
        application = self._with_everything()
        self._refuse(application)
        talent = self._add(application)
        self.assertTrue(talent.active)
        self.assertFalse(talent.refuse_reason_id)
        self._assert_has_everything(talent)
        self.assertEqual(application.pool_applicant_id, talent)
        self.assertEqual(application.candidate_id.pool_ids, self.pool)
        self.assertEqual(self.pool.no_of_talents, 1)
        self.assertEqual(application.application_status, "refused")

    def test_b2_adding_twice_is_a_no_op(self):
        application = self._apply()
        talent = self._add(application)
        member = application.candidate_id.member_ids
        self.assertFalse(self._add(application))
        self.assertFalse(self._add(self._apply(job=self.other_job)))
        self.assertEqual(self._add(talent), talent)
        self.assertEqual(application.candidate_id.member_ids, member)
        self.assertEqual(self.pool.talent_ids, talent)
        self._add(application, self.other_pool)
        self.assertEqual(talent.talent_pool_ids, self.pool | self.other_pool)

    def test_b2_tags_of_the_dialog_go_to_the_person_and_not_to_the_application(self):
        application = self._apply()
        talent = self._add(application, categ_ids=[Command.set(self.tag.ids)])
        self.assertEqual(talent.categ_ids, self.tag)
        self.assertEqual(application.candidate_id.categ_ids, self.tag)
        self.assertFalse(application.categ_ids)

    # -- B16 to B22: what is in a pool ------------------------------------------------

    def test_b16_a_deleted_pool_leaves_no_talent_without_a_pool(self):
        application = self._with_everything()
        candidate = application.candidate_id
        talent = self._add(application)
        both = self._apply("Ben", "ben@example.com")
        second = self._add(both, self.pool | self.other_pool)
        talent.message_post(body="Called her")
        asked = self.pool.action_dissolve()
        self.env[asked["res_model"]].with_context(**asked["context"]).create(
            {"target": "leave"}
        ).action_dissolve()
        self.assertFalse(talent.exists())
        self.assertFalse(application.is_applicant_in_pool)
        self.assertEqual(second.talent_pool_ids, self.other_pool)
        self.assertEqual(candidate.application_count, 1)
        self.assertIn("Called her", "".join(candidate.message_ids.mapped("body")))
        documents = self.env["ir.attachment"].search(
            [("res_model", "=", candidate._name), ("res_id", "=", candidate.id)]
        )
        self.assertEqual(documents.mapped("name"), ["cv.txt"])

    def test_b17_a_talent_of_an_archived_pool_stays_a_talent(self):
        talent = self._add(self._apply())
        self.pool.active = False
        talent.invalidate_recordset()
        self.assertTrue(talent.is_pool_applicant)

    def test_b18_compute_and_search_of_who_is_in_a_pool_agree(self):
        applications = [
            self._apply(str(number), f"{number}@example.com") for number in range(4)
        ]
        inside, left, archived, outside = applications
        self._add(inside)
        self._add(left)
        left.candidate_id.member_ids.action_leave()
        self._add(archived).active = False
        everybody = self.env["hr.applicant"].union(*applications)
        everybody.invalidate_recordset()
        found = everybody.search(
            [("id", "in", everybody.ids), ("is_applicant_in_pool", "=", True)]
        )
        # The stay in the pool says who is in it; an archived card does not end it.
        self.assertEqual(found, inside | archived)
        self.assertEqual(everybody.filtered("is_applicant_in_pool"), found)
        self.assertFalse(outside.is_applicant_in_pool)

    def test_b19_pools_and_skills_of_another_company_are_out_of_sight(self):
        pool = self.env["hr.talent.pool"].create(
            {"name": "Theirs", "company_id": self.other_company.id}
        )
        shared = self.env["hr.talent.pool"].create(
            {"name": "Everybody's", "company_id": False}
        )
        application = self._apply(
            company_id=self.other_company.id,
            current_applicant_skill_ids=[self._skill_line(self.weaving, 60)],
        )
        lines = application.applicant_skill_ids
        for user in (self.user_interviewer, self.user_officer, self.user_manager):
            with self.subTest(user=user.login):
                Pool = self.env["hr.talent.pool"].with_user(user)
                seen = Pool.search([("id", "in", (pool | shared).ids)])
                self.assertEqual(seen.ids, shared.ids)
                Skill = self.env["hr.applicant.skill"].with_user(user)
                self.assertFalse(Skill.search([("id", "in", lines.ids)]))
        with self.assertRaises(AccessError):
            pool.with_user(self.user_manager).read(["name"])

    def test_b20_the_number_of_talents_is_right_at_once_and_for_interviewers(self):
        self.assertEqual(self.pool.no_of_talents, 0)
        talent = self._add(self._apply())
        self.assertEqual(self.pool.no_of_talents, 1)
        mine = self.pool.with_user(self.user_interviewer)
        self.assertEqual(mine.no_of_talents, 1)
        talent.candidate_id.member_ids.action_leave()
        self.assertEqual(self.pool.no_of_talents, 0)

    def test_b21_a_deleted_talent_takes_the_person_out_of_the_pools(self):
        application = self._apply()
        talent = self._add(application)
        talent.unlink()
        self.assertFalse(application.candidate_id.pool_ids)
        self.assertTrue(application.candidate_id.member_ids.left_at)
        self.assertFalse(application.pool_applicant_id)
        self.assertEqual(len(self._add(application)), 1)

    def test_b21_of_two_talents_the_other_takes_over(self):
        application = self._apply()
        talent = self._add(application)
        other = self.env["hr.applicant"].create(
            {
                "partner_name": "Ann",
                "email_from": "ann@example.com",
                "talent_pool_ids": [Command.set(self.other_pool.ids)],
            }
        )
        talent.unlink()
        self.assertEqual(application.pool_applicant_id, other)

    def test_b22_the_recruitment_analysis_counts_no_talents(self):
        application = self._apply()
        talent = self._add(application)
        for name in (
            "hr_applicant_action_analysis",
            "action_hr_recruitment_report_filtered_department",
            "action_hr_recruitment_report_filtered_job",
        ):
            with self.subTest(action=name):
                action = self.env["ir.actions.act_window"]._for_xml_id(
                    f"hr_recruitment.{name}"
                )
                domain = Domain(literal_eval(action["domain"]))
                mine = Domain("id", "in", (application | talent).ids)
                self.assertEqual(application.search(domain & mine), application)

    # -- B23 to B25: the next job -----------------------------------------------------

    def _job_elsewhere(self):
        recruiter = new_test_user(
            self.env,
            "recruiter_there",
            groups=OFFICER,
            company_id=self.other_company.id,
            company_ids=[Command.set(self.other_company.ids)],
        )
        department = self.env["hr.department"].create(
            {"name": "Forge", "company_id": self.other_company.id}
        )
        return self.env["hr.job"].create(
            {
                "name": "Smith there",
                "company_id": self.other_company.id,
                "user_id": recruiter.id,
                "department_id": department.id,
            }
        )

    def test_b23_the_new_application_is_of_the_target_job_in_all_things(self):
        job = self._job_elsewhere()
        here = self.env["hr.department"].create({"name": "Looms"})
        application = self._with_everything()
        application.write({"department_id": here.id, "user_id": self.user_officer.id})
        talent = self._add(application)
        new = self._redeploy(talent, job)
        self.assertEqual(new.company_id, self.other_company)
        self.assertEqual(new.user_id, job.user_id)
        self.assertEqual(new.department_id, job.department_id)
        self.assertEqual(new.candidate_id, application.candidate_id)
        self._assert_has_everything(new)
        self.assertEqual(self._redeploy(talent, job), new)

    def test_b24_an_application_that_went_some_way_is_not_moved(self):
        application = self._apply()
        application.stage_id = self.env["hr.recruitment.stage"].search([], limit=2)[1]
        stage = application.stage_id
        talent = self._add(self._apply("Ben", "ben@example.com"))
        refused = self._apply("Eve", "eve@example.com")
        self._refuse(refused)
        chosen = application | talent | refused
        chosen.with_context(matching_job_id=self.other_job.id).action_add_to_job()
        self.assertEqual(application.job_id, self.job)
        self.assertEqual(application.stage_id, stage)
        self.assertFalse(talent.job_id)
        self.assertEqual(refused.application_status, "refused")
        new = self.env["hr.applicant"].search([("job_id", "=", self.other_job.id)])
        self.assertEqual(new.candidate_id, chosen.candidate_id)

    def test_b24_the_data_of_odoo_need_not_be_there(self):
        self.env["ir.model.data"].search(
            [("module", "=", "hr_recruitment"), ("name", "=", "stage_job0")]
        ).unlink()
        application = self._apply()
        fresh = application.with_context(matching_job_id=self.other_job.id)
        fresh.action_add_to_job()
        self.assertEqual(application.job_id, self.other_job)

    def test_b25_the_new_application_has_a_source_of_its_own(self):
        fair = self.env["utm.source"].create({"name": "Fair of 2024"})
        campaign = self.env["utm.campaign"].create({"title": "Autumn"})
        application = self._apply(source_id=fair.id, campaign_id=campaign.id)
        talent = self._add(application)
        self.assertFalse(talent.source_id)
        new = self._redeploy(talent, self.other_job)
        rediscovered = self.env.ref("recruit_crm.utm_source_rediscovered")
        self.assertEqual(new.source_id, rediscovered)
        self.assertFalse(new.campaign_id)
        self.assertEqual(application.candidate_id.first_source, "Fair of 2024")

    def test_an_interviewer_reaches_none_of_the_pool_dialogs(self):
        self.assertTrue(self.user_interviewer.has_group(INTERVIEWER))
        for model in ("talent.pool.add.applicants", "job.add.applicants"):
            with self.subTest(model=model), self.assertRaises(AccessError):
                self.env[model].with_user(self.user_interviewer).create({})
