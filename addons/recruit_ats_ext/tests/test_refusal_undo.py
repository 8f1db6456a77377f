from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import AtsCase


@tagged("post_install", "-at_install")
class TestRefusalUndo(AtsCase):
    def setUp(self):
        super().setUp()
        self.preferred.template_id = self.env.ref(
            "hr_recruitment.email_template_data_applicant_refuse"
        )
        self.applicant = self.apply("Ann")
        self.candidate = self.applicant.candidate_id

    def mails(self):
        domain = [("refused_applicant_id", "=", self.applicant.id)]
        return self.env["mail.mail"].search(domain)

    def test_the_mail_of_a_refusal_waits_as_long_as_the_dialog_says(self):
        now = self.env["recruit.clock"].now()
        self.refuse(self.applicant, send_mail=True, mail_delay_hours=48)
        wait = self.mails().scheduled_date - now
        self.assertAlmostEqual(wait / timedelta(hours=1), 48, delta=0.1)
        self.assertEqual(self.mails().state, "outgoing")

    def test_undoing_puts_back_the_stage_and_takes_back_mail_medal_and_pool(self):
        self.refuse(self.applicant, send_mail=True)
        self.assertIn(self.pool, self.candidate.pool_ids)
        self.applicant.action_undo_refusal()
        self.assertTrue(self.applicant.active)
        self.assertFalse(self.applicant.refuse_reason_id)
        self.assertEqual(self.applicant.stage_id, self.final_stage)
        self.assertEqual(self.mails().state, "cancel")
        self.assertEqual(self.applicant.medal_ids.state, "closed")
        self.assertTrue(self.applicant.disposition_ids.revoked_at)
        self.assertNotIn(self.pool, self.candidate.pool_ids)
        self.assertEqual(self.candidate.state, "in_process")

    def test_a_refusal_that_was_sent_is_undone_and_it_says_who_knows(self):
        self.refuse(self.applicant, send_mail=True)
        self.mails().state = "sent"
        notice = self.applicant.action_undo_refusal()["params"]
        self.assertEqual(notice["type"], "warning")
        self.assertIn("Ann", notice["message"])

    def test_a_refusal_of_last_week_is_not_undone_in_one_click(self):
        self.refuse(self.applicant)
        self.applicant.disposition_ids.disposed_at -= timedelta(days=7)
        with self.assertRaisesRegex(UserError, "last 24 hours"):
            self.applicant.action_undo_refusal()

    def test_who_may_not_write_the_application_may_not_undo_its_refusal(self):
        self.refuse(self.applicant)
        stranger = new_test_user(
            self.env, "nele", "hr_recruitment.group_hr_recruitment_interviewer"
        )
        with self.assertRaises(AccessError):
            self.applicant.with_user(stranger).action_undo_refusal()

    def test_refusing_answers_with_the_way_back(self):
        answer = self.dialog(self.applicant).action_refuse_reason_apply()
        self.assertEqual(answer["tag"], "recruit_refused")
        self.assertEqual(answer["params"]["ids"], self.applicant.ids)
