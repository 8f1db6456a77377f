"""Which message something came back to."""

import re
from collections.abc import Iterator
from email.message import Message

from .text import decoded, header, own_parts

_MESSAGE_ID = re.compile(r"<[^<>\s@]+@[^<>\s]+>")
_ID_LINE = re.compile(r"(?im)^[ \t>|]*message-id:\s*(<[^<>\s@]+@[^<>\s]+>)")


def returned(message: Message) -> list[Message]:
    """The messages, or their headers, that this one brings back."""
    found = []
    for part in own_parts(message):
        if part.get_content_type() == "message/rfc822" and part.is_multipart():
            found += part.get_payload()
    return found


def message_ids(message: Message, text: str) -> tuple[str, ...]:
    """Message-IDs that `message` may be about, the surest first, each once.

    :param text: its body, where servers without MIME quote the message they return
    """
    return tuple(dict.fromkeys(_candidates(message, text)))


def _candidates(message: Message, text: str) -> Iterator[str]:
    for inner in returned(message):
        yield from _MESSAGE_ID.findall(header(inner, "Message-ID"))
    for part in own_parts(message):
        if part.get_content_type() in ("text/rfc822-headers", "text/rfc822-header"):
            yield from _ID_LINE.findall(decoded(part))
    yield from _ID_LINE.findall(text)
    for name in ("Original-Message-ID", "X-Original-Message-ID", "In-Reply-To"):
        yield from _MESSAGE_ID.findall(header(message, name))
    yield from reversed(_MESSAGE_ID.findall(header(message, "References")))
