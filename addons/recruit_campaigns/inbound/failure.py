"""Delivery reports of servers that do not follow RFC 3464.

Two things must come together: a sender that is a mail server, and words of failure in
the subject or the text. Either alone is also found in the mail of people.
"""

import re
from email.message import Message

from . import headers
from .causes import cause_of, class_in, status_in
from .fields import address
from .notices import notice
from .original import returned
from .phrases import (
    BOUNCE_SUBJECTS,
    BOUNCE_TEXTS,
    DELAY,
    DELIVERED,
    LIST_SUBJECTS,
    ORIGINAL_BEGINS,
)
from .text import folded, header, own_parts
from .verdict import Action, Kind, Report, Verdict

_ADDRESS = re.compile(r"[^\s<>;,\"'()\[\]:=]+@[a-z0-9.-]+\.[a-z]{2,}", re.IGNORECASE)
_SERVER_SAID = re.compile(r"(?m)^.*(?<!\d)[45]\d\d[ \-#][^\n]*(\n[ \t]+[^\n]+)?")
_EXPLICIT = ("X-Failed-Recipients", "X-MS-Exchange-Message-Is-Ndr")


def read(message: Message, ids: tuple[str, ...], text: str) -> Verdict | None:
    """A report in words: qmail, Exim, Exchange, Notes, Yahoo, mobile carriers, ..."""
    if notice := _service(text, ids):
        return notice
    if "In-Reply-To" in message and headers.is_from_mail_program(message):
        return None
    rule = _rule(message, text)
    if not rule:
        return None
    report = _report(message, ORIGINAL_BEGINS.split(text, maxsplit=1)[0] or text)
    return Verdict(Kind.BOUNCE, rule, ids, (report,))


def _rule(message: Message, text: str) -> str:
    if any(header(message, name) for name in _EXPLICIT):
        return "failed recipients"
    if str(message.get_param("report-type") or "").lower() == "delivery-status":
        return "report"
    subject = headers.subject(message)
    top = folded(ORIGINAL_BEGINS.split(text, maxsplit=1)[0][:4000] or text[:4000])
    titled = BOUNCE_SUBJECTS.search(subject)
    worded = titled or BOUNCE_TEXTS.search(top)
    if worded and headers.is_from_daemon(message):
        return "mail server"
    if headers.is_daemon_itself(message):
        return "daemon"
    if worded and (titled or _brings_back(message, text)):
        if headers.has_null_path(message):
            return "null path"
        if headers.is_from_robot(message) and _brings_back(message, text):
            return "robot"
    # list managers: they write from their own address, and say what they are about
    if LIST_SUBJECTS.match(subject) and headers.is_from_robot(message):
        return "list server"
    return ""


def _brings_back(message: Message, text: str) -> bool:
    """Whether the message that failed comes with it."""
    attached = returned(message) or any(
        part.get_content_type() == "text/rfc822-headers" for part in own_parts(message)
    )
    return bool(attached or ORIGINAL_BEGINS.search(text))


def _report(message: Message, text: str) -> Report:
    """The one report that can be read out of words."""
    said = _SERVER_SAID.search(text)
    reason = " ".join((said.group() if said else text).split())
    action = _action(headers.subject(message), folded(text[:1500]))
    status = status_in(reason) or status_in(text)
    if not status and action is Action.FAILED:
        status = f"{class_in(reason)}.0.0" if class_in(reason) else ""
    return Report(
        action=action,
        cause=cause_of(action, status, reason[:2000]),
        status=status,
        recipient=_recipient(message, text),
        text=reason[:500],
    )


def _action(subject: str, text: str) -> Action:
    if DELAY.search(subject) or (
        DELAY.search(text) and not BOUNCE_SUBJECTS.search(subject)
    ):
        return Action.DELAYED
    if DELIVERED.search(subject):
        return Action.DELIVERED
    return Action.FAILED


def _recipient(message: Message, text: str) -> str:
    failed = address(header(message, "X-Failed-Recipients"))
    found = _ADDRESS.search(text)
    return failed or (found.group().strip(".").lower() if found else "")


def _service(text: str, ids: tuple[str, ...]) -> Verdict | None:
    """A report that Amazon SES tells in JSON."""
    told = notice(text)
    try:
        failed = told.get("bounce", {}).get("bouncedRecipients", ())
        reports = [_service_report(one) for one in failed]
        delivered = told.get("delivery", {}).get("recipients", ())
        reports += [
            Report(Action.DELIVERED, recipient=one.lower()) for one in delivered
        ]
    except (AttributeError, TypeError):
        return None
    return Verdict(Kind.BOUNCE, "amazon-ses", ids, tuple(reports)) if reports else None


def _service_report(one: dict) -> Report:
    text = str(one.get("diagnosticCode", ""))
    status = status_in(str(one.get("status", ""))) or status_in(text)
    action = Action.DELAYED if one.get("action") == "delayed" else Action.FAILED
    return Report(
        action=action,
        cause=cause_of(action, status, text),
        status=status,
        recipient=str(one.get("emailAddress", "")).lower(),
        text=text[:500],
    )
