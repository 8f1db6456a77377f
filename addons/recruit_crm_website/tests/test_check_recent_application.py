from odoo.tests import HttpCase, tagged

ROUTE = "/website_hr_recruitment/check_recent_application"


@tagged("post_install", "-at_install")
class TestCheckRecentApplication(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.job = cls.env["hr.job"].create({"name": "Weaver", "is_published": True})
        cls.applicant = cls.env["hr.applicant"].create(
            {
                "partner_name": "Ann Lee",
                "email_from": "ann@example.com",
                "partner_phone": "+32470123456",
                "linkedin_profile": "linkedin.com/in/ann",
                "job_id": cls.job.id,
            }
        )

    def _ask(self, field, value):
        return self.make_jsonrpc_request(
            ROUTE, {"field": field, "value": value, "job_id": str(self.job.id)}
        )

    def _ask_everything(self):
        known = {
            "name": "Ann Lee",
            "email": "ann@example.com",
            "phone": "+32470123456",
            "linkedin": "linkedin.com/in/ann",
        }
        return [self._ask(field, value) for field, value in known.items()]

    def test_a_visitor_learns_nothing_of_an_open_application(self):
        stranger = self._ask("email", "nobody@example.com")
        self.assertEqual(self._ask_everything(), [stranger] * 4)

    def test_a_visitor_learns_nothing_of_a_refused_application(self):
        reason = self.env["hr.applicant.refuse.reason"].create({"name": "No"})
        self.applicant.write({"refuse_reason_id": reason.id, "active": False})
        stranger = self._ask("email", "nobody@example.com")
        self.assertEqual(self._ask_everything(), [stranger] * 4)

    def test_odd_questions_get_the_same_answer(self):
        for field, value in (("email", ""), ("birthday", "x"), ("name", "%" * 10000)):
            with self.subTest(field=field):
                self.assertEqual(self._ask(field, value), {"message": None})

    def test_the_form_that_asks_goes_on_to_send(self):
        answer = self.url_open(
            "/website/form/hr.applicant",
            data={
                "partner_name": "Ann Lee",
                "email_from": "ann@example.com",
                "job_id": str(self.job.id),
            },
        )
        new = self.env["hr.applicant"].browse(answer.json()["id"])
        self.assertEqual(new.candidate_id, self.applicant.candidate_id)
