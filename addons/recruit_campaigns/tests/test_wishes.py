from datetime import date
from unittest import TestCase

from odoo.addons.recruit_campaigns.preferences.wishes import Wishes, read_wishes


class TestWishes(TestCase):
    def test_only_topics_that_were_shown_are_chosen_or_declined(self):
        wishes = read_wishes({"shown": "1,2,x,-3"}, ["2", "9", "²"])
        self.assertEqual(wishes, Wishes(frozenset({1}), frozenset({2})))

    def test_a_form_without_what_was_shown_changes_no_topic(self):
        self.assertEqual(read_wishes({"List-Unsubscribe": "One-Click"}, []), Wishes())

    def test_a_form_with_the_trap_filled_in_wishes_nothing(self):
        form = {"website": "http://x", "shown": "1", "quiet": "12", "skill_1": "gone"}
        self.assertEqual(read_wishes(form, []), Wishes())

    def test_a_day_counts_for_who_says_from_a_day_on_and_only_then(self):
        day = {"available_from": "2027-01-31"}
        self.assertEqual(
            read_wishes({"availability": "from_date", **day}, []).available_from,
            date(2027, 1, 31),
        )
        self.assertIsNone(
            read_wishes({"availability": "now", **day}, []).available_from
        )
        for text in ("", "tomorrow", "2027-13-01", "9" * 5000):
            wishes = read_wishes(
                {"availability": "from_date", "available_from": text}, []
            )
            self.assertIsNone(wishes.availability, text)

    def test_what_is_not_offered_is_ignored(self):
        form = {
            "availability": "always",
            "quiet": "600",
            "skill_7": "101",
            "skill_x": "50",
            "skill_99999999999": "50",
            "new_skill": "x" * 61,
        }
        self.assertEqual(read_wishes(form, []), Wishes())
        self.assertIsNone(read_wishes({"new_skill": "a\0b"}, []).new_skill)

    def test_skills_are_read_with_their_level(self):
        form = {
            "skill_7": "75",
            "skill_8": "gone",
            "skill_9": "",
            "new_skill": "  Go   lang ",
            "new_level": "100",
        }
        wishes = read_wishes(form, [])
        self.assertEqual(wishes.skills, {7: 75, 8: None})
        self.assertEqual(wishes.new_skill, ("Go lang", 100))
