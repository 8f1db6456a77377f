from odoo.tests import BaseCase, tagged

from odoo.addons.recruit_campaigns.engine import states


@tagged("post_install", "-at_install")
class TestEngineStates(BaseCase):
    def test_table_of_states_when_read_leaves_no_final_state_but_by_hand(self):
        sources = {state for froms in states.TRANSITIONS.values() for state in froms}
        self.assertEqual(sources & set(states.FINAL), {states.FAILED, states.SKIPPED})
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
