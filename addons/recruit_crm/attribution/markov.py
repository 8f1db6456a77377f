"""What would be lost without a channel: its removal effect in a Markov chain.

Every journey is a walk from the start over channels to a hire or to nothing. The steps
of all journeys, those that came to nothing too, give the chances of going from one
channel to the next. A channel's removal effect is the share of the hires that would be
lost if every step into it led to nothing (Anderl et al., "Mapping the customer
journey", International Journal of Research in Marketing 33, 2016).
"""

START, WON, LOST = "start", "won", "lost"  # no channel is called that
EFFECT = 1_000_000  # the effect of a channel that every hire passes


def removal_effects(steps):
    """Return ``{channel: effect}``, millionths of the hires lost without the channel.

    :param dict steps: ``{(from, to): how many journeys}``; ``from`` is START or a
        channel (an id), ``to`` a channel, WON or LOST; every journey ends
    """
    channels = sorted({place for step in steps for place in step} - {START, WON, LOST})
    nodes = [START, *channels]
    chances = _chances(steps)
    visits = _visits(nodes, chances)
    wins = [chances.get((node, WON), 0.0) for node in nodes]
    won = [sum(v * w for v, w in zip(row, wins, strict=True)) for row in visits]
    if not won[0]:
        return dict.fromkeys(channels, 0)
    # P(hire through c) = P(c is ever reached) x P(hire from c)
    return {
        channel: round(EFFECT * visits[0][at] / visits[at][at] * won[at] / won[0])
        for at, channel in enumerate(nodes)
        if at
    }


def _visits(nodes, chances):
    """Return the fundamental matrix (I - Q)^-1: how often a walk from one node visits
    another. Gauss-Jordan; the chances out of a node sum to 1 and some lead out of the
    chain, so that no pivot vanishes."""
    size = len(nodes)
    rows = [
        [float(a == b) - chances.get((a, b), 0.0) for b in nodes]
        + [float(a == b) for b in nodes]
        for a in nodes
    ]
    for at in range(size):
        pivot = max(range(at, size), key=lambda row: abs(rows[row][at]))
        rows[at], rows[pivot] = rows[pivot], rows[at]
        head = rows[at][at]
        rows[at] = [value / head for value in rows[at]]
        for other in range(size):
            if other != at and (factor := rows[other][at]):
                rows[other] = [
                    value - factor * base
                    for value, base in zip(rows[other], rows[at], strict=True)
                ]
    return [row[size:] for row in rows]


def _chances(steps):
    """Return the steps as shares of all that leave from the same place."""
    whole = {}
    for (place, _next), count in steps.items():
        whole[place] = whole.get(place, 0) + count
    return {step: count / whole[step[0]] for step, count in steps.items() if count}
