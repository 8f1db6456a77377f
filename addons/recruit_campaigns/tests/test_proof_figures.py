import random
from math import lgamma

from odoo.tests import BaseCase, tagged

from odoo.addons.recruit_campaigns.proof import rates, winner
from odoo.addons.recruit_campaigns.proof.assign import bucket
from odoo.addons.recruit_campaigns.proof.rates import Count

# By SciPy 1.17.1: quad(lambda x: beta(1 + s2, 1 + n2 - s2).pdf(x)
#                                 * beta(1 + s1, 1 + n1 - s1).cdf(x), 0, 1)
BETTER = [
    ((0, 0), (0, 0), 0.5),
    ((0, 10), (1, 10), 0.7619047619047605),
    ((1, 1), (0, 1), 0.16666666666666669),
    ((5, 100), (9, 100), 0.8585206770930958),
    ((50, 1000), (70, 1000), 0.9698531786991783),
    ((50, 1000), (50, 1000), 0.5),
    ((120, 1000), (100, 1000), 0.0768165610264403),
    ((3, 200), (12, 180), 0.9948155434598304),
    ((0, 500), (3, 40), 0.9999715217711906),
    ((999, 1000), (990, 1000), 0.003101807356293334),
    ((500, 10000), (580, 10000), 0.99383658322066),
    ((5000, 100000), (5200, 100000), 0.9789617174805306),
    ((20, 20), (0, 20), 1.857845555980753e-12),
    ((1, 100000), (5, 100000), 0.9375032812335959),
    ((30000, 1000000), (30400, 1000000), 0.9508055402479145),
]
# By SciPy, the same with the product of the cdf of all others.
BEST = [
    (((5, 100), (9, 100), (7, 100)), (0.087700835, 0.637238859, 0.275060306)),
    (
        ((50, 1000), (70, 1000), (65, 1000), (40, 900)),
        (0.011516501, 0.663053249, 0.322974257, 0.002455993),
    ),
    (((0, 30), (0, 30), (0, 30)), (1 / 3, 1 / 3, 1 / 3)),
]
# By SciPy: binomtest(s, n).proportion_ci(0.95, method="wilson")
WILSON = [
    ((0, 10), 0.0, 0.27753279986288926),
    ((10, 10), 0.7224672001371109, 1.0),
    ((1, 10), 0.017876213095072896, 0.4041500267952385),
    ((3, 200), 0.00511423779325831, 0.04316572879269026),
    ((56, 70), 0.6918335550374693, 0.8769526075163704),
    ((48, 80), 0.490454650051604, 0.7003817240412907),
    ((50, 1000), 0.03813026239274881, 0.06531382024425081),
    ((5200, 100000), 0.05064101542885657, 0.05339340272001783),
]
# Newcombe 1998, table II, method 10.
NEWCOMBE = [
    ((56, 70), (48, 80), 0.0524, 0.3339),
    ((9, 10), (3, 10), 0.1705, 0.8090),
    ((6, 7), (2, 7), 0.0582, 0.8062),
    ((5, 56), (0, 29), -0.0381, 0.1926),
    ((0, 10), (0, 20), -0.1611, 0.2775),
    ((0, 10), (0, 10), -0.2775, 0.2775),
    ((10, 10), (0, 20), 0.6791, 1.0),
    ((10, 10), (0, 10), 0.6075, 1.0),
]
RUNS = 500


def _integrated(first, second):
    """The same probability by another way: a sum over the rate in small steps."""
    steps = 100_000
    log_beta = [
        lgamma(1 + s) + lgamma(1 + n - s) - lgamma(2 + n) for s, n in (first, second)
    ]
    below = total = 0.0
    for number in range(steps):
        x = (number + 0.5) / steps
        one, two = (
            x**s * (1 - x) ** (n - s) * 2.718281828459045**-log
            for (s, n), log in zip((first, second), log_beta, strict=True)
        )
        total += two * (below + one / 2) / steps**2
        below += one
    return total


@tagged("post_install", "-at_install")
class TestProofFigures(BaseCase):
    def test_probability_to_be_better_agrees_with_scipy(self):
        for first, second, expected in BETTER:
            with self.subTest(first=first, second=second):
                found = winner.chance_of_more(Count(*first), Count(*second))
                self.assertAlmostEqual(found, expected, delta=1e-7)

    def test_tiny_probability_agrees_with_scipy_in_its_digits_too(self):
        found = winner.chance_of_more(Count(20, 20), Count(0, 20))
        self.assertAlmostEqual(found / 1.857845555980753e-12, 1, places=9)

    def test_probability_to_be_better_agrees_with_an_integration_step_by_step(self):
        for first, second in (
            ((5, 100), (9, 100)),
            ((0, 12), (3, 9)),
            ((7, 8), (6, 7)),
        ):
            with self.subTest(first=first, second=second):
                found = winner.chance_of_more(Count(*first), Count(*second))
                self.assertAlmostEqual(found, _integrated(first, second), places=6)

    def test_either_is_better_with_a_probability_of_one(self):
        for first, second, _expected in BETTER:
            there = winner.chance_of_more(Count(*first), Count(*second))
            back = winner.chance_of_more(Count(*second), Count(*first))
            self.assertAlmostEqual(there + back, 1, places=6)

    def test_probability_to_be_the_best_of_several_agrees_with_scipy(self):
        for counts, expected in BEST:
            found = winner.chance_of_best([Count(*count) for count in counts])
            self.assertAlmostEqual(sum(found), 1)
            for one, other in zip(found, expected, strict=True):
                self.assertAlmostEqual(one, other, places=5)

    def test_interval_of_a_rate_agrees_with_scipy(self):
        for count, low, high in WILSON:
            with self.subTest(count=count):
                interval = rates.wilson(Count(*count))
                self.assertAlmostEqual(interval.low, low, places=12)
                self.assertAlmostEqual(interval.high, high, places=12)

    def test_interval_of_a_difference_agrees_with_the_publication(self):
        for first, second, low, high in NEWCOMBE:
            with self.subTest(first=first, second=second):
                interval = rates.difference(Count(*first), Count(*second))
                self.assertAlmostEqual(interval.low, low, places=4)
                self.assertAlmostEqual(interval.high, high, places=4)

    def test_nobody_asked_is_no_proof_of_anything(self):
        interval = rates.difference(Count(0, 0), Count(0, 0))
        self.assertFalse(interval.is_clear)
        self.assertEqual((interval.low, interval.high), (-1, 1))
        self.assertIsNone(rates.people_needed(Count(0, 0), Count(1, 2)))

    def test_people_needed_are_those_of_the_textbook(self):
        # 5 % against 7 %, two groups of the same size: 2 x 2,210 (Fleiss, 1981)
        needed = rates.people_needed(Count(70, 1000), Count(50, 1000))
        self.assertAlmostEqual(needed, 4420, delta=5)
        # with a small second group it takes more people
        self.assertGreater(
            rates.people_needed(Count(126, 1800), Count(10, 200)), 2 * needed
        )

    def test_winner_when_the_sample_is_small_is_not_decided(self):
        verdict = winner.judge([Count(0, 40), Count(12, 40)], 100, 0.95)
        self.assertEqual((verdict.best, verdict.missing), (1, 60))
        self.assertGreater(verdict.probabilities[1], 0.999)
        self.assertFalse(verdict.is_decided)

    def test_winner_when_sure_enough_is_decided(self):
        counts = [Count(50, 1000), Count(70, 1000)]
        self.assertTrue(winner.judge(counts, 100, 0.95).is_decided)
        self.assertFalse(winner.judge(counts, 100, 0.99).is_decided)

    def test_one_wording_alone_wins_nothing(self):
        self.assertFalse(winner.judge([Count(9, 10)], 5, 0.95).is_decided)

    def test_campaign_with_a_known_effect_shows_it_inside_its_interval(self):
        """500 campaigns of 600 people, a fifth held out by the draw of the product: 6 %
        apply anyway, 11 % of those who are written to."""
        chance = random.Random(20261122)  # the same campaigns in each run of the test
        inside = 0
        for campaign in range(RUNS):
            people, applied = [0, 0], [0, 0]
            for person in range(600):
                arm = bucket("secret", f"holdout:{campaign}", person) < 0.2
                people[arm] += 1
                applied[arm] += chance.random() < (0.06 if arm else 0.11)
            interval = rates.difference(
                Count(applied[0], people[0]), Count(applied[1], people[1])
            )
            inside += interval.low <= 0.05 <= interval.high
        self.assertGreaterEqual(inside, 0.94 * RUNS, inside)
