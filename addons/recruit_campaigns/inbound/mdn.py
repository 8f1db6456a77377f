"""Read receipts: message disposition notifications (RFC 8098)."""

from email.message import Message

from .fields import blocks
from .headers import subject
from .text import header, own_parts
from .verdict import Kind, Verdict


def read(message: Message, ids: tuple[str, ...]) -> Verdict | None:
    """A receipt, for what was opened, or deleted unread. It means nothing more."""
    for part in own_parts(message):
        if part.get_content_type() == "message/disposition-notification":
            named = (group.get("original-message-id", "") for group in blocks(part))
            return Verdict(Kind.RECEIPT, "rfc8098", (*filter(None, named), *ids))
    if _report_type(message) == "disposition-notification" or _is_worded(message):
        return Verdict(Kind.RECEIPT, "receipt", ids)
    return None


def _report_type(message: Message) -> str:
    return str(message.get_param("report-type") or "").lower()


def _is_worded(message: Message) -> bool:
    """Exchange and Notes once wrote receipts without MIME, but named the class."""
    kind = header(message, "X-MS-Exchange-Message-Class")
    kind = kind or header(message, "X-Message-Class")
    return kind.upper().endswith((".IPNRN", ".IPNNRN")) or (
        "X-MSMail-Receipt" in message and "read" in subject(message)
    )
