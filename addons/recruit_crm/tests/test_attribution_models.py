import random
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import product

from odoo.tests import BaseCase, tagged

from ..attribution.markov import EFFECT, LOST, START, WON, removal_effects
from ..attribution.models import Path, credits
from ..attribution.split import PARTS, split

DAY = datetime(2025, 1, 1, 9, 0, 0)


def path(*days, applied=None, interviewed=None, effects=None):
    """A path of touches on these days."""
    return Path(
        tuple(DAY + timedelta(days=day) for day in days),
        tuple(effects or [0] * len(days)),
        None if applied is None else DAY + timedelta(days=applied),
        None if interviewed is None else DAY + timedelta(days=interviewed),
    )


@tagged("post_install", "-at_install")
class TestAttributionModels(BaseCase):
    def test_shares_sum_to_the_whole_and_no_share_is_a_part_away_from_its_ideal(self):
        dice = random.Random(5)
        for _round in range(300):
            weights = [dice.randint(0, 9) for _ in range(dice.randint(1, 12))]
            shares = split(weights, dice.choice([7, 100, PARTS]))
            whole = sum(weights) or len(weights)
            ideal = weights if sum(weights) else [1] * len(weights)
            self.assertIn(sum(shares), (7, 100, PARTS))
            for share, weight in zip(shares, ideal, strict=True):
                self.assertLess(abs(share - Fraction(sum(shares) * weight, whole)), 1)

    def test_an_odd_part_goes_to_the_largest_remainder_and_then_to_the_earlier(self):
        self.assertEqual(split([1, 1, 1]), [333334, 333333, 333333])
        self.assertEqual(split([1, 2], 10), [3, 7])

    def test_a_single_touch_earns_everything_in_every_model(self):
        for parts in credits(path(3, applied=4, interviewed=9)).values():
            self.assertEqual(parts, [PARTS])

    def test_credits_sum_to_one_in_every_model_for_random_histories(self):
        dice = random.Random(11)
        for _round in range(300):
            days = sorted(dice.randint(0, 90) for _ in range(dice.randint(1, 15)))
            way = path(
                *days,
                applied=dice.choice([None, dice.randint(0, 90)]),
                interviewed=dice.choice([None, dice.randint(0, 90)]),
                effects=[dice.choice([0, 1, 250_000, PARTS]) for _ in days],
            )
            for model, parts in credits(way).items():
                with self.subTest(model=model, days=days):
                    self.assertEqual(sum(parts), PARTS)
                    self.assertGreaterEqual(min(parts), 0)

    def test_the_worked_example_of_the_manual(self):
        """The numbers that docs/attribution.md shows."""
        way = path(0, 30, 60, 90, applied=60, interviewed=90, effects=[60, 20, 20, 100])
        self.assertEqual(
            credits(way),
            {
                "first": [1_000_000, 0, 0, 0],
                "last": [0, 0, 0, 1_000_000],
                "linear": [250_000] * 4,
                "u_shaped": [400_000, 100_000, 400_000, 100_000],
                "w_shaped": [300_000, 100_000, 300_000, 300_000],
                "decay": [66_667, 133_333, 266_667, 533_333],
                "data": [300_000, 100_000, 100_000, 500_000],
            },
        )

    def test_an_anchor_that_is_not_there_leaves_its_share_to_the_others(self):
        shares = credits(path(0, 1, 2))
        self.assertEqual(shares["u_shaped"], [666_667, 166_667, 166_666])
        both = credits(path(0, 1, applied=0, interviewed=0))
        self.assertEqual(both["w_shaped"], [900_000, 100_000])

    def test_half_as_much_for_each_half_life_before_the_last_touch(self):
        way = path(0, 7)
        shares = credits(way, half_life=timedelta(days=7))["decay"]
        self.assertEqual(shares, [333_333, 666_667])

    def test_channels_that_never_had_an_effect_share_alike(self):
        self.assertEqual(credits(path(0, 1))["data"], [500_000, 500_000])


@tagged("post_install", "-at_install")
class TestRemovalEffect(BaseCase):
    def test_a_channel_that_every_hire_passes_loses_them_all(self):
        steps = {(START, "Fair"): 4, ("Fair", WON): 1, ("Fair", LOST): 3}
        self.assertEqual(removal_effects(steps), {"Fair": EFFECT})

    def test_without_a_hire_no_channel_has_an_effect(self):
        self.assertEqual(removal_effects({(START, "A"): 1, ("A", LOST): 1}), {"A": 0})
        self.assertEqual(removal_effects({}), {})

    def test_effects_are_those_of_walking_without_the_channel(self):
        """Against a walk of many steps over the chain, with and without the channel."""
        dice = random.Random(23)
        for _round in range(20):
            channels = list("ABCD")[: dice.randint(1, 4)]
            steps = {
                (start, end): dice.randint(1, 9)
                for start, end in product([START, *channels], [*channels, WON, LOST])
                if end in channels or start is not START
            }
            base = self._walk(steps)
            for channel, effect in removal_effects(steps).items():
                lost = 1 - self._walk(steps, without=channel) / base
                self.assertAlmostEqual(effect / EFFECT, lost, places=5)

    def _walk(self, steps, without=None):
        """The chance of a hire, after so many steps that nobody is on the way."""
        whole = {}
        for (start, _end), count in steps.items():
            whole[start] = whole.get(start, 0) + count
        here, won = {START: 1.0}, 0.0
        for _step in range(400):
            then = {}
            for (start, end), count in steps.items():
                share = here.get(start, 0.0) * count / whole[start]
                if end is WON:
                    won += share
                elif end is not LOST and end != without:
                    then[end] = then.get(end, 0.0) + share
            here = then
        return won
