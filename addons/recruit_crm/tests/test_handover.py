from odoo.tests import tagged

from .common import RecruitCrmCommon


@tagged("post_install", "-at_install")
class TestHandover(RecruitCrmCommon):
    """From the candidate to the application, from the hire to the employee."""

    def test_a_new_application_carries_cv_tags_skills_notes_and_history(self):
        first = self._apply(
            applicant_notes="<p>Speaks of looms</p>",
            categ_ids=self.tag.ids,
            current_applicant_skill_ids=[self._skill_line(self.weaving, 60)],
        )
        candidate = first.candidate_id
        self.env["ir.attachment"].create(
            {
                "name": "cv.txt",
                "raw": b"Weaver",
                "res_model": "hr.applicant",
                "res_id": first.id,
            }
        )
        self._refuse(first)
        again = candidate._create_application(self.other_job)
        files = self.env["ir.attachment"].search(
            [("res_model", "=", "hr.applicant"), ("res_id", "=", again.id)]
        )
        self.assertEqual(files.mapped("name"), ["cv.txt"])
        self.assertEqual(again.categ_ids, self.tag)
        self.assertEqual(again.applicant_skill_ids.skill_id, self.weaving)
        self.assertIn("looms", again.applicant_notes)
        self.assertEqual(again.candidate_id, candidate)
        self.assertEqual(candidate.application_count, 2)
        self.assertEqual(first.job_id, self.job)
        self.assertTrue(first.refuse_reason_id)

    def test_what_was_before_is_in_sight_of_who_decides_on_the_application(self):
        first = self._apply()
        candidate = first.candidate_id
        candidate._log_touch("event", source="Weavers Fair")
        self._refuse(first)
        again = candidate._create_application(self.other_job)
        told = again.with_user(self.user_officer).timeline()["entries"]
        self.assertEqual(
            told, candidate.with_user(self.user_officer).timeline()["entries"]
        )
        self.assertIn("Weavers Fair", str(told))
        self.assertTrue({"touch", "application"} <= {one["kind"] for one in told})
        self.assertEqual(again.candidate_last_touch_at, candidate.last_touch_at)

    def test_an_application_of_nobody_has_no_history(self):
        nobody = self.env["hr.applicant"].new({"partner_name": "Nobody"})
        self.assertEqual(nobody.timeline(), {"entries": [], "next": False})

    def test_the_employee_works_where_the_job_is_and_can_be_reached_at_home(self):
        plant = self.env["res.partner"].create({"name": "Plant", "city": "Ghent"})
        self.job.address_id = plant
        application = self._apply(partner_phone="+32 9 000 00 00")
        application.candidate_id.write(
            {"city": "Bruges", "country_id": self.env.ref("base.be").id}
        )
        application.create_employee_from_applicant()
        employee = application.employee_id
        self.assertEqual(employee.address_id, plant)
        self.assertEqual(employee.private_city, "Bruges")
        self.assertEqual(employee.private_country_id, self.env.ref("base.be"))
        self.assertEqual(employee.private_email, "ann@example.com")

    def test_a_job_without_a_place_keeps_the_address_of_the_company(self):
        self.job.address_id = False
        application = self._apply()
        application.create_employee_from_applicant()
        self.assertEqual(
            application.employee_id.address_id, application.company_id.partner_id
        )

    def test_the_employee_has_the_levels_that_were_shown_not_those_claimed(self):
        application = self._apply(
            current_applicant_skill_ids=[
                self._skill_line(self.weaving, 100),
                self._skill_line(self.baking, 60),
            ]
        )
        application.candidate_id._prove(self.weaving, 60)
        application.candidate_id._prove(self.forging, 100)
        application.create_employee_from_applicant()
        levels = {
            line.skill_id: line.level_progress
            for line in application.employee_id.employee_skill_ids
        }
        self.assertEqual(levels, {self.weaving: 60, self.baking: 60, self.forging: 100})
