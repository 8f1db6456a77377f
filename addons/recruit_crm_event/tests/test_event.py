from datetime import timedelta

from odoo.tests import TransactionCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestEvent(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.now = cls.env["recruit.clock"].now()
        cls.fair = cls._event("Fair of Ghent", is_recruiting=True)
        cls.ann = cls.env["recruit.candidate"].create(
            {"name": "Ann Lee", "email": "ann@example.com"}
        )

    @classmethod
    def _event(cls, name, days_ago=10, **values):
        begin = cls.now - timedelta(days=days_ago)
        return cls.env["event.event"].create(
            {
                "name": name,
                "date_begin": begin,
                "date_end": begin + timedelta(hours=6),
                **values,
            }
        )

    def _register(self, event=None, email="ann@example.com", **values):
        return self.env["event.registration"].create(
            {
                "event_id": (event or self.fair).id,
                "name": "Ann Lee",
                "email": email,
                **values,
            }
        )

    def _kinds(self, person=None):
        return sorted((person or self.ann).touch_ids.mapped("kind"))

    def test_a_registration_is_a_touch_and_once(self):
        registration = self._register()
        registration.state = "open"
        registration.action_confirm()
        self.assertEqual(self._kinds(), ["event_registered"])
        touch = self.ann.touch_ids
        self.assertEqual(touch.source, "Fair of Ghent")
        self.assertEqual(touch.channel_id.complete_name, "Events / Fairs and meetups")
        self.assertTrue(touch.verified)
        self.assertEqual(
            touch.action_open_document()["res_model"], "event.registration"
        )

    def test_who_came_was_there_when_the_event_was_though_the_badge_came_later(self):
        call = self.ann._log_touch("call", occurred_at=self.now - timedelta(days=2))
        registration = self._register()
        registered = self.ann.touch_ids - call
        self.assertEqual(registered.occurred_at, self.fair.date_begin)
        registration.action_set_done()
        self.assertEqual(self._kinds(), ["call", "event_attended", "event_registered"])
        attended = self.ann.touch_ids - call - registered
        self.assertEqual(attended.occurred_at, self.fair.date_end)
        self.assertEqual(self.ann.first_touch_id, registered)
        moves = self.env["recruit.touch.move"].search([])
        self.assertIn(
            (call, registered), [(m.from_touch_id, m.to_touch_id) for m in moves]
        )

    def test_a_registration_before_the_event_is_of_its_own_day(self):
        soon = self._event("Open day", days_ago=-5, is_recruiting=True)
        registration = self._register(soon)
        self.assertEqual(
            self.ann.touch_ids.occurred_at,
            registration.create_date.replace(microsecond=0),
        )

    def test_a_stranger_at_a_recruiting_event_becomes_a_candidate(self):
        self._register(email="New.Person@Example.com")
        person = self.env["recruit.candidate"]._find_by_identity(
            "email", "new.person@example.com"
        )
        self.assertEqual(self._kinds(person), ["event_registered"])

    def test_a_stranger_at_another_event_stays_one(self):
        webinar = self._event("Webinar for customers")
        self._register(webinar, email="customer@example.com")
        self._register(webinar)
        find = self.env["recruit.candidate"]._find_by_identity
        self.assertFalse(find("email", "customer@example.com"))
        self.assertEqual(self._kinds(), ["event_registered"])

    def test_who_cancelled_or_left_no_address_is_nobody(self):
        count = self.env["recruit.touch"].search_count([])
        self._register(state="cancel")
        self._register(state="draft")
        self._register(email="no address")
        self._register(email=False)
        self.assertEqual(self.env["recruit.touch"].search_count([]), count)

    def test_the_words_of_the_registration_are_one_set(self):
        source = self.env["utm.source"].create({"name": "Paper of Ghent"})
        self._register(utm_source_id=source.id)
        touch = self.ann.touch_ids
        self.assertEqual(
            (touch.source, touch.medium, touch.campaign),
            ("Paper of Ghent", False, False),
        )

    def test_the_job_of_the_event_is_that_of_the_touch(self):
        self.fair.recruit_job_id = self.env["hr.job"].create({"name": "Weaver"})
        self._register()
        self.assertEqual(self.ann.touch_ids.job_id, self.fair.recruit_job_id)

    def test_the_event_opens_its_candidates(self):
        self._register()
        self.fair.invalidate_recordset()
        self.assertEqual(self.fair.recruit_candidate_count, 1)
        action = self.fair.action_view_recruit_candidates()
        self.assertEqual(action["domain"], [("id", "in", self.ann.ids)])

    def test_who_keeps_events_needs_no_right_to_candidates(self):
        user = new_test_user(
            self.env, "event_keeper", groups="event.group_event_manager"
        )
        event = self.fair.with_user(user)
        event.env["event.registration"].create(
            {"event_id": event.id, "name": "Ann Lee", "email": "ann@example.com"}
        )
        self.assertEqual(self._kinds(), ["event_registered"])
        self.assertEqual(event.recruit_candidate_count, 0)
        self.assertFalse(self.env["recruit.touch"].with_user(user).has_access("read"))

    def test_an_event_of_a_company_finds_the_people_of_that_company(self):
        other = self.env["res.company"].create({"name": "Other"})
        there = self._event("There", is_recruiting=True, company_id=other.id)
        self._register(there)
        self.assertFalse(self.ann.touch_ids)
        person = self.env["recruit.candidate"]._find_by_identity(
            "email", "ann@example.com", other
        )
        self.assertEqual(person.company_id, other)
        self.assertEqual(self._kinds(person), ["event_registered"])

    def test_coming_to_an_event_is_told_once_to_whoever_listens(self):
        self.assertIn("event_attended", self.ann._event_labels())
        registration = self._register()
        self.assertEqual(len(registration._not_yet_told([(registration, self.ann)])), 0)
        registration.write({"state": "done"})
        self.assertFalse(registration._not_yet_told([(registration, self.ann)]))
