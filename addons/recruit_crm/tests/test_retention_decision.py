import random
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from odoo.tests import BaseCase, tagged

from odoo.addons.recruit_crm.privacy.retention import (
    ERASE,
    KEEP,
    WARN,
    Ground,
    Person,
    Policy,
    decide,
)

DAY = timedelta(days=1)
START = date(2024, 1, 31)
COUNTRIES = (1, 2, 3, None)
COMPANIES = (1, 2, None)


def random_policies(rng):
    return [
        Policy(
            id=number,
            purpose=rng.choice(("application", "pool", "marketing")),
            outcome=rng.choice(("any", "any", "refused", "hired")),
            country_ids=frozenset(rng.sample((1, 2, 3), rng.randrange(3))),
            company_id=rng.choice(COMPANIES),
            min_months=(least := rng.randrange(5)),
            max_months=least + rng.randrange(1, 8),
            notice_days=rng.choice((0, 0, 7, 30)),
        )
        for number in range(1, rng.randrange(2, 21))
    ]


def random_person(rng):
    return Person(
        grounds=tuple(
            Ground(
                rng.choice(("application", "pool", "marketing")),
                START - rng.randrange(400) * DAY,
                rng.choice(("refused", "hired", "closed", "any")),
            )
            for _ground in range(rng.randrange(1, 4))
        ),
        country_id=rng.choice(COUNTRIES),
        company_id=rng.choice(COMPANIES),
        is_held=rng.random() < 0.1,
        is_reachable=rng.random() < 0.7,
    )


def oracle_terms(person, policies):
    """(first day of freedom, last day, notice) of each ground, the slow and plain way:
    each test of 'more specific' is spelled out, nothing is sorted."""
    terms = []
    for ground in person.grounds:
        chosen = None
        for policy in policies:
            if policy.purpose != ground.purpose:
                continue
            if policy.outcome != "any" and policy.outcome != ground.outcome:
                continue
            if policy.country_ids and person.country_id not in policy.country_ids:
                continue
            if policy.company_id and policy.company_id != person.company_id:
                continue
            if chosen is None or more_specific(policy, chosen):
                chosen = policy
        if chosen:
            terms.append(
                (
                    ground.since + relativedelta(months=chosen.min_months),
                    ground.since + relativedelta(months=chosen.max_months),
                    chosen,
                )
            )
    return terms


def more_specific(one, other):
    for mine, theirs in (
        (bool(one.company_id), bool(other.company_id)),
        (bool(one.country_ids), bool(other.country_ids)),
        (one.outcome != "any", other.outcome != "any"),
    ):
        if mine != theirs:
            return mine
    if one.max_months != other.max_months:
        return one.max_months < other.max_months
    return one.id < other.id


@tagged("post_install", "-at_install")
class TestRetentionDecision(BaseCase):
    def test_nobody_is_erased_too_early_or_kept_too_long_by_brute_force(self):
        """Plays the job night by night over 600 random people and policies."""
        rng = random.Random(20261122)
        erased_count = warned_count = 0
        for _round in range(600):
            policies, person = random_policies(rng), random_person(rng)
            terms = oracle_terms(person, policies)
            erased_on, warned_on = self._play(person, policies)
            if not terms or person.is_held:
                self.assertIsNone(erased_on)
                continue
            self.assertIsNotNone(erased_on)
            first_free = max(term[0] for term in terms)
            last_day = max(term[1] for term in terms)
            longest = [term[2] for term in terms if term[1] == last_day]
            notice = min(longest, key=lambda policy: policy.id).notice_days
            self.assertGreaterEqual(erased_on, first_free, "too early")
            expected = max(last_day, START)
            if notice and person.is_reachable:
                self.assertIsNotNone(warned_on)
                expected = max(last_day, warned_on + notice * DAY)
                self.assertEqual(warned_on, max(START, last_day - notice * DAY))
                warned_count += 1
            else:
                self.assertIsNone(warned_on)
            self.assertEqual(erased_on, expected, "kept too long, or too early")
            erased_count += 1
        self.assertGreater(erased_count, 300)
        self.assertGreater(warned_count, 80)

    def _play(self, person, policies):
        warned_on = None
        for night in range(500):
            today = START + night * DAY
            facts = Person(**{**person.__dict__, "warned_on": warned_on})
            action = decide(person=facts, policies=policies, today=today).action
            if action == WARN:
                self.assertIsNone(warned_on, "told twice")
                warned_on = today
            if action == ERASE:
                return today, warned_on
        return None, warned_on

    def test_the_longest_ground_decides(self):
        policies = (
            Policy(1, "application", 0, 6),
            Policy(2, "pool", 0, 24),
        )
        grounds = (Ground("application", START, "refused"), Ground("pool", START))
        decision = decide(
            person=Person(grounds), policies=policies, today=START + 200 * DAY
        )
        self.assertEqual((decision.action, decision.policy.id), (KEEP, 2))
        self.assertEqual(decision.due_on, date(2026, 1, 31))

    def test_a_warning_from_before_the_last_contact_does_not_count(self):
        policies = (Policy(1, "pool", 0, 1, notice_days=30),)
        person = Person(
            (Ground("pool", START),), warned_on=START - DAY, is_reachable=True
        )
        late = START + 90 * DAY
        self.assertEqual(
            decide(person=person, policies=policies, today=late).action, WARN
        )

    def test_who_cannot_be_told_is_not_waited_for(self):
        policies = (Policy(1, "pool", 0, 1, notice_days=30),)
        person = Person((Ground("pool", START),), is_reachable=False)
        last = date(2024, 2, 29)
        for today, action in ((last - DAY, KEEP), (last, ERASE)):
            decision = decide(person=person, policies=policies, today=today)
            self.assertEqual(decision.action, action)

    def test_without_a_policy_nobody_goes(self):
        person = Person((Ground("pool", START),))
        decision = decide(person=person, policies=(), today=date(2099, 1, 1))
        self.assertEqual((decision.action, decision.due_on), (KEEP, None))
