from odoo.tests import BaseCase, tagged

from ..medal.strength import strength
from ..medal.suggest import (
    EARNED,
    LOW_SCORE,
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

    def test_interviewers_who_speak_against_cost_the_medal_and_silence_does_not(self):
        self.assertEqual(verdict(Finish(True, True, -1.0)), LOW_SCORE)
        self.assertEqual(verdict(Finish(True, True, 0.0)), LOW_SCORE)
        self.assertEqual(verdict(Finish(True, True, 0.5)), EARNED)

    def test_a_medal_fades_by_half_each_year_from_what_the_interviewers_said(self):
        self.assertEqual(strength(2, 0), 100)
        self.assertEqual(strength(0, 0), 60)
        self.assertEqual(strength(0, 365), 30)
        self.assertEqual(strength(0, -5), 60)
        self.assertEqual(strength(-2, 0), 20)

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
