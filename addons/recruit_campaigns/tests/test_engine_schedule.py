from datetime import datetime

from odoo.tests import BaseCase, tagged

from odoo.addons.recruit_campaigns.engine import schedule, states


@tagged("post_install", "-at_install")
class TestEngineSchedule(BaseCase):
    def test_delay_when_added_counts_in_its_unit(self):
        after = datetime(2026, 3, 28, 9, 30)
        cases = {
            (0, "days"): after,
            (3, "days"): datetime(2026, 3, 31, 9, 30),
            (36, "hours"): datetime(2026, 3, 29, 21, 30),
        }
        for (delay, unit), expected in cases.items():
            with self.subTest(delay=delay, unit=unit):
                self.assertEqual(
                    schedule.due_at(after=after, delay=delay, unit=unit), expected
                )

    def test_table_of_states_when_read_leaves_no_final_state_but_by_hand(self):
        sources = {state for froms in states.TRANSITIONS.values() for state in froms}
        self.assertEqual(sources & set(states.FINAL), {states.FAILED})
        self.assertEqual(
            [
                target
                for target, froms in states.TRANSITIONS.items()
                if states.FAILED in froms
            ],
            [states.PLANNED],
        )

    def test_table_of_states_when_read_lets_only_a_fenced_message_be_sent(self):
        self.assertEqual(states.TRANSITIONS[states.IN_FLIGHT], (states.CLAIMED,))
        self.assertEqual(
            set(states.TRANSITIONS[states.SENT]),
            {states.IN_FLIGHT, states.ACCEPTED, states.UNCERTAIN},
        )
        self.assertEqual(
            set(states.TRANSITIONS[states.ACCEPTED]),
            {states.IN_FLIGHT, states.UNCERTAIN},
        )
