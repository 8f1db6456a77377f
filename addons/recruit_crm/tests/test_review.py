from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from .common import RecruitCrmCommon


@tagged("post_install", "-at_install")
class TestReview(RecruitCrmCommon):
    def setUp(self):
        super().setUp()
        self.ann, self.ben = self._candidate("Ann"), self._candidate("Ben")
        (self.ann | self.ben)._add_to_pool(self.pool, "Met at the fair")
        self.review = self.env["recruit.review"].with_user(self.user_officer)
        self.source = {"kind": "stage", "pool_id": self.pool.id}

    def test_the_loop_goes_through_the_members_of_a_stage(self):
        stage = self.pool.stage_ids[0]
        source = stage.action_review()["params"]["source"]
        found = self.review.start(source)
        self.assertEqual(found["title"], f"Crafts: {stage.name}")
        self.assertEqual(found["candidate_ids"], (self.ann | self.ben).ids)
        self.ann.member_ids.action_advance()
        self.assertEqual(self.review.start(source)["candidate_ids"], self.ben.ids)

    def test_a_card_tells_what_is_needed_to_decide(self):
        card = self.review.card(self.source, self.ann.id)
        self.assertEqual(card["name"], "Ann")
        self.assertEqual(card["reason"], "Met at the fair")
        self.assertEqual(card["stage"], self.pool.stage_ids[0].name)
        self.assertEqual(card["next_stage"], self.pool.stage_ids[1].name)
        self.ann.member_ids.action_leave()
        self.assertFalse(self.review.card(self.source, self.ann.id))

    def test_each_act_does_what_its_key_says(self):
        act = self.review.act
        self.assertIn("Contacted", act(self.source, self.ann.id, "advance"))
        act(self.source, self.ann.id, "tag", str(self.tag.id))
        act(self.source, self.ann.id, "convert", str(self.job.id))
        act(self.source, self.ann.id, "remove", "Not now")
        self.assertEqual(self.ann.categ_ids, self.tag)
        self.assertEqual(self.ann.application_ids.job_id, self.job)
        self.assertEqual(self.ann.member_ids.left_reason, "Not now")

    def test_who_left_meanwhile_is_a_clear_message(self):
        self.ann.member_ids.action_leave()
        with self.assertRaisesRegex(UserError, "no longer here"):
            self.review.act(self.source, self.ann.id, "advance")

    def test_the_gate_accepts_and_keeps_out(self):
        segment = self._segment(self._rule("tag", "any_of", self.tag.ids))
        pool = self.env["hr.talent.pool"].create(
            {
                "name": "Gate",
                "kind": "rule",
                "segment_id": segment.id,
                "review_newcomers": True,
            }
        )
        (self.ann | self.ben).categ_ids = self.tag
        pool._feed(10)
        source = pool.action_review_newcomers()["params"]["source"]
        self.assertEqual(len(self.review.start(source)["candidate_ids"]), 2)
        self.review.act(source, self.ann.id, "advance")
        self.review.act(source, self.ben.id, "remove", "Too far")
        self.assertEqual(pool.member_ids.candidate_id, self.ann)
        self.assertFalse(self.review.start(source)["candidate_ids"])

    def test_a_choice_of_candidates_keeps_its_order_and_has_no_stage(self):
        both = self.ben | self.ann
        source = both.action_review()["params"]["source"]
        found = self.review.start(source)
        self.assertEqual(found["candidate_ids"], both.ids)
        self.assertNotIn("advance", found["actions"])
        with self.assertRaises(UserError):
            self.review.act(source, self.ann.id, "advance")

    def test_snooze_is_offered_where_candidates_can_be_snoozed(self):
        offered = "snooze" in self.review.start(self.source)["actions"]
        self.assertEqual(
            offered, hasattr(self.env["recruit.candidate"], "action_snooze")
        )

    def test_who_may_not_write_candidates_decides_nothing(self):
        source = {"kind": "candidates", "candidate_ids": self.ann.ids}
        for user in (self.user_interviewer, self.user_employee):
            review = self.env["recruit.review"].with_user(user)
            with self.subTest(user=user.login), self.assertRaises(UserError):
                review.act(source, self.ann.id, "tag", self.tag.id)


@tagged("post_install", "-at_install")
class TestReviewInTheBrowser(HttpCase, RecruitCrmCommon):
    def test_the_keyboard_carries_a_recruiter_through_the_loop(self):
        people = self.env["recruit.candidate"].concat(
            *(self._candidate(name) for name in ("Ann", "Ben", "Cleo"))
        )
        people._add_to_pool(self.pool)
        action = self.env["ir.actions.client"].create(
            {
                "name": "Review",
                "tag": "recruit_crm.review",
                "params": {"source": {"kind": "stage", "pool_id": self.pool.id}},
            }
        )
        self.start_tour(
            f"/odoo/action-{action.id}", "recruit_crm_review", login="crm_officer"
        )
        ann, ben, cleo = people
        self.assertEqual(ann.member_ids.stage_id, self.pool.stage_ids[1])
        self.assertEqual(ben.categ_ids, self.tag)
        self.assertEqual(ben.member_ids.left_reason, "not now")
        self.assertEqual(cleo.application_ids.job_id, self.job)
