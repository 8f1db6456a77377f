"""The words that say where a contact came from, as strangers may send them."""

import re

# Nobody reads more in a list, and a PostgreSQL index row holds 2,704 bytes.
WORD_LENGTH = 100
EVIDENCE_LENGTH = 2000
CUT = "…"
# What is no text: control characters, NUL that PostgreSQL refuses, halves of pairs
# that UTF-8 has no bytes for, and the mark of a byte that was none.
NO_TEXT = re.compile(
    "[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffd\u200b-\u200f\u2028-\u202e]+"
)


def clean_word(word, length=WORD_LENGTH):
    """Return ``word`` as one line of text, cut to ``length``; None when none is left.

    :param word: text of any origin, or a value that is no text
    """
    if word is None or word is False:
        return None
    text = " ".join(NO_TEXT.sub(" ", str(word)).split())
    return shorten(text, length) or None


def clean_text(text, length=EVIDENCE_LENGTH):
    """Return ``text`` with its lines, without NUL and the like, cut to ``length``."""
    if not text:
        return None
    lines = (NO_TEXT.sub(" ", line).rstrip() for line in str(text).splitlines())
    return shorten("\n".join(lines).strip(), length) or None


def shorten(text, length):
    """Return ``text`` with at most ``length`` characters; a cut one ends in '…'."""
    return text if len(text) <= length else text[: length - 1].rstrip() + CUT
