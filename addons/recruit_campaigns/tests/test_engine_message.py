import email
import email.policy
import re
from datetime import datetime
from email.headerregistry import Address
from itertools import product

from odoo.tests import BaseCase, tagged

from odoo.addons.recruit_campaigns.engine.message import (
    WIRE_POLICY,
    Body,
    encode_body,
    head,
    header,
    with_sender,
)
from odoo.addons.recruit_campaigns.engine.text import Form, slot

UNSUBSCRIBE = "https://recruiting.example.com/recruit/unsubscribe/" + "x" * 120
SUBJECT = "Grüße aus Köln, und noch ein paar Wörter mehr als 78"
TEXT = "Zwölf Boxkämpfer\n.\n..\n" + "word " * 500
HTML = "<p>Zwölf Boxkämpfer</p>"


def _content(part):
    return part.get_content().replace("\r\n", "\n")


def unstuffed(lines):
    """The message behind the lines of the wire."""
    return re.sub(rb"(?m)^\.(?=.)", b"", lines)


@tagged("post_install", "-at_install")
class TestEngineMessage(BaseCase):
    def _compose(self, sender='"Ann Lee" <ann@example.com>', **values):
        """A message as it goes over the wire."""
        headers = {
            "Message-ID": f"<rc.{'0' * 32}@a-rather-long-domain.example.com>",
            "Subject": SUBJECT,
            "To": "=?utf-8?b?Q2xhcmEgRMOtYXo=?= <clara@example.com>",
        }
        reply_to = values.pop("reply_to", "catchall@example.com")
        top = head(
            headers=headers | values,
            reply_to=reply_to,
            sent_on=datetime(2026, 3, 1, 12, 0),
            unsubscribe=UNSUBSCRIBE,
        )
        return with_sender(sender, top + encode_body(TEXT, HTML))

    def _read(self, lines):
        return email.message_from_bytes(unstuffed(lines), policy=email.policy.default)

    def test_message_when_put_on_the_wire_is_ascii_with_short_lines(self):
        lines = self._compose().split(b"\r\n")
        self.assertNotIn(b"\n", b"".join(lines))
        self.assertTrue(all(line.isascii() and len(line) <= 998 for line in lines))

    def test_unsubscribe_headers_when_on_the_wire_stand_raw_on_one_line(self):
        lines = self._compose().decode().split("\r\n")
        self.assertIn(f"List-Unsubscribe: <{UNSUBSCRIBE}>", lines)
        self.assertIn("List-Unsubscribe-Post: List-Unsubscribe=One-Click", lines)
        self.assertTrue(
            any(
                line.startswith("Message-ID: <rc.") and line.endswith(">")
                for line in lines
            )
        )

    def test_message_when_read_back_has_its_words_and_both_bodies(self):
        message = self._read(self._compose())
        self.assertEqual(message["Subject"], SUBJECT)
        self.assertEqual(message["To"].addresses[0].display_name, "Clara Díaz")
        self.assertEqual(
            message["Date"].datetime.isoformat(), "2026-03-01T12:00:00+00:00"
        )
        self.assertEqual(message["X-Auto-Response-Suppress"], "OOF, AutoReply")
        text, html = message.iter_parts()
        self.assertEqual(text.get_content_type(), "text/plain")
        self.assertEqual(_content(text), TEXT)
        self.assertEqual(_content(html), HTML)

    def test_name_with_signs_of_an_address_when_on_the_wire_stays_a_name(self):
        for name in ("Zoë <b@example.com>", "Zoë, PhD", 'Ann "x" (y)', "Ann, B."):
            to = Address(name, addr_spec="clara@example.com")
            message = self._read(self._compose(To=str(to)))
            with self.subTest(name=name):
                self.assertEqual(message["To"].addresses, (to,))

    def test_header_with_a_line_break_when_composed_is_refused(self):
        for name in ("Subject", "To", "Message-ID", "reply_to", "sender"):
            with self.subTest(name=name), self.assertRaises(ValueError):
                self._compose(**{name: "ann@example.com\r\nBcc: all@example.com"})

    def test_plain_header_when_written_is_what_the_library_writes(self):
        cases = {
            "Subject": ["News for Ada1", "It's 5 o'clock, isn't it?", "a-b! c."],
            "To": ['"Ada1 Sample1" <ada1@example.com>', '"A. B-C" <a+b@x.example>'],
            "Message-ID": [f"<rc.{'0' * 32}@example.com>"],
            "List-Unsubscribe": [f"<{UNSUBSCRIBE}>"],
        }
        for name, values in cases.items():
            for value in values:
                slow = WIRE_POLICY.fold_binary(
                    *WIRE_POLICY.header_store_parse(name, value)
                )
                with self.subTest(name=name, value=value):
                    self.assertEqual(
                        self._read(header(name, value))[name],
                        self._read(slow)[name],
                    )

    def test_body_with_slots_when_filled_reads_as_the_text_that_was_meant(self):
        pieces = ["", ".", "\n", " ", "é" * 90, "=20", "a\n.b", "x" * 75, "x" * 150]
        values = ["Zoë", ".", "a=b", "y" * 80, "<b> & 'c'", "x ="]
        for before, after, value in product(pieces, pieces, values):
            text = Form(f"{before}{slot('name')}{after}")
            html = Form(f"<p>{before}{slot('name')}{after}</p>")
            filled = Body(text, html).fill({"name": value}, {"name": value})
            plain, page = self._read(filled).iter_parts()
            self.assertEqual(_content(plain), text.fill({"name": value}))
            self.assertEqual(_content(page), html.fill({"name": value}))
            self.assertTrue(all(len(line) <= 78 for line in filled.splitlines()))
