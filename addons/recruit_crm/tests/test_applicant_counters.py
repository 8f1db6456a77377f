from odoo import Command
from odoo.tests import tagged

from .common import RecruitCrmCommon


@tagged("post_install", "-at_install")
class TestApplicantCounters(RecruitCrmCommon):
    """Native counters of applications, where native Odoo is right and where not."""

    def _in_pool(self, applicant):
        """What the search says, after checking that the field says the same."""
        self.env.flush_all()
        applicant.invalidate_recordset()
        here = [("id", "=", applicant.id)]
        Applicant = self.env["hr.applicant"].with_context(active_test=False)
        inside = Applicant.search([*here, ("is_applicant_in_pool", "=", True)])
        outside = Applicant.search([*here, ("is_applicant_in_pool", "=", False)])
        self.assertNotEqual(bool(inside), bool(outside))
        self.assertEqual(applicant.is_applicant_in_pool, bool(inside))
        return bool(inside)

    def test_joining_and_leaving_a_pool_moves_all_applications_of_the_person(self):
        first, second = self._apply(), self._apply(job=self.other_job)
        stranger = self._apply("Ben", "ben@example.com")
        self.assertFalse(self._in_pool(first))
        member = first.candidate_id._add_to_pool(self.pool)
        first.candidate_id._add_to_pool(self.other_pool).action_leave()
        self.assertTrue(self._in_pool(first))
        self.assertTrue(self._in_pool(second))
        self.assertEqual(second.talent_pool_count, 1)
        self.assertFalse(self._in_pool(stranger))
        member.action_leave()
        self.assertFalse(self._in_pool(first))
        card = first.candidate_id._talent_cards()[first.candidate_id]
        self.assertFalse(self._in_pool(card), "B18: an archived card is in no pool")

    def test_an_application_that_comes_later_is_in_the_pool_too(self):
        self._apply().candidate_id._add_to_pool(self.pool)
        self.assertTrue(self._in_pool(self._apply(job=self.other_job)))

    def test_spellings_of_a_profile_are_one_person_and_a_shared_phone_is_not(self):
        first = self._apply(
            email=False, linkedin_profile="https://linkedin.com/in/joe/"
        )
        first.candidate_id._add_to_pool(self.pool)
        other = self._apply(email=False, linkedin_profile="linkedin.com/in/Joe")
        self.assertTrue(self._in_pool(other), "B14")
        self.assertEqual(other.application_count, 2)
        family = [
            self._apply(name, f"{name}@example.com", partner_phone="+3270123456")
            for name in ("kid", "mom")
        ]
        family[0].candidate_id._add_to_pool(self.pool)
        self.assertFalse(self._in_pool(family[1]), "B5")
        self.assertEqual(family[1].application_count, 1)

    def test_the_native_button_opens_what_the_counter_counts(self):
        first, second = self._apply(), self._apply(job=self.other_job)
        first.candidate_id._add_to_pool(self.pool)
        twin = self._apply("Mom", "mom@example.com", partner_phone="+3270123456")
        first.candidate_id.phone = first.partner_phone = "+3270123456"
        for application in (first, second, twin):
            action = application.action_open_applications()
            opened = self.env["hr.applicant"].search(action["domain"])
            self.assertEqual(len(opened), application.application_count)
            self.assertEqual(opened.candidate_id, application.candidate_id)

    def test_refusing_somebody_offers_their_other_applications_and_nobody_elses(self):
        first = self._apply(partner_phone="+3270123456")
        second = self._apply(job=self.other_job)
        self._apply("Mom", "mom@example.com", partner_phone="+3270123456")
        wizard = self.env["applicant.get.refuse.reason"].create(
            {"applicant_ids": [Command.set(first.ids)], "duplicates": True}
        )
        self.assertEqual(wizard.duplicate_applicant_ids, second)

    def test_an_applicant_without_a_person_is_compared_as_natively(self):
        nobody = self.env["hr.applicant"].create({"partner_phone": "+3270123456"})
        twin = self.env["hr.applicant"].create({"partner_phone": "+3270123456"})
        self.assertFalse((nobody | twin).candidate_id)
        similar = nobody._get_similar_applicants_domain(ignore_talent=True)
        self.assertEqual(self.env["hr.applicant"].search(similar), nobody | twin)

    def test_a_talent_made_natively_counts(self):
        application = self._apply()
        wizard = self.env["talent.pool.add.applicants"].create(
            {
                "applicant_ids": [Command.set(application.ids)],
                "talent_pool_ids": [Command.set(self.pool.ids)],
            }
        )
        wizard.action_add_applicants_to_pool()
        self.assertTrue(self._in_pool(application))

    def test_deleting_a_pool_leaves_nobody_in_it(self):
        application = self._apply()
        application.candidate_id._add_to_pool(self.pool).action_leave()
        self.pool.unlink()
        self.assertFalse(self._in_pool(application))

    def test_the_counter_counts_applications_and_no_talent_card(self):
        first, second = self._apply(), self._apply(job=self.other_job)
        self._refuse(second)
        first.candidate_id._add_to_pool(self.pool)
        self.assertEqual(first.application_count, 2)
        self.assertEqual(second.application_count, 2)

    def test_a_list_costs_a_fixed_number_of_queries(self):
        applications = self.env["hr.applicant"].create(
            [
                {"partner_name": f"P {n}", "email_from": f"p{n}@example.com"}
                for n in range(80)
            ]
        )
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(3):
            applications.mapped("application_count")
