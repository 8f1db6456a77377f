"""Texts with slots: taken apart once, filled in for each recipient.

A slot is a name between two characters of Unicode's private use area, so a text with
slots goes through every tool that takes a text: no tool takes them for something of
its own, and no value that is filled in may hold them.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

_OPEN, _CLOSE = "\ue000", "\ue001"
_SLOT = re.compile(f"{_OPEN}([^{_CLOSE}]*){_CLOSE}")
_PLACEHOLDER = re.compile(r"\{\{.*?\}\}\W*")


def slot(name: str) -> str:
    """A place in a text that is filled in later."""
    return f"{_OPEN}{name}{_CLOSE}"


def is_plain(value: str) -> bool:
    """Whether a value stays itself in every tool that a text goes through.

    Line breaks, blanks at an end or two in a row, and characters that are not printed
    may be changed by one of them.
    """
    return bool(value) and value.isprintable() and value == " ".join(value.split())


class Filled(NamedTuple):
    """One person's copy of a text, as what all copies share and the values between.

    :param values: one less than pieces; without characters that are not printed
    """

    pieces: tuple[str, ...]
    values: tuple[str, ...]

    @classmethod
    def whole(cls, text: str) -> "Filled":
        """A text as it stands, whatever is in it."""
        return cls((text,), ())


class Form:
    """A text with slots, in pieces: `fill` puts the values between them."""

    def __init__(self, text: str):
        self.pieces = _SLOT.split(text)  # text, name, text, name, .., text
        self.names = self.pieces[1::2]
        self._texts = tuple(self.pieces[::2])

    @classmethod
    def whole(cls, text: str) -> "Form":
        """A text as it stands, whatever is in it."""
        form = cls("")
        form.pieces = [text]
        return form

    def fill(self, values: Mapping[str, str]) -> str:
        """:raises KeyError: where the value of a slot is missing"""
        pieces = self.pieces.copy()
        pieces[1::2] = [values[name] for name in self.names]
        return "".join(pieces)

    def filled(self, values: Mapping[str, str]) -> Filled:
        """The same, not yet put together."""
        return Filled(self._texts, tuple(values[name] for name in self.names))


def without_placeholders(subject: str | None) -> str:
    """A subject as a title: what differs from person to person is left out."""
    return _PLACEHOLDER.sub("… ", subject or "").strip()
