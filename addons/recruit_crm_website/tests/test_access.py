from odoo.tests import HttpCase, new_test_user, tagged

from .test_check_recent_application import ROUTE

# Who asks: nobody, a visitor with an account, a recruiter.
ASKING = (None, "base.group_portal", "hr_recruitment.group_hr_recruitment_user")


@tagged("post_install", "-at_install")
class TestAccess(HttpCase):
    def test_everybody_may_ask_and_nobody_is_told(self):
        self.env["recruit.candidate"].create(
            {"name": "Ann Lee", "email": "ann@example.com"}
        )
        for number, group in enumerate(ASKING):
            if group:
                login = f"asking_{number}"
                new_test_user(self.env, login, groups=group, password=login)
                self.authenticate(login, login)
            question = {"field": "email", "value": "ann@example.com", "job_id": "1"}
            with self.subTest(group=group):
                self.assertEqual(
                    self.make_jsonrpc_request(ROUTE, question), {"message": None}
                )

    def test_a_visitor_applies_and_reads_neither_candidates_nor_applications(self):
        public = self.env.ref("base.public_user")
        for model in ("recruit.candidate", "recruit.identity", "recruit.touch"):
            with self.subTest(model=model):
                mine = self.env[model].with_user(public)
                for operation in ("read", "write", "create", "unlink"):
                    self.assertFalse(mine.has_access(operation))

    def test_this_addon_gives_no_rights_of_its_own(self):
        data = self.env["ir.model.data"].search(
            [
                ("module", "=", "recruit_crm_website"),
                ("model", "in", ("ir.model", "ir.model.access", "ir.rule")),
            ]
        )
        self.assertFalse(data)
