import email
import email.policy
from datetime import datetime
from email.headerregistry import Address

from odoo.tests import BaseCase, tagged

from odoo.addons.recruit_campaigns.engine.message import compose, to_bytes

UNSUBSCRIBE = "https://recruiting.example.com/recruit/unsubscribe/" + "x" * 120


@tagged("post_install", "-at_install")
class TestEngineMessage(BaseCase):
    def _compose(self, **headers):
        return compose(
            headers={
                "Message-ID": f"<rc.{'0' * 32}@a-rather-long-domain.example.com>",
                "Subject": "Grüße aus Köln, und noch ein paar Wörter mehr als 78",
                "From": '"Ann Lee" <ann@example.com>',
                "To": "=?utf-8?b?Q2xhcmEgRMOtYXo=?= <clara@example.com>",
                "Reply-To": "catchall@example.com",
                **headers,
            },
            sent_on=datetime(2026, 3, 1, 12, 0),
            unsubscribe_url=UNSUBSCRIBE,
            text="Zwölf Boxkämpfer\n.\n" + "word " * 500,
            html="<p>Zwölf Boxkämpfer</p>",
        )

    def test_message_when_put_on_the_wire_is_ascii_with_short_lines(self):
        lines = to_bytes(self._compose()).split(b"\r\n")
        self.assertNotIn(b"\n", b"".join(lines))
        self.assertTrue(all(line.isascii() and len(line) <= 998 for line in lines))

    def test_unsubscribe_headers_when_on_the_wire_stand_raw_on_one_line(self):
        lines = to_bytes(self._compose()).decode().split("\r\n")
        self.assertIn(f"List-Unsubscribe: <{UNSUBSCRIBE}>", lines)
        self.assertIn("List-Unsubscribe-Post: List-Unsubscribe=One-Click", lines)
        self.assertTrue(
            any(
                line.startswith("Message-ID: <rc.") and line.endswith(">")
                for line in lines
            )
        )

    def test_message_when_read_back_has_its_words_and_both_bodies(self):
        message = email.message_from_bytes(
            to_bytes(self._compose()), policy=email.policy.default
        )
        self.assertEqual(message["Subject"], self._compose()["Subject"])
        self.assertEqual(message["To"].addresses[0].display_name, "Clara Díaz")
        self.assertEqual(
            message["Date"].datetime.isoformat(), "2026-03-01T12:00:00+00:00"
        )
        self.assertEqual(message["X-Auto-Response-Suppress"], "OOF, AutoReply")
        text, html = message.iter_parts()
        self.assertEqual(text.get_content_type(), "text/plain")
        self.assertIn("Zwölf Boxkämpfer", text.get_content())
        self.assertIn("<p>Zwölf Boxkämpfer</p>", html.get_content())

    def test_name_with_signs_of_an_address_when_on_the_wire_stays_a_name(self):
        for name in ("Zoë <b@example.com>", "Zoë, PhD", 'Ann "x" (y)', "Ann, B."):
            to = Address(name, addr_spec="clara@example.com")
            message = email.message_from_bytes(
                to_bytes(self._compose(To=to)), policy=email.policy.default
            )
            with self.subTest(name=name):
                self.assertEqual(message["To"].addresses, (to,))

    def test_header_with_a_line_break_when_composed_is_refused(self):
        for header in ("Subject", "To", "From", "Reply-To"):
            with self.subTest(header=header), self.assertRaises(ValueError):
                self._compose(**{header: "ann@example.com\r\nBcc: all@example.com"})
