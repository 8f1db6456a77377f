"""Person or machine, from all the visits to one message."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import mean, pstdev

from .signs import is_conclusive

# Nobody reads a message and follows a link in less than this after it was sent.
TOO_SOON = timedelta(seconds=8)
# People open one link and look; scanners open them all.
BURST = timedelta(seconds=10)
BURST_LINKS = 3
ALL_LINKS = timedelta(seconds=5)  # all links of a short message: two are enough
HAMMERING = 4  # times the same link within a burst
AT_ONCE = timedelta(seconds=2)  # from two networks or programs
REGULAR = timedelta(minutes=5)  # a slow scanner keeps its pace
SPREAD = 0.2  # of the pauses, as a share of their mean
NEIGHBORS = timedelta(minutes=1)  # what else came from the network of a machine


@dataclass(frozen=True)
class Visit:
    """One request: a link that was followed, or (link None) the picture.

    :param position: of the link in the message, 0 first
    :param network: a hash, "" where unknown
    :param signs: of the request alone, see `signs.request_signs`
    """

    id: int
    at: datetime
    link: int | None = None
    position: int = 0
    network: str = ""
    program: str = ""
    signs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Judgement:
    """human, machine or unknown, and the signs that decided."""

    who: str
    reason: str = ""


def judge(
    visits: Sequence[Visit], *, sent_at: datetime | None, link_count: int
) -> dict[int, Judgement]:
    """Who made each visit to one message.

    One sure sign makes a machine; two weak ones too; one weak one leaves it open. What
    came from a machine's network in the same minute is the machine's as well.

    :param visits: of one message, in any order
    :param sent_at: when the mail server accepted it; None: it has not
    :param link_count: how many links the message has
    """
    visits = sorted(visits, key=lambda visit: (visit.at, visit.id))
    clicks = [visit for visit in visits if visit.link is not None]
    sure = {visit.id: list(_alone(visit, sent_at)) for visit in visits}
    for name, members in _together(clicks, link_count):
        for visit in members:
            sure[visit.id].append(name)
    machines = [visit for visit in visits if sure[visit.id]]
    opened = any(visit.link is None for visit in visits)
    return {
        visit.id: _judgement(visit, sure[visit.id], machines, opened)
        for visit in visits
    }


def _judgement(
    visit: Visit, sure: list[str], machines: list[Visit], opened: bool
) -> Judgement:
    if sure:
        return Judgement("machine", " ".join(dict.fromkeys(sure)))
    if any(_is_neighbor(visit, other) for other in machines):
        return Judgement("machine", "same_network")
    weak = list(_weak(visit, opened))
    who = ("human", "unknown", "machine")[min(len(weak), 2)]
    return Judgement(who, " ".join(weak))


def _alone(visit: Visit, sent_at: datetime | None) -> Iterator[str]:
    """Sure signs of one visit."""
    if is_conclusive(visit.signs):
        yield from visit.signs
    if sent_at is None or visit.at < sent_at:
        yield "before_delivery"
    elif visit.at - sent_at < TOO_SOON:
        yield "too_soon"


def _weak(visit: Visit, opened: bool) -> Iterator[str]:
    """Signs that people's visits have too, now and then."""
    if visit.link is None:
        return
    yield from (s for s in visit.signs if s in ("no_language", "ancient_program"))
    if "no_language" in visit.signs and not opened:
        yield "no_picture"


def _together(
    clicks: list[Visit], link_count: int
) -> Iterator[tuple[str, list[Visit]]]:
    """Signs of several clicks: each with the clicks that show it."""
    for number, first in enumerate(clicks):
        later = clicks[number:]
        burst = [visit for visit in later if visit.at - first.at <= BURST]
        quick = [visit for visit in later if visit.at - first.at <= ALL_LINKS]
        at_once = [visit for visit in later if visit.at - first.at <= AT_ONCE]
        if len({visit.link for visit in burst}) >= BURST_LINKS:
            yield "burst", burst
        if link_count > 1 and len({visit.link for visit in quick}) >= link_count:
            yield "all_links", quick
        same = [visit for visit in burst if visit.link == first.link]
        if len(same) >= HAMMERING:
            yield "hammering", same
        if len({visit.network for visit in at_once} - {""}) > 1:
            yield "several_networks", at_once
        if len({visit.program for visit in at_once}) > 1:
            yield "several_programs", at_once
    if _is_regular(clicks):
        yield "regular", clicks


def _is_regular(clicks: list[Visit]) -> bool:
    """All links in their order, one after the other at the pace of a clock."""
    if len(clicks) < BURST_LINKS or clicks[-1].at - clicks[0].at > REGULAR:
        return False
    positions = [visit.position for visit in clicks]
    if positions != sorted(set(positions)):
        return False
    pauses = [
        (b.at - a.at).total_seconds() for a, b in zip(clicks, clicks[1:], strict=False)
    ]
    return pstdev(pauses) <= SPREAD * mean(pauses)


def _is_neighbor(visit: Visit, other: Visit) -> bool:
    return bool(
        visit.network
        and visit.network == other.network
        and abs(visit.at - other.at) <= NEIGHBORS
        and visit.program == other.program
    )
