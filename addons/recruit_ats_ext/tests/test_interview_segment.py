from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common_interview import InterviewCase


@tagged("post_install", "-at_install")
class TestInterviewSegment(InterviewCase):
    """Segments by past interview performance."""

    def setUp(self):
        super().setUp()
        card = self.card(self.ina)
        card.recommendation = "yes"
        card.rating_ids.filtered("is_focus").rating = "4"
        card.action_submit()

    def people(self, rule, user=None):
        segment = self.env["recruit.segment"].create(
            {"name": "By interview", "tree": {"group": "all", "items": [rule]}}
        )
        segment = segment.with_user(user or self.officer)
        return segment.env["recruit.candidate"].search(segment._candidate_domain())

    def rated(self, rating):
        value = {"attribute": self.grinding.id, "rating": rating}
        return {"field": "attribute_rating", "operator": "at_least", "value": value}

    def recommended(self, *values, operator="any_of"):
        return {"field": "recommendation", "operator": operator, "value": [*values]}

    def test_a_recommendation_puts_a_candidate_into_the_segment(self):
        self.assertIn(self.candidate, self.people(self.recommended("yes")))
        self.assertNotIn(self.candidate, self.people(self.recommended("strong_yes")))
        nobody = self.recommended("yes", operator="none_of")
        self.assertNotIn(self.candidate, self.people(nobody))

    def test_a_rating_from_the_asked_one_puts_a_candidate_into_the_segment(self):
        self.assertIn(self.candidate, self.people(self.rated(4)))
        self.assertNotIn(self.candidate, self.people(self.rated(5)))

    def test_who_owes_a_scorecard_learns_nothing_from_a_segment(self):
        self.card(self.officer)
        self.assertNotIn(self.candidate, self.people(self.recommended("yes")))

    def ways(self):
        """What the ways to ask for the level of a skill say of the candidate."""
        skill = {"skill": self.skill.id, "level": 60}
        rules = [
            {"field": "skill", "operator": "at_least", "value": skill},
            {
                "field": "domain",
                "operator": "matches",
                "value": "[('skill_ids.level', '>=', 60)]",
            },
        ]
        self.env.invalidate_all()
        people = self.env["recruit.candidate"].with_user(self.officer)
        found = [bool(people.search([("skill_ids.level", ">=", 60)]) & self.candidate)]
        for group in ("all", "none"):
            for rule in rules:
                tree = {"group": group, "items": [rule]}
                segment = self.env["recruit.segment"].create(
                    {"name": "Level", "tree": tree}
                )
                segment = segment.with_user(self.officer)
                inside = self.candidate in people.search(segment._candidate_domain())
                found.append(inside == (group == "all"))
                told = segment.explain_candidate(self.candidate.id)
                self.assertEqual(told["inside"], inside)
                if rule["field"] == "skill":
                    found.append("%" in told["rules"]["items"][0]["facts"])
        self.assertEqual(len(set(found)), 1, found)
        return found[0]

    def test_who_owes_a_scorecard_learns_no_level_from_a_segment_either(self):
        self.assertTrue(self.ways())
        owed = self.card(self.officer)
        self.assertFalse(self.ways())
        owed.action_submit()
        self.assertTrue(self.ways())

    def test_a_colleague_learns_no_level_of_theirs_from_a_segment(self):
        self.env["hr.employee"].create(
            {
                "name": "Ann",
                "user_id": self.officer.id,
                "candidate_id": self.candidate.id,
            }
        )
        self.assertFalse(self.ways())

    def test_a_rating_outside_the_scale_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "1 to 5"):
            self.people(self.rated(9))
