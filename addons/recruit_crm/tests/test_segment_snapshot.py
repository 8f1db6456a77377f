from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import RecruitCrmCommon


@tagged("post_install", "-at_install")
class TestSegmentSnapshot(RecruitCrmCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ann, cls.ben, cls.cleo = (
            cls._candidate(
                name,
                email=f"{name}@example.com",
                skill_ids=[(0, 0, {"skill_id": cls.weaving.id, "level": level})],
            )
            for name, level in (("Ann", 80), ("Ben", 70), ("Cleo", 10))
        )
        cls.segment = cls._segment(cls._skilled(cls.weaving))

    def _take(self, user=None):
        segment = self.segment.with_user(user or self.user_officer)
        segment.action_take_snapshot()
        return segment.snapshot_ids[0]

    def _opened(self, action):
        people = self.env["recruit.candidate"].with_context(**action["context"])
        return people.search(action["domain"])

    def test_it_keeps_who_was_in_and_tells_who_came_and_went(self):
        snapshot = self._take()
        self.assertEqual(snapshot.candidate_count, 2)
        self.assertEqual(snapshot.user_id, self.user_officer)
        self.assertEqual(snapshot.sentence, "has Weaving at 50% or more")
        self.ann.skill_ids.level = 5
        self.cleo.skill_ids.level = 90
        self.env.invalidate_all()
        self.assertEqual((snapshot.joined_count, snapshot.left_count), (1, 1))
        self.assertEqual(
            self._opened(snapshot.action_view_candidates()), self.ann | self.ben
        )
        self.assertEqual(self._opened(snapshot.action_view_joined()), self.cleo)
        self.assertEqual(self._opened(snapshot.action_view_left()), self.ann)
        self.assertIn(snapshot, self.ben.snapshot_ids)
        self.assertNotIn(snapshot, self.cleo.snapshot_ids)

    def test_it_keeps_what_was_asked_when_the_segment_changes(self):
        snapshot = self._take()
        self.segment.tree = self._tree(self._rule("tag", "any_of", self.tag.ids))
        self.env.invalidate_all()
        self.assertEqual(snapshot.tree["items"], [self._skilled(self.weaving)])
        self.assertEqual(snapshot.candidate_count, 2)
        self.assertEqual(snapshot.left_count, 2)

    def test_the_archived_and_the_merged_are_still_found(self):
        snapshot = self._take()
        self.ann.active = False
        self.cleo._merge(self.ben)
        self.env.invalidate_all()
        found = self._opened(snapshot.action_view_candidates())
        self.assertEqual(found, self.ann | self.cleo)
        self.assertIn(self.ann, self._opened(snapshot.action_view_left()))

    def test_nobody_changes_it_and_strangers_do_not_see_it(self):
        snapshot = self._take()
        with self.assertRaises(AccessError):
            snapshot.write({"candidate_count": 7})
        with self.assertRaises(AccessError):
            snapshot.with_user(self.user_employee).read(["sentence"])
        self.segment.company_id = self.other_company
        self.env.invalidate_all()
        people = self.env["recruit.candidate"].with_user(self.user_officer)
        with self.assertRaises(AccessError):
            people.search([("snapshot_ids", "in", snapshot.ids)])

    def test_a_snapshot_of_a_hidden_pool_stays_hidden_when_the_rule_changes(self):
        self.ann._add_to_pool(self.pool)
        self.segment.tree = self._tree(self._rule("pool", "any_of", self.pool.ids))
        snapshot = self._take(self.user_manager)
        self.segment.tree = self._tree(self._skilled(self.weaving))
        mine = snapshot.with_user(self.user_officer)
        self.assertTrue(mine.has_access("read"))
        self.pool.write({"pool_manager": self.user_manager.id, "confidential": True})
        self.env.invalidate_all()
        self.assertFalse(mine.has_access("read"))
        self.assertTrue(snapshot.has_access("read"))

    def test_a_segment_becomes_a_favorite_of_the_user_once(self):
        mine = self.segment.with_user(self.user_officer)
        mine.action_save_filter()
        mine.action_save_filter()
        filters = self.env["ir.filters"].with_user(self.user_officer)
        kept = filters.search([("name", "=", self.segment.name)])
        self.assertEqual(len(kept), 1)
        self.assertEqual(kept.user_ids, self.user_officer)
        people = self.env["recruit.candidate"]
        self.assertEqual(
            people.search(kept._get_eval_domain()),
            people.search([("segment_ids", "in", self.segment.ids)]),
        )
