"""When does a refused application earn a silver medal?

A medal is earned by structure, never by a free tag: how far the application came
and whether the reason speaks against another try. The rule only suggests; a
person decides. It knows nothing of the ORM: facts in, verdict out.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

EARNED = "earned"
NOT_FINAL = "not_final"
REASON_AGAINST = "reason_against"


@dataclass(frozen=True)
class Finish:
    """How one application ended.

    :param reached_final: it stood in a stage that is flagged as a finalist stage
    :param reason_allows: the refuse reason does not speak against another try
    """

    reached_final: bool
    reason_allows: bool


def verdict(finish: Finish) -> str:
    """EARNED, or the first thing that is missing for it."""
    if not finish.reached_final:
        return NOT_FINAL
    return EARNED if finish.reason_allows else REASON_AGAINST


def by_verdict(finishes: Mapping[Hashable, Finish]) -> dict[str, list[Hashable]]:
    """The keys of `finishes` under each verdict, in the order given."""
    groups = {EARNED: [], NOT_FINAL: [], REASON_AGAINST: []}
    for key, finish in finishes.items():
        groups[verdict(finish)].append(key)
    return groups
