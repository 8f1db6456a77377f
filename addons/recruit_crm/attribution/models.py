"""Attribution models: how much of a conversion each touch that led to it earned.

Invariants, for every model and every path:

* the credit of one conversion sums to exactly ``PARTS``;
* touches are in the order of their moment, then of their id, and equal moments are
  no special case;
* a path of one touch gives it everything, in every model.

The SQL of ``recruit.credit`` computes the same numbers for thousands of paths at once;
``tests/test_credit.py`` holds one against the other.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from .split import split

# A person who clicks all day must not make every report slow: of more touches than
# this the first one and the latest ones count. What becomes approximate is the share
# of the touches in between, each of which would have earned less than 0.2 %.
MAX_TOUCHES = 500
DECAY_SCALE = 2**30  # the weight of the latest touch; 30 half-lives earlier it is 0
ENDS, REST = 40, 20  # U: per cent of each anchor, and of all the others together
CORNERS, BETWEEN = 30, 10  # W: the same with three anchors


@dataclass(frozen=True)
class Path:
    """The touches that count for one conversion, in order, at least one.

    :param moments: when each took place
    :param effects: the removal effect of each one's channel, an integer >= 0
    :param applied_at: of the application, when that is part of the way
    :param interviewed_at: of the interview, likewise
    """

    moments: tuple[datetime, ...]
    effects: tuple[int, ...]
    applied_at: datetime | None = None
    interviewed_at: datetime | None = None

    def __len__(self):
        return len(self.moments)

    def last_before(self, moment):
        """Return the position of the latest touch up to ``moment``; -1 for none."""
        return sum(at <= moment for at in self.moments) - 1 if moment else -1


def credits(path, half_life=timedelta(days=30)):
    """Return ``{model: [parts of each touch]}`` for a path.

    :param timedelta half_life: after which a touch earns half, in time decay
    """
    return {model: split(weigh(path, half_life)) for model, weigh in WEIGHTS.items()}


def first(path, _half_life):
    """All to the touch that began it."""
    return [int(at == 0) for at in range(len(path))]


def last(path, _half_life):
    """All to the touch just before the conversion."""
    return [int(at == len(path) - 1) for at in range(len(path))]


def linear(path, _half_life):
    """The same to every touch."""
    return [1] * len(path)


def u_shaped(path, _half_life):
    """40 % to the first touch, 40 % to the one that led to the application, 20 % to
    the others together."""
    return _anchored(path, [0, path.last_before(path.applied_at)], ENDS, REST)


def w_shaped(path, _half_life):
    """30 % each to the first touch, the one that led to the application and the one
    that led to the interview, 10 % to the others together."""
    anchors = [
        0,
        path.last_before(path.applied_at),
        path.last_before(path.interviewed_at),
    ]
    return _anchored(path, anchors, CORNERS, BETWEEN)


def decay(path, half_life):
    """Half as much for each half-life that a touch lies before the last one."""
    return [
        int(DECAY_SCALE * 2.0 ** -((path.moments[-1] - moment) / half_life))
        for moment in path.moments
    ]


def data_driven(path, _half_life):
    """In proportion to what the loss of each one's channel would cost in hires."""
    return list(path.effects)


def _anchored(path, anchors, share, rest):
    """Weights that give ``share`` to each anchor and ``rest`` to all others together.

    A touch that is two anchors gets both shares; an anchor that is not there (no
    interview yet, no touch before it) leaves its share to all others in proportion.
    """
    held = [anchors.count(at) for at in range(len(path))]
    others = held.count(0)
    return [share * n * max(others, 1) if n else rest for n in held]


WEIGHTS = {
    "first": first,
    "last": last,
    "linear": linear,
    "u_shaped": u_shaped,
    "w_shaped": w_shaped,
    "decay": decay,
    "data": data_driven,
}
