from datetime import timedelta

from odoo.tests import BaseCase, tagged

from odoo.addons.recruit_campaigns.engine.decide import BACKOFF, Verdict, judge
from odoo.addons.recruit_campaigns.engine.smtp import Answer


@tagged("post_install", "-at_install")
class TestEngineDecide(BaseCase):
    def test_answer_when_judged_gives_state_and_reason_by_verb_and_code(self):
        wait = BACKOFF[0]
        cases = {
            ("dot", 250): Verdict("sent"),
            ("dot", 451): Verdict("retry", "asked_to_wait", wait),
            ("dot", 554): Verdict("failed", "message_refused"),
            ("dot", None): Verdict("uncertain", "silence"),
            ("dot", 354): Verdict("uncertain", "silence"),
            ("MAIL", 421): Verdict("retry", "asked_to_wait", wait),
            ("MAIL", 550): Verdict("retry", "sender_refused", wait),
            ("RCPT", 450): Verdict("retry", "asked_to_wait", wait),
            ("RCPT", 550): Verdict("failed", "address_refused"),
            ("DATA", 452): Verdict("retry", "asked_to_wait", wait),
            ("DATA", 554): Verdict("failed", "message_refused"),
            ("body", None): Verdict("retry", "connection_lost", wait),
        }
        for (verb, code), expected in cases.items():
            with self.subTest(verb=verb, code=code):
                answer = Answer(verb, code, "words")
                self.assertEqual(judge(answer, attempt_count=1), expected)

    def test_server_that_keeps_saying_later_when_tried_waits_longer_then_fails(self):
        answer = Answer("RCPT", 451, "greylisted")
        waits = [
            judge(answer, attempt_count=count).wait
            for count in range(1, len(BACKOFF) + 1)
        ]
        self.assertEqual(waits, sorted(waits))
        self.assertGreater(sum(waits, timedelta()), timedelta(days=2))
        self.assertEqual(
            judge(answer, attempt_count=len(BACKOFF) + 1),
            Verdict("failed", "gave_up"),
        )
