from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from .common import RecruitCrmCommon


@tagged("post_install", "-at_install")
class TestPoolStage(RecruitCrmCommon):
    def _stages(self, pool=None):
        return (pool or self.pool).stage_ids.sorted(lambda one: (one.sequence, one.id))

    def _member(self, name="Ann Lee", pool=None, **values):
        return self._candidate(name)._add_to_pool(pool or self.pool, **values)

    def test_a_new_pool_has_stages_and_members_come_in_at_the_first(self):
        self.assertEqual(len(self._stages()), 4)
        self.assertEqual(self._member().stage_id, self._stages()[0])
        self._stages()[3].sequence = 1
        self.assertEqual(self._member("Ben").stage_id, self._stages()[0])

    def test_a_pool_with_stages_of_its_own_gets_no_others(self):
        pool = self.env["hr.talent.pool"].create(
            {"name": "Own", "stage_ids": [Command.create({"name": "Only"})]}
        )
        self.assertEqual(pool.stage_ids.mapped("name"), ["Only"])
        self.assertEqual(pool.copy().stage_ids.mapped("name"), ["Only"])

    def test_a_member_advances_to_the_end_and_no_further(self):
        member = self._member()
        for stage in (*self._stages()[1:], self._stages()[-1]):
            member.action_advance()
            self.assertEqual(member.stage_id, stage)

    def test_a_stage_of_another_pool_is_refused(self):
        member = self._member()
        with self.assertRaises(ValidationError):
            member.stage_id = self._stages(self.other_pool)[0]

    def test_a_stay_never_moves_to_another_pool(self):
        member = self._member()
        with self.assertRaises(UserError):
            member.pool_id = self.other_pool

    def test_the_board_shows_empty_stages_in_their_order(self):
        self._member()
        groups = (
            self.env["recruit.pool.member"]
            .with_context(default_pool_id=self.pool.id, read_group_expand=True)
            .web_read_group([("pool_id", "=", self.pool.id)], ["stage_id"])["groups"]
        )
        self.assertEqual([group["stage_id"][0] for group in groups], self._stages().ids)
        self.assertEqual([group["__count"] for group in groups], [1, 0, 0, 0])

    def test_the_membership_says_who_and_why_in_and_out(self):
        candidate = self._candidate(user_id=self.user_manager.id)
        officer = candidate.with_user(self.user_officer)
        member = officer._add_to_pool(self.pool, "Strong final round")
        self.assertEqual(member.user_id, self.user_officer)
        self.assertEqual(member.owner_id, self.user_manager)
        action = member.with_user(self.user_manager).action_ask_leave()
        wizard = Form(
            self.env[action["res_model"]]
            .with_user(self.user_manager)
            .with_context(**action["context"])
        )
        wizard.reason = "Found a job"
        wizard.save().action_leave()
        self.assertTrue(member.left_at)
        self.assertEqual(member.left_reason, "Found a job")
        self.assertEqual(member.left_user_id, self.user_manager)

    def test_a_stage_with_members_is_not_deleted_in_passing(self):
        self._member()
        with self.assertRaisesRegex(UserError, "where they go"):
            self._stages()[0].unlink()
        self._stages()[1].unlink()
        self.assertEqual(len(self._stages()), 3)

    def test_deleting_a_stage_asks_and_moves_its_members(self):
        member = self._member()
        first, second = self._stages()[:2]
        action = first.action_dissolve()
        wizard = (
            self.env[action["res_model"]]
            .with_context(**action["context"])
            .create({"target": "stage", "target_stage_id": second.id})
        )
        self.assertEqual(wizard.member_count, 1)
        wizard.action_dissolve()
        self.assertFalse(first.exists())
        self.assertEqual(member.stage_id, second)
        second_action = self._stages()[-1].action_dissolve()
        self.assertEqual(second_action["tag"], "soft_reload")

    def test_deleting_a_pool_asks_and_moves_its_members_to_another(self):
        member = self._member()
        person = member.candidate_id
        with self.assertRaisesRegex(UserError, "where they go"):
            self.pool.unlink()
        action = self.pool.action_dissolve()
        self.env[action["res_model"]].with_context(**action["context"]).create(
            {"target": "pool", "target_pool_id": self.other_pool.id}
        ).action_dissolve()
        self.assertFalse(self.pool.exists())
        self.assertEqual(person.pool_ids, self.other_pool)
        card = person.applicant_ids.filtered("talent_pool_ids")
        self.assertEqual(card.talent_pool_ids, self.other_pool)

    def test_copying_stages_adds_what_is_missing_and_keeps_who_is_there(self):
        member = self._member()
        self.other_pool.stage_ids.unlink()
        self.other_pool.stage_ids = [
            Command.create({"name": "Warm", "sequence": 1}),
            Command.create({"name": "Contacted", "sequence": 2}),
        ]
        contacted = self._stages()[1]
        self.env["recruit.pool.stage.copy"].create(
            {
                "pool_id": self.pool.id,
                "source_pool_id": self.other_pool.id,
                "replace": True,
            }
        ).action_copy()
        self.assertEqual(self._stages().mapped("name"), ["Warm", "Contacted", "New"])
        self.assertEqual(self._stages()[1], contacted)
        self.assertEqual(member.stage_id.name, "New")

    def test_joining_in_bulk_makes_cards_and_no_contacts(self):
        people = self.env["recruit.candidate"].create(
            [{"name": f"P {n}", "email": f"p{n}@example.com"} for n in range(60)]
        )
        partners = self.env["res.partner"].search_count([])

        def joining(chosen):
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            chosen._add_to_pool(self.pool)
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        few, many = joining(people[:10]), joining(people[10:])
        self.assertLessEqual(many, few + 5)
        cards = people.applicant_ids.filtered("talent_pool_ids")
        self.assertEqual(len(cards), 60)
        self.assertEqual(self.pool.no_of_talents, 60)
        self.assertEqual(self.env["res.partner"].search_count([]), partners)
