"""What is odd about one request. Each sign is a word; an ordinary request has none."""

import re
from collections.abc import Mapping

# Programs that say what they are: gateways that check links, previews, crawlers.
_SCANNERS = re.compile(
    r"(?i)barracuda|proofpoint|mimecast|forcepoint|websense|ironport|symantec"
    r"|messagelabs|trendmicro|trend micro|sophos|fireeye|trellix|mcafee|cloudmark"
    r"|vade ?secure|hornetsecurity|spamhaus|safelinks|urldefense|zscaler|bitdefender"
    r"|kaspersky|f-secure|eset|avast|checkpoint|check point|fortinet|fortimail|ppscan"
    r"|linkscanner|link ?check|urlscan|virustotal|phishtank|netcraft|security|malware"
    r"|\bbot\b|bot[/;]|[a-z]bot\b|crawl|spider|slurp|preview|facebookexternalhit"
    r"|whatsapp|telegram|slack|discord|skypeuripreview|bingpreview|embedly|monitor"
    r"|pingdom|uptime|lighthouse|archive\.org|ahrefs|semrush"
)
# Libraries, and browsers that nobody looks at.
_LIBRARIES = re.compile(
    r"(?i)python|urllib|requests/|aiohttp|httpx|curl|wget|libwww|lwp|java/|okhttp"
    r"|apache-httpclient|go-http|node-fetch|axios|undici|got \(|ruby|faraday|php"
    r"|guzzle|winhttp|wininet|powershell|restsharp|headless|phantomjs|puppeteer"
    r"|playwright|selenium|electron|scrapy|httrack|postman|insomnia"
)
# Loads pictures for people, when they open the message or long before.
_PROXIES = re.compile(r"(?i)googleimageproxy|ggpht|yahoomailproxy|outlook-?imageproxy")
_BARE = re.compile(r"(?i)^mozilla/[45]\.0( \(compatible;?\))?$")
_ANCIENT = re.compile(r"MSIE [2-9]\.|Windows NT 5|Chrome/[1-5]?\d\.|Firefox/[1-4]?\d\.")
_AHEAD = ("prefetch", "prerender", "preview", "instant")

# Signs of which one is enough: no person's program sends such a request.
_CONCLUSIVE = frozenset(
    ("head", "scanner", "library", "no_program", "bare_program", "ahead_of_time")
)


def request_signs(method: str, headers: Mapping[str, str]) -> tuple[str, ...]:
    """The signs of one request, in the order in which they are looked for.

    :param headers: by name; the mapping ignores case, as those of werkzeug do
    """
    program = (headers.get("User-Agent") or "").strip()
    found = {
        "head": method.upper() != "GET",
        "no_program": not program,
        "bare_program": _BARE.match(program),
        "scanner": _SCANNERS.search(program),
        "library": _LIBRARIES.search(program),
        "ahead_of_time": _is_ahead(headers),
        "proxy": _PROXIES.search(program),
        "no_language": not headers.get("Accept-Language"),
        "ancient_program": _ANCIENT.search(program),
    }
    return tuple(sign for sign, holds in found.items() if holds)


def is_conclusive(signs) -> bool:
    """Whether the signs of one request are enough to call it a machine's."""
    return not _CONCLUSIVE.isdisjoint(signs)


def _is_ahead(headers: Mapping[str, str]) -> bool:
    """Fetched before anybody asked for it: browsers say so."""
    names = ("Purpose", "Sec-Purpose", "X-Purpose", "X-Moz")
    said = " ".join(headers.get(name) or "" for name in names).lower()
    return any(word in said for word in _AHEAD)
