from psycopg2 import IntegrityError

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import AtsCase


@tagged("post_install", "-at_install")
class TestDisposition(AtsCase):
    def test_given_a_refusal_then_who_why_and_at_which_step_is_kept(self):
        applicant = self.refuse(self.apply("Ann"), note="A close call")
        disposition = applicant.disposition_ids
        self.assertRecordValues(
            disposition,
            [
                {
                    "candidate_id": applicant.candidate_id.id,
                    "job_id": self.job.id,
                    "stage_id": self.final_stage.id,
                    "reason_id": self.preferred.id,
                    "disposition_type": "we",
                    "note": "A close call",
                    "user_id": self.env.uid,
                    "revoked_at": False,
                }
            ],
        )

    def test_given_native_reasons_then_rejected_and_withdrawn_are_told_apart(self):
        declined = self.env.ref("hr_recruitment.refuse_reason_8")
        withdrew = self.env.ref("hr_recruitment.refuse_reason_2")
        self.assertEqual(self.spam.disposition_type, "process")
        self.assertEqual(declined.disposition_type, "they")
        self.assertEqual(withdrew.disposition_type, "withdrew")

    def test_given_a_restored_application_then_its_disposition_stands_no_longer(self):
        applicant = self.refuse(self.apply("Ann"))
        applicant.action_unarchive()
        self.assertTrue(applicant.disposition_ids.revoked_at)
        self.assertEqual(applicant.medal_ids.state, "closed")

    def test_given_a_second_refusal_then_both_dispositions_are_kept(self):
        applicant = self.refuse(self.apply("Ann"))
        applicant.action_unarchive()
        applicant.stage_id = self.final_stage
        self.refuse(applicant)
        self.assertEqual(len(applicant.disposition_ids), 2)
        self.assertEqual(applicant.medal_ids.state, "open")

    def test_given_a_standing_disposition_then_the_database_takes_no_second_one(self):
        applicant = self.refuse(self.apply("Ann"))
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            applicant.disposition_ids.copy()
