from odoo.tests import new_test_user, tagged

from odoo.addons.recruit_crm.tests.test_roles import OPERATIONS, ROLES

from .common_interview import INTERVIEWER, InterviewCase

# As in recruit_crm: (employee, interviewer, sourcer, officer, manager, privacy officer)
KIT = ("", "r", "r", "rwcu", "rwcu", "")
CARD = ("", "rw", "rw", "rw", "rw", "r")
OFFICERS = ("", "", "", "rwcu", "rwcu", "")
PROMISE = ("", "", "rwcu", "rwcu", "rwcu", "r")
MATRIX = {
    "recruit.disposition": ("", "r", "r", "r", "r", "r"),
    "recruit.medal": ("", "r", "r", "rwc", "rwcu", "r"),
    "recruit.medal.loop": ("", "", "", "r", "r", ""),
    "recruit.interview.attribute": KIT,
    "recruit.interview.kit": KIT,
    "recruit.interview.kit.attribute": KIT,
    "recruit.interview.kit.question": KIT,
    "recruit.interview.kit.copy": OFFICERS,
    "recruit.scorecard": CARD,
    "recruit.scorecard.rating": CARD,
    "recruit.scorecard.answer": CARD,
    "recruit.scorecard.status": ("", "", "", "r", "r", ""),
    "recruit.job.close": OFFICERS,
    "recruit.job.close.line": OFFICERS,
    "recruit.promise": PROMISE,
    "recruit.promise.skill": PROMISE,
}


@tagged("post_install", "-at_install")
class TestRoles(InterviewCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            role: new_test_user(cls.env, f"role_{number}", groups=role)
            for number, role in enumerate(ROLES)
        }

    def test_every_model_of_this_addon_has_a_row_in_the_matrix(self):
        own = {
            name
            for name, model in self.env.registry.items()
            if model._original_module == "recruit_ats_ext" and not model._abstract
        }
        self.assertEqual(own - MATRIX.keys(), set())

    def test_each_role_may_do_what_the_matrix_says_and_no_more(self):
        for model, rights in MATRIX.items():
            for role, allowed in zip(ROLES, rights, strict=True):
                mine = self.env[model].with_user(self.users[role])
                for operation in OPERATIONS:
                    with self.subTest(model=model, role=role, operation=operation):
                        self.assertEqual(
                            mine.has_access(operation), operation[0] in allowed
                        )

    def _one_of_each(self, company):
        """A record of each model that is about a person, in this company."""
        there = {"company_id": company.id, "company_ids": company.ids}
        inga = new_test_user(self.env, "inga", INTERVIEWER, **there)
        application = self.apply("Cleo", company_id=company.id)
        application.interviewer_ids = inga
        card = self.card(inga, application).sudo()
        card.recommendation = "yes"
        self.refuse(application)
        promise = self.env["recruit.promise"].create(
            {
                "candidate_id": application.candidate_id.id,
                "words": "When somebody grinds at night",
                "skill_ids": [(0, 0, {"skill_id": self.skill.id, "level": 50})],
            }
        )
        return [
            application.medal_ids,
            application.disposition_ids,
            card,
            card.rating_ids,
            promise,
            promise.skill_ids,
        ]

    def test_no_role_does_anything_to_a_record_of_another_company(self):
        company = self.env["res.company"].create({"name": "Branch"})
        for record in self._one_of_each(company):
            self.assertEqual(record.company_id, company, record._name)
            for role in ROLES:
                mine = record.with_user(self.users[role])
                for operation in OPERATIONS:
                    with self.subTest(
                        model=record._name, role=role, operation=operation
                    ):
                        self.assertFalse(mine.has_access(operation))

    def test_a_sourcer_sees_every_medal_and_what_was_decided(self):
        sourcer = self.users["recruit_crm.group_recruit_sourcer"]
        self.refuse(self.applicant)
        for record in (self.applicant.medal_ids, self.applicant.disposition_ids):
            with self.subTest(model=record._name):
                self.assertTrue(record.with_user(sourcer).has_access("read"))
