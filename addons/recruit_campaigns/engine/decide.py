"""What an answer of the mail server means for the message."""

from dataclasses import dataclass
from datetime import timedelta

from . import states
from .smtp import Answer

# 4xx: wait longer each time, 49 hours in all. RFC 5321 4.5.4.1 asks for some days in
# the end and at least 30 minutes between tries; greylisting opens after 5 minutes.
BACKOFF = tuple(timedelta(minutes=m) for m in (5, 15, 60, 240, 480, 720, 1440))

# How long to leave the mail server alone when it cannot be reached at all.
UNREACHABLE_PAUSE = timedelta(minutes=5)

# Without an answer most messages were accepted (the relay answers after it stores), so
# a day without a bounce is taken for 'sent'.
UNCERTAIN_SETTLES_AFTER = timedelta(days=1)


@dataclass(frozen=True)
class Verdict:
    """The next state of a delivery, the reason in code, and how long to wait."""

    state: str
    reason: str | None = None
    wait: timedelta | None = None


def judge(answer: Answer, *, attempt_count: int) -> Verdict:
    """Decide by the code of the answer and how far the conversation had come.

    :param answer: the last answer, with the verb that it answers
    :param attempt_count: tries so far, this one included
    """
    kind = None if answer.code is None else answer.code // 100
    if answer.verb == "dot" and kind == 2:
        return Verdict(states.SENT)
    if answer.verb == "dot" and kind not in (4, 5):
        return Verdict(states.UNCERTAIN, "silence")
    if kind == 5 and answer.verb != "MAIL":
        reason = "address_refused" if answer.verb == "RCPT" else "message_refused"
        return Verdict(states.FAILED, reason)
    return _again(kind, attempt_count)


def _again(kind: int | None, attempt_count: int) -> Verdict:
    """Another try later. A refused sender is our own fault and can be mended."""
    if attempt_count > len(BACKOFF):
        return Verdict(states.FAILED, "gave_up")
    reason = {None: "connection_lost", 5: "sender_refused"}.get(kind, "asked_to_wait")
    return Verdict(states.RETRY, reason, BACKOFF[attempt_count - 1])
