"""Normal forms of what identifies a person. Text in, text out, no ORM.

Two people are the same when a normal form of theirs is equal and exact: nothing
here guesses. A value that cannot identify anybody has the normal form ``""``.
"""

import re
from functools import lru_cache
from urllib.parse import unquote, urlsplit

import idna

from odoo.tools.mail import email_normalize

_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_WRITTEN_EMAIL = re.compile(r"[^\s,;<>\"]+@[^\s,;<>\"]*")
_QUOTED_NAME = re.compile(r'"[^"]*"')
_ANGLED = re.compile(r"[^,;]*<([^<>]*)>")
_GITHUB_SSH = re.compile(r"^(ssh://)?git@github\.com[:/]")
_GITHUB_PAGES = re.compile(r"^(https?://)?([\w-]+)\.github\.io(/.*)?$", re.IGNORECASE)
_HANDLE = re.compile(r"[\w.\-]+(/[\w.\-]+)*")
EMAILS_MOST = 2000  # characters; what is longer is no list of addresses
_EMAIL_MAX_LENGTH = 254  # RFC 5321 4.5.3.1.3, less the angle brackets


@lru_cache(maxsize=10_000)  # a batch of people asks for each address four times
def normalize_email(value):
    """Return ``ann@example.com`` for ``"Ann" <Ann@Example.com>``.

    Of several addresses the first one counts. ``""`` when the text holds no
    address that a mail server on the internet could take.
    """
    if not value or len(value) > 2 * _EMAIL_MAX_LENGTH:
        return ""
    address = _ascii_domain(email_normalize(value, strict=False) or "")
    if len(address) > _EMAIL_MAX_LENGTH or not _EMAIL.fullmatch(address):
        return ""
    return address


def split_emails(text):
    """Return ``(normal forms, texts that are none)`` of all addresses in a text.

    What stands before an address in angle brackets is a name, also ``ann@work.com``.

    >>> split_emails("Ann <ann@example.com>; ann.lee@example.org")
    (['ann@example.com', 'ann.lee@example.org'], [])
    """
    good, bad = {}, []
    text = _ANGLED.sub(r" \1 ", _QUOTED_NAME.sub(" ", text))
    for written in _WRITTEN_EMAIL.findall(text):
        norm = normalize_email(written)
        if norm:
            good[norm] = True
        else:
            bad.append(written)
    return list(good), bad


def usable_emails(text):
    """Return the normal forms of the addresses in a text, each once; mostly one.

    :param text: what somebody wrote in one field; None and absurd texts give none
    """
    text = text or ""
    if text.count("@") < 2 or len(text) > EMAILS_MOST:
        return [norm for norm in [normalize_email(text)] if norm]
    return split_emails(text)[0]


def _ascii_domain(address):
    """Return the address with its domain as DNS knows it: both spellings of an
    international domain are one. ``""`` where DNS cannot know it."""
    local, _at, domain = address.rpartition("@")
    if domain.isascii():
        return address
    try:
        return f"{local}@{idna.encode(domain, uts46=True).decode()}"
    except idna.IDNAError:
        return ""


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
    """Return the account name of a GitHub URL, of a repository's address or a handle.

    >>> normalize_github("git@github.com:AnnLee/loom.git")
    'annlee'
    """
    text = (value or "").strip()
    text = _GITHUB_SSH.sub("https://github.com/", text)
    text = _GITHUB_PAGES.sub(r"https://github.com/\2", text)
    return _handle(text, host="github.com", prefix="").partition("/")[0]


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
        if prefix and prefix not in text.split("/"):
            return ""  # a company, a post, the start page: nobody's profile
    text = text.partition("?")[0].partition("#")[0]
    steps = [step for step in text.strip("/@ ").split("/") if step]
    if prefix in steps:  # also behind mwlite/
        steps = steps[steps.index(prefix) + 1 :][:1]
    handle = "/".join(steps)
    return handle if _HANDLE.fullmatch(handle) else ""
