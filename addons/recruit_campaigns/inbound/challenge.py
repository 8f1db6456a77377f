"""Challenges: "click here to prove that you are a person, then I deliver"."""

import re
from email.message import Message

from .headers import automatic_mark, has_null_path, is_from_mail_program, subject
from .text import folded, header, written
from .verdict import Kind, Verdict

_HEADERS = ("X-TMDA-Confirm", "X-Boxbe-Challenge", "X-BlueBottle-Request", "X-ASK-Auth")
_WORDS = re.compile(
    r"(confirm|verify|prove|validate) (that )?(you are|you're) (a )?(human|real|person"
    r"|not)"
    r"|(verify|confirm|authenticate|validate) (your|this|the) (e-?mail|message|address"
    r"|identity|delivery|sender).{0,200}(deliver|release|inbox|approved|guest list"
    r"|link)"
    r"|challenge[- ]response|(protected|guarded) by .{0,40}(spam|boxbe|boxtrapper|tmda)"
    r"|spamarrest|spam arrest|boxbe|boxtrapper|knowspam|mailblocks|bluebottle"
    r"|your (message|e-?mail) .{0,60}(held|waiting|pending|quarantined).{0,160}"
    r"(confirm|verify|approve|reply)|added to .{0,30}(allowed|approved"
    r"|white ?list) sender"
    r"|(bitte )?bestätigen sie.{0,60}(absender|nachricht|e-?mail).{0,120}(zugestellt"
    r"|link)"
    r"|confirm(ez|er) .{0,60}(envoi|adresse|message).{0,120}(remis|délivr|livr)"
    r"|confirme .{0,60}(envío|mensaje|dirección).{0,120}entreg"
)
_SUBJECTS = re.compile(
    r"^(please )?(confirm|verify|authenticate) (your |this |the )?(e-?mail|message"
    r"|sender"
    r"|delivery|identity)|verification (required|needed)|sender verification"
    r"|action required:"
    r".{0,20}(verify|confirm)|your message to .{1,60} (is|was) (held|waiting)"
)


def read(message: Message, ids: tuple[str, ...], text: str) -> Verdict | None:
    """A robot that asks the sender to prove something before it delivers."""
    if any(header(message, name) for name in _HEADERS):
        return Verdict(Kind.CHALLENGE, "header", ids)
    if is_from_mail_program(message):
        return None
    words = _WORDS.search(folded(written(text)))
    known = automatic_mark(message) or has_null_path(message)
    if words and (known or _SUBJECTS.search(subject(message))):
        return Verdict(Kind.CHALLENGE, "words", ids)
    return None
