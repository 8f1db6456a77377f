from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import RecruitCrmCommon


@tagged("post_install", "-at_install")
class TestPoolRule(RecruitCrmCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.segment = cls._segment(cls._skilled(cls.weaving), name="Weavers")
        cls.rule_pool = cls.env["hr.talent.pool"].create(
            {"name": "All weavers", "kind": "rule", "segment_id": cls.segment.id}
        )

    def _weaver(self, name, level=80, **values):
        skill = Command.create({"skill_id": self.weaving.id, "level": level})
        return self._candidate(name, skill_ids=[skill], **values)

    def _feed(self):
        while self.rule_pool._feed(100):
            pass
        return self.rule_pool.member_ids.candidate_id

    def test_the_rule_takes_in_and_lets_go(self):
        ann, ben = self._weaver("Ann"), self._weaver("Ben", level=20)
        self.assertEqual(self._feed(), ann)
        member = self.rule_pool.member_ids
        self.assertEqual(member.origin, "rule")
        self.assertEqual(member.reason, "Fits “Weavers”")
        self.assertEqual(member.stage_id, self.rule_pool.stage_ids[0])
        self.assertEqual(ann.state, "nurturing")
        ann.skill_ids.level = 10
        ben.skill_ids.level = 90
        self.assertEqual(self._feed(), ben)
        self.assertIn("No longer", member.left_reason)
        self.assertFalse(member.left_user_id)

    def test_feeding_again_changes_nothing(self):
        self._weaver("Ann")
        self._feed()
        self.assertEqual(self.rule_pool._feed(100), 0)
        self.assertTrue(self.rule_pool.fed_at)

    def test_a_batch_is_bounded_and_the_rest_follows(self):
        for number in range(5):
            self._weaver(f"W {number}")
        self.assertEqual(self.rule_pool._feed(2), 2)
        self.assertFalse(self.rule_pool.fed_at)
        self.assertEqual(len(self._feed()), 5)

    def test_who_was_removed_by_hand_stays_out_until_that_is_lifted(self):
        ann = self._weaver("Ann")
        self._feed()
        self.rule_pool.member_ids.with_user(self.user_officer)._leave("Moved abroad")
        self.assertFalse(self._feed())
        self.assertEqual(self.rule_pool.removal_count, 1)
        removal = self.env["recruit.pool.removal"].search(
            self.rule_pool.action_view_removals()["domain"]
        )
        self.assertEqual(removal.reason, "Moved abroad")
        self.assertEqual(removal.user_id, self.user_officer)
        removal.with_user(self.user_officer).action_lift()
        self.assertEqual(self._feed(), ann)

    def test_adding_by_hand_lifts_a_removal_and_the_rule_keeps_who_was_added(self):
        ann, cleo = self._weaver("Ann"), self._candidate("Cleo")
        self._feed()
        self.rule_pool.member_ids._leave()
        (ann | cleo)._add_to_pool(self.rule_pool)
        self.assertEqual(self.rule_pool.removal_count, 0)
        self.assertEqual(self._feed(), ann | cleo)

    def test_the_gate_holds_newcomers_until_somebody_decides(self):
        self.rule_pool.review_newcomers = True
        ann, ben, cleo = (self._weaver(name) for name in ("Ann", "Ben", "Cleo"))
        self.assertFalse(self._feed())
        self.assertFalse(ann.pool_ids)
        self.assertEqual(self.rule_pool.newcomer_count, 3)
        waiting = {
            row.candidate_id: row.with_user(self.user_officer)
            for row in self.rule_pool.newcomer_ids
        }
        waiting[ann].action_accept()
        waiting[ben].action_keep_out("Too far away")
        cleo.skill_ids.level = 10
        self.assertEqual(self._feed(), ann)
        self.assertEqual(self.rule_pool.member_ids.user_id, self.user_officer)
        self.rule_pool.invalidate_recordset()
        self.assertEqual(self.rule_pool.newcomer_count, 0)
        self.assertEqual(self.rule_pool.removal_count, 1)

    def test_without_its_gate_the_pool_lets_in_who_waited(self):
        self.rule_pool.review_newcomers = True
        ann = self._weaver("Ann")
        self._feed()
        self.rule_pool.review_newcomers = False
        self.assertEqual(self._feed(), ann)
        self.assertFalse(self.rule_pool.newcomer_ids)

    def test_switching_between_rule_and_hand_loses_nobody(self):
        ann, cleo = self._weaver("Ann"), self._candidate("Cleo")
        self._feed()
        self.rule_pool.kind = "static"
        ann.skill_ids.level = 0
        cleo._add_to_pool(self.rule_pool)
        self.assertEqual(self._feed(), ann | cleo)
        self.rule_pool.kind = "rule"
        self.assertEqual(self._feed(), cleo)

    def test_changing_a_rule_wakes_the_cron(self):
        cron = self.env.ref("recruit_crm.ir_cron_feed_pools")
        triggers = self.env["ir.cron.trigger"]
        before = triggers.search_count([("cron_id", "=", cron.id)])
        self.pool.write({"kind": "rule", "segment_id": self.segment.id})
        self.assertGreater(triggers.search_count([("cron_id", "=", cron.id)]), before)

    def test_the_cron_applies_every_rule(self):
        ann = self._weaver("Ann")
        with self.enter_registry_test_mode():
            self.env.ref("recruit_crm.ir_cron_feed_pools").method_direct_trigger()
        self.assertEqual(self.rule_pool.member_ids.candidate_id, ann)

    def test_the_rule_of_a_company_pool_finds_its_own_and_shared_people(self):
        self.segment.company_id = False
        mine = self._weaver("Mine", company_id=self.env.company.id)
        shared = self._weaver("Shared", company_id=False)
        self._weaver("Theirs", company_id=self.other_company.id)
        self.assertEqual(self._feed(), mine | shared)

    def test_members_by_rule_have_no_native_card_and_native_changes_leave_them(self):
        ann = self._weaver("Ann")
        self._feed()
        self.assertFalse(ann.applicant_ids)
        ann._add_to_pool(self.pool)
        card = ann.applicant_ids
        self.assertEqual(card.talent_pool_ids, self.pool)
        card.talent_pool_ids = self.other_pool
        self.assertEqual(ann.pool_ids, self.other_pool | self.rule_pool)

    def test_a_rule_pool_needs_a_segment_and_does_not_feed_itself(self):
        with self.assertRaisesRegex(ValidationError, "segment"):
            self.pool.kind = "rule"
        self.segment.tree = self._tree(self._rule("pool", "any_of", [self.pool.id]))
        with self.assertRaisesRegex(ValidationError, "feed itself"):
            self.pool.write({"kind": "rule", "segment_id": self.segment.id})
