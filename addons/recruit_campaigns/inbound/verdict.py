"""What came back, in plain data."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """Who or what wrote a message, and to what end."""

    HUMAN = "human"
    OUT_OF_OFFICE = "out_of_office"
    AUTOMATIC = "automatic"  # any other machine: a ticket system, a thank-you robot
    CHALLENGE = "challenge"  # "prove that you are a person, then I deliver"
    BOUNCE = "bounce"  # any report on a delivery: failed, delayed, delivered, relayed
    RECEIPT = "receipt"  # read, or deleted without being read
    COMPLAINT = "complaint"  # "this is spam", through the mailbox provider


class Action(StrEnum):
    """What a delivery report says has happened (RFC 3464 2.3.3)."""

    FAILED = "failed"
    DELAYED = "delayed"
    DELIVERED = "delivered"
    RELAYED = "relayed"
    EXPANDED = "expanded"


class Cause(StrEnum):
    """Why a message was not delivered, as far as it matters to what we do next."""

    ADDRESS = "address"  # the mailbox or its domain does not exist, or not any more
    TEMPORARY = "temporary"  # full, busy, unreachable, greylisted, expired
    POLICY = "policy"  # spam filter, block list, authentication: it is about us
    OTHER = "other"


@dataclass(frozen=True)
class Report:
    """What a delivery report says about one recipient.

    :param status: RFC 3463, e.g. "5.1.1"; "" where it says none
    :param recipient: the address in lower case; "" where it names none
    :param text: what the other server said
    """

    action: Action
    cause: Cause = Cause.OTHER
    status: str = ""
    recipient: str = ""
    text: str = ""


@dataclass(frozen=True)
class Verdict:
    """What a message is.

    :param rule: the rule that decided, in code; shown beside the raw event
    :param message_ids: of the messages it may be about, with their angle brackets
    :param reports: of a bounce
    :param feedback: of a complaint: its Feedback-Type
    :param returns_on: of an out-of-office: the first day back, where it is stated
    """

    kind: Kind
    rule: str
    message_ids: tuple[str, ...] = ()
    reports: tuple[Report, ...] = ()
    feedback: str = ""
    returns_on: date | None = None

    @property
    def is_human(self) -> bool:
        return self.kind is Kind.HUMAN
