"""Normal forms of what identifies a person. Text in, text out, no ORM.

Two people are the same when a normal form of theirs is equal and exact: nothing
here guesses. A value that cannot identify anybody has the normal form ``""``.
"""

import re
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from odoo.tools.mail import email_normalize

_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_HANDLE = re.compile(r"[\w.\-]+(/[\w.\-]+)*")
_EMAIL_MAX_LENGTH = 254  # RFC 5321 4.5.3.1.3, less the angle brackets


@lru_cache(maxsize=10_000)  # a batch of people asks for each address four times
def normalize_email(value):
    """Return ``ann@example.com`` for ``"Ann" <Ann@Example.com>``.

    Of several addresses the first one counts. ``""`` when the text holds no
    address that a mail server on the internet could take.
    """
    if not value or len(value) > 2 * _EMAIL_MAX_LENGTH:
        return ""
    address = email_normalize(value, strict=False) or ""
    if len(address) > _EMAIL_MAX_LENGTH or not _EMAIL.fullmatch(address):
        return ""
    return address


def normalize_phone(value):
    """Return the digits of a number, with a leading ``+`` when it had one."""
    digits = re.sub(r"\D", "", value or "")
    if not digits:
        return ""
    return f"+{digits}" if value.lstrip().startswith("+") else digits


def normalize_linkedin(value):
    """Return the public handle: ``ann-lee`` for any spelling of the profile URL.

    >>> normalize_linkedin("https://fr.linkedin.com/in/Ann-Lee/?trk=x")
    'ann-lee'
    """
    return _handle(value, host="linkedin.com", prefix="in")


def normalize_github(value):
    """Return the account name of a GitHub URL or handle."""
    return _handle(value, host="github.com", prefix="").partition("/")[0]


def normalize_external(value):
    """Return the id that another system gave, without surrounding blanks."""
    return (value or "").strip()


NORMALIZERS = {
    "email": normalize_email,
    "phone": normalize_phone,
    "linkedin": normalize_linkedin,
    "github": normalize_github,
    "external": normalize_external,
}


def normalize(kind, value):
    """Return the normal form of ``value`` as an identity of this ``kind``.

    :raise KeyError: for a kind that is not in ``NORMALIZERS``
    """
    return NORMALIZERS[kind](value)


def _handle(value, *, host, prefix):
    """Return the lower-case path of a profile URL on ``host``, or ``""``.

    A bare handle (``ann-lee``, ``@ann``, ``in/ann-lee``) is taken as it is; a URL of
    another site is nobody's handle here.
    """
    text = unquote((value or "").strip()).lower()
    if "://" not in text and (host in text.partition("/")[0]):
        text = f"https://{text}"
    if "://" in text:
        parts = urlsplit(text)
        site = parts.netloc.rpartition("@")[2].partition(":")[0]
        if site != host and not site.endswith(f".{host}"):
            return ""
        text = parts.path
    steps = [step for step in text.strip("/@ ").split("/") if step]
    if prefix and steps[:1] == [prefix]:
        steps = steps[1:2]
    handle = "/".join(steps)
    return handle if _HANDLE.fullmatch(handle) else ""
