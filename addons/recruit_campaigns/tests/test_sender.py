from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import TOKEN, CampaignsCommon

RECRUITER = "hr_recruitment.group_hr_recruitment_user"


@tagged("post_install", "-at_install")
class TestSender(CampaignsCommon):
    """In whose name a campaign writes, and only with their permission."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.olga = new_test_user(
            cls.env,
            "olga",
            groups=RECRUITER,
            email="olga@example.com",
            name="Olga Owner",
        )
        cls.ann.user_id = cls.olga
        cls.campaign.sender_policy = "owner"

    def _allow(self, user=None):
        (user or self.olga).with_user(user or self.olga).action_allow_recruit_sending()

    def _authors(self, letters):
        return {
            self.deliveries.browse(one.delivery_id).candidate_id: one.author_from
            for one in letters
        }

    def test_owner_who_allows_it_is_the_sender_of_their_own_candidates(self):
        self._allow()
        self._allow()
        letters = self._letters()
        self.assertEqual(
            self._authors(letters),
            {
                self.ann: self.olga.email_formatted,
                self.ben: self.officer.email_formatted,
                self.clara: self.officer.email_formatted,
            },
        )
        [to_ann] = [one for one in letters if one.author_from.startswith('"Olga')]
        self.assertEqual(to_ann.sequel.kept.author_id, self.olga.partner_id.id)

    def test_owner_who_has_not_allowed_it_is_nobodys_sender(self):
        self.assertEqual(
            set(self._authors(self._letters()).values()), {self.officer.email_formatted}
        )

    def test_message_is_held_where_the_owner_has_not_allowed_it_and_it_is_so_chosen(
        self,
    ):
        self.campaign.sender_fallback = "hold"
        self.assertFalse(self._letters())
        self.env.invalidate_all()
        held = self._delivery(self.ann)
        self.assertEqual(held.state, "planned")
        self.assertIn("Olga Owner has not allowed", held.reason)
        self.assertIn("Nobody owns", self._delivery(self.ben).reason)
        self.assertFalse(self._claim(), "not tried again at once")
        self._allow()
        self.env.flush_all()
        self.assertEqual([*self._authors(self._letters())], [self.ann])

    def test_held_message_goes_on_with_another_owner(self):
        self.campaign.sender_fallback = "hold"
        self.assertFalse(self._letters())
        self.env.invalidate_all()
        self._allow()
        self._letters()
        self.ben.user_id = self.olga
        self.assertEqual([*self._authors(self._letters())], [self.ben])

    def test_revoked_permission_stops_what_is_being_prepared(self):
        self._allow()
        now = self._moment()
        letters = self._letters(now)
        [letter] = [one for one in letters if one.author_from.startswith('"Olga')]
        self.olga.with_user(self.olga).action_revoke_recruit_sending()
        row = self.deliveries.browse(letter.delivery_id)
        self.assertFalse(row._fence(TOKEN, letter.address, now))
        self.assertFalse(self.olga.recruit_sending_since)
        self.assertEqual(
            self._authors(self._letters())[self.ann], self.officer.email_formatted
        )

    def test_owner_who_has_left_is_a_reason_to_hold(self):
        self._allow()
        self.campaign.sender_fallback = "hold"
        self.olga.active = False
        self._letters()
        self.env.invalidate_all()
        self.assertEqual(
            self._delivery(self.ann).reason,
            "Olga Owner has left. Choose somebody else.",
        )

    def test_fixed_sender_who_has_left_holds_everything_until_there_is_another(self):
        self.campaign.sender_policy = "fixed"
        self.campaign.action_start()
        self.officer.active = False
        self.assertFalse(self._letters())
        self.env.invalidate_all()
        self.assertIn(
            "has left. Choose another sender", self._delivery(self.ben).reason
        )
        self.campaign.user_id = self.olga
        self.assertEqual(
            set(self._authors(self._letters()).values()), {self.olga.email_formatted}
        )

    def test_campaign_whose_sender_has_left_does_not_start(self):
        self.officer.active = False
        with self.assertRaisesRegex(UserError, "has left"):
            self.campaign.action_start()

    def test_hiring_manager_of_the_job_is_the_sender(self):
        manager = self.env["hr.employee"].create(
            {"name": "Olga Owner", "user_id": self.olga.id}
        )
        department = self.env["hr.department"].create(
            {"name": "Weaving", "manager_id": manager.id}
        )
        job = self.env["hr.job"].create(
            {"name": "Weaver", "department_id": department.id}
        )
        self.campaign.write(
            {
                "sender_policy": "hiring_manager",
                "sender_fallback": "hold",
                "job_id": job.id,
            }
        )
        with self.assertRaisesRegex(UserError, "Olga Owner has not allowed"):
            self.campaign.action_start()
        self._allow()
        self.assertEqual(
            set(self._authors(self._letters()).values()), {self.olga.email_formatted}
        )

    def test_nobody_allows_or_revokes_it_for_somebody_else(self):
        self._allow()
        permission = self.env["recruit.sender.permission"].search(
            [("user_id", "=", self.olga.id)]
        )
        for act in (
            lambda: self.olga.with_user(self.officer).action_allow_recruit_sending(),
            lambda: self.olga.with_user(self.officer).action_revoke_recruit_sending(),
            lambda: permission.with_user(self.officer).action_revoke(),
            lambda: permission.with_user(self.officer).write({"revoked_at": False}),
        ):
            with self.assertRaises(AccessError):
                act()
        self.assertTrue(permission.granted_at)
        self.assertFalse(permission.revoked_at)

    def test_what_was_allowed_and_revoked_is_kept(self):
        self._allow()
        self.olga.with_user(self.olga).action_revoke_recruit_sending()
        self._allow()
        rows = self.env["recruit.sender.permission"].search(
            [("user_id", "=", self.olga.id)]
        )
        self.assertEqual(len(rows), 2)
        self.assertEqual(len(rows.filtered("revoked_at")), 1)

    def test_many_senders_take_hardly_more_statements_than_one(self):
        owners = [
            new_test_user(
                self.env, f"owner{n}", groups=RECRUITER, email=f"owner{n}@example.com"
            )
            for n in range(8)
        ]
        people = self.env["recruit.candidate"].create(
            [
                {
                    "name": f"P{n}",
                    "email": f"p{n}@x.example",
                    "user_id": owners[n % 8].id,
                }
                for n in range(40)
            ]
        )
        for owner in owners:
            self._allow(owner)
        self.campaign.action_start()
        self.campaign.enroll(people.ids)
        claimed = self._claim()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        letters = self._letters_of(claimed)
        self.assertLessEqual(self.env.cr.sql_log_count - before, 90)
        self.assertEqual(len({one.author_from for one in letters}), 9)

    def test_closed_job_ends_the_campaign_about_it(self):
        job = self.env["hr.job"].create({"name": "Weaver"})
        self.campaign.write({"job_id": job.id, "sender_policy": "fixed"})
        self.campaign.action_start()
        job.active = False
        self.assertEqual(self.campaign.state, "closed")
        self.env["recruit.campaign.enrollment"]._leave_closed_campaigns(10)
        self.assertEqual(
            set(self.campaign.enrollment_ids.mapped("exit_reason")), {"job_closed"}
        )
        self.assertEqual(self._delivery(self.ann).reason, "The job was closed")

    def test_settings_of_the_sender_are_in_a_copy(self):
        job = self.env["hr.job"].create({"name": "Weaver"})
        self.campaign.write({"job_id": job.id, "sender_fallback": "hold"})
        copy = self.campaign.copy()
        self.assertEqual(
            (copy.sender_policy, copy.sender_fallback, copy.job_id),
            ("owner", "hold", job),
        )
