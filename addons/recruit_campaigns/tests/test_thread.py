from unittest import TestCase

from odoo.addons.recruit_campaigns.engine.thread import (
    Earlier,
    answer_subject,
    reply_to,
)


class TestThread(TestCase):
    def test_an_answer_names_what_came_before_and_has_one_re(self):
        thread = reply_to([Earlier("<1@x>", "Hello"), Earlier("<2@x>", "Re: Hello")])
        self.assertEqual(thread.subject, "Re: Hello")
        self.assertEqual(
            thread.headers, {"In-Reply-To": "<2@x>", "References": "<1@x> <2@x>"}
        )
        for subject in ("Re: Hello", "RE: re:  Hello", "Hello"):
            self.assertEqual(answer_subject(subject), "Re: Hello")
        self.assertEqual(answer_subject("Return: x"), "Re: Return: x")

    def test_nothing_before_is_no_thread_and_a_forgotten_subject_is_its_own(self):
        self.assertIsNone(reply_to([]))
        self.assertIsNone(reply_to([Earlier("<1@x>", None)]).subject)

    def test_a_long_thread_names_the_first_and_the_newest_on_a_short_line(self):
        earlier = [Earlier(f"<rc.{n:032}@mail.example.com>", "x") for n in range(50)]
        references = reply_to(earlier).headers["References"]
        self.assertTrue(references.startswith(earlier[0].message_id))
        self.assertTrue(references.endswith(earlier[-1].message_id))
        self.assertLess(len(references), 900)
