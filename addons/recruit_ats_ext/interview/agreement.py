"""Where interviewers agree, where they split, and what nobody looked at."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import fmean

from .scale import IN_FAVOR, WEIGHTS

# From here on two ratings of one attribute contradict each other: 'below' and 'above'.
SPLIT = 2


@dataclass(frozen=True)
class Attribute:
    """What several interviewers saw of one attribute.

    :param ratings: who rated it, in words or ids, and how: {interviewer: 1 to 5}
    :param focus: somebody was asked to look at it in particular
    """

    name: str
    ratings: dict = field(default_factory=dict)
    focus: bool = False

    @property
    def mean(self) -> float | None:
        """The mean of the ratings; None without one."""
        return fmean(self.ratings.values()) if self.ratings else None

    @property
    def is_split(self) -> bool:
        """Whether two of the ratings contradict each other."""
        values = self.ratings.values()
        return bool(values) and max(values) - min(values) >= SPLIT

    @property
    def is_gap(self) -> bool:
        """Whether somebody was asked to look at it and nobody rated it."""
        return self.focus and not self.ratings


@dataclass(frozen=True)
class Verdict:
    """What the overall recommendations say together.

    :param favor: how many say yes or strong yes
    :param against: how many say no or strong no
    :param undecided: how many gave no recommendation
    :param score: mean weight from -2 (all strong no) to 2; None without any
    """

    favor: int
    against: int
    undecided: int
    score: float | None

    @property
    def is_split(self) -> bool:
        """Whether some say yes and some say no."""
        return bool(self.favor and self.against)


def verdict(recommendations: Sequence[str | None]) -> Verdict:
    """What recommendations (keys of `RECOMMENDATIONS`, or None) say together."""
    given = [one for one in recommendations if one]
    favor = sum(one in IN_FAVOR for one in given)
    return Verdict(
        favor=favor,
        against=len(given) - favor,
        undecided=len(recommendations) - len(given),
        score=fmean(WEIGHTS[one] for one in given) if given else None,
    )


def attributes(ratings: Iterable[tuple]) -> list[Attribute]:
    """Group ratings by attribute, in the order in which attributes first come.

    :param ratings: (attribute name, interviewer, rating 1 to 5 or None, focus) each
    """
    found = {}
    for name, interviewer, rating, focus in ratings:
        known = found.setdefault(name, Attribute(name))
        values = known.ratings | ({interviewer: rating} if rating else {})
        found[name] = Attribute(name, values, known.focus or focus)
    return list(found.values())
