"""Signed, opaque, short tokens for public links, and the Message-ID of a delivery."""

import base64
import binascii
import hmac
from functools import lru_cache
from hashlib import blake2b

_ID_BYTES = 8
_MAC_BYTES = 16  # 128 bits; 24 bytes in all need no padding in base 64


def sign(secret: str, purpose: str, record_id: int) -> str:
    """A token for one record and one purpose: 32 characters, safe in a URL.

    :param purpose: what the token opens; a token for one purpose opens no other
    """
    number = record_id.to_bytes(_ID_BYTES, "big")
    mac = _mac(secret, purpose, number)
    return base64.urlsafe_b64encode(mac + _mask(secret, mac, number)).decode()


def verify(secret: str, purpose: str, token: str) -> int | None:
    """The id of the record that `token` was signed for, None for any other text."""
    try:
        raw = base64.b64decode(token.encode(), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        return None
    mac, masked = raw[:_MAC_BYTES], raw[_MAC_BYTES:]
    number = _mask(secret, mac, masked)
    if not hmac.compare_digest(mac, _mac(secret, purpose, number)):
        return None
    return int.from_bytes(number, "big")


def message_id(secret: str, database_uuid: str, delivery_id: int, domain: str) -> str:
    """The Message-ID of a delivery: the same at each try, and not to be guessed."""
    text = f"{database_uuid}:{delivery_id}".encode()
    digest = hmac.digest(secret.encode(), b"message-id:" + text, "sha256")
    return f"<rc.{digest.hex()[:32]}@{domain}>"


@lru_cache(maxsize=8)
def _key(secret: str) -> bytes:
    return blake2b(secret.encode()).digest()


def _mac(secret: str, purpose: str, number: bytes) -> bytes:
    """BLAKE2 with a key (RFC 7693): a message has seven tokens and more."""
    message = purpose.encode() + b":" + number
    return blake2b(message, key=_key(secret), digest_size=_MAC_BYTES).digest()


def _mask(secret: str, mac: bytes, number: bytes) -> bytes:
    """Hide the id, or show it again: the token tells nobody how many there are."""
    pad = blake2b(mac, key=_key(secret), digest_size=_ID_BYTES, person=b"mask").digest()
    mask = int.from_bytes(pad[: len(number)], "big")
    return (int.from_bytes(number, "big") ^ mask).to_bytes(len(number), "big")
