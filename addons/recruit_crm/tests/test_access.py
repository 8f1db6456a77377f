from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .common import RecruitCrmCommon


@tagged("post_install", "-at_install")
class TestAccess(RecruitCrmCommon):
    def _everything_of(self, company):
        """One record of each model that has a company rule, in this company."""
        candidate = self._candidate(
            "Ann",
            email="ann@example.com",
            company_id=company.id,
            skill_ids=[Command.create({"skill_id": self.weaving.id})],
        )
        segment = self._segment(self._skilled(self.weaving), company_id=company.id)
        candidate.state = "engaged"
        return [
            candidate,
            candidate.state_change_ids,
            candidate.skill_ids,
            candidate.identity_ids,
            candidate._log_touch("note"),
            candidate._add_to_pool(self.pool),
            self._newcomer(candidate),
            self._removal(candidate),
            segment,
            segment.reference_ids,
        ]

    def _newcomer(self, candidate):
        return self.env["recruit.pool.newcomer"].create(
            {
                "candidate_id": candidate.id,
                "pool_id": self.pool.id,
                "proposed_at": "2024-01-01",
            }
        )

    def _removal(self, candidate):
        removals = self.env["recruit.pool.removal"]
        removals._remember(self.pool, candidate)
        return removals.search([("candidate_id", "=", candidate.id)])

    def test_records_of_another_company_are_out_of_sight(self):
        for record in self._everything_of(self.other_company):
            with self.subTest(model=record._name):
                mine = record.with_user(self.user_manager)
                self.assertFalse(mine.search([("id", "=", record.id)]))
                with self.assertRaises(AccessError):
                    mine.read(["display_name"])

    def test_records_of_the_own_company_are_in_sight(self):
        for record in self._everything_of(self.env.company):
            with self.subTest(model=record._name):
                mine = record.with_user(self.user_officer)
                self.assertEqual(mine.search([("id", "=", record.id)]), mine)

    def test_an_interviewer_sees_the_candidates_of_own_applications_alone(self):
        own = self._apply("Ann", "ann@example.com")
        own.interviewer_ids = self.user_interviewer
        other = self._apply("Ben", "ben@example.com")
        Candidate = self.env["recruit.candidate"].with_user(self.user_interviewer)
        candidates = own.candidate_id | other.candidate_id
        found = Candidate.search([("id", "in", candidates.ids)])
        self.assertEqual(found.ids, own.candidate_id.ids)
        self._refuse(own)
        self.assertEqual(Candidate.search([("id", "in", candidates.ids)]), found)
        self.assertEqual(found.name, "Ann")
        with self.assertRaises(AccessError):
            found.write({"name": "Mallory"})

    def test_an_interviewer_does_not_read_touches_pools_or_segments(self):
        own = self._apply()
        own.interviewer_ids = self.user_interviewer
        candidate = own.candidate_id.with_user(self.user_interviewer)
        for field in ("touch_ids", "first_source", "pool_ids", "segment_ids"):
            with self.subTest(field=field), self.assertRaises(AccessError):
                candidate.read([field])

    def test_an_interviewer_may_correct_an_address_and_the_person_follows(self):
        own = self._apply(email=False)
        own.interviewer_ids = self.user_interviewer
        own.with_user(self.user_interviewer).write(
            {"linkedin_profile": "linkedin.com/in/ann"}
        )
        self.assertTrue(own.candidate_id)

    def test_an_officer_works_the_whole_loop_without_more_rights(self):
        env = self.env(user=self.user_officer)
        applicant = env["hr.applicant"].create(
            {
                "partner_name": "Ann",
                "email_from": "ann@example.com",
                "job_id": self.job.id,
            }
        )
        candidate = applicant.candidate_id
        candidate._add_to_pool(self.pool.with_env(env), "Good")
        candidate._log_touch("call")
        candidate.member_ids.action_leave()
        candidate._create_application(self.other_job.with_env(env))
        self.assertEqual(candidate.application_count, 2)
        self.assertTrue(candidate.why_now)

    def test_an_officer_of_one_company_meets_no_person_of_another(self):
        self._candidate(email="ann@example.com", company_id=self.other_company.id)
        env = self.env(user=self.user_officer)
        applicant = env["hr.applicant"].create(
            {"partner_name": "Ann", "email_from": "ann@example.com"}
        )
        self.assertEqual(applicant.candidate_id.company_id, self.env.company)
