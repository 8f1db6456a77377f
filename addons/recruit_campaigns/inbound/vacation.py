"""Answers of machines: out of office, thank-you robots, ticket systems (RFC 3834)."""

import re
from datetime import date
from email.message import Message

from . import headers
from .languages import LANGUAGES
from .returns import return_day
from .text import folded, header, written
from .verdict import Kind, Verdict


def _any(attribute: str) -> str:
    return "|".join(getattr(language, attribute) for language in LANGUAGES)


# "Automatic reply: Hello Ann", "[Out of Office] Hello Ann", "Hello Ann (Auto-Reply)"
_PREFIX = re.compile(
    rf"^[\[(*\s]*(?:{_any('subjects')})[\])*\s!]*(\s?[:：].*|[\])]\s?.*)$"
    rf"|^.{{0,120}}[\[(](?:{_any('subjects')})[\])]$"
)
_WHOLE = re.compile(rf"^[\[(*\s]*({_any('subjects')}|{_any('away')})[^?]{{0,60}}$")
_ONE_WORD = re.compile(r"^[\[(*\s]*[^\W\d]+[\])*\s!]*[:：]")
# What titles a note of absence, and not just any answer of a machine.
_TITLE = re.compile(
    rf"^[\[(*\s]*(?!({_any('automatic')}|auto))({_any('subjects')})(?!\w)"
)
_AWAY = re.compile(_any("away"))
_AUTOMATIC = re.compile(_any("automatic"))
_RELAY = re.compile(_any("relay"))
_LONGEST = 5_000  # characters of a note of absence; what matters stands above


def read(message: Message, ids: tuple[str, ...], text: str, today: date) -> Verdict:
    """A machine's answer, or else: a person wrote it."""
    words = folded(written(text[:_LONGEST]))
    rule = _rule(message, words)
    if not rule:
        return Verdict(Kind.HUMAN, "", ids)
    if not _is_absence(message, words):
        return Verdict(Kind.AUTOMATIC, rule, ids)
    returns_on = return_day(f"{headers.subject(message)}. {words}", today)
    return Verdict(Kind.OUT_OF_OFFICE, rule, ids, returns_on=returns_on)


def _rule(message: Message, words: str) -> str:
    """By which rule a machine wrote this; "" for a person.

    A field of the header decides alone. Without one, what a mail program for people
    sent is a person's, and words must be such that people do not write them: the
    subject that robots put before ours, or a note of absence with its usual end.
    """
    if mark := headers.automatic_mark(message):
        # an answer to an invitation is sent by a program for the person who decided
        return "" if _is_meeting_answer(message) else mark
    if headers.is_from_mail_program(message):
        return ""
    subject = headers.subject(message)
    away, automatic = _AWAY.search(words), _AUTOMATIC.search(words)
    relay = _RELAY.search(words)
    signs = sum(map(bool, (away, automatic, relay)))
    if _PREFIX.match(subject) and _is_robots_subject(message, subject, signs):
        return "subject"
    precedence = folded(header(message, "Precedence"))
    if precedence in ("bulk", "junk") and signs:
        return "precedence"
    if headers.has_null_path(message) and signs:
        return "null path"
    if _WHOLE.match(subject) and signs >= 2 and (relay or automatic):
        return "subject and words"
    if automatic and signs >= 2 and automatic.start() < 200 and not _is_answer(message):
        return "words"
    return ""


def _is_robots_subject(message: Message, subject: str, signs: int) -> bool:
    """`Automatic reply: ...` is a robot's. `Out of office: ...` is one in an answer, as
    people's programs put Re: there; and a bare `Away: ...` is one among other signs."""
    if _AUTOMATIC.match(subject.lstrip("[(* ")):
        return True
    answers = any(name in message for name in ("In-Reply-To", "References"))
    needed = 2 if _ONE_WORD.match(subject) else 1
    return signs + answers >= needed


def _is_answer(message: Message) -> bool:
    return headers.subject(message).startswith(("re:", "aw:", "sv:", "fwd:", "fw:"))


def _is_absence(message: Message, words: str) -> bool:
    """Whether it tells that somebody is away, not only that something arrived."""
    subject = headers.subject(message)
    marked = "vacation" in " ".join(
        folded(header(message, name)) for name in ("X-Apple-Action", "Auto-Submitted")
    )
    titled = _TITLE.match(subject) or _AWAY.search(subject)
    return bool(marked or titled or _AWAY.search(words))


def _is_meeting_answer(message: Message) -> bool:
    return any(
        part.get_content_type() == "text/calendar"
        and str(part.get_param("method") or "").upper() in ("REPLY", "COUNTER")
        for part in message.walk()
    )
