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

    def test_the_rights_that_this_addon_gives_are_those_to_visits_alone(self):
        data = self.env["ir.model.data"].search(
            [
                ("module", "=", "recruit_crm_website"),
                ("model", "in", ("ir.model.access", "ir.rule")),
            ]
        )
        rights = self.env["ir.model.access"].search([("id", "in", _of(data, "access"))])
        rules = self.env["ir.rule"].search([("id", "in", _of(data, "rule"))])
        self.assertEqual(
            {one.model_id.model for one in [*rights, *rules]}, {"recruit.visit"}
        )


def _of(data, kind):
    return [one.res_id for one in data if one.model.endswith(kind)]
