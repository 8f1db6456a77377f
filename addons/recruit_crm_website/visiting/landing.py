"""Landings: the requests that bring somebody from elsewhere to the website."""

from datetime import timedelta
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from odoo.addons.recruit_crm.ledger.words import clean_word, shorten

# One coming and going: a link opened again within this time is the same visit.
ONE_VISIT = timedelta(minutes=30)
PATH_LENGTH = 200
QUERY_LENGTH = 8000  # what is read of an address; the words are in front
# What the links of advertisements carry where they name no source.
CLICK_IDS = {
    "gclid": ("Google", "cpc"),
    "msclkid": ("Bing", "cpc"),
    "fbclid": ("Facebook", "social"),
}


class Origin(NamedTuple):
    """Where somebody came from: three words of one link, never of two."""

    source: str | None = None
    medium: str | None = None
    campaign: str | None = None

    def __bool__(self):
        return any(self)


DIRECT = Origin(medium="Direct")


def origin_of_link(words):
    """Return the origin that a link names.

    :param words: a mapping with ``get``, of the parameters of the link; what they hold
        may be missing, blank, too long or no text
    """
    origin = Origin(
        *(
            clean_word(words.get(f"utm_{name}"))
            for name in ("source", "medium", "campaign")
        )
    )
    if not origin:
        for parameter, (source, medium) in CLICK_IDS.items():
            if words.get(parameter):
                return Origin(source, medium)
    return origin


def origin_of_referrer(referrer, own_host):
    """Return the origin that the address of the page before tells; empty for our own.

    :param str referrer: the header, or None
    :param str own_host: the host that was asked, without its port
    """
    host = host_of(referrer)
    if not host or host == (own_host or "").lower():
        return Origin()
    return Origin(clean_word(host.removeprefix("www.")), "referral")


def origin_of_own_page(address, own_host):
    """Return the origin in the parameters of a page of ours, e.g. that of a form.

    :param str address: the Referer of the form, or None
    """
    if not address or host_of(address) != (own_host or "").lower():
        return Origin()
    try:
        query = urlsplit(address).query[:QUERY_LENGTH]
        words = parse_qs(query, errors="replace", max_num_fields=100)
    except ValueError:
        return Origin()
    return origin_of_link({name: values[0] for name, values in words.items()})


def host_of(address):
    """Return the host of an address in lower case, without a port; None for none."""
    try:
        return urlsplit(address or "").hostname
    except ValueError:
        return None


def is_career_page(path):
    """Tell whether a page is about jobs."""
    return path == "/jobs" or path.startswith("/jobs/")


def read_landing(words, referrer, own_host, path, is_known):
    """Return the :class:`Origin` of this request; empty when it is no landing.

    The parameters of a link count on every page. Where there are none, the page before
    counts, and a direct visit, on the pages about jobs alone: a shop's customers are
    not ours to follow.

    :param bool is_known: the visitor was here before
    """
    origin = origin_of_link(words)
    if origin or not is_career_page(path):
        return origin
    if host_of(referrer) == (own_host or "").lower():
        return Origin()
    return origin_of_referrer(referrer, own_host) or (Origin() if is_known else DIRECT)


def tell_landing(path, referrer):
    """Return the evidence of a landing, in words that outlive its row."""
    host = host_of(referrer)
    page = shorten(path, PATH_LENGTH)
    return f"{page} ← {host}" if host else page
