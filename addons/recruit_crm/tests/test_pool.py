from psycopg2 import IntegrityError

from odoo import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import RecruitCrmCommon


@tagged("post_install", "-at_install")
class TestPool(RecruitCrmCommon):
    def _talents(self, candidate):
        return candidate.applicant_ids.filtered("talent_pool_ids")

    def test_joining_a_pool_twice_is_joining_once(self):
        candidate = self._candidate(email="ann@example.com")
        first = candidate._add_to_pool(self.pool, "Strong final round")
        again = candidate._add_to_pool(self.pool, "Another reason")
        self.assertEqual(first, again)
        self.assertEqual(first.reason, "Strong final round")
        self.assertEqual(candidate.pool_ids, self.pool)
        self.assertEqual(self.pool.member_count, 1)
        self.assertEqual(candidate.state, "nurturing")

    def test_the_database_itself_refuses_a_second_open_stay(self):
        candidate = self._candidate()
        candidate._add_to_pool(self.pool)
        self.env.flush_all()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.env.cr.execute(
                """
                INSERT INTO recruit_pool_member (candidate_id, pool_id, joined_at)
                VALUES (%s, %s, now())
                """,
                [candidate.id, self.pool.id],
            )

    def test_a_member_has_one_native_talent_for_all_pools(self):
        candidate = self._candidate(email="ann@example.com")
        candidate._add_to_pool(self.pool)
        candidate._add_to_pool(self.other_pool)
        talent = self._talents(candidate)
        self.assertEqual(len(talent), 1)
        self.assertEqual(talent.talent_pool_ids, self.pool | self.other_pool)
        self.assertEqual(talent.pool_applicant_id, talent)
        self.assertFalse(talent.job_id)
        self.assertFalse(candidate.touch_ids)

    def test_leaving_closes_the_stay_and_the_native_card_follows(self):
        candidate = self._candidate(email="ann@example.com")
        candidate._add_to_pool(self.pool)
        candidate._add_to_pool(self.other_pool)
        candidate.member_ids.filtered(
            lambda one: one.pool_id == self.pool
        ).action_leave()
        talent = self._talents(candidate)
        self.assertEqual(candidate.pool_ids, self.other_pool)
        self.assertEqual(talent.talent_pool_ids, self.other_pool)
        candidate.member_ids.action_leave()
        self.assertFalse(candidate.pool_ids)
        self.assertFalse(talent.active)
        self.assertTrue(all(candidate.member_ids.mapped("left_at")))

    def test_coming_back_is_a_new_stay_on_the_old_card(self):
        candidate = self._candidate(email="ann@example.com")
        candidate._add_to_pool(self.pool)
        candidate._add_to_pool(self.other_pool)
        candidate.member_ids.action_leave()
        candidate._add_to_pool(self.pool)
        talent = self._talents(candidate)
        self.assertEqual(len(talent), 1)
        self.assertTrue(talent.active)
        self.assertEqual(talent.talent_pool_ids, self.pool)
        self.assertEqual(candidate.pool_ids, self.pool)
        self.assertEqual(len(candidate.member_ids), 3)

    def test_the_native_wizard_makes_a_member(self):
        application = self._apply()
        self.env["talent.pool.add.applicants"].create(
            {
                "applicant_ids": [Command.set(application.ids)],
                "talent_pool_ids": [Command.set(self.pool.ids)],
            }
        ).action_add_applicants_to_pool()
        self.assertEqual(application.candidate_id.pool_ids, self.pool)
        self.assertEqual(application.candidate_id.touch_count, 1)

    def test_a_native_talent_of_its_own_gets_a_candidate_and_a_stay(self):
        talent = self.env["hr.applicant"].create(
            {
                "partner_name": "Ann Lee",
                "email_from": "ann@example.com",
                "talent_pool_ids": [Command.set(self.pool.ids)],
            }
        )
        self.assertEqual(talent.candidate_id.pool_ids, self.pool)
        self.assertEqual(talent.candidate_id.application_count, 0)

    def test_a_change_of_the_native_pools_is_a_change_of_membership(self):
        candidate = self._candidate(email="ann@example.com")
        candidate._add_to_pool(self.pool)
        talent = self._talents(candidate)
        talent.talent_pool_ids = self.other_pool
        self.assertEqual(candidate.pool_ids, self.other_pool)
        self.other_pool.talent_ids = [Command.clear()]
        self.assertFalse(candidate.pool_ids)
        self.pool.talent_ids = [Command.link(talent.id)]
        self.assertEqual(candidate.pool_ids, self.pool)

    def test_searching_by_pool_knows_in_not_in_and_none(self):
        inside = self._candidate("In")
        outside = self._candidate("Out")
        left = self._candidate("Left")
        (inside | left)._add_to_pool(self.pool)
        left.member_ids.action_leave()
        three = [("id", "in", (inside | outside | left).ids)]
        search = self.env["recruit.candidate"].search
        for domain, found in (
            ([("pool_ids", "in", self.pool.ids)], inside),
            ([("pool_ids", "not in", self.pool.ids)], outside | left),
            ([("pool_ids", "=", False)], outside | left),
            ([("pool_ids", "!=", False)], inside),
            ([("pool_ids", "in", [False, self.pool.id])], inside | outside | left),
            ([("pool_ids.name", "=", "Crafts")], inside),
            ([("pool_ids", "ilike", "craft")], inside),
        ):
            with self.subTest(domain=domain):
                self.assertEqual(search(three + domain), found.sorted("id", True))

    def test_the_wizard_adds_many_and_counts_the_new_ones(self):
        known = self._candidate("Known", email="known@example.com")
        known._add_to_pool(self.pool)
        both = known | self._candidate("Fresh", email="fresh@example.com")
        action = both.action_add_to_pool()
        form = Form(self.env[action["res_model"]].with_context(**action["context"]))
        form.pool_id = self.pool
        form.reason = "Autumn review"
        result = form.save().action_add()
        self.assertIn("1 added", result["params"]["message"])
        self.assertEqual(self.pool.member_ids.candidate_id, both)

    def test_the_pool_opens_its_candidates(self):
        candidate = self._candidate()
        candidate._add_to_pool(self.pool)
        domain = self.pool.action_view_candidates()["domain"]
        self.assertEqual(self.env["recruit.candidate"].search(domain), candidate)
