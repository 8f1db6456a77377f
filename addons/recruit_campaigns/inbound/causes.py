"""Why a message was not delivered: from a status of RFC 3463 and the server's words.

Servers are careless with their codes (5.0.0 says nothing, Sendmail writes 5.1.1 over a
remote 5.7.1), so the words of the other server may refine or correct the code.
"""

import re

from .text import folded
from .verdict import Action, Cause

_STATUS = re.compile(r"(?<![\w.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.]|\s*\[\d)")
_SMTP_CODE = re.compile(
    r"(?<![\d.\-:/])([45])[0-5]\d(?=[\s\-:;,#]|$)(?!\s*(bytes|kb|mb|sec))"
)

# RFC 3463 and the IANA registry, by subject and detail; None stands for any detail.
_BY_STATUS = {
    (1, 0): Cause.ADDRESS,
    (1, 1): Cause.ADDRESS,
    (1, 2): Cause.ADDRESS,
    (1, 3): Cause.ADDRESS,
    (1, 4): Cause.OTHER,
    (1, 6): Cause.ADDRESS,
    (1, 7): Cause.POLICY,  # the sender's address
    (1, 8): Cause.POLICY,
    (1, 9): Cause.OTHER,
    (1, 10): Cause.ADDRESS,  # a null MX: the domain takes no mail at all
    (1, None): Cause.ADDRESS,
    (2, 1): Cause.ADDRESS,  # the mailbox is disabled
    (2, 2): Cause.TEMPORARY,
    (4, 4): Cause.ADDRESS,  # no server is named for the domain
    (4, 6): Cause.OTHER,  # a mail loop
    (4, None): Cause.TEMPORARY,
    (7, 13): Cause.ADDRESS,  # the account is disabled
    (7, 17): Cause.ADDRESS,  # the mailbox has another owner now
    (7, 27): Cause.POLICY,
    (7, None): Cause.POLICY,
}

# What servers say, the first that fits. A code alone cannot tell a full mailbox or a
# spam filter from an address that does not exist.
_WORDS = (
    (
        Cause.ADDRESS,
        r"recipient address rejected: access denied|no such (user|mailbox)",
    ),
    (
        Cause.POLICY,
        r"spam|blocked using|black ?list|block ?list|blocklisted|banned|reputation"
        r"|\b(spf|dkim|dmarc|rbl|dnsbl|ptr|rdns)\b|reverse dns|unsolicited|bulk mail"
        r"|policy|virus|content (was )?reject|message content|phish|suspicious"
        r"|relay(ing)? (access |not |is )?(denied|permitted|prohibited|allowed)"
        r"|not (permitted|allowed) to relay|unable to relay|no relaying"
        r"|authenticat|not authori[sz]ed|access denied|client host rejected"
        r"|sender (address )?(was )?(rejected|denied|not)|domain of sender"
        r"|mail from .{0,60}reject|too many connections|rate limit|bad reputation"
        r"|header error|not like our|message (is |was )?(refused|filtered)"
        r"|unauthenticated|not accepting mail from|refused by .{0,30}filter"
        r"|protocol violation|blocked by",
    ),
    (
        Cause.TEMPORARY,
        r"(mailbox|mail box|inbox|recipient|account|user|disk|storage"
        r"|maildir).{0,40}\bfull\b"
        r"|(over|exceed\w*|out of|insufficient|beyond).{0,30}(quota|storage|disk|space)"
        r"|quota.{0,30}(exceed|full|over)|exceed\w*.{0,60}(limit|allowed|maximum)"
        r"|mailfolder is full|disk (is )?full|try again|temporar|greylist|graylist"
        r"|timed? ?out|time-out|connection (was )?(refused|reset|lost|dropped)|expired"
        r"|unable to (connect|establish)|could not connect|not respond|host .{0,30}down"
        r"|too (old|long in queue)|retry time|too busy|over ?load|deferred"
        r"|lookup failure"
        r"|did not accept our requests|not (being )?deliver\w* .{0,30}within|postpone"
        r"|一杯|容量|пол[ео]н|переполнен|превышен|boîte .{0,20}pleine"
        r"|postfach .{0,20}voll"
        r"|buzón .{0,20}lleno|casella .{0,20}piena|caixa .{0,20}cheia",
    ),
    (
        Cause.ADDRESS,
        r"(user|recipient|account|mailbox|address|addressee|person|destinat\w+"
        r"|local part"
        r"|alias|name|mail drop|customer|subscriber|group|email)s?\b.{0,60}"
        r"(unknown|does ?n[o']t exist|not exist|not found|invalid|no longer|disabled"
        r"|inactive"
        r"|not (a )?(valid|known|listed|recognized|active|exist)|inexist|unavailable"
        r"|suspended|closed|deactivated|discontinued|non[- ]existent|undeliverable"
        r"|frozen"
        r"|expired|terminated|blocked|incorrect|locked|cannot be found|sconosciut"
        r"|unbekannt"
        r"|possibly incorrect|ambiguous)"
        r"|(unknown|no such|invalid|nonexist\w*|non-exist\w*|bad|illegal|unrouteable"
        r"|unroutable|undeliverable|unrecognized|disabled|inactive|not a known)"
        r".{0,30}(user|recipient|account|mailbox|address|alias|name|local|destination"
        r"|domain|host|person|subscriber)"
        r"|no mailbox|n[o']t (have|like) (a|an|recipient|any) ?(\w+ )?(account"
        r"|mailbox)?"
        r"|(host|domain).{0,40}(unknown|not found|not exist|unknown|nxdomain"
        r"|unreachable)"
        r"|nxdomain|no mx|null mx|host unknown|could ?n[o']t (find|be found)"
        r"|name or service"
        r"|no longer (on|in|at|accept|with|work|avail)|account .{0,40}(closed|delete)"
        r"|mailbox unavailable|host not found|domain name|user has moved"
        r"|left the company"
        r"|unknown in|not (a )?(local|our) (user|domain)"
        r"|doesn't have an? .{0,40}account"
        r"|destinataire|destinatario|empf(ä|ae)nger|адресат|получател|пользовател"
        r"|ユーザー?が|見つかりません|存在しま|宛先|用户不存在|收件人",
    ),
)
_COMPILED = tuple((cause, re.compile(words)) for cause, words in _WORDS)


def status_in(text: str) -> str:
    """The first enhanced status code in a text; "" where there is none."""
    found = _STATUS.search(text)
    return found.group() if found else ""


def class_in(text: str) -> str:
    """The class, "4" or "5", of the first code of either kind; "" for none."""
    code = status_in(text) or next(
        (found.group() for found in [_SMTP_CODE.search(text)] if found), ""
    )
    return code[:1]


def sharpest(status: str, text: str) -> str:
    """The more telling one of the reported status and the other server's own.

    :param text: what the other server said, e.g. "550 5.7.1 spam"
    """
    remote = status_in(text)
    return remote if remote and not remote.endswith(".0.0") else status or remote


def cause_of(action: Action, status: str, text: str) -> Cause:
    """Why; `status` and `text` as in `verdict.Report`."""
    if action is Action.DELAYED:
        return Cause.TEMPORARY
    if action is not Action.FAILED:
        return Cause.OTHER
    words = _by_words(text)
    if status.startswith("4"):
        return (
            Cause.POLICY
            if words is Cause.POLICY and ".7." in status
            else Cause.TEMPORARY
        )
    known = _by_status(status)
    if known is Cause.TEMPORARY and words is Cause.ADDRESS and ".4." in status:
        return words  # Office 365 says 5.4.1 of addresses that it does not know
    if known is Cause.ADDRESS and words in (Cause.POLICY, Cause.TEMPORARY):
        return words if _is_vague(status) or words is Cause.TEMPORARY else known
    return known or words or Cause.OTHER


def _is_vague(status: str) -> bool:
    return status.endswith(".0") or ".2.1" in status or ".4.4" in status


def _by_status(status: str) -> Cause | None:
    if not status:
        return None
    _class, subject, detail = (int(number) for number in status.split("."))
    return _BY_STATUS.get((subject, detail)) or _BY_STATUS.get((subject, None))


def _by_words(text: str) -> Cause | None:
    text = folded(text)
    return next((cause for cause, words in _COMPILED if words.search(text)), None)
