"""A message taken apart once: what is the same for all, and slots for the rest.

Slots of values are named by the placeholder, slots of links by the purpose of their
token. Only placeholders of the simple kind, `<t t-out="object.city">default</t>`, are
known here; a text with any other is left to the renderer.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import NamedTuple

from .message import Body, encode_body
from .text import Filled, Form, is_plain, slot

_PLACEHOLDER = re.compile(
    r"""<(\w+)\s+t-out="(object(?:\.\w+)+)"\s*(?:/>|>([^<>]*)</\1>)"""
)
_TEMPLATE_MARK = re.compile(r"""[\s<]t-|\{\{|#\{""")


Sign = Callable[[str], str]


class Placeholder(NamedTuple):
    """A value of the person: `path` without `object`, and what stands in its place."""

    path: str
    default: str

    @property
    def name(self) -> str:
        return f"value:{self.path}:{self.default}"


class Links(NamedTuple):
    """The public addresses of one person's copy.

    :param sign: from a purpose to the person's token
    :param measured: whether it may be known that the person opened it and clicked
    """

    base_url: str
    sign: Sign
    measured: bool = True

    def url(self, purpose):
        return f"{self.base_url}/recruit/{purpose}/{self.sign(purpose)}"


class Pages(NamedTuple):
    """What one person gets, to be read."""

    subject: str
    kept: str  # the HTML that stays in the chatter
    text: str
    html: str


class Texts(NamedTuple):
    """What one person gets, to be sent."""

    subject: str
    kept: Filled
    body: bytes  # of the message, from its header Content-Type on

    @classmethod
    def of(cls, pages: Pages) -> "Texts":
        body = encode_body(pages.text, pages.html)
        return cls(pages.subject, Filled.whole(pages.kept), body)


def mark_body(html: str, blank: Iterable[Placeholder] = ()) -> tuple[str, set]:
    """Put slots in place of the placeholders of an HTML text.

    :param blank: placeholders without a value: nothing stands in their place
    :return: the text and its placeholders; none of them where it is not simple
    """
    found = set()

    def replace(match):
        placeholder = Placeholder(match[2][7:], (match[3] or "").strip())
        found.add(placeholder)
        value = "" if placeholder in blank else slot(placeholder.name)
        return value if match[1] == "t" else f"<{match[1]}>{value}</{match[1]}>"

    marked = _PLACEHOLDER.sub(replace, html)
    return (marked, found) if not _TEMPLATE_MARK.search(marked) else ("", set())


def mark_subject(groups, blank: Iterable[Placeholder] = ()) -> tuple[str, set]:
    """The same for a subject, taken apart by Odoo's `parse_inline_template`."""
    text, found = "", set()
    for literal, expression, default in groups:
        text += literal
        if expression:
            placeholder = Placeholder(expression.removeprefix("object."), default)
            found.add(placeholder)
            text += "" if placeholder in blank else slot(placeholder.name)
    return text, found


class Wording:
    """One message with slots, for the people who have the same values blank."""

    def __init__(self, pages: Pages):
        """:param pages: each a text with slots"""
        self._forms = [Form(text) for text in pages]
        self._body = Body(*self._forms[2:])
        names = {name for form in self._forms for name in form.names}
        self._purposes = [name for name in names if not name.startswith("value:")]

    def texts(self, values: Mapping[Placeholder, str], sign: Sign) -> Texts:
        """What is sent to one person.

        :param values: each of them `is_plain`
        :param sign: from a purpose to the person's token
        """
        plain, escaped = self._fillings(values, sign)
        subject, kept = self._forms[:2]
        return Texts(
            " ".join(subject.fill(plain).split()),
            kept.filled(_as_text(plain)),
            self._body.fill(plain, escaped),
        )

    def pages(self, values: Mapping[Placeholder, str], sign: Sign) -> Pages:
        """The same to be read, for the comparison with the renderer."""
        plain, escaped = self._fillings(values, sign)
        subject, kept, text, html = self._forms
        return Pages(
            " ".join(subject.fill(plain).split()),
            kept.fill(_as_text(plain)),
            text.fill(plain),
            html.fill(escaped),
        )

    def _fillings(self, values, sign):
        tokens = {purpose: sign(purpose) for purpose in self._purposes}
        plain = {placeholder.name: value for placeholder, value in values.items()}
        escaped = {name: _escape(value) for name, value in plain.items()}
        return plain | tokens, escaped | tokens


def _as_text(values):
    """As the sanitizer writes them: quotes between tags stay as they are."""
    return {name: escape(value, quote=False) for name, value in values.items()}


def _escape(value: str) -> str:
    """As markupsafe writes it."""
    return escape(value).replace("&quot;", "&#34;").replace("&#x27;", "&#39;")


def are_plain(values: Iterable) -> bool:
    """Whether all can be filled in: no markup, nothing that tools would change."""
    return all(type(value) is str and is_plain(value) for value in values)
