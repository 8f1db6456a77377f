import email
import email.policy
import random
from datetime import date
from email.message import EmailMessage
from time import process_time

from odoo.tests import BaseCase, tagged

from odoo.addons.recruit_campaigns.inbound import Action, Kind, classify

from .data import ABUSE, DSN, ORIGINAL, QUOTED, RECEIPT, ROBOTS, rows

TODAY = date(2026, 11, 22)
OURS = "<rc.0123456789abcdef0123456789abcdef@example.org>"


def mail(headers, subject, text):
    message = EmailMessage()
    for name, value in {
        "From": "Ann Lee <ann@example.com>",
        "To": "jobs@example.org",
        "Subject": subject,
        "In-Reply-To": OURS,
        **headers,
    }.items():
        if value:
            message[name] = value
    message.set_content(text)
    return message


def parsed(text, **values):
    values = {
        "message_id": OURS,
        "recipient": "ann@example.com",
        "to": "bounce@example.org",
        "number": 1,
        **values,
    }
    original = ORIGINAL.format(**values)
    return email.message_from_string(
        text.format(**values, original=original), policy=email.policy.SMTP
    )


def dsn(action, status, diagnostic, **values):
    return parsed(
        DSN,
        sender="Mail Delivery System <MAILER-DAEMON@mx.example.net>",
        subject="Report",
        words="See below.",
        action=action,
        status=status,
        diagnostic=diagnostic,
        **values,
    )


@tagged("post_install", "-at_install")
class TestInbound(BaseCase):
    """The corpus of the addon: what comes back to a message, in many languages."""

    maxDiff = None

    # ------------------------------------------------------------------- machines

    def test_note_of_absence_in_any_language_with_any_mark_holds_until_its_day(self):
        wrong = {}
        for number, row in enumerate(rows("absences")):
            for style in (number % len(ROBOTS), (number + 3) % len(ROBOTS)):
                note = mail(ROBOTS[style], row["subject"], row["text"])
                verdict = classify(note, TODAY)
                found = (verdict.kind, str(verdict.returns_on or ""))
                if found != (Kind.OUT_OF_OFFICE, row["returns_on"]):
                    wrong[row["subject"], style] = found, verdict.rule
        self.assertEqual(wrong, {})

    def test_notes_of_absence_are_over_a_hundred_in_over_ten_languages(self):
        notes = rows("absences")
        self.assertGreaterEqual(2 * len(notes), 100)
        self.assertGreaterEqual(len({row["language"] for row in notes}), 10)

    def test_note_of_absence_whose_day_has_passed_names_no_day(self):
        note = mail(ROBOTS[0], "Away", "I am out of the office until 4 May 2026.")
        self.assertIsNone(classify(note, TODAY).returns_on)

    def test_note_of_absence_in_html_alone_is_read(self):
        note = mail(ROBOTS[0], "Away", "")
        note.set_content("<p>Back on <b>30 November</b></p>", subtype="html")
        verdict = classify(note, TODAY)
        self.assertEqual(verdict.returns_on, date(2026, 11, 30))

    def test_other_machine_is_no_absence_and_a_challenge_is_no_answer(self):
        for row in rows("machines"):
            with self.subTest(subject=row["subject"]):
                message = mail(row["header"], row["subject"], row["text"])
                self.assertEqual(classify(message, TODAY).kind, row["kind"])

    # --------------------------------------------------------------------- people

    def test_person_is_never_taken_for_a_machine(self):
        letters = rows("people")
        self.assertGreaterEqual(len(letters), 50)
        for row in letters:
            with self.subTest(subject=row["subject"], text=row["text"]):
                text = row["text"] + (QUOTED if row["quotes"] else "")
                message = mail(row["header"], row["subject"], text)
                verdict = classify(message, TODAY)
                self.assertEqual((verdict.kind, verdict.rule), (Kind.HUMAN, ""))

    def test_person_who_forwards_a_report_is_a_person(self):
        forward = mail({}, "Fwd: Undelivered Mail", "This came back. What is wrong?")
        forward.add_attachment(dsn("failed", "5.1.1", "550 user unknown"))
        self.assertTrue(classify(forward, TODAY).is_human)

    def test_person_who_accepts_an_invitation_is_a_person(self):
        answer = mail({"Auto-Submitted": "auto-generated"}, "Accepted: Call", "Yes")
        calendar = b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nEND:VCALENDAR\r\n"
        answer.add_attachment(
            calendar, maintype="text", subtype="calendar", params={"method": "REPLY"}
        )
        self.assertTrue(classify(answer, TODAY).is_human)

    # -------------------------------------------------------------------- reports

    def test_delivery_report_tells_action_cause_recipient_and_message(self):
        for row in rows("reports"):
            with self.subTest(**row):
                message = dsn(row["action"], row["status"], row["said"])
                verdict = classify(message, TODAY)
                self.assertIs(verdict.kind, Kind.BOUNCE)
                (report,) = verdict.reports
                self.assertEqual(report.action, row["action"])
                self.assertEqual(report.cause, row["cause"])
                self.assertEqual(report.recipient, "ann@example.com")
                self.assertEqual(verdict.message_ids[0], OURS)

    def test_delivery_report_in_words_is_read_in_many_languages(self):
        copy = f"\n--- Below this line is a copy.\n\nMessage-ID: {OURS}\n"
        for row in rows("worded_reports"):
            with self.subTest(subject=row["subject"]):
                fields = {"From": row["sender"], "In-Reply-To": "<x@example.org>"}
                message = mail(fields, row["subject"], row["text"] + copy)
                verdict = classify(message, TODAY)
                self.assertIs(verdict.kind, Kind.BOUNCE)
                (report,) = verdict.reports
                delayed = report.action is Action.DELAYED
                self.assertEqual("delayed" if delayed else report.cause, row["means"])
                self.assertEqual(verdict.message_ids[0], OURS)

    def test_delivery_report_on_two_recipients_tells_of_both(self):
        text = DSN.replace(
            "--b\nContent-Type: message/rfc822",
            "Final-Recipient: rfc822; ben@example.com\nAction: delayed\nStatus: 4.4.1\n"
            "\n--b\nContent-Type: message/rfc822",
        )
        values = {"sender": "postmaster@x.example", "subject": "x", "words": "x"}
        report = {"action": "failed", "status": "5.1.1", "diagnostic": "550 no"}
        verdict = classify(parsed(text, **values, **report), TODAY)
        self.assertEqual(
            [(one.action, one.recipient) for one in verdict.reports],
            [("failed", "ann@example.com"), ("delayed", "ben@example.com")],
        )

    def test_receipt_of_any_disposition_is_a_receipt(self):
        for disposition in (
            "manual-action/MDN-sent-manually; displayed",
            "automatic-action/MDN-sent-automatically; deleted",
        ):
            verdict = classify(parsed(RECEIPT, disposition=disposition), TODAY)
            self.assertIs(verdict.kind, Kind.RECEIPT)
            self.assertEqual(verdict.message_ids, (OURS,))

    def test_abuse_report_names_its_type_and_the_message(self):
        for feedback in ("abuse", "fraud", "not-spam", "auth-failure"):
            verdict = classify(parsed(ABUSE, feedback=feedback), TODAY)
            self.assertIs(verdict.kind, Kind.COMPLAINT)
            self.assertEqual(verdict.feedback, feedback)
            self.assertEqual(verdict.message_ids, (OURS,))

    # ------------------------------------------------------------------ bad input

    def test_broken_message_is_classified_without_an_error(self):
        broken = (
            b"",
            b"\x00\xff\xfe",
            b"Subject: =?utf-8?B?!!!?=\n\n\xff",
            b"Content-Type: multipart/report; boundary=\n\nx",
            b"Content-Type: message/delivery-status\n\nAction failed\n\n\n",
            b"Content-Type: text/plain; charset=klingon\n\n\xe4",
            b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n%%%",
            b"From: <>\nSubject: x\n\n" + b"{" * 1000,
            b'From: a@b\n\n{"notificationType":"Bounce","bounce":[1]}',
        )
        for raw in broken:
            for policy in (email.policy.SMTP, email.policy.compat32):
                with self.subTest(raw=raw[:60]):
                    message = email.message_from_bytes(raw, policy=policy)
                    self.assertTrue(classify(message, TODAY).kind)

    def test_message_broken_at_random_is_classified_without_an_error(self):
        dice = random.Random(1)
        whole = dsn("failed", "5.1.1", "550 5.1.1 user unknown").as_bytes()
        junk = (
            b"\n\n",
            b"\x00",
            b"\xff",
            b"=?utf-8?q?=ff?=",
            b'boundary="',
            b"From: :;",
        )
        for _round in range(200):
            raw = bytearray(whole)
            for _change in range(dice.choice((1, 3, 10))):
                place = dice.randrange(len(raw))
                raw[place : place + dice.choice((0, 1, 30))] = dice.choice(junk)
            message = email.message_from_bytes(bytes(raw), policy=email.policy.SMTP)
            self.assertTrue(classify(message, TODAY).kind)

    def test_long_message_is_classified_in_a_second(self):
        for text in ("out of the office until " * 50_000, "> " * 500_000, "<" * 10**6):
            message = mail({"From": "mailer-daemon@x.example"}, "x " * 5_000, "y")
            message.set_content(text)
            before = process_time()
            classify(message, TODAY)
            self.assertLess(process_time() - before, 1)
