import email
import email.policy

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged

from odoo.addons.recruit_campaigns.engine.message import with_sender

from .common import CampaignsCommon
from .test_engine_message import unstuffed

CITY = '<p>Hi <t t-out="object.name"/> in <t t-out="object.city"/>.</p>'
SENDER = "object.mail_author_id.name"


class PersonalCommon(CampaignsCommon):
    def _read(self, letter):
        message = email.message_from_bytes(
            unstuffed(with_sender(letter.author_from, letter.lines)),
            policy=email.policy.default,
        )
        return message, next(message.iter_parts()).get_content()

    def _texts(self, now=None):
        """What leaves now: {address: (message, text)}."""
        return {one.address: self._read(one) for one in self._letters(now)}


@tagged("post_install", "-at_install")
class TestMissingValues(PersonalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first_step.body_html = CITY
        (cls.ann + cls.ben).city = "Bonn"

    def test_who_lacks_a_value_waits_alone_and_the_field_is_named(self):
        self.assertEqual(self._texts().keys(), {"ann@example.com", "ben@example.com"})
        row = self._delivery(self.clara)
        self.assertEqual(
            (row.state, row.missing, row.attempt_count), ("planned", "city", 0)
        )
        self.assertIn("Missing for this person: City.", row.reason)
        self.assertGreater(row.due_at, self._now())
        self.assertEqual(self._enrollment(self.clara).state, "active")

    def test_a_value_that_is_filled_in_lets_the_message_go_at_once(self):
        self._letters()
        self.clara.headline = "Weaver"
        row = self._delivery(self.clara)
        self.assertFalse(row.missing or row.reason)
        self.assertEqual(self._texts(self._later(minutes=1)), {})
        self.assertEqual(row.missing, "city", "it was looked at, and still lacks it")
        self.clara.with_user(self.officer).city = "Köln"
        [[_message, text]] = self._texts(self._later(minutes=2)).values()
        self.assertIn("Clara Díaz in Köln", text)

    def test_a_fallback_that_is_given_later_lets_all_of_them_go(self):
        self._letters()
        self.first_step.body_html = CITY.replace(
            '"object.city"/>', '"object.city">your town</t>'
        )
        [[_message, text]] = self._texts(self._later(minutes=1)).values()
        self.assertIn("in your town", text)

    def test_a_subject_lacks_values_too(self):
        self.first_step.write(
            {"subject": "{{ object.headline }}", "body_html": "<p>Hi</p>"}
        )
        self.assertEqual(self._texts(), {})
        self.first_step.subject = "{{ object.headline ||| Hello }}"
        self.assertEqual(len(self._texts(self._later(minutes=1))), 3)

    def test_what_waits_is_looked_at_again_after_a_day(self):
        self._letters()
        self.env.cr.execute("UPDATE recruit_candidate SET city = 'Ulm'")
        self.env.invalidate_all()
        self.assertEqual(len(self._texts(self._later(hours=25))), 1)

    def test_placeholders_of_the_campaign_are_filled_in_and_others_refused(self):
        for path in ("goal", "enrollment_ids", "user_id.password", "company_id"):
            with self.subTest(path), self.assertRaises(ValidationError):
                self.first_step.with_user(
                    self.officer
                ).body_html = f'<t t-out="object.mail_campaign_id.{path}"/>'
        self.first_step.body_html = f'<p>Yours, <t t-out="{SENDER}"/></p>'
        texts = [text for _message, text in self._texts().values()]
        self.assertEqual(len(texts), 3)
        self.assertTrue(all(self.officer.name in text for text in texts))


@tagged("post_install", "-at_install")
class TestPersonalLine(PersonalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first_step.write(
            {
                "needs_line": True,
                "body_html": '<p>Hi. <t t-out="object.personal_line"/></p>',
            }
        )

    def _write(self, person, line, user=None):
        row = self._delivery(person).with_user(user or self.officer)
        action = row.action_write_line()
        wizard = (
            self.env[action["res_model"]]
            .with_user(user or self.officer)
            .with_context(**action["context"])
            .create({"line": line})
        )
        return wizard.action_save()

    def test_the_step_waits_until_somebody_has_written_the_line(self):
        self.assertEqual(self._texts(), {})
        row = self._delivery(self.ann)
        self.assertTrue(row.waits_for_line)
        self.assertIn("personal line", row.reason)
        self._write(self.ann, "  I still think of\nyour talk <b>. ")
        [[_message, text]] = self._texts(self._later(minutes=1)).values()
        self.assertIn("Hi. I still think of your talk <b>.", text)
        self.assertTrue(self._delivery(self.ben).waits_for_line)

    def test_a_line_that_is_empty_too_long_or_too_late_is_refused(self):
        self._texts()
        for line in (" ", "x" * 1001):
            with self.subTest(len(line)), self.assertRaisesRegex(UserError, "Write a"):
                self._write(self.ann, line)
        self._delivery(self.ben).enrollment_id._exit("by_hand")
        with self.assertRaisesRegex(UserError, "does not wait"):
            self._write(self.ben, "Hello")

    def test_who_may_not_use_campaigns_writes_no_line(self):
        self._texts()
        privacy = new_test_user(
            self.env, "line", groups="recruit_crm.group_recruit_privacy_officer"
        )
        with self.assertRaises(AccessError):
            self._write(self.ann, "Hello", privacy)

    def test_a_text_that_does_not_say_where_the_line_stands_is_told(self):
        self.first_step.body_html = "<p>Hi.</p>"
        with self.assertRaisesRegex(UserError, "waits for a personal line"):
            self.campaign.action_start()


@tagged("post_install", "-at_install")
class TestFollowUp(PersonalCommon):
    def test_a_follow_up_stands_under_the_first_message(self):
        self.second_step.is_reply = True
        self.assertEqual(self.second_step.display_name, "Re: Hello …")
        self._send_all()
        first = self._delivery(self.ann)
        self.assertEqual(first.subject, "Hello Ann")
        message, text = self._texts(self._later(days=4))["ann@example.com"]
        self.assertEqual(message["Subject"], "Re: Hello Ann")
        self.assertEqual(message["In-Reply-To"], first.message_id)
        self.assertEqual(message["References"], first.message_id)
        self.assertIn("One more word", text)

    def test_a_step_that_is_no_reply_has_its_own_subject_and_no_reference(self):
        self._send_all()
        message, _text = self._texts(self._later(days=4))["ann@example.com"]
        self.assertEqual(message["Subject"], "Still there?")
        self.assertFalse(message["In-Reply-To"])


@tagged("post_install", "-at_install")
class TestPreview(PersonalCommon):
    def _preview(self):
        action = self.first_step.with_user(self.officer).action_preview()
        return (
            self.env[action["res_model"]]
            .with_user(self.officer)
            .with_context(**action["context"])
            .create({})
        )

    def test_a_message_is_shown_as_each_person_would_get_it(self):
        self.first_step.body_html = CITY
        self.ann.city = "Bonn"
        preview = self._preview()
        preview.candidate_id = self.ann
        self.assertEqual(preview.subject, "Hello Ann")
        self.assertIn("Hi Ann Lee in Bonn.", preview.body)
        self.assertFalse(preview.missing or preview.stopped)
        self.ben._decline(campaign=self.campaign)
        preview.candidate_id = self.ben
        self.assertEqual(preview.missing, "City")
        self.assertEqual(preview.stopped, "Unsubscribed from this campaign")
        seen = set()
        for _person in self.people:
            preview.action_next()
            seen.add(preview.candidate_id)
        self.assertEqual(seen, set(self.people))

    def test_a_preview_leaves_no_trace(self):
        self._preview().read(["subject", "body"])
        self.assertFalse(self.campaign.enrollment_ids)
        utm = self.campaign.utm_campaign_id.id
        trackers = self.env["link.tracker"].search([("campaign_id", "=", utm)])
        self.assertFalse(trackers)
        self.assertNotIn("/recruit/open/", self._preview().body)


@tagged("post_install", "-at_install")
class TestTrial(PersonalCommon):
    def _run(self, **values):
        action = self.campaign.with_user(self.officer).action_trial()
        wizard = (
            self.env[action["res_model"]]
            .with_user(self.officer)
            .with_context(**action["context"])
            .create({"candidate_id": self.ann.id, **values})
        )
        before = self.env["mail.mail"].search([])
        wizard.action_send()
        return (self.env["mail.mail"].search([]) - before).sorted("id")

    def test_every_message_comes_to_oneself_marked_and_in_no_figure(self):
        self.second_step.is_reply = True
        mails = self._run()
        self.assertEqual(
            mails.mapped("subject"),
            ["[Test 1/2] Hello Ann", "[Test 2/2] Re: Hello Ann"],
        )
        self.assertEqual(set(mails.mapped("email_to")), {self.officer.email_formatted})
        self.assertIn("Dear Ann Lee", mails[0].body_html)
        self.assertIn("A test run of", mails[0].body_html)
        self.assertIn("X-Recruit-Test", mails[0].headers)
        self.assertEqual(mails[1].references, mails[0].message_id)
        self.assertFalse(mails.mailing_trace_ids)
        self.assertFalse(self.campaign.enrollment_ids)
        self.assertEqual(self.campaign.sent_count, 0)
        self.assertFalse(self.ann.message_ids.filtered("subject"))

    def test_time_is_compressed(self):
        first, second = self._run(pace="1").mapped("scheduled_date")
        self.assertLess((second - first).total_seconds(), 5 * 60)
        self.assertGreaterEqual((second - first).total_seconds(), 2 * 60)

    def test_what_would_wait_is_told_in_the_test(self):
        self.first_step.body_html = CITY
        self.assertIn(
            "In truth it would wait: missing is City", self._run()[0].body_html
        )

    def test_who_has_no_address_or_no_right_runs_no_test(self):
        self.officer.email = False
        with self.assertRaisesRegex(UserError, "an e-mail address"):
            self._run()
        sourcer = new_test_user(
            self.env, "trial", groups="recruit_crm.group_recruit_sourcer"
        )
        with self.assertRaises(AccessError):
            self.env["recruit.campaign.trial"].with_user(sourcer).create(
                {"campaign_id": self.campaign.id, "candidate_id": self.ann.id}
            )
