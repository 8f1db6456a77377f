from datetime import date, timedelta

from odoo.tests import BaseCase, tagged

from ..matching import formula, parts, people, rarity

TODAY = date(2026, 6, 1)
COMMON, RARE = rarity.Rarity(100, 0), rarity.Rarity(900, 0)
PYTHON, SQL, COBOL, LATIN = 1, 2, 3, 4


def want(level=60, must=False, weight=COMMON):
    return people.Want(level, must, weight)


def has(level=60, provenance="interview", day=TODAY, weight=COMMON):
    return people.Skill(level, provenance, day, weight)


def points(job, person):
    return formula.score(job, person, TODAY).points


@tagged("post_install", "-at_install")
class TestMatchingFormula(BaseCase):
    """The formula alone, without a database."""

    def test_who_has_just_what_is_asked_fits_in_full(self):
        job = people.Job({PYTHON: want(), SQL: want(40)})
        person = people.Person({PYTHON: has(), SQL: has(40)})
        self.assertEqual(formula.fit(job, person, TODAY).points, rarity.FULL)

    def test_a_surplus_in_one_skill_never_pays_for_a_missing_one(self):
        job = people.Job({PYTHON: want(50), SQL: want(50)})
        just = people.Person({PYTHON: has(50)})
        double = people.Person({PYTHON: has(100)})
        self.assertEqual(
            formula.fit(job, just, TODAY).coverage,
            formula.fit(job, double, TODAY).coverage,
        )
        self.assertLess(formula.fit(job, double, TODAY).coverage, 0.6)

    def test_a_missing_must_puts_the_person_out(self):
        job = people.Job({PYTHON: want(60, must=True), SQL: want()})
        low = people.Person({PYTHON: has(40), SQL: has(100)})
        found = formula.score(job, low, TODAY)
        self.assertEqual((found.points, found.missing), (0, (PYTHON,)))
        self.assertTrue(points(job, people.Person({PYTHON: has(60)})))

    def test_time_alone_puts_nobody_out(self):
        job = people.Job({PYTHON: want(60, must=True)})
        old = people.Person({PYTHON: has(60, "cv", TODAY - timedelta(3650))})
        found = formula.score(job, old, TODAY)
        self.assertFalse(found.missing)
        self.assertGreater(found.points, 0)

    def test_proof_outweighs_claim_and_new_outweighs_old(self):
        job = people.Job({PYTHON: want(60)})
        ago = TODAY - timedelta(700)
        order = [
            has(60, "self_declared", ago),
            has(60, "self_declared"),
            has(60, "recruiter"),
            has(60, "interview"),
        ]
        found = [points(job, people.Person({PYTHON: one})) for one in order]
        self.assertEqual(found, sorted(found))
        self.assertEqual(len(set(found)), len(found))

    def test_a_rare_skill_counts_more_than_a_common_one(self):
        job = people.Job({PYTHON: want(), COBOL: want(weight=RARE)})
        common = people.Person({PYTHON: has()})
        rare = people.Person({COBOL: has(weight=RARE)})
        self.assertGreater(points(job, rare), points(job, common))

    def test_what_everybody_has_is_worth_next_to_nothing(self):
        everybody = rarity.weigh({60: 1000}, 1000)[6]
        few = rarity.weigh({60: 3}, 1000)[6]
        self.assertLess(everybody.weight, few.weight / 20)
        job = people.Job({PYTHON: want(weight=everybody), COBOL: want(weight=few)})
        person = people.Person({PYTHON: has(weight=everybody)})
        self.assertLess(points(job, person), rarity.FULL / 10)

    def test_a_specialist_comes_before_who_knows_a_little_of_everything(self):
        few = rarity.weigh({60: 100}, 1000)[6]
        job = people.Job({PYTHON: want(weight=few), SQL: want(weight=few)})
        narrow = people.Person({PYTHON: has(weight=few), SQL: has(weight=few)})
        broad = people.Person({skill: has(weight=few) for skill in range(1, 9)})
        self.assertGreater(points(job, narrow), points(job, broad))
        half = people.Person({PYTHON: has(weight=few)})
        self.assertGreater(points(job, broad), points(job, half))

    def test_a_job_that_asks_for_little_is_not_the_best_one_of_who_knows_much(self):
        usual, rare = rarity.Rarity(100, 5000), rarity.weigh({60: 20}, 1000)[6]
        office = people.Job({LATIN: want(weight=usual)})
        near = people.Job({skill: want(weight=rare) for skill in range(10, 40)})
        lawyer = people.Person(
            {LATIN: has(weight=usual)}
            | {skill: has(weight=rare) for skill in range(20, 60)}
        )
        self.assertGreater(points(near, lawyer), points(office, lawyer))

    def test_more_than_is_asked_costs_less_than_less(self):
        job = people.Job({PYTHON: want(60)})
        found = [points(job, people.Person({PYTHON: has(one)})) for one in (45, 80, 60)]
        self.assertEqual(found, sorted(found))

    def test_the_worked_example_of_the_documentation_is_what_comes_out(self):
        python, erlang = (
            rarity.weigh({60: 50, 100: 50}, 1000),
            rarity.weigh({40: 3}, 1000),
        )
        job = people.Job(
            {
                PYTHON: want(60, weight=python[6]),
                COBOL: want(40, weight=erlang[4]),
            },
            place="ghent",
            country=20,
        )
        ann = people.Person(
            {COBOL: has(40, weight=erlang[4])},
            place="ghent",
            country=20,
            availability="now",
            last_sign=TODAY,
        )
        ben = people.Person({PYTHON: has(100, weight=python[10])})
        fits = [formula.fit(job, one, TODAY) for one in (ann, ben)]
        self.assertEqual([round(one.coverage, 2) for one in fits], [0.74, 0.38])
        self.assertEqual([round(one.focus, 2) for one in fits], [1.00, 0.96])
        self.assertEqual([one.points // 100 for one in fits], [74, 37])
        self.assertEqual(formula.score(job, ann, TODAY).points // 100, 66)

    def test_what_speaks_for_a_person_beside_skills_never_stands_for_them(self):
        job = people.Job({PYTHON: want()}, place="ghent", country=20)
        near = people.Person(
            {LATIN: has()},
            place="ghent",
            country=20,
            availability="now",
            last_sign=TODAY,
            history={"medal": rarity.FULL},
        )
        self.assertEqual(points(job, near), 0)

    def test_weights_of_zero_leave_their_part_out(self):
        weights = dict.fromkeys(people.COMPONENTS, 0) | {"skills": 10}
        job = people.Job({PYTHON: want()}, weights)
        self.assertEqual(points(job, people.Person({PYTHON: has()})), rarity.FULL)

    def test_a_job_without_skills_fits_nobody(self):
        person = people.Person({PYTHON: has()})
        self.assertEqual(points(people.Job({}), person), 0)

    def test_a_required_level_of_zero_is_met_by_any(self):
        job = people.Job({PYTHON: want(0)})
        self.assertGreater(points(job, people.Person({PYTHON: has(0)})), 0)

    def test_two_hundred_skills_are_compared_as_two_are(self):
        job = people.Job({skill: want() for skill in range(200)})
        whole = people.Person({skill: has() for skill in range(200)})
        half = people.Person({skill: has() for skill in range(100)})
        self.assertEqual(formula.fit(job, whole, TODAY).points, rarity.FULL)
        self.assertLess(formula.fit(job, half, TODAY).coverage, 0.6)

    def test_what_is_not_known_stands_in_between(self):
        job = people.Job({PYTHON: want()}, degree=8000, place="ghent", country=20)
        unknown = people.Person()
        self.assertEqual(parts.degree(job, unknown), parts.NOT_KNOWN)
        self.assertEqual(parts.location(job, unknown), parts.NOT_KNOWN)
        self.assertEqual(parts.availability(unknown, TODAY), parts.NOT_KNOWN)

    def test_waiting_and_silence_fade(self):
        def waits(days):
            day = TODAY + timedelta(days)
            person = people.Person(availability="from_date", available_from=day)
            return parts.availability(person, TODAY)

        self.assertEqual([waits(0), waits(30), waits(120)], [10_000, 10_000, 5_000])
        silent = people.Person(last_sign=TODAY - timedelta(180))
        self.assertEqual(parts.engagement(silent, TODAY), 5_000)

    def test_a_stored_comparison_gives_the_same_score_again(self):
        job = people.Job({PYTHON: want(must=True)}, degree=5000, place="ghent")
        person = people.Person(
            {PYTHON: has(70, "cv", TODAY - timedelta(100))},
            availability="from_date",
            available_from=TODAY,
            last_sign=TODAY,
            history={"stage": 5000},
        )
        again = formula.score(
            people.job_from_json(people.job_to_json(job)),
            people.person_from_json(people.person_to_json(person)),
            TODAY,
        )
        self.assertEqual(again, formula.score(job, person, TODAY))
