import math
import smtplib
import socket
import threading
from contextlib import ExitStack, closing, contextmanager
from itertools import product

from odoo.tests import BaseCase, tagged

from odoo.addons.recruit_campaigns.engine.smtp import (
    Answer,
    Conversation,
    listen,
    wire_lines,
)

GREETING = b"220 hello\r\n"
PIPELINES = b"250-hi\r\n250 PIPELINING\r\n"
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
            while (verb := self._hear(lines)) and self.answers.get(verb) is not None:
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
        """Say a message up to the dot; returns the refusal, if there was one."""
        conversation.offer("me@example.com", "you@example.com", wire_lines(data))
        while conversation.is_waiting:
            listen([conversation], math.inf)
        return conversation.answer

    def _dot(self, conversation):
        conversation.send_dot()
        while not conversation.answer:
            listen([conversation], math.inf)
        return conversation.answer

    def test_message_when_offered_is_not_taken_before_the_dot(self):
        with self._conversation() as (conversation, relay):
            self.assertIsNone(self._offer(conversation))
            self.assertTrue(conversation.is_offered)
            self.assertFalse(conversation.is_idle)
            conversation.hang_up()
            relay.join(10)
        self.assertEqual(relay.heard, [b"EHLO", b"MAIL", b"RCPT", b"DATA"])

    def test_server_that_leaves_before_the_dot_is_noticed_without_a_wait(self):
        with self._conversation() as (conversation, relay):
            self._offer(conversation)
            self.assertFalse(conversation.was_left)
        with self._conversation(DATA=None) as (conversation, relay):
            self._offer(conversation)
            self.assertTrue(conversation.was_left)

    def test_message_when_the_dot_is_sent_is_answered_and_the_next_may_follow(self):
        with self._conversation() as (conversation, relay):
            for _message in range(2):
                self.assertIsNone(self._offer(conversation, b"a\n.\n..b\n"))
                self.assertEqual(self._dot(conversation), Answer("dot", 250, "queued"))
                self.assertTrue(conversation.is_idle)
        self.assertEqual(relay.messages, [b"a\r\n..\r\n...b\r\n"] * 2)
        self.assertEqual(relay.heard.count(b"DOT"), 2)
        self.assertEqual(relay.heard[-1], b"QUIT")

    def test_verbs_when_the_server_takes_them_together_are_answered_one_by_one(self):
        with self._conversation(EHLO=PIPELINES) as (conversation, relay):
            for _message in range(2):
                self.assertIsNone(self._offer(conversation))
                self.assertEqual(self._dot(conversation).code, 250)
        self.assertEqual(relay.heard.count(b"DOT"), 2)

    def test_refusal_before_the_dot_when_reset_leaves_the_conversation_usable(self):
        for verb, ehlo in product(
            ("MAIL", "RCPT", "DATA"), (USUAL[b"EHLO"], PIPELINES)
        ):
            answers = {verb: b"450 later\r\n", "EHLO": ehlo}
            if verb != "DATA" and ehlo == PIPELINES:
                answers["DATA"] = b"503 no recipient\r\n"
            with (
                self.subTest(verb=verb, ehlo=ehlo),
                self._conversation(**answers) as (conversation, relay),
            ):
                self.assertEqual(self._offer(conversation), Answer(verb, 450, "later"))
                self.assertTrue(conversation.is_idle)
                self.assertEqual(relay.heard[-1], b"RSET")

    def test_server_that_wants_a_message_to_nobody_gets_no_dot(self):
        answers = {"RCPT": b"550 nobody\r\n", "EHLO": PIPELINES}
        with self._conversation(**answers) as (conversation, relay):
            self.assertEqual(self._offer(conversation), Answer("RCPT", 550, "nobody"))
            self.assertFalse(conversation.is_open)
            relay.join(10)
        self.assertNotIn(b"DOT", relay.heard)

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
            answer = self._dot(conversation)
            self.assertEqual((answer.verb, answer.code), ("dot", None))
            self.assertFalse(conversation.is_idle)
        self.assertEqual(relay.heard[-1], b"DOT")

    def test_server_that_is_silent_for_too_long_is_given_up(self):
        with self._conversation(RCPT=b"") as (conversation, _relay):
            conversation.offer("me@example.com", "you@example.com", b"x\r\n")
            while conversation.is_waiting:
                listen([conversation], 0.05)
                conversation.deadline = 0
            self.assertEqual(conversation.answer.code, None)
            self.assertFalse(conversation.is_open)

    def test_server_that_talks_nonsense_is_no_answer(self):
        for nonsense in (b"hello\r\n", b"25\r\n", b"\xff\xfe\n", b"2500 x\r\n"):
            with (
                self.subTest(nonsense=nonsense),
                self._conversation(RCPT=nonsense) as (conversation, _relay),
            ):
                self.assertEqual(self._offer(conversation).code, None)
                self.assertFalse(conversation.is_open)

    def test_answer_of_many_lines_when_heard_is_one(self):
        said = b"250-first\r\n250-second\r\n250 third\r\n"
        with self._conversation(DOT=said) as (conversation, _relay):
            self._offer(conversation)
            self.assertEqual(self._dot(conversation).text, "first\nsecond\nthird")

    def test_address_with_a_line_break_when_offered_is_refused(self):
        with self._conversation() as (conversation, relay):
            for address in ("a@example.com\r\nRCPT TO:<all@example.com>", "a\n@b.c"):
                with self.assertRaises(ValueError):
                    conversation.offer("me@example.com", address, b"x\r\n")
        self.assertNotIn(b"RCPT", relay.heard)

    def test_connection_that_is_gone_when_the_dot_is_sent_leaves_the_answer_open(self):
        with self._conversation() as (conversation, _relay):
            self.assertIsNone(self._offer(conversation))
            conversation.connection.sock.shutdown(socket.SHUT_RDWR)
            self.assertIsNone(self._dot(conversation).code)

    def test_many_conversations_when_listened_to_go_on_side_by_side(self):
        with ExitStack() as stack:
            talks = [
                stack.enter_context(self._conversation())[0] for _number in range(5)
            ]
            for talk in talks:
                talk.offer("me@example.com", "you@example.com", b"x\r\n")
            while not all(talk.is_offered for talk in talks):
                self.assertTrue(listen(talks, 10))

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
