from odoo.tests import BaseCase, tagged

from odoo.addons.recruit_campaigns.proof.assign import bucket, choose

PEOPLE = range(1, 20001)


def _statistic(counts):
    """Pearson's chi-squared against groups of the same size."""
    expected = sum(counts) / len(counts)
    return sum((count - expected) ** 2 for count in counts) / expected


@tagged("post_install", "-at_install")
class TestProofAssign(BaseCase):
    def test_draw_when_repeated_in_any_version_is_the_same(self):
        # Written down once: who was held out must stay so after each upgrade.
        self.assertEqual(
            [round(bucket("secret", "holdout:7", key), 9) for key in (1, 2, 3)],
            [0.501213388, 0.288842895, 0.301736939],
        )

    def test_draw_for_many_people_is_even_whatever_the_salt(self):
        for salt in ("holdout:1", "holdout:2", "variant:1", "variant:77", ""):
            counts = [0] * 100
            for key in PEOPLE:
                point = bucket("secret", salt, key)
                self.assertTrue(0 <= point < 1)
                counts[int(point * 100)] += 1
            with self.subTest(salt=salt):
                # one true draw in 10,000 lies above 161.3 with 99 degrees of freedom
                self.assertLess(_statistic(counts), 161.3)

    def test_two_draws_for_the_same_people_know_nothing_of_each_other(self):
        pairs = (
            (("secret", "holdout:1"), ("secret", "variant:1")),
            (("secret", "holdout:1"), ("secret", "holdout:11")),
            (("secret", "holdout:1"), ("another", "holdout:1")),
        )
        for first, second in pairs:
            counts = [0] * 100
            for key in PEOPLE:
                row, column = bucket(*first, key), bucket(*second, key)
                counts[int(row * 10) * 10 + int(column * 10)] += 1
            with self.subTest(first=first, second=second):
                self.assertLess(_statistic(counts), 161.3)

    def test_people_who_are_chosen_for_groups_fill_them_by_weight(self):
        counts = [0, 0, 0]
        for key in PEOPLE:
            counts[choose("secret", "variant:1", key, (2, 0, 1))] += 1
        self.assertEqual(counts[1], 0)
        # five standard deviations of a third of 20,000
        self.assertAlmostEqual(counts[2], len(PEOPLE) / 3, delta=334)

    def test_larger_share_when_chosen_keeps_whom_a_smaller_one_had(self):
        small = {key for key in PEOPLE if bucket("secret", "holdout:1", key) < 0.1}
        large = {key for key in PEOPLE if bucket("secret", "holdout:1", key) < 0.2}
        self.assertLess(small, large)

    def test_no_group_to_choose_from_is_refused(self):
        for weights in ((), (0, 0), (1, -1, 5)):
            with self.subTest(weights=weights), self.assertRaises(ValueError):
                choose("secret", "variant:1", 1, weights)
