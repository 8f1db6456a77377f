from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import CampaignsCommon


@tagged("post_install", "-at_install")
class TestMatch(CampaignsCommon):
    """Who was found for a job comes into a campaign that a recruiter chooses."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.found = cls.ann
        job = cls.env["hr.job"].create({"name": "Weaver"})
        cls.match = cls.env["recruit.match"].create(
            {"job_id": job.id, "candidate_id": cls.found.id, "in_shortlist": True}
        )
        cls.chosen = cls._new_campaign(audience="people", segment_id=False)

    def _wizard(self):
        action = self.match.with_user(self.officer).action_add_to_campaign()
        return (
            self.env[action["res_model"]]
            .with_user(self.officer)
            .with_context(**action["context"])
            .create({"campaign_id": self.chosen.id})
        )

    def test_people_found_for_a_job_are_put_into_a_campaign(self):
        self._wizard().action_add()
        enrolled = self.chosen.enrollment_ids
        self.assertRecordValues(
            enrolled, [{"candidate_id": self.found.id, "origin": "hand"}]
        )
        self.assertEqual(self.match.state, "suggested")

    def test_a_match_lets_nobody_in_who_wants_no_mail(self):
        self.found.recruiting_opt_out = True
        with self.assertRaisesRegex(UserError, "Nobody can be added"):
            self._wizard().action_add()
        self.assertFalse(self.chosen.enrollment_ids)
