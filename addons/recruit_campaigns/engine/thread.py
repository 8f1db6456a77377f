"""A follow-up as an answer to what the person got before (RFC 5322 3.6.4)."""

import re
from collections.abc import Iterable
from typing import NamedTuple

_RE = re.compile(r"(?:re\s*:\s*)+", re.IGNORECASE)
_NEWEST = 8  # named beside the first: the line must stay shorter than 998


class Earlier(NamedTuple):
    """A message that the person got; its subject may be forgotten."""

    message_id: str
    subject: str | None


class Thread(NamedTuple):
    """What makes a message a part of a conversation."""

    subject: str | None  # None: its own
    headers: dict[str, str]


def reply_to(earlier: Iterable[Earlier]) -> Thread | None:
    """The thread of a follow-up; None where nothing came before it.

    :param earlier: what the person got, the oldest first
    """
    earlier = list(earlier)
    if not earlier:
        return None
    ids = [one.message_id for one in earlier]
    named = ids if len(ids) <= _NEWEST else [ids[0], *ids[-_NEWEST:]]
    return Thread(
        answer_subject(earlier[0].subject),
        {"In-Reply-To": ids[-1], "References": " ".join(named)},
    )


def answer_subject(subject: str | None) -> str | None:
    """The subject of an answer: one "Re:", however many stood there."""
    if not subject:
        return None
    return f"Re: {_RE.sub('', subject, count=1) if _RE.match(subject) else subject}"
