from datetime import timedelta
from random import Random

from odoo import Command
from odoo.tests import tagged

from ..matching import formula
from ..matching.rarity import FULL
from ..models import recruit_match_best
from ..skills.proof import RANKS
from .common import RecruitCrmCommon
from .common_match import MatchCommon

SEED, PEOPLE = 11, 150


@tagged("post_install", "-at_install")
class TestMatchingScore(MatchCommon, RecruitCrmCommon):
    """The statement in SQL says what the formula says, of everybody."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.random = Random(SEED)
        cls.today = cls.env["recruit.clock"].now().date()
        cls.crowd = cls.env["recruit.candidate"].create(
            [cls._anybody(number) for number in range(PEOPLE)]
        )
        cls.env["recruit.skill.rarity"]._count()

    @classmethod
    def _anybody(cls, number):
        random = cls.random
        skills = random.sample(list(cls.skills), random.randint(0, 5))
        return {
            "name": f"Person {number}",
            "email": f"person{number}@example.com",
            "city": random.choice(["Ghent", "Bruges", False]),
            "country_id": random.choice([cls.belgium.id, cls.france.id, False]),
            "availability": random.choice(["now", "from_date", "listening", "closed"]),
            "available_from": cls.today + timedelta(random.randint(-50, 300)),
            "data_confirmed_at": random.choice(
                [False, f"{cls.today - timedelta(random.randint(0, 900))} 10:00:00"]
            ),
            "skill_ids": [
                Command.create(
                    {
                        "skill_id": skill.id,
                        "level": random.choice([0, 1, 20, 47, 60, 99, 100]),
                        "provenance": random.choice(RANKS),
                        "proven_on": random.choice(
                            [False, cls.today - timedelta(random.randint(0, 3000))]
                        ),
                    }
                )
                for skill in skills
            ],
        }

    def _both(self, job):
        """{candidate id: points}: by the statement and by the formula."""
        recipe = self.env["recruit.match.recipe"]._of(job)
        matches = self.env["recruit.match"]
        rows = matches._best_of(recipe, PEOPLE)
        by_sql = {row["id"]: row for row in rows if row["id"] in self.crowd.ids}
        people = self.env["recruit.match.log"]._people(self.crowd.ids)
        by_formula = {
            one: formula.score(recipe._job(), person, self.today)
            for one, person in people.items()
        }
        return by_sql, by_formula

    def test_every_score_and_every_part_of_it_are_those_of_the_formula(self):
        weaver = self._opening(dict.fromkeys(self.skills, 60), address_id=self.ghent.id)
        picky = self._opening(
            {self.skills[0]: 60, self.skills[1]: 20, self.skills[2]: 100},
            match_must_ids=[Command.set(self.skills[0].ids)],
            match_location=0,
        )
        for job in weaver | picky:
            by_sql, by_formula = self._both(job)
            self.assertGreater(len(by_sql), 20)
            for one, found in by_formula.items():
                with self.subTest(job=job.id, candidate=one):
                    if not found.points:
                        self.assertNotIn(one, by_sql)
                        continue
                    row = by_sql[one]
                    self.assertEqual(row["score"], found.points)
                    parts = {part: row[part] for part in found.parts}
                    self.assertEqual(parts, found.parts)

    def test_the_best_found_early_are_the_best_of_all(self):
        job = self._opening(dict.fromkeys(self.skills[:4], 60))
        recipe = self.env["recruit.match.recipe"]._of(job)
        matches = self.env["recruit.match"]
        everybody = matches._best_of(recipe, PEOPLE)
        for name, number in {"LOOK": 7, "PAGE": 3, "SHOWN": 1}.items():
            self.patch(recruit_match_best, name, number)
        few = matches._best_of(recipe, 5)
        self.assertEqual(
            [row["score"] for row in few], [row["score"] for row in everybody[:5]]
        )

    def test_any_job_gets_those_whom_the_formula_puts_first(self):
        rare, pick = self._rare_and_common(), Random(SEED)
        for name, number in {"LOOK": 7, "PAGE": 3, "SHOWN": 1}.items():
            self.patch(recruit_match_best, name, number)
        glimpsed = set_aside = 0
        for number in range(40):
            self.patch(recruit_match_best, "FEW", pick.choice([0.05, 0.2, 0.4]))
            skills = [*pick.sample(rare, 4), *self.skills[:2]]
            skills = skills[:1] if number < 6 else skills
            job = self._opening(
                {skill: pick.choice([0, 20, 60, 100]) for skill in skills},
                match_must_ids=[Command.set([skills[0].id] if number % 5 == 4 else [])],
            )
            recipe = self.env["recruit.match.recipe"]._of(job)
            limit, floor = pick.choice([1, 4, 20]), pick.choice([0, 3000, 5000])
            with self.subTest(number=number, limit=limit, floor=floor):
                matches = self.env["recruit.match"]
                by_hand = self._by_hand(recipe, limit, floor)
                rows = matches._best_of(recipe, limit, floor)
                self.assertEqual([(row["score"], row["id"]) for row in rows], by_hand)
                glimpsed += bool(matches._glimpse(recipe, []))
                worth = matches._worth(recipe, by_hand[-1][0] if by_hand else 1)
                set_aside += bool(matches._by_weight(recipe.want_ids, worth)[1])
        self.assertGreater(min(glimpsed, set_aside), 5)

    def test_likely_are_all_whose_skills_could_be_worth_so_much(self):
        rare, pick = self._rare_and_common(), Random(SEED)
        matches = self.env["recruit.match"]
        for number in range(15):
            skills = [*pick.sample(rare, 3), *self.skills[:2]]
            job = self._opening(
                {skill: pick.choice([0, 20, 60]) for skill in skills},
                match_must_ids=[Command.set([skills[0].id] if number % 5 == 4 else [])],
            )
            recipe = self.env["recruit.match.recipe"]._of(job)
            reach = self._reach_by_hand(recipe)
            for worth in {1, *pick.choices(sorted(reach.values()), k=12)}:
                wanted = {one: most for one, most in reach.items() if most >= worth}
                with self.subTest(number=number, worth=worth):
                    self.assertEqual(
                        dict(matches._likely(recipe, worth, len(reach) + 1)), wanted
                    )

    def _reach_by_hand(self, recipe):
        """{person: what the skills asked for would be worth if they had not faded}, of
        all who have one of them, and each must."""
        lines = self.env["recruit.candidate.skill"].search([])
        reach = {}
        for person, known in lines.grouped("candidate_id").items():
            levels = {line.skill_id: line.level for line in known}
            met = [
                want
                for want in recipe.want_ids
                if levels.get(want.skill_id, -1) >= (want.level if want.must else 0)
            ]
            if met and all(want in met for want in recipe.want_ids if want.must):
                reach[person.id] = sum(
                    want.weight * _share(levels[want.skill_id], want.level)
                    for want in met
                )
        return reach

    def _rare_and_common(self):
        """Skills of a few; they and many others have the first ones of the test.

        Three people of each kind: nothing but their ids differs."""
        self.skill_type.skill_level_ids = [
            Command.create({"name": "Level 0", "level_progress": 0})
        ]
        rare = self.env["hr.skill"].create(
            [
                {"name": f"Rare {number}", "skill_type_id": self.skill_type.id}
                for number in range(12)
            ]
        )
        pick = Random(SEED)
        for kind in range(25):
            known = [*pick.sample(list(rare), pick.randint(1, 4)), *self.skills[:2]]
            levels = {skill: pick.choice([20, 60, 80]) for skill in known}
            for twin in range(3):
                self.crowd |= self._knows(f"Twin {kind} {twin}", levels)
        self.env["recruit.skill.rarity"]._count()
        return list(rare)

    def _by_hand(self, recipe, limit, floor):
        """The best by the formula, of everybody one after the other."""
        people = self.env["recruit.match.log"]._people(self.crowd.ids)
        scores = (
            (formula.score(recipe._job(), person, self.today).points, one)
            for one, person in people.items()
        )
        good = [one for one in scores if one[0] >= max(floor, 1)]
        return sorted(good, key=lambda one: (-one[0], one[1]))[:limit]

    def test_a_skill_that_most_have_is_looked_up_and_not_read_for_everybody(self):
        usual, *rare = self.env["hr.skill"].create(
            [
                {"name": f"Read {number}", "skill_type_id": self.skill_type.id}
                for number in range(5)
            ]
        )
        for number in range(60):
            known = [usual, *self.random.sample(rare, number % 4 if number < 20 else 0)]
            self._knows(f"Reader {number}", dict.fromkeys(known, 60))
        self.env["recruit.skill.rarity"]._count()
        job = self._opening(dict.fromkeys([usual, *rare], 60))
        recipe = self.env["recruit.match.recipe"]._of(job)
        matches = self.env["recruit.match"]
        everybody = matches._best_of(recipe, PEOPLE)
        floor = everybody[4]["score"]
        _read, looked_up = matches._by_weight(
            recipe.want_ids, matches._worth(recipe, floor)
        )
        self.assertIn(usual, looked_up.skill_id)
        self.assertEqual(
            matches._best_of(recipe, PEOPLE, floor),
            [row for row in everybody if row["score"] >= floor],
        )

    def test_the_jobs_for_a_person_have_the_scores_of_the_shortlists(self):
        jobs = self._opening({self.skills[0]: 60}) | self._opening(
            {self.skills[0]: 20, self.skills[1]: 60}
        )
        matches = self.env["recruit.match"]
        recipes = self.env["recruit.match.recipe"]._of(jobs)
        rows = {
            (recipe.job_id.id, row["id"]): row["score"]
            for recipe in recipes
            for row in matches._best_of(recipe, PEOPLE)
        }
        someone = self.crowd.filtered(
            lambda one: self.skills[0] in one.skill_ids.skill_id
        )
        for person in someone[:20]:
            for row in matches._best_jobs(person):
                if row["job_id"] in jobs.ids:
                    self.assertEqual(row["score"], rows[row["job_id"], person.id])


def _share(level, asked):
    return min(FULL, level * FULL // asked) if asked else FULL
