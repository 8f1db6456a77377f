"""How long a person may and must be kept: policies, grounds, and one decision.

A *ground* is a reason to know somebody, with the day it began to age: an application
that ended, a place in a talent pool, messages. For each ground the most specific policy
says how many months it must and may last. A person is kept until their last ground is
over, and warned before that, if a mail can reach them.

Two promises, for every night on which the job runs: nobody is erased before the last
minimum is over, and nobody is kept when the last maximum is over and the notice, given
once, has passed.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

PURPOSES = [
    ("application", "Applications"),
    ("pool", "Talent pools"),
    ("marketing", "Nurturing and sourcing"),
]
OUTCOMES = [
    ("any", "Any"),
    ("refused", "Refused"),
    ("closed", "Withdrawn or closed"),
    ("hired", "Hired"),
    ("open", "Still open"),
]
KEEP, WARN, ERASE = "keep", "warn", "erase"


@dataclass(frozen=True)
class Policy:
    """One rule, as data.

    :param country_ids: where the people live; empty: anywhere
    :param outcome: ``any``, or the outcome of an application
    :param company_id: of the candidate; None: every company
    :param notice_days: how long before the end the person is told; 0: not at all
    """

    id: int
    purpose: str
    min_months: int
    max_months: int
    outcome: str = "any"
    country_ids: frozenset = frozenset()
    company_id: int | None = None
    notice_days: int = 0

    def fits(self, ground, person):
        """Say whether the policy speaks of this ground of this person."""
        return (
            self.purpose == ground.purpose
            and self.outcome in ("any", ground.outcome)
            and (not self.country_ids or person.country_id in self.country_ids)
            and self.company_id in (None, person.company_id)
        )

    def rank(self):
        """Order of policies that fit: the most specific first, then the strictest."""
        return (
            self.company_id is None,
            not self.country_ids,
            self.outcome == "any",
            self.max_months,
            self.id,
        )


@dataclass(frozen=True)
class Ground:
    """A reason to know somebody, and the day since which it ages."""

    purpose: str
    since: date
    outcome: str = "any"


@dataclass(frozen=True)
class Person:
    """What the decision rests on.

    :param is_held: on legal hold, or works here
    :param warned_on: the day of the last warning, or None
    :param is_reachable: a mail can be sent; who cannot be told is not waited for
    """

    grounds: tuple
    country_id: int | None = None
    company_id: int | None = None
    is_held: bool = False
    warned_on: date | None = None
    is_reachable: bool = True


@dataclass(frozen=True)
class Decision:
    """What to do today, and the days it follows from.

    :param earliest_on: the first day on which an erasure is allowed, or None
    :param due_on: the day on which the person must be gone, or None: no policy fits
    """

    action: str
    policy: Policy | None = None
    earliest_on: date | None = None
    due_on: date | None = None


def decide(*, person, policies, today):
    """Return what to do with one person today.

    :param policies: iterable of :class:`Policy`
    """
    terms = []
    for ground in person.grounds:
        policy = best(policies=policies, ground=ground, person=person)
        if policy:
            terms.append((ground, policy))
    if not terms:
        return Decision(KEEP)
    earliest = max(_after(ground, policy.min_months) for ground, policy in terms)
    ends = [(_after(ground, policy.max_months), policy) for ground, policy in terms]
    end, last = max(ends, key=lambda term: (term[0], -term[1].id))
    due = _due(person, last, end)
    if person.is_held:
        return Decision(KEEP, last, earliest, due)
    if due is None:
        notice = timedelta(days=last.notice_days)
        action = WARN if today >= end - notice else KEEP
        return Decision(action, last, earliest, max(end, today + notice))
    return Decision(ERASE if today >= due else KEEP, last, earliest, due)


def _due(person, policy, end):
    """Return the day on which the person must be gone; None before they were told."""
    if not (policy.notice_days and person.is_reachable):
        return end
    newest = max(ground.since for ground in person.grounds)
    if person.warned_on is None or person.warned_on < newest:
        return None
    return max(end, person.warned_on + timedelta(days=policy.notice_days))


def best(*, policies, ground, person):
    """Return the most specific policy for one ground, or None."""
    fitting = [policy for policy in policies if policy.fits(ground, person)]
    return min(fitting, key=Policy.rank, default=None)


def _after(ground, months):
    return ground.since + relativedelta(months=months)
