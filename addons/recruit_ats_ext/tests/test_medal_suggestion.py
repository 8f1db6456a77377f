from odoo.tests import BaseCase, tagged

from ..medal.suggest import (
    EARNED,
    NOT_FINAL,
    REASON_AGAINST,
    Finish,
    by_verdict,
    verdict,
)


@tagged("post_install", "-at_install")
class TestMedalSuggestion(BaseCase):
    def test_a_finalist_refused_for_a_harmless_reason_earns_the_medal(self):
        self.assertEqual(verdict(Finish(True, True)), EARNED)

    def test_who_was_not_in_a_finalist_stage_does_not_earn_it(self):
        self.assertEqual(verdict(Finish(False, True)), NOT_FINAL)

    def test_a_reason_that_speaks_against_another_try_costs_the_medal(self):
        self.assertEqual(verdict(Finish(True, False)), REASON_AGAINST)

    def test_people_are_grouped_in_the_order_given(self):
        finishes = {
            "Ann": Finish(True, True),
            "Bob": Finish(False, True),
            "Cid": Finish(True, True),
        }
        groups = by_verdict(finishes)
        self.assertEqual(groups[EARNED], ["Ann", "Cid"])
        self.assertEqual(groups[NOT_FINAL], ["Bob"])
        self.assertEqual(groups[REASON_AGAINST], [])
