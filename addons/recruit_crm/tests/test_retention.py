from datetime import timedelta

from psycopg2.errors import CheckViolation

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from .common import RecruitCrmCommon


@tagged("post_install", "-at_install")
class TestRetention(RecruitCrmCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.runs = cls.env["recruit.retention.run"]
        cls.now = cls.env["recruit.clock"].now()
        cls.germany = cls.env.ref("base.de")
        cls.policy = cls.env.ref("recruit_crm.recruit_retention_policy_de")

    def _sourced(self, months, **values):
        """A person whom nobody was in touch with for some months."""
        person = self._candidate(
            values.pop("name", "Old Friend"),
            first_seen_at=self.now - timedelta(days=31 * months),
            source="Fair",
            **values,
        )
        self.env.cr.execute(
            SQL(
                "UPDATE recruit_candidate SET create_date = %s WHERE id = %s",
                self.now - timedelta(days=31 * months),
                person.id,
            )
        )
        return person

    def _refused(self, months, email="gone@example.com"):
        application = self._apply("Gone", email)
        application.candidate_id.country_id = self.germany
        self._refuse(application)
        application.refuse_date = self.now - timedelta(days=31 * months)
        return application.candidate_id

    def _night(self):
        cron = self.env.ref("recruit_crm.ir_cron_apply_retention")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()
        return self.runs.search([], limit=1)

    def test_who_is_over_time_and_cannot_be_told_is_erased_at_night(self):
        gone, fresh = self._sourced(26), self._sourced(2)
        run = self._night()
        self.assertTrue(gone.erased_at)
        self.assertFalse(fresh.erased_at)
        self.assertGreaterEqual(run.erased_count, 1)
        self.assertTrue(run.finished_at)
        certificate = self.env["recruit.erasure"].search(
            [("candidate_id", "=", gone.id)]
        )
        self.assertEqual(certificate.cause, "policy")

    def test_who_can_be_told_is_told_once_and_erased_a_month_later(self):
        gone = self._sourced(26, email="gone@example.com")
        self._night()
        mail = self.env["mail.mail"].search([("email_to", "=", "gone@example.com")])
        self.assertEqual(len(mail), 1)
        self.assertIn("/recruit/privacy/", mail.body_html)
        self.assertFalse(mail.model)
        self.assertFalse(gone.erased_at)
        self._night()
        self.assertEqual(
            self.env["mail.mail"].search([("email_to", "=", "gone@example.com")]), mail
        )
        gone.sudo().retention_warned_at = self.now - timedelta(days=31)
        self._night()
        self.assertTrue(gone.erased_at)

    def test_who_chooses_to_stay_after_the_mail_is_kept(self):
        person = self._sourced(26, email="stay@example.com")
        self._night()
        person._stay()
        person.sudo().retention_warned_at = self.now - timedelta(days=60)
        self._night()
        self.assertFalse(person.erased_at)
        self.assertGreater(person.retention_due_on, self.now.date())

    def test_a_message_that_we_sent_does_not_reset_the_time_and_an_answer_does(self):
        silent, answering = self._sourced(26), self._sourced(26)
        silent._log_touch("sent")
        answering._log_touch("replied")
        self._night()
        self.assertTrue(silent.erased_at)
        self.assertFalse(answering.erased_at)

    def test_a_country_and_an_outcome_have_their_own_time(self):
        person = self._refused(7)
        person.email = False
        self._night()
        self.assertTrue(person.erased_at)

    def test_nobody_is_erased_before_the_law_allows_not_even_on_request(self):
        person = self._refused(1)
        with self.assertRaisesRegex(UserError, "Must be kept until"):
            person._erase("request")
        self._night()
        self.assertFalse(person.erased_at)

    def test_a_legal_hold_keeps_who_is_over_time_and_the_run_says_so(self):
        person = self._sourced(26)
        person.write({"legal_hold": True, "legal_hold_reason": "Case 1"})
        run = self._night()
        self.assertFalse(person.erased_at)
        self.assertGreaterEqual(run.held_count, 1)

    def test_who_works_here_is_kept(self):
        person = self._sourced(26)
        self.env["hr.employee"].create({"name": "Ann", "candidate_id": person.id})
        self._night()
        self.assertFalse(person.erased_at)

    def test_a_place_in_a_pool_and_consent_to_it_keep_since_the_last_contact(self):
        person = self._refused(7)
        person._give_consent("pool", "form")
        self._night()
        self.assertFalse(person.erased_at)

    def test_an_interrupted_run_goes_on_where_it_stopped(self):
        people = [self._sourced(26, name=f"Old {number}") for number in range(3)]
        run = self.runs.create({"started_at": self.now})
        run.last_id = people[1].id
        self._night()
        self.assertFalse(people[0].erased_at or people[1].erased_at)
        self.assertTrue(people[2].erased_at)
        self.assertTrue(run.finished_at)
        self._night()
        self.assertTrue(people[0].erased_at and people[1].erased_at)

    def test_who_no_longer_agrees_to_pools_leaves_them_at_night(self):
        person = self._sourced(1)
        person._add_to_pool(self.pool)
        yesterday = self.now.date() - timedelta(days=1)
        person._give_consent("pool", "form", expires_on=yesterday)
        self._night()
        self.assertFalse(person.pool_ids)
        self.assertEqual(person.member_ids.left_reason, "Consent ran out")

    def test_a_policy_that_contradicts_itself_is_refused(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            self.policy.min_months = 30
            self.env.flush_all()
