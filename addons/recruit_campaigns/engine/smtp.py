"""An SMTP conversation that stops before the final dot.

`smtplib.sendmail` sends the message and the dot in one go. Here they are two steps, so
that a commit can stand between them: a message without its dot was never accepted
(RFC 5321 4.1.1.4).
"""

import contextlib
import re
import smtplib
import socket
from dataclasses import dataclass

# RFC 5321 4.5.3.2.6: a shorter wait leads to a second copy of an accepted message.
DOT_TIMEOUT = 600

_LINE_START_DOT = re.compile(rb"(?m)^\.")
_LINE_END = re.compile(rb"\r\n|\n|\r")


@dataclass(frozen=True)
class Answer:
    """What the mail server said to `verb`; `code` is None when it said nothing."""

    verb: str
    code: int | None
    text: str = ""


class Conversation:
    """Messages over one connection, one at a time: `offer`, `send_dot`, `answer`."""

    def __init__(self, connection: smtplib.SMTP):
        """:param connection: greeted and, where needed, logged in"""
        self.connection = connection
        self._in_data = False  # the server takes whatever comes for the message
        # Without it the dot waits for the relay's delayed ACK: 40 ms for each message.
        with contextlib.suppress(AttributeError):  # pyOpenSSL's socket hides it
            connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def offer(self, mail_from: str, rcpt_to: str, data: bytes) -> Answer | None:
        """Say everything up to, but not including, the final dot.

        :param mail_from: the envelope's sender, a bare ASCII address
        :param rcpt_to: the one recipient, a bare ASCII address
        :param data: the message; line ends and leading dots are taken care of here
        :return: None when the server waits for the dot; else its refusal, and the
            message was certainly not accepted
        """
        lines = wire_lines(data)
        steps = (
            ("MAIL", lambda: self.connection.mail(mail_from, self._size(lines))),
            ("RCPT", lambda: self.connection.rcpt(rcpt_to)),
            ("DATA", lambda: self.connection.docmd("DATA")),
        )
        try:
            for verb, say in steps:
                answer = _answer(verb, *say())
                if not _goes_on(answer):
                    self._reset(answer)
                    return answer
            verb, self._in_data = "body", True
            self.connection.send(lines)
        except (OSError, smtplib.SMTPException) as error:
            self.hang_up()
            return Answer(verb, None, str(error))
        return None

    def send_dot(self) -> None:
        """End the message: from now on the server may accept it."""
        with contextlib.suppress(OSError, smtplib.SMTPException):
            # A dot that did not leave is as uncertain as one whose answer is missing.
            self.connection.send(b".\r\n")

    def answer(self) -> Answer:
        """Wait for the answer to the dot; `code` is None when there is none."""
        sock = self.connection.sock
        if not sock:
            return Answer("dot", None, "connection lost")
        usual = sock.gettimeout()
        try:
            sock.settimeout(DOT_TIMEOUT)
            answer = _answer("dot", *self.connection.getreply())
            self._in_data = False
            if answer.code == 421:
                self.hang_up()
            elif self.is_idle:
                sock.settimeout(usual)
        except (OSError, smtplib.SMTPException) as error:
            self.hang_up()
            return Answer("dot", None, str(error))
        return answer

    @property
    def is_idle(self) -> bool:
        """Whether the next message may be offered."""
        return self.connection.sock is not None and not self._in_data

    def hang_up(self) -> None:
        """Leave without the dot: the server forgets the message."""
        self.connection.close()

    def quit(self) -> None:
        """Leave: politely between messages, without the dot inside one."""
        if self.is_idle:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                self.connection.quit()
        self.hang_up()

    def _size(self, lines: bytes) -> list[str]:
        return [f"size={len(lines)}"] if self.connection.has_extn("size") else []

    def _reset(self, answer: Answer) -> None:
        """Keep the connection for the next message, unless the server is closing it."""
        try:
            if answer.code == 421 or self.connection.rset()[0] != 250:
                self.hang_up()
        except (OSError, smtplib.SMTPException):
            self.hang_up()


def wire_lines(data: bytes) -> bytes:
    """The message as it goes over the wire: CRLF, dots stuffed, ending in CRLF."""
    stuffed = _LINE_START_DOT.sub(b"..", _LINE_END.sub(b"\n", data))
    lines = stuffed.replace(b"\n", b"\r\n")
    return lines if lines.endswith(b"\r\n") else lines + b"\r\n"


def _answer(verb: str, code: int, text: bytes) -> Answer:
    if code < 0:  # smtplib's word for an answer without a code
        return Answer(verb, None, "no code in the answer")
    return Answer(verb, code, text.decode("utf-8", "replace"))


def _goes_on(answer: Answer) -> bool:
    expected = {"MAIL": (250,), "RCPT": (250, 251, 252), "DATA": (354,)}
    return answer.code in expected[answer.verb]
