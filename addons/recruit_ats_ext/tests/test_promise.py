from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from odoo import Command
from odoo.tests import BaseCase, new_test_user, tagged

from odoo.addons.recruit_ats_ext.promise.terms import Opening, Terms

from .common_interview import InterviewCase


@tagged("post_install", "-at_install")
class TestPromise(InterviewCase):
    def promise(self, **values):
        return self.env["recruit.promise"].create(
            {
                "candidate_id": self.candidate.id,
                "words": "Grinding at 50, then we call",
                "user_id": self.officer.id,
                "skill_ids": [Command.create({"skill_id": self.skill.id, "level": 50})],
                **values,
            }
        )

    def setUp(self):
        super().setUp()
        self.refuse(self.applicant)

    def open_job(self, skills=True, **values):
        level = self.skill.skill_type_id.skill_level_ids
        line = {
            "skill_id": self.skill.id,
            "skill_type_id": self.skill.skill_type_id.id,
            "skill_level_id": level.id,
        }
        values.setdefault("name", "Lens Polisher")
        values.setdefault("no_of_recruitment", 1)
        values["job_skill_ids"] = [Command.create(line)] if skills else []
        return self.env["hr.job"].create(values)

    def test_a_job_with_the_promised_skill_puts_the_promise_on_the_owners_desk(self):
        promise = self.promise()
        job = self.open_job()
        self.assertEqual((promise.state, promise.job_id), ("kept", job))
        self.assertEqual(promise.activity_ids.user_id, self.officer)
        self.assertIn("Grinding at 50", str(promise.activity_ids.note))

    def test_a_job_without_the_skill_leaves_the_promise_standing(self):
        promise = self.promise()
        self.open_job(skills=False)
        self.assertEqual(promise.state, "standing")

    def test_a_job_that_gets_the_skill_or_the_vacancy_later_keeps_the_promise(self):
        promise = self.promise()
        job = self.open_job(no_of_recruitment=0)
        self.assertEqual(promise.state, "standing")
        job.no_of_recruitment = 2
        self.assertEqual(promise.state, "kept")

    def test_not_before_waits_for_its_day_and_the_nightly_look_finds_it(self):
        tomorrow = self.now.date() + timedelta(days=1)
        promise = self.promise(not_before=tomorrow)
        job = self.open_job()
        self.assertEqual(promise.state, "standing")
        promise.not_before = self.now.date()
        self.env["recruit.promise"]._cron_keep()
        self.assertEqual(promise.job_id, job)

    def test_who_is_in_process_again_is_not_offered_another_job(self):
        promise = self.promise()
        self.apply("Ann", job_id=self.next_job.id)
        self.assertEqual(self.candidate.state, "in_process")
        self.open_job()
        self.assertEqual(promise.state, "standing")

    def test_an_officer_of_another_company_neither_sees_nor_triggers_it(self):
        company = self.env["res.company"].create({"name": "Branch"})
        self.candidate.company_id = self.env.company
        promise = self.promise()
        self.open_job(company_id=company.id)
        self.assertEqual(promise.state, "standing")
        otto = new_test_user(
            self.env,
            "otto",
            "hr_recruitment.group_hr_recruitment_user",
            company_id=company.id,
            company_ids=company.ids,
        )
        self.assertFalse(self.env["recruit.promise"].with_user(otto).search([]))


@tagged("post_install", "-at_install")
class TestTerms(BaseCase):
    def test_everything_that_was_named_must_fit(self):
        job = Opening("Senior Developer", {1: 60}, department=4, city="Ghent")
        self.assertTrue(Terms("developer", {1: 60}, 4, "ghent").fit(job))
        for terms in (
            Terms("designer"),
            Terms(skills={1: 61}),
            Terms(skills={2: 0}),
            Terms(department=5),
            Terms(city="Bruges"),
            Terms(country=3),
        ):
            with self.subTest(terms=terms):
                self.assertFalse(terms.fit(job))

    @given(
        skills=st.dictionaries(st.integers(1, 5), st.integers(0, 100)),
        asked=st.dictionaries(st.integers(1, 5), st.integers(0, 100)),
    )
    def test_a_surplus_in_one_skill_never_pays_for_another(self, skills, asked):
        fits = Terms(skills=asked).fit(Opening("Any", skills))
        missing = [one for one in asked if skills.get(one, -1) < asked[one]]
        self.assertEqual(fits, not missing)

    def test_a_promise_is_due_from_its_first_day_to_its_last(self):
        terms = Terms(not_before=date(2026, 3, 1), until=date(2026, 6, 30))
        self.assertFalse(terms.is_due(date(2026, 2, 28)))
        self.assertTrue(terms.is_due(date(2026, 3, 1)))
        self.assertTrue(terms.is_due(date(2026, 6, 30)))
        self.assertFalse(terms.is_due(date(2026, 7, 1)))
