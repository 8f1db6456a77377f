"""A fixed draw for each person: the same at each run, on each host, in each version."""

import hmac
from collections.abc import Sequence

_BITS = 53  # what a float holds exactly


def bucket(secret: str, salt: str, key: int) -> float:
    """Where somebody falls in a draw: a number in [0, 1), evenly spread.

    HMAC-SHA-256, so that nobody who knows the id of a person can tell the group.
    Draws with different salts know nothing of each other.

    :param secret: of the database
    :param salt: what is drawn for, as "holdout:7"
    :param key: the id of the person
    """
    message = f"bucket:{salt}:{key}".encode()
    digest = hmac.digest(secret.encode(), message, "sha256")
    return (int.from_bytes(digest[:8], "big") >> (64 - _BITS)) / (1 << _BITS)


def choose(secret: str, salt: str, key: int, weights: Sequence[float]) -> int:
    """Which of some groups somebody falls into: its place in `weights`.

    Another group, or other weights, draw anew: what somebody has got is stored with
    what they got, and is not asked for here again.

    :param weights: the size of each group against the others, none below 0
    :raises ValueError: where no group can take anybody
    """
    total = sum(weights)
    if total <= 0 or min(weights) < 0:
        raise ValueError(f"No group to choose from: {weights!r}")
    point = bucket(secret, salt, key) * total
    end = 0.0
    last = 0
    for place, weight in enumerate(weights):
        end += weight
        if weight:
            last = place
            if point < end:
                return place
    return last  # a sum of fractions can end a hair below the total
