import base64
import json

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged

PRIVACY = "recruit_crm.group_recruit_privacy_officer"
MANAGER = "hr_recruitment.group_hr_recruitment_manager"


@tagged("post_install", "-at_install")
class TestPrivacyExport(HttpCase):
    def setUp(self):
        super().setUp()
        self.officer = new_test_user(self.env, "export_privacy", groups=PRIVACY)
        self.manager = new_test_user(self.env, "export_manager", groups=MANAGER)
        application = self.env["hr.applicant"].create(
            {"partner_name": "Ann Lee", "email_from": "ann@example.com"}
        )
        self.ann = application.candidate_id
        self.ann._log_touch("call", evidence="Told of her plans")
        self.ann._give_consent("marketing", "form", evidence="Sheet 4")
        self.ann.message_post(body="Likes Ghent")
        self.env["ir.attachment"].create(
            {
                "name": "cv.txt",
                "raw": b"The CV of Ann",
                "res_model": "hr.applicant",
                "res_id": application.id,
            }
        )
        self.env["recruit.candidate"].create(
            {"name": "Ben Okafor", "email": "ben@example.com"}
        ).message_post(body="Likes Lagos")

    def _file(self, login):
        self.authenticate(login, login)
        return self.url_open(f"/recruit/privacy/export/{self.ann.id}")

    def test_the_file_has_everything_of_the_person_and_nothing_of_others(self):
        answer = self._file("export_privacy")
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        data = {part["model"]: part["rows"] for part in json.loads(answer.text)["data"]}
        self.assertEqual(data["recruit.candidate"][0]["email"], "ann@example.com")
        self.assertIn("Told of her plans", str(data["recruit.touch"]))
        self.assertIn("Sheet 4", str(data["recruit.consent"]))
        self.assertIn("Likes Ghent", str(data["mail.message"]))
        files = [row for row in data["ir.attachment"] if row["name"] == "cv.txt"]
        self.assertEqual(base64.b64decode(files[0]["content"]), b"The CV of Ann")
        for other in ("Ben Okafor", "ben@example.com", "Likes Lagos"):
            self.assertNotIn(other, answer.text)

    def test_colleagues_are_third_parties_and_are_not_named(self):
        self.ann.user_id = self.manager
        data = self.ann.with_user(self.officer)._export_person()
        person = next(
            part for part in data["data"] if part["model"] == "recruit.candidate"
        )
        self.assertNotIn("user_id", person["rows"][0])

    def test_nobody_but_a_privacy_officer_gets_it(self):
        self.assertEqual(self._file("export_manager").status_code, 403)
        mine = self.ann.with_user(self.manager)
        for method in ("action_export_json", "action_export_pdf", "_export_person"):
            with self.assertRaises(AccessError):
                getattr(mine, method)()
        report = self.env["ir.actions.report"].with_user(self.manager)
        with self.assertRaises(AccessError):
            report._render_qweb_html("recruit_crm.candidate_export", self.ann.ids)

    def test_the_print_shows_it_too(self):
        report = self.env["ir.actions.report"].with_user(self.officer)
        html, kind = report._render_qweb_html(
            "recruit_crm.candidate_export", self.ann.ids
        )
        self.assertEqual(kind, "html")
        self.assertIn("Likes Ghent", html.decode())
        self.assertIn("ann@example.com", html.decode())
