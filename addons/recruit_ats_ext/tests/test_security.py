from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import AtsCase


@tagged("post_install", "-at_install")
class TestSecurity(AtsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.officer = new_test_user(
            cls.env, "officer", "hr_recruitment.group_hr_recruitment_user"
        )
        cls.interviewer = new_test_user(
            cls.env, "interviewer", "hr_recruitment.group_hr_recruitment_interviewer"
        )
        cls.employee = new_test_user(cls.env, "employee", "base.group_user")

    def test_given_an_officer_then_refusing_and_recycling_work(self):
        applicant = self.apply("Ann")
        self.dialog(applicant).with_user(self.officer).action_refuse_reason_apply()
        medal = applicant.medal_ids.with_user(self.officer)
        self.assertEqual(medal.user_id, self.officer)
        medal.candidate_id._create_application(self.next_job)
        self.assertEqual(medal.state, "applied")
        medal.action_close()

    def test_given_an_interviewer_of_the_job_then_the_dialog_gives_the_medal(self):
        applicant = self.apply("Ann", interviewer_ids=self.interviewer.ids)
        dialog = self.env["applicant.get.refuse.reason"].with_user(self.interviewer)
        dialog.create(
            {
                "applicant_ids": applicant.ids,
                "refuse_reason_id": self.preferred.id,
                "send_mail": False,
            }
        ).action_refuse_reason_apply()
        medal = applicant.medal_ids
        self.assertEqual(medal.user_id, self.interviewer)
        self.assertEqual(medal.with_user(self.interviewer).job_id, self.job)

    def test_given_an_interviewer_then_medals_of_others_are_hidden(self):
        applicant = self.refuse(self.apply("Ann"))
        for record in (applicant.medal_ids, applicant.disposition_ids):
            with self.assertRaises(AccessError):
                record.with_user(self.interviewer).read(["job_id"])

    def test_given_an_interviewer_then_medals_and_dispositions_cannot_be_written(self):
        applicant = self.apply("Ann", interviewer_ids=self.interviewer.ids)
        self.refuse(applicant)
        for record in (applicant.medal_ids, applicant.disposition_ids):
            with self.assertRaises(AccessError):
                record.with_user(self.interviewer).write({"note": "x"})

    def test_given_an_officer_then_a_disposition_cannot_be_rewritten(self):
        disposition = self.refuse(self.apply("Ann")).disposition_ids
        with self.assertRaises(AccessError):
            disposition.with_user(self.officer).write({"note": "x"})
        with self.assertRaises(AccessError):
            disposition.with_user(self.officer).unlink()

    def test_given_an_employee_without_recruitment_then_nothing_is_readable(self):
        applicant = self.refuse(self.apply("Ann"))
        for record in (applicant.medal_ids, applicant.disposition_ids):
            with self.assertRaises(AccessError):
                record.with_user(self.employee).read(["job_id"])

    def test_given_another_company_then_its_medals_are_hidden(self):
        company = self.env["res.company"].create({"name": "Branch"})
        job = self.env["hr.job"].create({"name": "Guard", "company_id": company.id})
        applicant = self.refuse(self.apply("Ann", job_id=job.id))
        self.assertEqual(applicant.medal_ids.company_id, company)
        for model in ("recruit.medal", "recruit.disposition"):
            seen = self.env[model].with_user(self.officer).search([])
            self.assertNotIn(company, seen.company_id)
