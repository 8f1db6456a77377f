"""When does a refused application earn a silver medal?

A medal is earned by structure, never by a free tag: how far the application came, what
the interviewers recommend, and whether the reason speaks against another try. The rule
only suggests; a person decides. It knows nothing of the ORM: facts in, verdict out.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

EARNED = "earned"
NOT_FINAL = "not_final"
LOW_SCORE = "low_score"
REASON_AGAINST = "reason_against"


@dataclass(frozen=True)
class Finish:
    """How one application ended.

    :param reached_final: it stood in a stage that is flagged as a finalist stage
    :param reason_allows: the refuse reason does not speak against another try
    :param score: what interviewers recommend, from -2 (all strong no) to 2 (all strong
        yes), see `interview/agreement.py`; None where nobody recommended anything
    """

    reached_final: bool
    reason_allows: bool
    score: float | None = None


# More for than against: from here on interviewers do not speak against another try.
# Nobody is kept out of the medals because nobody wrote a scorecard.
LEAST_SCORE = 0.0


def verdict(finish: Finish) -> str:
    """EARNED, or the first thing that is missing for it."""
    if not finish.reached_final:
        return NOT_FINAL
    if finish.score is not None and finish.score <= LEAST_SCORE:
        return LOW_SCORE
    return EARNED if finish.reason_allows else REASON_AGAINST


def by_verdict(finishes: Mapping[Hashable, Finish]) -> dict[str, list[Hashable]]:
    """The keys of `finishes` under each verdict, in the order given."""
    groups = {EARNED: [], NOT_FINAL: [], LOW_SCORE: [], REASON_AGAINST: []}
    for key, finish in finishes.items():
        groups[verdict(finish)].append(key)
    return groups
