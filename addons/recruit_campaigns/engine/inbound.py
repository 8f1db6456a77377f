"""What kind of message came back."""

from email.message import Message


def is_automatic(message: Message) -> bool:
    """Whether a machine wrote the message (RFC 3834 section 5) and no person."""
    submitted = message.get("Auto-Submitted", "no").split(";")[0].strip().lower()
    return submitted != "no"
