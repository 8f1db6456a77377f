"""Splitting one conversion into integer parts that always sum to the whole."""

PARTS = 1_000_000  # one conversion; a touch's credit is so many millionths of it


def split(weights, parts=PARTS):
    """Split ``parts`` in proportion to ``weights`` by the largest remainder.

    Exact: the result sums to ``parts``, and no share is a whole part away from its
    ideal. Where remainders are equal the earlier touch gets the odd part.

    :param list weights: integers >= 0, at least one; all zero counts as all equal
    :return: integers in the order of ``weights``
    """
    whole = sum(weights)
    if not whole:
        weights, whole = [1] * len(weights), len(weights)
    shares = [parts * weight // whole for weight in weights]
    neediest = sorted(
        range(len(weights)), key=lambda at: (-(parts * weights[at] % whole), at)
    )
    for at in neediest[: parts - sum(shares)]:
        shares[at] += 1
    return shares
