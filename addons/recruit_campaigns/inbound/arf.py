"""Abuse reports: somebody pressed "this is spam" (RFC 5965, and older forms)."""

import re
from email.message import Message

from .fields import blocks
from .headers import subject
from .notices import notice
from .text import own_parts
from .verdict import Kind, Verdict

_OLD_SUBJECTS = re.compile(
    r"^(complaint about message from|(abuse|spam|email feedback) report\b"
    r"|spam complaint\b|(\[?fbl\]?|feedback loop)[ :-])"
)


def read(message: Message, ids: tuple[str, ...], text: str) -> Verdict | None:
    """A complaint through a mailbox provider.

    Its `feedback` is the Feedback-Type: only "abuse" and its like come from a person;
    "auth-failure" is a DMARC report, "not-spam" the opposite.
    """
    for part in own_parts(message):
        if part.get_content_type() == "message/feedback-report":
            kinds = [group.get("feedback-type", "") for group in blocks(part)]
            kind = next(filter(None, kinds), "abuse").strip().lower()
            return Verdict(Kind.COMPLAINT, "rfc5965", ids, feedback=kind)
    if str(message.get_param("report-type") or "").lower() == "feedback-report":
        return Verdict(Kind.COMPLAINT, "feedback-report", ids, feedback="abuse")
    if _is_old_form(message):
        return Verdict(Kind.COMPLAINT, "feedback-loop", ids, feedback="abuse")
    return _service(text, ids)


def _is_old_form(message: Message) -> bool:
    """Hotmail's and others' loops: a known subject and the message that is meant."""
    attached = any(
        part.get_content_type() == "message/rfc822" for part in own_parts(message)
    )
    return attached and bool(_OLD_SUBJECTS.match(subject(message)))


def _service(text: str, ids: tuple[str, ...]) -> Verdict | None:
    """A complaint that Amazon SES tells in JSON."""
    complaint = notice(text).get("complaint")
    if not isinstance(complaint, dict):
        return None
    kind = complaint.get("complaintFeedbackType") or "abuse"
    return Verdict(Kind.COMPLAINT, "amazon-ses", ids, feedback=str(kind))
