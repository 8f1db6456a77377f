"""Questions to a DNS server and its answers, as bytes (RFC 1035, EDNS0 of RFC 6891)."""

import struct
from typing import NamedTuple

TXT, OPT, INTERNET = 16, 41, 1
NO_SUCH_NAME = 3
UDP_SIZE = 1232  # what passes everywhere without fragments
_RECURSE, _IS_ANSWER, _IS_CUT = 0x0100, 0x8000, 0x0200
_MOST_RECORDS = 64


class Answer(NamedTuple):
    """What a server said: the texts, and whether it cut them for want of room."""

    texts: tuple[str, ...]
    is_cut: bool = False


class BadAnswerError(ValueError):
    """The bytes are no answer to the question."""


def question(number: int, name: str) -> bytes:
    """The query for the TXT records of a name.

    :param number: 0 to 65535; the answer repeats it
    :raises ValueError: for a name that cannot be asked for
    """
    head = struct.pack(">6H", number, _RECURSE, 1, 0, 0, 1)
    more_room = struct.pack(">BHHIH", 0, OPT, UDP_SIZE, 0, 0)
    return head + _asked(name) + more_room


def answer(number: int, name: str, data: bytes) -> Answer:
    """The texts in an answer; none where the name or the record does not exist.

    :raises BadAnswerError: for anything else: a foreign, broken or failed answer
    """
    try:
        return _answer(number, name, data)
    except (struct.error, IndexError) as error:
        raise BadAnswerError("The answer is broken off.") from error


def _answer(number, name, data):
    echoed, flags, questions, answers = struct.unpack_from(">4H", data)
    asked = _asked(name)
    if echoed != number or not flags & _IS_ANSWER or questions != 1:
        raise BadAnswerError("The answer is to another question.")
    if data[12 : 12 + len(asked)].lower() != asked.lower():
        raise BadAnswerError("The answer is about another name.")
    if flags & 0xF not in (0, NO_SUCH_NAME):
        raise BadAnswerError("The server could not answer.")
    position, texts = 12 + len(asked), []
    for _record in range(min(answers, _MOST_RECORDS)):
        position = _after_name(data, position)
        kind, _class, _ttl, size = struct.unpack_from(">HHIH", data, position)
        position += 10
        if kind == TXT:
            texts.append(_text(data[position : position + size]))
        position += size
    return Answer(tuple(texts), bool(flags & _IS_CUT))


def _asked(name):
    labels = name.rstrip(".").encode("idna").split(b".")
    if not all(0 < len(label) < 64 for label in labels) or len(name) > 253:
        raise ValueError(f"{name!r} is no name of a domain.")
    written = b"".join(bytes([len(label)]) + label for label in labels)
    return written + b"\0" + struct.pack(">2H", TXT, INTERNET)


def _after_name(data, position):
    """Where the name that begins here ends; a pointer is its end."""
    while size := data[position]:
        if size & 0xC0:
            return position + 2
        position += size + 1
    return position + 1


def _text(data):
    """The strings of a TXT record, put together as SPF and DKIM want them."""
    parts, position = [], 0
    while position < len(data):
        size = data[position]
        parts.append(data[position + 1 : position + 1 + size])
        position += size + 1
    return b"".join(parts).decode("utf-8", "replace")
