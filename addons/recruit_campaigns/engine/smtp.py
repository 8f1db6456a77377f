"""An SMTP conversation that stops before the final dot, and never waits.

`smtplib.sendmail` sends the message and the dot in one go. Here they are two steps, so
that a commit can stand between them: a message without its dot was never accepted
(RFC 5321 4.1.1.4). `smtplib` opens the connection and logs in; from then on the answers
are read here, so that one worker can listen to many mail servers.
"""

import contextlib
import re
import select
import smtplib
import socket
import time
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

# RFC 5321 4.5.3.2.6: a shorter wait leads to a second copy of an accepted message.
DOT_TIMEOUT = 600

ANSWER_TIMEOUT = 60

_REPLY = re.compile(rb"((?:\d{3}-[^\n]*\n)*)(\d{3})(?: ([^\n]*))?\r?\n")
_LINE_START_DOT = re.compile(rb"(?m)^\.")
_LINE_END = re.compile(rb"\r\n|\n|\r")
_LONGEST_REPLY = 65536
_GOES_ON = {"MAIL": (250,), "RCPT": (250, 251, 252), "DATA": (354,)}
_LOST = (OSError, smtplib.SMTPException)


@dataclass(frozen=True)
class Answer:
    """What the mail server said to `verb`; `code` is None when it said nothing."""

    verb: str
    code: int | None
    text: str = ""


class Conversation:
    """Messages over one connection, one at a time.

    `offer` begins a message; `go_on` reads what the server has said and says what is
    next, until the message `is_offered` (the server waits for the dot) or there is an
    `answer`, which refuses it. `send_dot` ends the message; then `go_on` brings the
    `answer` to it. Nothing waits but `listen`, which waits for many at once.
    """

    def __init__(self, connection: smtplib.SMTP):
        """:param connection: greeted and, where needed, logged in"""
        self.connection = connection
        self.is_offered = False
        self.answer = None  # to the message at hand: a refusal, or the one to the dot
        self.deadline = 0.0
        self._pipelines = connection.has_extn("pipelining")
        self._expected = deque()  # verbs that the server has not answered yet
        self._to_say = deque()
        self._message = self._heard = b""
        # Without it the dot waits for the relay's delayed ACK: 40 ms for each message.
        with contextlib.suppress(AttributeError):  # pyOpenSSL's socket hides it
            connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def fileno(self) -> int:
        return self.connection.sock.fileno()

    @property
    def is_open(self) -> bool:
        return self.connection.sock is not None

    @property
    def is_idle(self) -> bool:
        """Whether the next message may be offered."""
        return self.is_open and not (
            self._expected or self._to_say or self.is_offered or self._message
        )

    @property
    def is_waiting(self) -> bool:
        """Whether the server has something to say."""
        return self.is_open and bool(self._expected)

    def offer(self, mail_from: str, rcpt_to: str, lines: bytes) -> None:
        """Begin a message. Where the server agrees, its verbs leave together
        (RFC 2920).

        :param mail_from: the envelope's sender, a bare ASCII address
        :param rcpt_to: the one recipient, a bare ASCII address
        :param lines: the message as `wire_lines` makes it
        :raises ValueError: for an address that holds a line break
        """
        size = f" SIZE={len(lines)}" if self.connection.has_extn("size") else ""
        self._to_say.extend(
            (
                ("MAIL", f"MAIL FROM:{_quoted(mail_from)}{size}\r\n".encode("ascii")),
                ("RCPT", f"RCPT TO:{_quoted(rcpt_to)}\r\n".encode("ascii")),
                ("DATA", b"DATA\r\n"),
            )
        )
        self.answer, self._message = None, lines
        with self._ending_in("MAIL"):
            self._say(3 if self._pipelines else 1)

    @property
    def was_left(self) -> bool:
        """Whether the server has left before the dot, or said something unasked.

        Not to be seen on an encrypted connection, where something else may have come.
        """
        if not self.is_open:
            return True
        poll = select.poll()
        poll.register(self.fileno(), select.POLLIN)
        return type(self.connection.sock) is socket.socket and bool(_poll(poll, 0))

    def send_dot(self) -> None:
        """End the message: from now on the server may accept it."""
        self.is_offered = False
        self._expect("dot", DOT_TIMEOUT)
        with contextlib.suppress(*_LOST):
            # A dot that did not leave is as uncertain as one whose answer is missing:
            # the connection tells when it is read.
            self.connection.sock.sendall(b".\r\n")

    def go_on(self) -> None:
        """Take in what the server has said, and say what is next."""
        with self._ending_in(self._expected[0]):
            for code, text in self._read():
                self._hear(Answer(self._expected.popleft(), code, text))

    def give_up(self) -> None:
        """The server was silent for too long."""
        self._end(Answer(self._expected[0], None, "no answer in time"))

    def hang_up(self) -> None:
        """Leave without the dot: the server forgets the message."""
        self.connection.close()
        self._expected.clear()
        self._to_say.clear()
        self.is_offered, self._message = False, b""

    def quit(self) -> None:
        """Leave: politely between messages, without the dot inside one."""
        if self.is_idle:
            with contextlib.suppress(*_LOST):
                self.connection.quit()
        self.hang_up()

    # ------------------------------------------------------------------- inside

    def _hear(self, answer: Answer) -> None:
        if answer.verb == "RSET":
            self._message = b""
            if answer.code != 250:
                self.hang_up()
        elif answer.verb == "dot":
            self.answer, self._message = answer, b""
            if answer.code == 421:
                self.hang_up()
        elif self.answer:
            self._hear_after_a_refusal(answer)
        elif answer.code not in _GOES_ON[answer.verb]:
            self._refuse(answer)
        elif answer.verb == "DATA":
            self.connection.sock.sendall(self._message)
            self.is_offered = True
        elif self._to_say:
            self._say(1)

    def _refuse(self, answer: Answer) -> None:
        self.answer = answer
        self._to_say.clear()
        if answer.code == 421:
            self.hang_up()
        elif not self._expected:
            self._reset()

    def _hear_after_a_refusal(self, answer: Answer) -> None:
        """What the server says to verbs that had left together with the refused one."""
        if answer.verb == "DATA" and answer.code == 354:
            self.hang_up()  # it waits for a message to nobody
        elif not self._expected:
            self._reset()

    def _reset(self) -> None:
        """Keep the connection for the next message."""
        self._to_say.append(("RSET", b"RSET\r\n"))
        self._say(1)

    def _say(self, count: int) -> None:
        said = [self._to_say.popleft() for _verb in range(count)]
        for verb, _line_of_it in said:
            self._expect(verb, ANSWER_TIMEOUT)
        self.connection.sock.sendall(b"".join(line for _verb, line in said))

    def _expect(self, verb: str, seconds: float) -> None:
        self._expected.append(verb)
        self.deadline = time.monotonic() + seconds

    def _read(self) -> Iterable[tuple[int, str]]:
        """Each whole reply that has arrived: its code and its text."""
        data = self.connection.sock.recv(_LONGEST_REPLY)
        if not data:
            raise ConnectionError("the server closed the connection")
        self._heard += data
        while self._expected and (reply := _REPLY.match(self._heard)):
            self._heard = self._heard[reply.end() :]
            lines = [line[4:] for line in reply[1].splitlines()] + [reply[3] or b""]
            text = b"\n".join(lines).decode("utf-8", "replace").strip()
            yield int(reply[2]), text
        if b"\n" in self._heard or len(self._heard) > _LONGEST_REPLY:
            raise ConnectionError("no code in the answer")

    @contextlib.contextmanager
    def _ending_in(self, verb: str):
        """A lost connection is no answer to `verb`, or to the one that came to be."""
        try:
            yield
        except _LOST as error:
            self._end(
                Answer(self._expected[0] if self._expected else verb, None, str(error))
            )

    def _end(self, answer: Answer) -> None:
        if self.is_open and self._message:
            self.answer = self.answer or answer
        self.hang_up()


def listen(conversations: Iterable[Conversation], seconds: float) -> list[Conversation]:
    """Wait until a server has said something, and go on with what it said.

    :param seconds: how long at most; a server that was silent for too long counts
    :return: the conversations that went on; none when the time was over
    """
    waiting = {talk.fileno(): talk for talk in conversations if talk.is_waiting}
    if not waiting:
        return []
    first = min(talk.deadline for talk in waiting.values()) - time.monotonic()
    poll = select.poll()
    for number in waiting:
        poll.register(number, select.POLLIN)
    heard = [waiting[number] for number, _event in _poll(poll, min(seconds, first))]
    for talk in heard:
        talk.go_on()
    if heard or seconds < first:
        return heard
    late = [talk for talk in waiting.values() if talk.deadline <= time.monotonic()]
    for talk in late:
        talk.give_up()
    return late


def _poll(poll, seconds):
    return poll.poll(max(seconds, 0) * 1000)


def wire_lines(data: bytes) -> bytes:
    """The message as it goes over the wire: CRLF, dots stuffed, ending in CRLF."""
    stuffed = _LINE_START_DOT.sub(b"..", _LINE_END.sub(b"\n", data))
    lines = stuffed.replace(b"\n", b"\r\n")
    return lines if lines.endswith(b"\r\n") else lines + b"\r\n"


def _quoted(address: str) -> str:
    if "\r" in address or "\n" in address:
        raise ValueError("An address holds a line break")
    return f"<{address}>"
