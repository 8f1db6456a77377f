"""How the system knows a person again whom it has forgotten: by a keyed hash.

From the hash nobody finds the address without the secret of the database, and a list of
addresses cannot be tried out against a stolen table. Source: GDPR article 21(3) and the
ICO's advice on suppression lists: keep just enough to honor the wish.
"""

import hashlib
import hmac

KINDS = ("email", "linkedin", "github", "external")  # a phone number is a family's


def fingerprint(*, secret, kind, norm):
    """Return the keyed hash of one identity: 64 hexadecimal digits.

    :param str kind: a kind of recruit.identity
    :param str norm: the normal form of its value
    """
    words = f"recruit.suppression:{kind}:{norm}".encode()
    return hmac.new(secret.encode(), words, hashlib.sha256).hexdigest()
