from unittest.mock import patch

from odoo import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.base.tests.test_ir_cron import CronMixinCase
from odoo.addons.recruit_crm import hooks

from .common import RecruitCrmCommon


@tagged("post_install", "-at_install")
class TestHooks(CronMixinCase, RecruitCrmCommon):
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

    def test_one_applicant_that_cannot_be_adopted_does_not_stop_the_others(self):
        applicants = self.env["hr.applicant"]
        for name in ("Ann", "Poison", "Ben"):
            applicants |= self._apply(name, f"{name}@example.com")
        self._forget(applicants)
        self.env.cr.execute(
            """
            CREATE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION 'poison'; END $$;
            CREATE TRIGGER poison BEFORE INSERT ON recruit_candidate
            FOR EACH ROW WHEN (NEW.name = 'Poison') EXECUTE FUNCTION poison();
            """
        )
        logger = "odoo.addons.recruit_crm.models.recruit_candidate_backfill"
        with self.assertLogs(logger) as logs, mute_logger("odoo.sql_db"):
            adopted = self.env["hr.applicant"]._adopt_next()
        self.assertEqual(adopted, applicants)
        self.assertEqual([bool(one.candidate_id) for one in applicants], [1, 0, 1])
        self.assertIn(f"applicant {applicants[1].id} cannot", logs.output[0])
        self.assertFalse(self.env["hr.applicant"]._adopt_next(applicants[-1].id))

    def test_a_large_database_is_finished_by_the_cron(self):
        applicants = self._apply() | self._apply("Ben", "ben@example.com")
        self._forget(applicants)
        with (
            patch.object(hooks, "AT_INSTALL", 1),
            self.capture_triggers("recruit_crm.ir_cron_adopt_applicants") as captured,
        ):
            hooks.post_init_hook(self.env)
        self.assertEqual(len(captured.records), 1)

    def test_old_states_pools_skills_and_employees_are_taken_over(self):
        hired, refused = self._apply(), self._apply("Ben", "ben@example.com")
        hired.create_employee_from_applicant()
        self._refuse(refused)
        refused.write({"applicant_skill_ids": [self._skill_line(self.weaving, 60)]})
        talent = refused.copy(
            {
                "job_id": False,
                "active": True,
                "refuse_reason_id": False,
                "talent_pool_ids": [Command.set(self.pool.ids)],
            }
        )
        employee = hired.employee_id
        self._forget(hired | refused | talent)
        employee.candidate_id = False
        hooks.post_init_hook(self.env)
        self.assertEqual(hired.candidate_id.state, "employee")
        self.assertEqual(employee.candidate_id, hired.candidate_id)
        self.assertEqual(refused.candidate_id.state, "nurturing")
        self.assertEqual(refused.candidate_id, talent.candidate_id)
        self.assertEqual(refused.candidate_id.pool_ids, self.pool)
        self.assertEqual(refused.candidate_id.skill_ids.level, 60)
