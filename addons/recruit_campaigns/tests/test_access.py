from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import CampaignsCommon

INTERVIEWER = "hr_recruitment.group_hr_recruitment_interviewer"
MODELS = (
    "recruit.campaign",
    "recruit.campaign.step",
    "recruit.campaign.variant",
    "recruit.campaign.enrollment",
    "recruit.campaign.delivery",
)


@tagged("post_install", "-at_install")
class TestAccess(CampaignsCommon):
    def setUp(self):
        super().setUp()
        self.campaign.action_start()

    def test_officer_when_reading_sees_all_and_the_engine_alone_writes_its_rows(self):
        for name in MODELS:
            model = self.env[name].with_user(self.officer)
            self.assertTrue(model.search([], limit=1), name)
        for name in MODELS[3:]:
            row = self.env[name].with_user(self.officer).search([], limit=1)
            for act in (
                lambda row=row: row.write({"state": "active"}),
                lambda row=row: row.unlink(),
                lambda row=row: row.copy(),
            ):
                with self.subTest(model=name), self.assertRaises(AccessError):
                    act()

    def test_interviewer_and_employee_when_reading_see_nothing(self):
        for group in (INTERVIEWER, "base.group_user"):
            user = new_test_user(self.env, f"nobody_{group[-4:]}", groups=group)
            for name in MODELS:
                with self.subTest(group=group, model=name):
                    self.assertFalse(self.env[name].with_user(user).has_access("read"))
            for act in ("action_start", "action_pause", "action_close"):
                with self.subTest(act=act), self.assertRaises(AccessError):
                    getattr(self.campaign.with_user(user), act)()
            with self.assertRaises(AccessError):
                self.campaign.with_user(user).enroll(self.ann.ids)
            with self.assertRaises(AccessError):
                self.campaign.enrollment_ids.with_user(user).action_exit()

    def test_officer_of_another_company_when_reading_sees_nothing(self):
        self.campaign.enrollment_ids.delivery_ids.flush_recordset()
        stranger = new_test_user(
            self.env,
            "stranger",
            groups="hr_recruitment.group_hr_recruitment_user",
            company_id=self.other_company.id,
            company_ids=self.other_company.ids,
        )
        for name in MODELS:
            with self.subTest(model=name):
                self.assertFalse(
                    self.env[name]
                    .with_user(stranger)
                    .search([("company_id", "=", self.campaign.company_id.id)])
                )
        with self.assertRaises(AccessError):
            self.campaign.with_user(stranger).enroll([])
        with self.assertRaises(AccessError):
            self._delivery(self.ann).with_user(stranger).action_retry()

    def test_interviewer_when_opening_a_candidate_is_not_told_of_campaigns(self):
        user = new_test_user(self.env, "interviewer", groups=INTERVIEWER)
        fields = self.env["recruit.candidate"].with_user(user).fields_get()
        self.assertNotIn("enrollment_ids", fields)
        self.assertIn("recruiting_opt_out", fields)

    def test_remedy_when_used_for_another_state_says_for_which_it_is(self):
        row = self._delivery(self.ann).with_user(self.officer)
        for remedy in ("action_retry", "action_assume_sent", "action_send_again"):
            with self.subTest(remedy=remedy), self.assertRaises(UserError):
                getattr(row, remedy)()
