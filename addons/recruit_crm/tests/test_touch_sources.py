from datetime import timedelta

from odoo import Command
from odoo.tests import tagged

from odoo.addons.mail.tests.common import MailCommon

from .common import RecruitCrmCommon


@tagged("post_install", "-at_install")
class TestTouchSources(RecruitCrmCommon):
    """Meetings and mails: each is a touch, once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.now = cls.env["recruit.clock"].now()
        cls.ann = cls._candidate(email="ann@example.com")

    def _meet(self, hours=-2, **values):
        start = self.now + timedelta(hours=hours)
        return self.env["calendar.event"].create(
            {
                "name": "Coffee",
                "start": start,
                "stop": start + timedelta(hours=1),
                **values,
            }
        )

    def _of(self, person):
        return {
            "res_model_id": self.env["ir.model"]._get_id(person._name),
            "res_id": person.id,
        }

    def _meetings(self, person=None):
        touches = (person or self.ann).touch_ids
        return touches.filtered(lambda touch: touch.kind == "meeting")

    def test_a_meeting_that_took_place_is_a_touch_of_its_day(self):
        event = self._meet(**self._of(self.ann))
        touch = self._meetings()
        self.assertEqual(touch.occurred_at, event.start)
        self.assertEqual((touch.evidence, touch.verified), ("Coffee", True))
        event.start -= timedelta(hours=5)
        self.assertEqual(len(self._meetings()), 1)

    def test_a_meeting_to_come_is_none_yet(self):
        event = self._meet(hours=5, **self._of(self.ann))
        self.assertFalse(self._meetings())
        event.write({"start": self.now - timedelta(hours=1), "stop": self.now})
        self.assertEqual(len(self._meetings()), 1)

    def test_the_hourly_look_finds_what_took_place_meanwhile(self):
        contact = self.env["res.partner"].create({"name": "Ann Lee"})
        event = self._meet(hours=5)
        self.ann.partner_id = contact
        event.partner_ids = [Command.link(contact.id)]
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE calendar_event SET start = %s WHERE id = %s",
            [self.now - timedelta(hours=1), event.id],
        )
        event.invalidate_recordset()
        for _look in range(2):
            self.env["calendar.event"]._cron_log_meetings()
        self.assertEqual(len(self._meetings()), 1)

    def test_an_interview_names_the_job(self):
        application = self._apply()
        self._meet(applicant_id=application.id)
        self.assertEqual(self._meetings().job_id, self.job)

    def test_who_declined_and_who_works_here_was_no_candidate_in_it(self):
        contact = self.env["res.partner"].create({"name": "Ann Lee"})
        self.ann.partner_id = contact
        event = self._meet(hours=5, partner_ids=[Command.link(contact.id)])
        event.attendee_ids.filtered(lambda a: a.partner_id == contact).do_decline()
        event.write({"start": self.now - timedelta(hours=1), "stop": self.now})
        self.assertFalse(self._meetings())
        colleague = self._candidate("A colleague")
        colleague.partner_id = self.user_officer.partner_id
        self._meet(partner_ids=[Command.link(self.user_officer.partner_id.id)])
        self.assertFalse(self._meetings(colleague))

    def test_a_private_meeting_tells_no_title(self):
        self._meet(privacy="private", **self._of(self.ann))
        self.assertEqual(self._meetings().evidence, "Meeting")

    def test_the_timeline_tells_of_a_meeting_once(self):
        self._meet(**self._of(self.ann))
        kinds = [entry["kind"] for entry in self.ann.timeline()["entries"]]
        self.assertEqual(kinds.count("meeting"), 1)
        self.assertFalse(kinds.count("touch"))


@tagged("post_install", "-at_install")
class TestMailReceived(MailCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._init_mail_gateway()
        cls.ann = cls.env["recruit.candidate"].create(
            {"name": "Ann Lee", "email": "ann@example.com"}
        )
        cls.job = cls.env["hr.job"].create({"name": "Weaver"})

    def _receive(self, sender, record, number=1):
        message = record.message_post(
            body="Hello", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        mail = (
            f"From: {sender}\nTo: someone@example.com\nSubject: My answer {number}\n"
            f"Message-ID: <answer-{number}@example.com>\n"
            f"In-Reply-To: {message.message_id}\n"
            f"References: {message.message_id}\n"
            "Content-Type: text/plain\n\nYes, gladly.\n"
        )
        with self.mock_mail_gateway():
            self.env["mail.thread"].message_process(None, mail)

    def _received(self):
        return self.ann.touch_ids.filtered(lambda touch: touch.kind == "email")

    def test_a_mail_of_the_person_is_a_verified_touch(self):
        self._receive("Ann <ANN@example.com>", self.ann)
        self.assertEqual(self._received().evidence, "My answer 1")
        self.assertTrue(self._received().verified)

    def test_a_mail_of_somebody_else_is_none(self):
        self._receive("colleague@company.example", self.ann)
        self.assertFalse(self._received())

    def test_a_mail_on_the_application_names_the_job(self):
        application = self.env["hr.applicant"].create(
            {
                "partner_name": "Ann Lee",
                "email_from": "ann@example.com",
                "job_id": self.job.id,
            }
        )
        self._receive("ann@example.com", application)
        self.assertEqual(self._received().job_id, self.job)

    def test_a_mail_to_the_alias_of_a_source_is_an_application_from_there(self):
        source = self.env["hr.recruitment.source"].create(
            {"job_id": self.job.id, "name": "Paper of Ghent"}
        )
        self.job.alias_id.alias_domain_id = self.mail_alias_domain
        source.create_alias()
        mail = (
            "From: Ben <ben@example.com>\n"
            f"To: {source.alias_id.alias_full_name}\nSubject: I apply\n"
            "Message-ID: <apply@example.com>\nContent-Type: text/plain\n\nHello\n"
        )
        with self.mock_mail_gateway():
            self.env["mail.thread"].message_process(None, mail)
        ben = self.env["recruit.candidate"]._find_by_identity(
            "email", "ben@example.com"
        )
        self.assertEqual(ben.touch_ids.kind, "application")
        self.assertEqual(ben.touch_ids.source, "Paper of Ghent")
        self.assertTrue(ben.touch_ids.verified)
