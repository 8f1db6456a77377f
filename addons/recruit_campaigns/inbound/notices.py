"""What Amazon SES tells in JSON, by mail."""

import json
import re

_BROKEN_LINE = re.compile(r"!\r?\n ")  # how Sendmail breaks a line of over 990 letters


def notice(text: str) -> dict:
    """The notification in the body of a mail; an empty one where there is none."""
    if '"notificationType"' not in text:
        return {}
    text = _BROKEN_LINE.sub("", text)
    try:
        found = json.loads(text[text.index("{") : text.rindex("}") + 1])
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
