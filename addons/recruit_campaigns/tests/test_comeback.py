from datetime import date, datetime, timedelta

from odoo.tests import tagged

from odoo.addons.recruit_campaigns.engine.smtp import Answer

from .common import TOKEN, CampaignsCommon
from .data import ABUSE, DSN, ORIGINAL, RECEIPT

LETTER = """Return-Path: <{address}>
From: {name} <{address}>
To: {to}
Subject: {subject}
Message-ID: <{number}@mail.example.com>
{header}
{text}
"""


@tagged("post_install", "-at_install")
class TestComeback(CampaignsCommon):
    """What comes back through the mail gateway, as bytes, and what it does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.alias_domain = cls.env["mail.alias.domain"].create(
            {"name": "jobs.example", "bounce_alias": "bounce"}
        )
        cls.env.company.alias_domain_id = cls.alias_domain
        cls.job = cls.env["hr.job"].create({"name": "Weaver", "alias_name": "weaver"})

    def setUp(self):
        super().setUp()
        self._send_all()
        self.row = self._delivery(self.ann)
        self.next_row = self._delivery(self.ann, self.second_step)
        self.number = 0

    def _process(self, text):
        self.env["mail.thread"].message_process(False, text.encode())
        self.env.invalidate_all()

    def _letter(
        self, text="Yes, tell me more.", *, references=True, header="", **values
    ):
        self.number += 1
        if references:
            header += f"In-Reply-To: {self.row.message_id}\n"
            header += f"References: {self.row.message_id}\n"
        values = {
            "address": "ann@example.com",
            "name": "Ann Lee",
            "to": "catchall@jobs.example",
            "subject": "Re: Hello Ann",
            "number": self.number,
            **values,
        }
        self._process(LETTER.format(text=text, header=header, **values))

    def _report(self, form=DSN, **values):
        self.number += 1
        values = {
            "message_id": self.row.message_id,
            "recipient": "ann@example.com",
            "to": "bounce@jobs.example",
            "sender": "Mail Delivery System <MAILER-DAEMON@mx.example.net>",
            "subject": "Undelivered Mail Returned to Sender",
            "words": "See below.",
            "number": self.number,
            "action": "failed",
            "status": "5.1.1",
            "diagnostic": "550 5.1.1 user unknown",
            "feedback": "abuse",
            "disposition": "manual-action/MDN-sent-manually; displayed",
            **values,
        }
        self._process(form.format(**values, original=ORIGINAL.format(**values)))

    @property
    def events(self):
        return self.env["recruit.campaign.event"].search(
            [("candidate_id", "in", self.people.ids)]
        )

    def _dead(self):
        return self.env["recruit.mail.suppression"].search([]).mapped("email")

    def _assert_nobody_moved(self):
        self.assertEqual(self.campaign.enrollment_ids.mapped("state"), ["active"] * 3)
        self.assertFalse(self.people.filtered("recruiting_opt_out"))
        self.assertFalse(self.people.filtered("mail_hold_until"))
        self.assertFalse(self._dead())
        self.assertFalse(self.env["mail.blacklist"].search([]))

    # -------------------------------------------------------------------- replies

    def test_reply_by_message_id_is_in_the_inbox_once(self):
        self._letter()
        reply = self.env["recruit.campaign.reply"].search([])
        self.assertRecordValues(
            reply,
            [
                {
                    "candidate_id": self.ann.id,
                    "delivery_id": self.row.id,
                    "campaign_id": self.campaign.id,
                    "user_id": self.officer.id,
                    "sentiment": "new",
                }
            ],
        )
        self.assertIn("tell me more", reply.preview)
        self.assertEqual(self.events.mapped("kind"), ["replied"])
        self.assertEqual(self._enrollment(self.ann).exit_reason, "replied")

    def test_letter_of_the_person_to_a_job_ends_the_campaign_as_an_application(self):
        self._letter("I apply.", references=False, to="weaver@jobs.example")
        self.assertEqual(self._enrollment(self.ann).exit_reason, "applied")

    def test_letter_of_the_person_to_a_colleague_ends_the_campaign_as_a_reply(self):
        other = self.env["res.partner"].create({"name": "A thread"})
        message = other.message_post(body="Hello", message_id="<a@jobs.example>")
        header = f"In-Reply-To: {message.message_id}\n"
        self._letter(references=False, header=header, subject="Re: A thread")
        self.assertEqual(self._enrollment(self.ann).exit_reason, "replied")
        self.assertEqual(self._enrollment(self.ben).state, "active")
        self.assertEqual(self.row.trace_id.trace_status, "reply")
        self.assertEqual(len(self.env["recruit.campaign.reply"].search([])), 1)

    def test_letter_of_a_stranger_ends_nothing(self):
        other = self.env["res.partner"].create({"name": "A thread"})
        message = other.message_post(body="Hello", message_id="<a@jobs.example>")
        header = f"In-Reply-To: {message.message_id}\n"
        self._letter(references=False, header=header, address="mallory@example.com")
        self._assert_nobody_moved()

    def test_reply_that_is_sent_to_the_bounce_address_is_a_reply(self):
        self._letter(to="bounce@jobs.example")
        self.assertEqual(self._enrollment(self.ann).exit_reason, "replied")
        self.assertIn("tell me more", self.ann.message_ids[0].body)

    # ------------------------------------------------------------------- machines

    def test_out_of_office_holds_until_the_working_day_after_the_return(self):
        today = self._now().date()
        friday = today + timedelta(days=(4 - today.weekday()) % 7 + 7)
        self._letter(
            f"I am out of the office, back on {friday.isoformat()}.",
            header="Auto-Submitted: auto-replied\n",
        )
        monday = datetime.combine(friday + timedelta(days=3), datetime.min.time())
        self.assertEqual(self.ann.mail_hold_until, monday)
        self.assertEqual(self.next_row.due_at, monday)
        self.assertIn("Out of office, back on", self.next_row.reason)
        self.assertEqual(self.next_row.state, "planned")
        self.assertEqual(self._enrollment(self.ann).state, "active")
        self.assertEqual(self.row.trace_id.trace_status, "sent")
        self.assertEqual(self.events.mapped("kind"), ["out_of_office"])
        self.assertEqual(self.events.returns_on, friday)
        self.assertLess(self._delivery(self.ben, self.second_step).due_at, monday)
        self.assertFalse(self.env["recruit.campaign.reply"].search([]))

    def test_out_of_office_without_a_day_holds_for_some_days(self):
        self._letter("I am on vacation.", header="Auto-Submitted: auto-replied\n")
        self.assertGreater(self.ann.mail_hold_until, self._later(days=7))
        self.assertLess(self.ann.mail_hold_until, self._later(days=12))

    def test_out_of_office_sent_to_the_envelope_without_references_holds(self):
        self._letter(
            "I am on vacation.",
            references=False,
            header="Auto-Submitted: auto-replied\n",
            to="bounce@jobs.example",
        )
        self.assertTrue(self.ann.mail_hold_until)
        self.assertEqual(self._enrollment(self.ann).state, "active")

    def test_held_person_who_is_enrolled_elsewhere_waits_there_too(self):
        until = self._later(days=5).replace(microsecond=0)
        self.ann._hold_mail(until, "Away")
        second = self._new_campaign(name="Second")
        second.action_start()
        rows = self.deliveries.search([("campaign_id", "=", second.id)])
        held = rows.filtered(lambda row: row.candidate_id == self.ann)
        self.assertEqual(held.due_at, until)
        self.assertLess((rows - held)[0].due_at, until)

    def test_message_planned_after_the_note_of_absence_waits_at_its_turn(self):
        due = self._later(days=4)
        until = self._later(days=9).replace(microsecond=0)
        self.ann.sudo().write({"mail_hold_until": until, "mail_hold_reason": "Away"})
        leaving = self._claim(due)._plan_claimed(TOKEN, due)
        self.assertEqual(leaving.candidate_id, self.ben | self.clara)
        self.assertRecordValues(
            self.next_row,
            [
                {
                    "state": "planned",
                    "due_at": until,
                    "reason": "Away",
                    "hold": "away",
                    "claim_token": 0,
                }
            ],
        )
        self.assertIn(self.ann, self._claim(until).candidate_id)

    def test_paused_domain_is_left_alone_until_its_pause_is_over(self):
        due = self._later(days=4)
        domain = self.env["recruit.mail.domain"].create(
            {"name": "example.com", "paused_until": due + timedelta(hours=2)}
        )
        self.assertFalse(self._claim(due)._plan_claimed(TOKEN, due))
        self.assertEqual(self.next_row.due_at, domain.paused_until)
        self.assertIn("refuse our mail", self.next_row.reason)
        self.assertEqual(len(self._claim(domain.paused_until)), 3)

    def test_hold_when_released_lets_the_message_go_now(self):
        self.ann._hold_mail(self._later(days=30), "Away")
        self.ann.with_user(self.officer).action_release_mail()
        self.env.invalidate_all()
        self.assertFalse(self.ann.mail_hold_until)
        self.assertLessEqual(self.next_row.due_at, self._now())
        self.assertFalse(self.next_row.reason)

    def test_shorter_hold_does_not_shorten_a_longer_one(self):
        long = self._later(days=30).replace(microsecond=0)
        self.ann._hold_mail(long, "Away")
        self.ann._hold_mail(self._later(days=1), "Full mailbox")
        self.assertEqual(self.ann.mail_hold_until, long)
        self.assertEqual(self.ann.mail_hold_reason, "Away")

    def test_other_machine_does_nothing_but_is_kept(self):
        self._letter("Ticket 4711.", header="Auto-Submitted: auto-generated\n")
        self._assert_nobody_moved()
        self.assertEqual(self.events.mapped("kind"), ["automatic"])

    # -------------------------------------------------------------------- reports

    def test_unknown_address_is_dead_for_recruiting_alone(self):
        self._report()
        self.assertEqual(self._dead(), ["ann@example.com"])
        self.assertEqual(self._enrollment(self.ann).exit_reason, "bounced")
        self.assertEqual(self.next_row.state, "skipped")
        self.assertEqual(self.row.trace_id.trace_status, "bounce")
        self.assertFalse(self.env["mail.blacklist"].search([]))
        self.assertEqual(self._enrollment(self.ben).state, "active")
        self.assertIn("does not arrive", self.ann.unreachable_reason)
        self.assertEqual(self.ann._stop_reasons(), {self.ann.id: "bounced"})
        event = self.events
        self.assertEqual((event.kind, event.status_code), ("bounced", "5.1.1"))

    def test_dead_address_when_the_person_gets_a_new_one_or_writes_is_alive(self):
        self._report()
        self.ann.email = "ann@new.example"
        self.assertFalse(self.ann.unreachable_reason)
        self.ann.email = "ann@example.com"
        self.assertTrue(self.ann.unreachable_reason)
        self._letter()
        self.assertFalse(self._dead())

    def test_passing_failure_waits_and_the_third_is_the_end(self):
        for number in range(3):
            self._report(status="4.2.2", diagnostic="452 4.2.2 mailbox full")
            if number < 2:
                self.assertEqual(self._enrollment(self.ann).state, "active")
                self.assertGreater(self.next_row.due_at, self._later(days=2))
        self.assertEqual(self._enrollment(self.ann).exit_reason, "bounced")

    def test_delay_delivery_and_receipt_do_nothing(self):
        for action, status in (
            ("delayed", "4.4.1"),
            ("delivered", "2.0.0"),
            ("relayed", "2.0.0"),
        ):
            self._report(action=action, status=status, diagnostic="250 fine")
        self._report(RECEIPT)
        self._assert_nobody_moved()
        self.assertEqual(self.row.trace_id.trace_status, "sent")
        self.assertEqual(
            self.events.sorted("id").mapped("kind"),
            ["delayed", "delivered", "delivered", "receipt"],
        )

    def test_refusal_for_policy_slows_the_domain_and_longer_each_time(self):
        self._report(status="5.7.1", diagnostic="550 5.7.1 message looks like spam")
        domain = self.env["recruit.mail.domain"].search([])
        self.assertEqual((domain.name, domain.refused_count), ("example.com", 1))
        self.assertEqual(self._enrollment(self.ann).state, "active")
        first = domain.paused_until
        self._report(status="5.7.1", diagnostic="550 5.7.1 message looks like spam")
        self.assertGreater(domain.paused_until, first)
        due = self._later(minutes=-1)
        rows = self.deliveries.search([("step_id", "=", self.second_step.id)])
        rows.due_at = due
        domain._slow_down("x@example.com", "spam")
        self.env.invalidate_all()
        self.assertEqual(set(rows.mapped("due_at")), {domain.paused_until})
        domain.action_resume()
        self.env.invalidate_all()
        self.assertLessEqual(max(rows.mapped("due_at")), self._now())

    def test_other_failure_ends_this_campaign_and_leaves_the_address(self):
        self._report(status="5.3.4", diagnostic="552 5.3.4 message too big")
        self.assertEqual(self._enrollment(self.ann).exit_reason, "not_delivered")
        self.assertFalse(self._dead())

    def test_complaint_unsubscribes_from_recruiting_and_counts(self):
        self._report(ABUSE)
        self.assertEqual(self._enrollment(self.ann).exit_reason, "complained")
        self.assertTrue(self.ann.recruiting_opt_out)
        self.assertFalse(self.env["mail.blacklist"].search([]))
        self.assertEqual(self.campaign.complaint_count, 1)

    def test_report_on_authentication_and_not_spam_is_no_complaint(self):
        for feedback in ("auth-failure", "not-spam"):
            self._report(ABUSE, feedback=feedback)
        self._assert_nobody_moved()
        self.assertFalse(self.campaign.complaint_count)

    def test_report_on_an_uncertain_message_proves_that_it_left(self):
        later = self._later(days=4)
        row, letter = self._in_flight(later)[self.ben]
        row._record_answer(TOKEN, letter, Answer("dot", None), later)
        self.assertEqual(row.state, "uncertain")
        self._report(message_id=row.message_id, action="delivered", status="2.0.0")
        self.assertEqual(row.state, "sent")

    # --------------------------------------------------------------------- forged

    def test_forged_report_moves_nobody(self):
        right = self.row.message_id
        for message_id in (
            "<rc.00000000000000000000000000000000@example.com>",
            right.replace("@", "x@"),
            right[:-2] + ">",
            "<%@%>",
            "",
        ):
            for form in (DSN, ABUSE, RECEIPT):
                with self.subTest(message_id=message_id, form=form[:40]):
                    self._report(form, message_id=message_id)
                    self._assert_nobody_moved()
        self.assertFalse(self.events)
        self.assertFalse(self.ann.message_bounce)

    def test_report_that_names_another_recipient_strikes_only_the_message_it_names(
        self,
    ):
        self._report(recipient="ben@example.com")
        self.assertEqual(self._enrollment(self.ben).state, "active")
        self.assertNotIn("ben@example.com", self._dead())

    def test_bounce_of_a_mail_of_others_is_left_to_odoo(self):
        partner = self.env["res.partner"].create({"name": "X", "email": "x@y.example"})
        self._report(recipient="x@y.example", message_id="<sales@jobs.example>")
        self.assertEqual(partner.message_bounce, 1)
        self._assert_nobody_moved()

    # ----------------------------------------------------------------- the absence

    def test_absence_ends_on_a_working_day(self):
        ends = self.ann._absence_ends(date(2026, 12, 4))  # a Friday
        self.assertEqual(ends, datetime(2026, 12, 7))
