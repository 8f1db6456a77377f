from datetime import timedelta

from odoo import Command
from odoo.tests import tagged
from odoo.tools import SQL

from ..medal.strength import strength
from .common_interview import InterviewCase


@tagged("post_install", "-at_install")
class TestMatchHistory(InterviewCase):
    """Near misses come first, and a score tells nobody what others wrote."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["hr.job"].search([]).no_of_recruitment = 0
        level = cls.skill.skill_type_id.skill_level_ids
        cls.opening = cls.env["hr.job"].create(
            {
                "name": "Senior Optician",
                "address_id": False,
                "match_threshold": 10,
                "job_skill_ids": [
                    Command.create(
                        {
                            "skill_id": cls.skill.id,
                            "skill_level_id": level.id,
                            "skill_type_id": level.skill_type_id.id,
                        }
                    )
                ],
            }
        )
        for number in range(8):  # a skill that everybody has tells nothing
            cls._known(f"Other {number}")

    @classmethod
    def _known(cls, name, level=0):
        lines = [Command.create({"skill_id": cls.skill.id, "level": level})]
        return cls.env["recruit.candidate"].create(
            {
                "name": name,
                "email": f"{name}@example.com".replace(" ", ""),
                "skill_ids": lines if level else [],
            }
        )

    def _history(self, candidate=None):
        candidate = candidate or self.candidate
        people = self.env["recruit.match.log"]._people(candidate.ids)
        return people[candidate.id].history

    def _listed(self):
        self.env["recruit.skill.rarity"]._count()
        self.env["recruit.match"]._refresh_jobs(self.opening)
        return self.opening.match_ids.sorted().candidate_id

    def test_a_medallist_comes_first_and_is_marked(self):
        better = self._known("Better", 60)
        self.candidate._prove(self.skill, 20)
        self.refuse(self.applicant)
        self.assertEqual(self._listed(), self.candidate | better)
        match = self.opening.match_ids.sorted()[0]
        self.assertTrue(match.is_first)
        self.assertLess(match.score, self.opening.match_ids.sorted()[1].score)
        self.assertIn("Silver medallist", match.reasons)

    def test_a_medal_without_a_scorecard_comes_first_as_well(self):
        better = self._known("Better", 60)
        self.candidate._prove(self.skill, 20)
        self.refuse(self.applicant)
        self.env.flush_all()
        self.env.cr.execute(SQL("UPDATE recruit_medal SET score = NULL"))
        self.env.invalidate_all()
        self.assertEqual(self._listed(), self.candidate | better)

    def test_a_medal_counts_as_its_strength_and_fades_with_it(self):
        self.refuse(self.applicant)
        medal = self.candidate.medal_ids
        for age in (0, 200, 900):
            medal.medal_on = self.now.date() - timedelta(age)
            expected = strength(medal.score, age)
            self.assertAlmostEqual(self._history()["medal"] / 100, expected, delta=0.5)

    def test_a_medallist_who_rests_is_left_in_peace(self):
        self.candidate._prove(self.skill, 90)
        self.refuse(self.applicant)
        self.candidate.medal_ids.cool_off_until = self.now + timedelta(days=30)
        self.assertNotIn(self.candidate, self._listed())
        self.env.invalidate_all()
        self.assertIn("left in peace until", self.candidate.jobs_note)
        self.candidate.medal_ids.cool_off_until = False
        self.env.invalidate_all()
        self.assertFalse(self.candidate.jobs_note)
        self.assertIn(self.candidate, self._listed())

    def test_a_recommendation_counts_once_nobody_owes_a_scorecard(self):
        mine, other = self.card(self.ina), self.card(self.ivo)
        mine.recommendation = "yes"
        mine.action_submit()
        self.assertNotIn("recommendation", self._history())
        self.refuse(self.applicant)
        self.assertNotIn("recommendation", self._history())
        other.recommendation = "strong_yes"
        other.action_submit()
        self.assertEqual(self._history()["recommendation"], 7_500)

    def test_advice_against_somebody_adds_nothing(self):
        mine = self.card(self.ina)
        mine.recommendation = "strong_no"
        mine.action_submit()
        self.refuse(self.applicant)
        self.assertNotIn("recommendation", self._history())
