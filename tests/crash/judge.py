"""Who is right about what was sent: the mail server's log against the database.

No database and no clock here: rows in, findings out.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from bench.sink import Accepted

WAITING = ("planned", "claimed", "in_flight", "accepted", "retry")


class Row(NamedTuple):
    """A delivery at the end; `position` is 0 for the first step of its person."""

    message_id: str
    state: str
    worker: int | None
    enrollment: int
    position: int


@dataclass
class Judgement:
    """What the closing table says; `unexplained` in words."""

    kills: int
    planned: int
    accepted: int
    duplicates: int
    lost: int
    uncertain: int
    uncertain_accepted: int
    most_uncertain_of_a_worker: int
    unexplained: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        return not (
            self.duplicates
            or self.lost
            or self.unexplained
            or self.uncertain > self.kills
            or self.most_uncertain_of_a_worker > 1
        )

    def table(self) -> str:
        """The closing table."""
        lines = {
            "workers killed": self.kills,
            "mails planned": self.planned,
            "mails accepted": self.accepted,
            "duplicates": self.duplicates,
            "lost": self.lost,
            "uncertain": self.uncertain,
            "  of these accepted": self.uncertain_accepted,
            "  most of one worker": self.most_uncertain_of_a_worker,
            "unexplained": len(self.unexplained),
        }
        rows = [f"{name:22}{count:>8,}" for name, count in lines.items()]
        return "\n".join([*rows, *(f"  {text}" for text in self.unexplained[:20])])


def judge(
    *,
    kills: int,
    mails: Iterable[Accepted],
    rows: Iterable[Row],
    steps: int,
    found: Iterable[str] = (),
) -> Judgement:
    """Compare what was accepted with what the database says.

    :param kills: how many workers were killed
    :param steps: how many mails each person gets when nothing is uncertain
    :param found: what was unexplained already while it ran
    """
    mails, rows = list(mails), list(rows)
    by_id = {row.message_id: row for row in rows if row.message_id}
    copies = Counter((mail.recipient, mail.subject) for mail in mails)
    accepted = {mail.message_id for mail in mails}
    uncertain = [row for row in rows if row.state == "uncertain"]
    workers = Counter(row.worker for row in uncertain)
    return Judgement(
        kills=kills,
        planned=len(rows),
        accepted=len(mails),
        duplicates=sum(copies.values()) - len(copies),
        lost=len(list(_lost(rows, accepted, steps))),
        uncertain=len(uncertain),
        uncertain_accepted=sum(row.message_id in accepted for row in uncertain),
        most_uncertain_of_a_worker=max(workers.values(), default=0),
        unexplained=[*found, *_unexplained(rows, by_id, accepted)],
    )


def _lost(rows, accepted, steps):
    """Sent but never accepted, still waiting at the end, or never planned."""
    positions = {(row.enrollment, row.position) for row in rows}
    for row in rows:
        if row.state in WAITING or (
            row.state == "sent" and row.message_id not in accepted
        ):
            yield row
        has_next = (row.enrollment, row.position + 1) in positions
        if row.state == "sent" and row.position + 1 < steps and not has_next:
            yield row


def _unexplained(rows, by_id, accepted):
    states = {(row.enrollment, row.position): row.state for row in rows}
    for message_id in accepted:
        row = by_id.get(message_id)
        if not row:
            yield f"accepted, but of no delivery: {message_id}"
        elif row.state not in ("sent", "uncertain"):
            yield f"accepted, but {row.state}: {message_id}"
    for row in rows:
        if row.state in ("failed", "skipped"):
            yield f"{row.state} for no reason of this test: {row.message_id}"
        before = states.get((row.enrollment, row.position - 1), "sent")
        if before != "sent":
            yield f"planned, but the step before is {before}: {row.message_id}"
