"""Words out of messages as they really arrive: broken, mislabeled, in any charset."""

import re
import unicodedata
from collections.abc import Iterator
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from html import unescape

_TAGS = re.compile(r"(?is)<(script|style)\b.*?</\1>|<br[^>]*>|</p>|</div>|<[^>]+>")
_SPACE = re.compile(r"\s+")
_LONGEST = 200_000  # characters of a message that are read; what matters stands above

# Where a reply ends and what it answers begins. Each line form of a mail program.
_QUOTE_BEGINS = re.compile(
    r"""(?imx)
    ^\s*>                                               # quoted line
    | ^-{2,}\s*(original|forwarded|urspr|weitergel|message\ d|mensaje|messaggio
               |mensagem|oorspr|исходн|пересыл|wiadomo|原)
    | ^_{10,}\s*$
    | ^\s*(from|von|de|da|van|от|od|från|fra|lähettäjä|gönderen|发件人|差出人)\s?[:：]
      .*\n\s*(sent|gesendet|envoy|enviado|inviato|verzonden|отправлено|wysłano|skickat
             |sendt|date|datum|fecha|data|дата|发送时间|送信日時)
    | ^(on|am|le|el|il|em|op|w\ dniu|den|den\ )\b.{4,120}
      (wrote|schrieb|écrit|escribió|ha\ scritto|escreveu|schreef|napisał|skrev)
      .{0,40}:\s*$
    | ^.{6,120}(пишет|написал|написала|写道|のメール|님이\ 작성)\s?[:：]\s*$
    """
)


def own_parts(message: Message) -> Iterator[Message]:
    """The parts of a message, without those of messages that are attached to it."""
    yield message
    if message.get_content_type() in ("message/rfc822", "message/delivery-status"):
        return
    if message.is_multipart():
        for part in message.get_payload():
            yield from own_parts(part)


def raw_headers(message: Message, name: str) -> list[str]:
    """The values of a header as they were sent; a broken one breaks nothing."""
    name = name.lower()
    return [str(value) for field, value in message.raw_items() if field.lower() == name]


def header(message: Message, name: str) -> str:
    """A header as one decoded line; "" where it is absent."""
    for value in raw_headers(message, name):
        try:
            text = str(make_header(decode_header(value)))
        except (HeaderParseError, LookupError, ValueError):
            text = value
        return _SPACE.sub(" ", text).strip()
    return ""


def body(message: Message) -> str:
    """The text that the sender wrote: plain parts, or the HTML where there is none."""
    parts = list(own_parts(message))
    for subtype in ("plain", "html"):
        texts = [decoded(part) for part in parts if _is_text(part, subtype)]
        if any(text.strip() for text in texts):
            return "\n".join(texts)[:_LONGEST]
    return _leftovers(parts)[:_LONGEST]


def decoded(part: Message) -> str:
    """The text of one part, whatever it says its charset is; HTML without its tags."""
    try:
        raw = part.get_payload(decode=True) or b""
    except (ValueError, AssertionError):
        raw = b""
    text = _to_text(raw, part.get_content_charset())
    return plain(text) if part.get_content_subtype() == "html" else text


def plain(html: str) -> str:
    """The words of an HTML text, a line for each paragraph."""
    return unescape(_TAGS.sub(lambda tag: _break(tag.group()), html))


def written(text: str) -> str:
    """What was written anew: the text above the first quotation."""
    found = _QUOTE_BEGINS.search(text)
    return text[: found.start()] if found else text


def folded(text: str) -> str:
    """Lower case, one space between words, one form of each letter and apostrophe."""
    text = unicodedata.normalize("NFKC", text).replace("’", "'").replace("`", "'")
    return _SPACE.sub(" ", text).strip().lower()


def _is_text(part: Message, subtype: str) -> bool:
    return (
        part.get_content_type() == f"text/{subtype}"
        and part.get_content_disposition() != "attachment"
    )


def _to_text(raw: bytes, charset: str | None) -> str:
    escaped = b"\x1b$" in raw or b"\x1b(" in raw
    names = ("iso-2022-jp",) if escaped else (charset, "utf-8", "euc-jp", "cp932")
    for name in filter(None, names):
        try:
            return raw.decode(name)
        except (LookupError, ValueError):
            continue
    return raw.decode("utf-8" if escaped else "latin-1", "replace")


def _leftovers(parts: list[Message]) -> str:
    """The text of a message whose parts cannot be told apart."""
    texts = []
    for part in parts:
        payload = part.get_payload()
        texts += [part.preamble or "", payload if isinstance(payload, str) else ""]
    return "\n".join(texts)


def _break(tag: str) -> str:
    return "\n" if re.match(r"(?i)<(br|/p|/div)", tag) else " "
