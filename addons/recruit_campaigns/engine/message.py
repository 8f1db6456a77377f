"""From subject and bodies to the message that goes over the wire."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, formataddr

# Receivers read these as they stand. Folded at 78 columns, a long address becomes an
# encoded word (RFC 2047), which is no longer an address.
_RAW_HEADERS = {
    "in-reply-to",
    "list-unsubscribe",
    "list-unsubscribe-post",
    "message-id",
    "references",
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


@dataclass(frozen=True)
class Letter:
    """A message ready to be sent, and what to do once it is."""

    delivery_id: int
    attempt_count: int
    lock_keys: tuple[tuple[int, int], ...]  # advisory locks from the fence to the dot
    address: str  # normalized, as the person is known; the fence compares it
    envelope_to: str  # the same in ASCII
    candidate_id: int
    author_id: int | None
    bounce_address: str
    notifications_email: str
    subject: str
    html: str
    author_from: str
    reply_to: str
    message: EmailMessage
    next_step_id: int | None
    next_due_at: datetime | None


def compose(
    *,
    headers: Mapping[str, str],
    sent_on: datetime,
    unsubscribe_url: str,
    text: str,
    html: str,
) -> EmailMessage:
    """A multipart message, text and HTML, with one-click unsubscribe (RFC 8058).

    :param headers: Message-ID, Subject, From, To, Reply-To; ready-made values
    :param sent_on: naive UTC
    :raises ValueError: where a header holds a line break
    """
    message = EmailMessage(policy=WIRE_POLICY)
    for name, value in headers.items():
        message[name] = value
    message["Date"] = format_datetime(sent_on.replace(tzinfo=timezone.utc))
    message["List-Unsubscribe"] = f"<{unsubscribe_url}>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message["Precedence"] = "list"
    message["X-Auto-Response-Suppress"] = "OOF, AutoReply"
    # Quoted-printable is ASCII: no relay has to offer 8BITMIME, and lines stay short.
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    return message


def to_bytes(message: EmailMessage) -> bytes:
    """The message as ASCII bytes with CRLF line ends."""
    return message.as_bytes(policy=WIRE_POLICY)
