"""What the records of a sender's domain say about its mail: pure, texts in.

SPF: RFC 7208. DKIM keys: RFC 6376 3.6. DMARC: RFC 7489 6.3 and 3.1 (alignment). The
rules of Gmail, Yahoo and Microsoft for bulk senders ask for all three.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

# Where keys are found when nobody has named a selector.
SELECTORS = (
    "odoo",
    "default",
    "mail",
    "dkim",
    "google",
    "selector1",
    "selector2",
    "s1",
    "s2",
    "k1",
)
MOST_LOOKUPS = 10
_LOOKUPS = ("a", "mx", "ptr", "include", "exists")


class Finding(NamedTuple):
    """One thing that was looked at.

    :param check: spf, dkim, dmarc or alignment
    :param code: what was found; the model has a sentence for each
    :param is_good: False where big providers refuse or mark the mail
    :param detail: a word of the record to name in the sentence
    """

    check: str
    code: str
    is_good: bool
    detail: str = ""


def check_domain(
    domain: str,
    envelope: str,
    texts: Callable[[str], Iterable[str]],
    selectors: Iterable[str] = (),
) -> list[Finding]:
    """Look at everything that the domain of a sender should say.

    :param domain: of the header From
    :param envelope: domain of the bounce address
    :param texts: the TXT records of a name
    :param selectors: of the DKIM keys, where they are known
    """
    dmarc, record = check_dmarc(domain, texts)
    return [
        check_spf(texts(envelope)),
        check_dkim(domain, texts, tuple(selectors) or SELECTORS),
        dmarc,
        check_alignment(domain, envelope, record),
    ]


def check_spf(records: Iterable[str]) -> Finding:
    """One SPF record that does not let everybody send."""
    found = [one for one in records if one.lower().split(" ")[0] == "v=spf1"]
    if not found:
        return Finding("spf", "missing", False)
    if len(found) > 1:
        return Finding("spf", "several", False)
    terms = found[0].lower().split()[1:]
    if "+all" in terms or "all" in terms:
        return Finding("spf", "everybody", False)
    lookups = sum(_asks(term.lstrip("+-~?")) for term in terms)
    if lookups > MOST_LOOKUPS:
        return Finding("spf", "too_long", False, str(lookups))
    return Finding("spf", "good", True)


def _asks(term):
    """Whether a term of an SPF record costs a look-up."""
    name = term.partition(":")[0].partition("/")[0]
    return name in _LOOKUPS or term.startswith("redirect=")


def check_dkim(domain, texts, selectors) -> Finding:
    """A key that is not revoked, under one of the selectors."""
    revoked = ""
    for selector in selectors:
        for record in texts(f"{selector}._domainkey.{domain}"):
            tags = _tags(record)
            if tags.get("p"):
                return Finding("dkim", "good", True, selector)
            if "p" in tags:
                revoked = selector
    if revoked:
        return Finding("dkim", "revoked", False, revoked)
    return Finding("dkim", "missing", False)


def check_dmarc(domain, texts) -> tuple[Finding, dict]:
    """A policy of the domain, or of the one above it; and its tags."""
    for name in _and_above(domain):
        records = [
            tags
            for one in texts(f"_dmarc.{name}")
            if (tags := _tags(one)).get("v", "").upper() == "DMARC1"
        ]
        if len(records) > 1:
            return Finding("dmarc", "several", False), {}
        if records:
            policy = records[0].get("p", "").lower()
            is_good = policy in ("none", "quarantine", "reject")
            code = "good" if is_good else "broken"
            return Finding("dmarc", code, is_good, policy), records[0]
    return Finding("dmarc", "missing", False), {}


def check_alignment(domain, envelope, dmarc) -> Finding:
    """Whether SPF speaks for the domain that people see (RFC 7489 3.1.2)."""
    mine, other = domain.lower(), envelope.lower()
    is_strict = dmarc.get("aspf", "r").lower() == "s"
    related = mine.endswith(f".{other}") or other.endswith(f".{mine}")
    if mine == other or (related and not is_strict):
        return Finding("alignment", "good", True, other)
    return Finding("alignment", "different", False, other)


def _tags(record):
    pairs = (one.partition("=") for one in record.split(";"))
    return {name.strip().lower(): value.strip() for name, _is, value in pairs}


def _and_above(domain):
    """The domain and what is above it, down to two labels."""
    labels = domain.split(".")
    return [".".join(labels[start:]) for start in range(max(len(labels) - 1, 1))]
