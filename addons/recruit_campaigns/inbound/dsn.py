"""Delivery reports in the form of RFC 3464, and near to it."""

import re
from email.message import Message

from .causes import cause_of, class_in, sharpest, status_in
from .fields import address, blocks, text_blocks
from .text import header, own_parts
from .verdict import Action, Kind, Report, Verdict

_STATUS_TYPES = (
    "message/delivery-status",
    "message/global-delivery-status",
    "message/xdelivery-status",
)
_ACTIONS = {
    "failed": Action.FAILED,
    "fail": Action.FAILED,
    "failure": Action.FAILED,
    "error": Action.FAILED,
    "expired": Action.FAILED,
    "delayed": Action.DELAYED,
    "delay": Action.DELAYED,
    "deferred": Action.DELAYED,
    "delivered": Action.DELIVERED,
    "deliverable": Action.DELIVERED,
    "success": Action.DELIVERED,
    "relayed": Action.RELAYED,
    "expanded": Action.EXPANDED,
}
_BY_CLASS = {"2": Action.DELIVERED, "4": Action.DELAYED, "5": Action.FAILED}
_RECIPIENTS = ("final-recipient", "original-recipient", "x-actual-recipient")


def read(message: Message, ids: tuple[str, ...], text: str) -> Verdict | None:
    """The report of a `message/delivery-status` part, or of its fields in the body."""
    for part in own_parts(message):
        if part.get_content_type() in _STATUS_TYPES:
            found = (_report(group, text) for group in blocks(part))
            reports = tuple(filter(None, found))
            return Verdict(Kind.BOUNCE, "rfc3464", ids, reports or _none(message))
    groups = [group for group in text_blocks(text) if "final-recipient" in group]
    if groups and any("action" in group for group in groups):
        reports = tuple(filter(None, (_report(group, "") for group in groups)))
        return Verdict(Kind.BOUNCE, "rfc3464 in the text", ids, reports)
    return None


def _report(group: dict[str, str], body: str) -> Report | None:
    """What one group of fields says; None for the group that is about the message.

    :param body: the text for people: it tells the reason where the fields do not
    """
    named = [group[name] for name in _RECIPIENTS if name in group]
    if not named and "action" not in group and "diagnostic-code" not in group:
        return None
    recipient = next(filter(None, map(address, named)), "")
    text = re.sub(r"^[\w-]+;\s*", "", group.get("diagnostic-code", ""))
    text = text or _line_about(recipient, body)
    status = status_in(group.get("status", ""))
    action = _action(group.get("action", ""), status or class_in(text))
    status = sharpest(status, text) if action is Action.FAILED else status
    return Report(
        action=action,
        cause=cause_of(action, status, text or group.get("status", "")),
        status=status,
        recipient=recipient,
        text=text[:500],
    )


def _line_about(recipient: str, body: str) -> str:
    """What the text says of a recipient: the line that names them, with a code."""
    lines = (line.strip() for line in body.splitlines() if recipient in line.lower())
    return next((line for line in lines if class_in(line)), "") if recipient else ""


def _action(word: str, status: str) -> Action:
    """By the word, or by the class of the status where the word is none."""
    found = re.match(r"[a-z]+", word.lower())
    known = _ACTIONS.get(found.group()) if found else None
    return known or _BY_CLASS.get(status[:1], Action.FAILED)


def _none(message: Message) -> tuple[Report, ...]:
    """A report part that says nothing: the header may name who it is about."""
    failed = address(header(message, "X-Failed-Recipients"))
    return (Report(Action.FAILED, recipient=failed),)
