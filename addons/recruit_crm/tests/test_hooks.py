from unittest.mock import patch

from odoo import Command
from odoo.tests import tagged

from odoo.addons.recruit_crm import hooks

from .common import RecruitCrmCommon


@tagged("post_install", "-at_install")
class TestHooks(RecruitCrmCommon):
    def _forget(self, applicants):
        """Put applicants back to before the addon was there."""
        candidates = applicants.candidate_id
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE hr_applicant SET candidate_id = NULL WHERE id IN %s",
            [tuple(applicants.ids)],
        )
        self.env.cr.execute(
            "UPDATE recruit_candidate SET active = FALSE WHERE id IN %s",
            [tuple(candidates.ids)],
        )
        self.env.cr.execute(
            "DELETE FROM recruit_identity WHERE candidate_id IN %s",
            [tuple(candidates.ids)],
        )
        self.env.invalidate_all()

    def test_applicants_from_before_get_their_candidates_in_batches(self):
        applicants = self.env["hr.applicant"]
        for number in range(7):
            applicants |= self._apply(f"P {number}", f"p{number % 4}@example.com")
        applicants[0].stage_id = self.hired_stage
        self._refuse(applicants[1])
        talent = applicants[2].copy(
            {"job_id": False, "talent_pool_ids": [Command.set(self.pool.ids)]}
        )
        applicants |= talent
        self._forget(applicants)
        with patch.object(hooks, "AT_INSTALL", 100):
            hooks.post_init_hook(self.env)
        people = applicants.candidate_id
        self.assertEqual(len(people), 4)
        self.assertTrue(all(applicants.mapped("candidate_id")))
        self.assertEqual(applicants[0].candidate_id.state, "hired")
        self.assertEqual(applicants[3].candidate_id.state, "in_process")
        self.assertEqual(talent.candidate_id.pool_ids, self.pool)

    def test_running_the_hook_again_changes_nothing(self):
        applicant = self._apply()
        before = (applicant.candidate_id, applicant.candidate_id.touch_count)
        hooks.post_init_hook(self.env)
        applicant.invalidate_recordset()
        after = (applicant.candidate_id, applicant.candidate_id.touch_count)
        self.assertEqual(before, after)
