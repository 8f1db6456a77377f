from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from .common import RecruitCrmCommon


@tagged("post_install", "-at_install")
class TestRelationship(RecruitCrmCommon):
    def setUp(self):
        super().setUp()
        self.ann = self._candidate(email="ann@example.com")
        self.today = self.env["recruit.clock"].now().date()

    def _later(self, **delta):
        """Move the clock of the product; returns the context manager."""
        moment = self.env["recruit.clock"].now() + timedelta(**delta)
        clock = self.env.registry["recruit.clock"]
        return patch.object(clock, "now", lambda _clock: moment)

    def _wake(self):
        with self.enter_registry_test_mode():
            cron = self.env.ref("recruit_crm.ir_cron_wake_candidates")
            cron.method_direct_trigger()

    # state and its log

    def test_each_move_of_the_state_is_logged_with_event_author_and_moment(self):
        application = self._apply(email="ann@example.com")
        self._refuse(application)
        self.ann.with_user(self.user_officer).state = "engaged"
        moves = self.ann.state_change_ids.sorted("id")
        self.assertEqual(
            moves.mapped(lambda one: (one.from_state, one.to_state, one.event)),
            [
                ("new", "in_process", "applied"),
                ("in_process", "nurturing", "refused"),
                ("nurturing", "engaged", "hand"),
            ],
        )
        self.assertEqual(moves[-1].user_id, self.user_officer)
        self.assertTrue(all(moves.mapped("changed_at")))

    def test_writing_the_state_it_has_logs_nothing(self):
        self.ann.state = "new"
        self.assertFalse(self.ann.state_change_ids)

    def test_a_wish_for_silence_keeps_its_reason_until_it_is_taken_back(self):
        wizard = self.env["recruit.candidate.silence"].create(
            {"candidate_ids": self.ann.ids, "reason": "Moved abroad"}
        )
        wizard.action_apply()
        self.assertEqual(self.ann.state, "do_not_contact")
        self.assertIn("Moved abroad", self.ann.unreachable_reason)
        self.assertEqual(self.ann.state_change_ids.reason, "Moved abroad")
        self.ann.action_allow_contact()
        self.assertFalse(self.ann.do_not_contact_reason)
        self.assertFalse(self.ann.unreachable_reason)

    # snooze

    def test_a_snoozed_person_wakes_on_the_day_with_an_activity_for_the_owner(self):
        self.ann.user_id = self.user_officer
        self.ann.action_snooze(self.today + timedelta(days=30), "After the bonus")
        with self._later(days=29):
            self._wake()
            self.assertTrue(self.ann.snoozed_until)
        with self._later(days=30):
            self._wake()
            self._wake()
        self.assertFalse(self.ann.snoozed_until)
        activity = self.ann.activity_ids
        self.assertEqual(len(activity), 1)
        self.assertEqual(activity.user_id, self.user_officer)
        self.assertIn("After the bonus", activity.note)

    def test_without_an_owner_the_activity_is_of_who_snoozed(self):
        ann = self.ann.with_user(self.user_manager)
        ann.action_snooze(str(self.today + timedelta(days=1)))
        with self._later(days=2):
            self._wake()
        self.assertEqual(self.ann.activity_ids.user_id, self.user_manager)

    def test_an_archived_person_wakes_without_a_word(self):
        self.ann.user_id = self.user_officer
        self.ann.action_snooze(self.today + timedelta(days=1))
        self.ann.active = False
        with self._later(days=1):
            self._wake()
        self.assertFalse(self.ann.snoozed_until)
        self.assertFalse(self.ann.activity_ids)

    def test_who_applies_or_replies_wakes_up(self):
        for kind in ("applied", "replied"):
            with self.subTest(kind=kind):
                self.ann.action_snooze(self.today + timedelta(days=5))
                self.ann._record_event(kind)
                self.assertFalse(self.ann.snoozed_until)

    def test_a_day_gone_by_is_refused_with_a_sentence(self):
        for day in (self.today, self.today - timedelta(days=1), False):
            with self.subTest(day=day), self.assertRaises(ValidationError):
                self.ann.action_snooze(day)

    def test_the_quick_choices_reckon_the_day(self):
        action = self.ann.action_ask_snooze()
        form = Form(
            self.env[action["res_model"]].with_context(**action["context"]),
            "recruit_crm.recruit_candidate_snooze_view_form",
        )
        month = form.until
        form.choice = "three_months"
        quarter = form.until
        self.assertLess(self.today + timedelta(days=27), month)
        self.assertLess(self.today + timedelta(days=88), quarter)
        form.choice = "date"
        form.until = self.today + timedelta(days=10)
        form.save().action_apply()
        self.assertEqual(self.ann.snoozed_until, self.today + timedelta(days=10))

    # freshness

    def _fresh(self, word):
        return self.env["recruit.candidate"].search(
            [("freshness", "=", word), ("id", "=", self.ann.id)]
        )

    def test_freshness_fades_and_search_and_field_agree(self):
        self.ann.action_confirm_data()
        for days, word in ((0, "fresh"), (200, "aging"), (400, "stale")):
            with self.subTest(days=days), self._later(days=days):
                self.ann.invalidate_recordset(["freshness"])
                self.assertEqual(self.ann.freshness, word)
                self.assertTrue(self._fresh(word))
                for other in {"fresh", "aging", "stale"} - {word}:
                    self.assertFalse(self._fresh(other))

    def test_a_contact_freshens_as_a_confirmation_does(self):
        now = self.env["recruit.clock"].now()
        self.ann.data_confirmed_at = now - timedelta(days=800)
        self.assertEqual(self.ann.freshness, "stale")
        self.ann._log_touch("call")
        self.assertEqual(self.ann.freshness, "fresh")

    def test_settings_change_when_data_ages(self):
        settings = self.env["res.config.settings"].create(
            {"recruit_aging_months": 1, "recruit_stale_months": 2}
        )
        settings.execute()
        self.ann.data_confirmed_at = self.env["recruit.clock"].now() - timedelta(
            days=45
        )
        self.assertEqual(self.ann.freshness, "aging")

    def test_available_from_a_date_asks_for_the_date(self):
        with self.assertRaises(ValidationError):
            self.ann.availability = "from_date"

    def test_the_search_panel_offers_the_countries_where_people_live(self):
        belgium = self.env.ref("base.be")
        self.ann.country_id = belgium
        offered = self.env["recruit.candidate"].search_panel_select_multi_range(
            "country_id", limit=200
        )["values"]
        self.assertIn(belgium.id, [value["id"] for value in offered])
        self.assertNotIn(self.env.ref("base.aq").id, [one["id"] for one in offered])

    # documents and meetings

    def _attach(self, record, name="cv.pdf"):
        return self.env["ir.attachment"].create(
            {
                "name": name,
                "raw": b"%PDF-1.4",
                "mimetype": "application/pdf",
                "res_model": record._name,
                "res_id": record.id,
            }
        )

    def test_documents_of_all_applications_are_the_persons(self):
        applications = [self._apply(), self._apply(job=self.other_job)]
        documents = self._attach(self.ann, "notes.pdf")
        for application in applications:
            documents |= self._attach(application)
        self._attach(self._apply("Ben", "ben@example.com"))
        self.assertEqual(self.ann.document_count, 3)
        action = self.ann.action_view_documents()
        self.assertEqual(self.env["ir.attachment"].search(action["domain"]), documents)
        self.assertEqual(self.ann._get_mail_thread_data_attachments(), documents)

    def test_the_cv_of_the_latest_application_is_previewed(self):
        for job in (self.job, self.other_job):
            application = self._apply(job=job)
            cv = self._attach(application)
            application._message_set_main_attachment_id(cv)
            self.assertEqual(self.ann.message_main_attachment_id, cv)

    def test_meetings_of_all_applications_are_the_persons(self):
        now = self.env["recruit.clock"].now()
        times = {"start": now, "stop": now + timedelta(hours=1)}
        Event = self.env["calendar.event"]
        Event.create({"name": "Interview", "applicant_id": self._apply().id, **times})
        action = self.ann.action_view_meetings()
        Event.with_context(**action["context"]).create({"name": "Coffee", **times})
        self.assertEqual(self.ann.meeting_count, 2)
        self.assertEqual(Event.search_count(action["domain"]), 2)

    def test_an_interviewer_counts_what_they_may_read(self):
        own, other = self._apply(), self._apply(job=self.other_job)
        own.interviewer_ids = self.user_interviewer
        self._attach(own)
        self._attach(other)
        ann = self.ann.with_user(self.user_interviewer)
        self.assertEqual(ann.document_count, 1)
