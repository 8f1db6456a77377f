"""From subject and bodies to the message that goes over the wire."""

import binascii
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from email.policy import EmailPolicy
from email.utils import format_datetime, formataddr
from functools import lru_cache
from typing import NamedTuple

from .smtp import wire_lines
from .text import Filled, Form

# Receivers read these as they stand. Folded at 78 columns, a long address becomes an
# encoded word (RFC 2047), which is no longer an address.
_RAW_HEADERS = {
    "in-reply-to",
    "list-unsubscribe",
    "list-unsubscribe-post",
    "message-id",
    "references",
}
_SOFT_BREAK = b"=\r\n"
_LINE_START_DOT = re.compile(rb"(?m)^\.")
_LONGEST_LINE = 75  # and a soft line break
_AS_IT_IS = re.compile(r"[A-Za-z0-9_-]{1,75}")  # tokens: no two people have the same
# Values that the library writes as they are, on one line, and takes its time for.
_PLAIN = {
    "Subject": re.compile(r"[A-Za-z0-9][\w ,.!?'-]{0,60}", re.ASCII),
    "To": re.compile(r'"[\w .-]{1,60}" <[\w.+-]+@[\w.-]+>', re.ASCII),
    "Message-ID": re.compile(r"<[\w.-]+@[\w.-]+>", re.ASCII),
    "List-Unsubscribe": re.compile(r"<https?://[\w./:-]+>", re.ASCII),
}


class _WirePolicy(EmailPolicy):
    """SMTP's line ends; raw headers and addresses on one line.

    The library's own folding takes a name such as `Zoë <b@example.com>` apart: half of
    it becomes an address. `formataddr` encodes the name as a whole.
    """

    def fold(self, name, value):
        return self._one_line(name, value) or super().fold(name, value)

    def fold_binary(self, name, value):
        line = self._one_line(name, value)
        return line.encode("ascii") if line else super().fold_binary(name, value)

    def _one_line(self, name, value):
        if addresses := getattr(value, "addresses", None):
            value = ", ".join(
                formataddr((one.display_name, one.addr_spec)) for one in addresses
            )
        elif name.lower() not in _RAW_HEADERS:
            return ""
        return f"{name}: {value}{self.linesep}"


WIRE_POLICY = _WirePolicy(linesep="\r\n")


class Kept(NamedTuple):
    """What stays of a message in the chatter of its person."""

    subject: str
    html: Filled
    author_id: int | None
    author_from: str
    reply_to: str


class Sequel(NamedTuple):
    """What follows for the person once a delivery is sent."""

    delivery_id: int
    next_step_id: int | None
    next_due_at: datetime | None
    kept: Kept | None = None


@dataclass(frozen=True)
class Letter:
    """A message ready to be sent, and what to do once it is."""

    delivery_id: int
    attempt_count: int
    lock_keys: tuple[tuple[int, int], ...]  # advisory locks from the fence to the dot
    address: str  # normalized, as the person is known; the fence compares it
    envelope_to: str  # the same in ASCII
    bounce_address: str
    notifications_email: str
    author_from: str
    lines: bytes  # as on the wire, but for the header From: it depends on the relay
    sequel: Sequel
    must_match: bool = False  # who has left the audience is not written to


def header(name: str, value: str) -> bytes:
    """One header as it goes over the wire.

    :raises ValueError: where it holds a line break
    """
    plain = _PLAIN.get(name)
    if plain and plain.fullmatch(value):
        return f"{name}: {value}\r\n".encode("ascii")
    return WIRE_POLICY.fold_binary(*WIRE_POLICY.header_store_parse(name, value))


@lru_cache(maxsize=256)
def shared_header(name: str, value: str) -> bytes:
    """A header that many messages have in common."""
    return header(name, value)


def head(
    *, headers: Mapping[str, str], reply_to: str, sent_on: datetime, unsubscribe: str
) -> bytes:
    """The headers of one message, with one-click unsubscribe (RFC 8058).

    :param headers: Message-ID, Subject, To; ready-made values
    :param sent_on: naive UTC
    :param unsubscribe: the person's own address of the page
    :raises ValueError: where a header holds a line break
    """
    return b"".join(
        (
            *(header(name, value) for name, value in headers.items()),
            shared_header("Reply-To", reply_to),
            _date(sent_on),
            header("List-Unsubscribe", f"<{unsubscribe}>"),
            b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
            b"Precedence: list\r\n"
            b"X-Auto-Response-Suppress: OOF, AutoReply\r\n"
            b"MIME-Version: 1.0\r\n",
        )
    )


@lru_cache(maxsize=8)
def _date(sent_on: datetime) -> bytes:
    return header("Date", format_datetime(sent_on.replace(tzinfo=timezone.utc)))


def encode_body(text: str, html: str) -> bytes:
    """Text and HTML as the body of a message, from its header Content-Type on."""
    return Body(Form.whole(text), Form.whole(html)).fill({}, {})


class Body:
    """Text and HTML with slots, encoded once for all recipients.

    Quoted-printable is ASCII: no relay has to offer 8BITMIME, and lines stay short.
    Each value stands between two soft line breaks, so it can be encoded by itself.
    """

    def __init__(self, text: Form, html: Form):
        content = "\0".join(text.pieces + html.pieces).encode()
        # "=_" stands in no quoted-printable text
        border = "=_" + hashlib.sha256(content).hexdigest()[:24]
        start = (
            f'Content-Type: multipart/alternative; boundary="{border}"\r\n\r\n'
            f"--{border}\r\n{_part('plain')}"
        )
        between = f"\r\n--{border}\r\n{_part('html')}"
        self._text = [_encode(piece) for piece in text.pieces]
        self._html = [_encode(piece) for piece in html.pieces]
        self._names = text.names, html.names
        self._frame = start.encode(), between.encode(), f"\r\n--{border}--\r\n".encode()

    def fill(self, text_values: Mapping[str, str], html_values: Mapping[str, str]):
        """The body of one recipient, as on the wire: CRLF, dots stuffed."""
        start, between, end = self._frame
        text_names, html_names = self._names
        return b"".join(
            (
                start,
                _filled(self._text, text_names, text_values),
                between,
                _filled(self._html, html_names, html_values),
                end,
            )
        )


def _part(subtype: str) -> str:
    return (
        f'Content-Type: text/{subtype}; charset="utf-8"\r\n'
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    )


def _filled(encoded, names, values):
    pieces = encoded.copy()
    pieces[1::2] = [_encode_value(values[name]) for name in names]
    return _SOFT_BREAK.join(pieces)


def _encode_value(value: str) -> bytes:
    return value.encode("ascii") if _AS_IT_IS.fullmatch(value) else _encode_text(value)


@lru_cache(maxsize=4096)
def _encode_text(value: str) -> bytes:
    return _encode(value)


def _encode(text: str) -> bytes:
    """Quoted-printable lines; the last one without its end."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = binascii.b2a_qp(text.encode(), istext=True)
    before, newline, last = lines.rpartition(b"\n")
    if len(last) > _LONGEST_LINE:
        middle = last.rindex(b"=", 0, 40) if b"=" in last[:40] else 40
        last = last[:middle] + b"=\n" + last[middle:]
    return _LINE_START_DOT.sub(b"..", before + newline + last).replace(b"\n", b"\r\n")


def with_sender(sender: str, lines: bytes) -> bytes:
    """The whole message: the header From before the rest."""
    return wire_lines(shared_header("From", sender)) + lines
