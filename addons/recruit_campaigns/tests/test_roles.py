from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.recruit_crm.tests.test_roles import OPERATIONS, ROLES, SOURCER

from .common import CampaignsCommon

# As in recruit_crm: (employee, interviewer, sourcer, officer, manager, privacy officer)
WRITTEN = ("", "", "r", "rwcu", "rwcu", "r")
KEPT = ("", "", "r", "r", "r", "r")  # by the engine alone
MATRIX = {
    "recruit.campaign": WRITTEN,
    "recruit.campaign.step": WRITTEN,
    "recruit.campaign.variant": WRITTEN,
    "recruit.campaign.version": KEPT,
    "recruit.campaign.publish": ("", "", "", "rwcu", "rwcu", ""),
    "recruit.campaign.enrollment": KEPT,
    "recruit.campaign.delivery": KEPT,
    "recruit.campaign.departure": ("", "", "", "", "", ""),
    "recruit.campaign.event": KEPT,
    "recruit.campaign.forecast": ("", "", "r", "r", "r", ""),
    "recruit.campaign.forecast.day": ("", "", "r", "r", "r", ""),
    "recruit.campaign.tally": KEPT,
    "recruit.campaign.result": KEPT,
    "recruit.campaign.reply": ("", "", "rw", "rw", "rw", "r"),
    "recruit.mail.domain": ("", "", "", "r", "rw", ""),
    "recruit.mail.suppression": ("", "", "r", "ru", "ru", "ru"),
    "recruit.topic": WRITTEN,
    "recruit.optout": KEPT,
    "recruit.sender.domain": ("", "", "", "r", "rwcu", ""),
    "recruit.sender.permission": ("", "", "r", "r", "r", ""),
    "recruit.campaign.sample": ("", "", "r", "r", "rwcu", ""),
    "recruit.campaign.sample.step": ("", "", "r", "r", "rwcu", ""),
    "recruit.campaign.line": ("", "", "rwcu", "rwcu", "rwcu", ""),
    "recruit.campaign.preview": ("", "", "rwcu", "rwcu", "rwcu", ""),
    "recruit.campaign.trial": ("", "", "", "rwcu", "rwcu", ""),
    "recruit.campaign.add": ("", "", "rwcu", "rwcu", "rwcu", ""),
}


@tagged("post_install", "-at_install")
class TestRoles(CampaignsCommon):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            role: new_test_user(cls.env, f"role_{number}", groups=role)
            for number, role in enumerate(ROLES)
        }
        cls.sourcer = cls.users[SOURCER]

    def test_every_model_of_this_addon_has_a_row_in_the_matrix(self):
        own = {
            name
            for name, model in self.env.registry.items()
            if model._original_module == "recruit_campaigns" and not model._abstract
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

    def test_a_sourcer_puts_people_in_and_takes_them_out(self):
        self.campaign.action_start()
        dora = self.env["recruit.candidate"].create(
            {"name": "Dora", "email": "dora@example.com"}
        )
        mine = self.campaign.with_user(self.sourcer)
        self.assertEqual(mine.enroll(dora.ids)["enrolled"], dora.ids)
        self.assertEqual(dora.with_user(self.sourcer).enrollment_count, 1)
        mine.enrollment_ids.action_exit()
        self.env.invalidate_all()
        self.assertEqual(mine.active_count, 0)

    def test_a_sourcer_adds_people_from_their_list_and_is_told_who_stays_out(self):
        self.campaign.action_start()
        people = self.env["recruit.candidate"].create(
            [{"name": "Dora", "email": "dora@example.com"}, {"name": "No address"}]
        )
        action = people.with_user(self.sourcer).action_add_to_campaign()
        wizard = (
            self.env[action["res_model"]]
            .with_user(self.sourcer)
            .with_context(**action["context"])
            .create({"campaign_id": self.campaign.id})
        )
        said = wizard.action_add()["params"]
        self.assertEqual(said["type"], "warning")
        self.assertIn("No address: Has no valid e-mail address", said["message"])
        self.assertEqual(people.enrollment_ids.candidate_id, people[0])
        with self.assertRaisesRegex(UserError, "Enrolled in this campaign before"):
            wizard.action_add()

    def test_a_sourcer_leaves_what_is_sent_and_when_to_officers(self):
        mine = self.campaign.with_user(self.sourcer)
        for act, state in (
            ("action_start", "draft"),
            ("action_pause", "running"),
            ("action_resume", "paused"),
            ("action_close", "running"),
        ):
            self.campaign.state = state
            with self.subTest(act=act), self.assertRaises(AccessError):
                getattr(mine, act)()
        with self.assertRaises(AccessError):
            mine.step_ids[:1].subject = "Another"

    def test_a_privacy_officer_sees_what_somebody_got_and_enrolls_nobody(self):
        self.campaign.action_start()
        privacy = self.users["recruit_crm.group_recruit_privacy_officer"]
        mine = self.ann.with_user(privacy)
        self.assertEqual(mine.enrollment_ids.delivery_ids.state, "planned")
        with self.assertRaises(AccessError):
            self.campaign.with_user(privacy).enroll(self.ann.ids)
        with self.assertRaises(AccessError):
            mine.enrollment_ids.action_exit()
