"""Fields of the reports of RFC 3464, 3798 and 5965: header lines in the body."""

import re
from email.message import Message

from .text import decoded

_FOLD = re.compile(r"\r?\n[ \t]+")
_FIELD = re.compile(r"(?m)^[ \t]*([A-Za-z][A-Za-z0-9-]*)[ \t]*:[ \t]*(.*?)[ \t]*\r?$")
_ADDRESS = re.compile(r"[^\s<>;,\"'()\[\]:]+@[^\s<>;,\"'()\[\]:]+")


def blocks(part: Message) -> list[dict[str, str]]:
    """The groups of fields of a report part: names in lower case, unfolded values."""
    payload = part.get_payload()
    if isinstance(payload, list):
        text = "\n\n".join(map(_lines, payload))
    else:
        text = decoded(part)
    return text_blocks(text)


def _lines(group: Message) -> str:
    """The fields of a group as they were sent; what else it holds follows."""
    fields = [f"{name}: {value}" for name, value in group.raw_items()]
    rest = group.get_payload()
    return "\n".join([*fields, "", rest if isinstance(rest, str) else ""])


def text_blocks(text: str) -> list[dict[str, str]]:
    """The same out of a text, where a server writes them into the body."""
    groups = re.split(r"\r?\n[ \t]*\r?\n", _FOLD.sub(" ", text))
    found = ({k.lower(): v for k, v in _FIELD.findall(group)} for group in groups)
    return [group for group in found if group]


def address(value: str) -> str:
    """The address in `rfc822; Somebody@example.com`, in lower case."""
    found = _ADDRESS.search(value.rpartition(";")[2] or value)
    return found.group().strip(".").lower() if found else ""
