import smtplib
import socket
import threading
from contextlib import closing, contextmanager

from odoo.tests import BaseCase, tagged

from odoo.addons.recruit_campaigns.engine.smtp import Answer, Conversation, wire_lines

GREETING = b"220 hello\r\n"
USUAL = {
    b"EHLO": b"250 hi\r\n",
    b"MAIL": b"250 sender\r\n",
    b"RCPT": b"250 recipient\r\n",
    b"DATA": b"354 go on\r\n",
    b"DOT": b"250 queued\r\n",
    b"RSET": b"250 reset\r\n",
    b"QUIT": b"221 bye\r\n",
}


class Relay(threading.Thread):
    """An SMTP server that answers each verb as told; None closes the connection."""

    def __init__(self, **answers):
        super().__init__(daemon=True)
        self.answers = USUAL | {verb.encode(): text for verb, text in answers.items()}
        self.heard, self.messages = [], []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]

    def run(self):
        peer, _address = self.listener.accept()
        with closing(self.listener), closing(peer), peer.makefile("rb") as lines:
            peer.sendall(GREETING)
            while (verb := self._hear(lines)) and self.answers.get(verb):
                peer.sendall(self.answers[verb])
                if verb == b"DATA" and self.answers[verb].startswith(b"354"):
                    self.messages.append(b"")
                if verb == b"QUIT":
                    break

    def _hear(self, lines):
        """The next verb; in a message, DOT once it has ended."""
        in_data = self.heard and self.heard[-1] == b"DATA" and self.messages
        line = lines.readline()
        while in_data and line and line != b".\r\n":
            self.messages[-1] += line
            line = lines.readline()
        if not line:
            return None
        self.heard.append(b"DOT" if in_data else line[:4].strip().upper())
        return self.heard[-1]


@tagged("post_install", "-at_install")
class TestEngineSmtp(BaseCase):
    @contextmanager
    def _conversation(self, **answers):
        relay = Relay(**answers)
        relay.start()
        connection = smtplib.SMTP("127.0.0.1", relay.port, timeout=10)
        connection.ehlo()
        conversation = Conversation(connection)
        yield conversation, relay
        conversation.quit()
        relay.join(10)

    def _offer(self, conversation, data=b"Subject: x\n\nbody\n"):
        return conversation.offer("me@example.com", "you@example.com", data)

    def test_message_when_offered_is_not_taken_before_the_dot(self):
        with self._conversation() as (conversation, relay):
            self.assertIsNone(self._offer(conversation))
            self.assertFalse(conversation.is_idle)
            conversation.hang_up()
            relay.join(10)
        self.assertEqual(relay.heard, [b"EHLO", b"MAIL", b"RCPT", b"DATA"])

    def test_message_when_the_dot_is_sent_is_answered_and_the_next_may_follow(self):
        with self._conversation() as (conversation, relay):
            for _message in range(2):
                self.assertIsNone(self._offer(conversation, b"a\n.\n..b\n"))
                conversation.send_dot()
                self.assertEqual(conversation.answer(), Answer("dot", 250, "queued"))
                self.assertTrue(conversation.is_idle)
        self.assertEqual(relay.messages, [b"a\r\n..\r\n...b\r\n"] * 2)
        self.assertEqual(relay.heard.count(b"DOT"), 2)
        self.assertEqual(relay.heard[-1], b"QUIT")

    def test_refusal_before_the_dot_when_reset_leaves_the_conversation_usable(self):
        for verb in ("MAIL", "RCPT", "DATA"):
            with (
                self.subTest(verb=verb),
                self._conversation(**{verb: b"450 later\r\n"}) as (conversation, relay),
            ):
                self.assertEqual(self._offer(conversation), Answer(verb, 450, "later"))
                self.assertTrue(conversation.is_idle)
                self.assertEqual(relay.heard[-1], b"RSET")

    def test_server_that_hangs_up_when_offered_to_is_no_answer(self):
        for verb in ("MAIL", "RCPT", "DATA"):
            with (
                self.subTest(verb=verb),
                self._conversation(**{verb: None}) as (conversation, _relay),
            ):
                answer = self._offer(conversation)
                self.assertEqual((answer.verb, answer.code), (verb, None))
                self.assertFalse(conversation.is_idle)

    def test_server_that_is_silent_after_the_dot_leaves_the_answer_open(self):
        with self._conversation(DOT=None) as (conversation, relay):
            self.assertIsNone(self._offer(conversation))
            conversation.send_dot()
            answer = conversation.answer()
            self.assertEqual((answer.verb, answer.code), ("dot", None))
            self.assertFalse(conversation.is_idle)
        self.assertEqual(relay.heard[-1], b"DOT")

    def test_connection_that_is_gone_when_the_dot_is_sent_leaves_the_answer_open(self):
        with self._conversation() as (conversation, _relay):
            self.assertIsNone(self._offer(conversation))
            conversation.connection.close()
            conversation.send_dot()
            self.assertIsNone(conversation.answer().code)

    def test_lines_when_wired_end_in_crlf_with_dots_stuffed(self):
        cases = {
            b"": b"\r\n",
            b"a": b"a\r\n",
            b".": b"..\r\n",
            b"a\n.b\r\n.c\rd": b"a\r\n..b\r\n..c\r\nd\r\n",
        }
        for data, expected in cases.items():
            with self.subTest(data=data):
                self.assertEqual(wire_lines(data), expected)
