from datetime import datetime, timedelta
from unittest.mock import patch

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common_merge import MergeCommon

DAY = datetime(2024, 3, 1, 9, 0, 0)
NUMBERS = st.integers(0, 2)
REFERENCES = st.lists(
    st.one_of(
        st.tuples(st.just("touch"), NUMBERS),
        st.tuples(st.just("skill"), NUMBERS, st.sampled_from((10, 90))),
        st.tuples(st.just("pool"), NUMBERS, st.booleans()),
        st.tuples(st.just("tag"), NUMBERS),
        st.tuples(st.just("phone"), NUMBERS),
        st.tuples(st.just("handle"), NUMBERS),
        st.tuples(st.just("follower"), NUMBERS),
        st.tuples(st.just("message"), NUMBERS),
        st.tuples(st.just("activity"), NUMBERS),
        st.tuples(st.just("document"), NUMBERS),
        st.tuples(st.just("application"), NUMBERS),
        st.tuples(st.just("employee"), NUMBERS),
        st.tuples(st.just("values"), NUMBERS),
    ),
    max_size=14,
)


@tagged("post_install", "-at_install")
class TestMergeUndo(MergeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.third_pool = cls.env["hr.talent.pool"].create({"name": "Third"})

    def _refer(self, person, kind, number, more=None):
        """Add one reference to a person; equal numbers mean equal things."""
        getattr(self, f"_refer_by_{kind}")(person, number, more)

    def _refer_by_touch(self, person, number, _more):
        person._log_touch("note", occurred_at=DAY + timedelta(days=number))

    def _refer_by_skill(self, person, number, level):
        skill = self.skill_type.skill_ids[number]
        if skill not in person.skill_ids.skill_id:
            provenance = ("self_declared", "tested", "cv")[(number + level) % 3]
            values = {"skill_id": skill.id, "level": level, "provenance": provenance}
            person.skill_ids = [Command.create(values)]

    def _refer_by_pool(self, person, number, leaves):
        pool = (self.pool, self.other_pool, self.third_pool)[number]
        member = person._add_to_pool(pool)
        if leaves:
            member.action_leave()

    def _refer_by_tag(self, person, number, _more):
        tag = self.env["hr.applicant.category"].search([("name", "=", f"T{number}")])
        if not tag:
            tag = tag.create({"name": f"T{number}"})
        person.categ_ids |= tag

    def _refer_by_phone(self, person, number, _more):
        person.phone = f"+3247012345{number}"

    def _refer_by_handle(self, person, number, _more):
        value = f"{person.id}-{number}"
        if value not in person.identity_ids.mapped("value"):
            values = {"kind": "external", "value": value}
            person.identity_ids = [Command.create(values)]

    def _refer_by_follower(self, person, number, _more):
        users = (self.user_officer, self.user_manager, self.user_employee)
        person.message_subscribe(users[number].partner_id.ids)

    def _refer_by_message(self, person, number, _more):
        person.message_post(body=f"Message {number}")

    def _refer_by_activity(self, person, number, _more):
        person.activity_schedule("mail.mail_activity_data_todo", summary=str(number))

    def _refer_by_document(self, person, number, _more):
        self.env["ir.attachment"].create(
            {
                "name": f"{number}.txt",
                "res_model": person._name,
                "res_id": person.id,
                "raw": b"CV",
            }
        )

    def _refer_by_application(self, person, number, _more):
        application = self._apply(person.name, person.email)
        if number == 1:
            self._refuse(application)
            self.env.flush_all()  # the native dialog computes one dialog at a time

    def _refer_by_employee(self, person, number, _more):
        self.env["hr.employee"].create({"name": str(number), "candidate_id": person.id})

    def _refer_by_values(self, person, number, _more):
        person.write(
            {
                "city": ("Ghent", "Bruges", False)[number],
                "headline": ("Weaver at Acme", False, "Smith at Acme")[number],
                "state": ("nurturing", "do_not_contact", "engaged")[number],
                "user_id": (self.user_officer.id, False, self.user_manager.id)[number],
                "active": number != 1,
            }
        )

    @settings(
        max_examples=30,
        deadline=None,
        # to shrink a failure takes minutes in a database
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
        derandomize=True,
    )
    @given(ours=REFERENCES, theirs=REFERENCES, other_pair=st.booleans())
    def test_merge_then_undo_changes_no_row_whatever_points_at_the_two(
        self, ours, theirs, other_pair
    ):
        with self.env.cr.savepoint() as savepoint:
            ann, copy = self._pair()
            third = self._candidate("Ann Lee", phone="+32470123450")
            for reference in ours:
                self._refer(ann, *reference)
            for reference in theirs:
                self._refer(copy, *reference)
            if other_pair:
                self.env["recruit.duplicate"].search(
                    [("candidate_id", "=", copy.id)]
                ).action_dismiss()
            self.env.flush_all()
            self.env["recruit.duplicate"]._regroup((ann | copy | third).ids)
            before = self._dump()
            merge = ann._merge(copy)
            self.assertEqual(
                self.env["recruit.candidate"].resolve_ids(copy.ids),
                {str(copy.id): ann.id},
            )
            merge.action_undo()
            self._assert_same(before, self._dump())
            savepoint.rollback()
        self.env.invalidate_all()

    def test_merges_of_merged_people_are_undone_in_turn(self):
        ann, copy = self._pair()
        last = self._candidate("Last", email="last@example.com")
        for number, person in enumerate((ann, copy, last)):
            for kind in ("touch", "skill", "pool", "tag", "follower", "application"):
                self._refer(person, kind, 0, number)
        before = self._dump()
        first = ann._merge(copy)
        second = last._merge(ann)
        self.assertEqual(copy._survivors(), last)
        with self.assertRaisesRegex(UserError, "Undo that merge first"):
            first.action_undo()
        (first | second).action_undo()
        self._assert_same(before, self._dump())

    def test_an_earlier_merge_into_the_same_person_waits_for_the_later_one(self):
        ann, copy = self._pair()
        last = self._candidate("Last", email="last@example.com")
        first, _second = ann._merge(copy), ann._merge(last)
        with self.assertRaisesRegex(UserError, "Last was merged into Ann Lee after"):
            first.action_undo()

    def test_what_happened_after_the_merge_stays_with_the_survivor(self):
        ann, copy = self._pair(city="Ghent")
        old = copy._log_touch("note")
        merge = ann._merge(copy)
        new = ann._log_touch("call")
        note = ann.message_post(body="After")
        application = self._apply("Ann", "ann.lee@example.org")
        ann.city = "Bruges"
        ann.headline = "Weaver"
        merge.action_undo()
        self.assertEqual(old.candidate_id, copy)
        self.assertEqual(
            (new | application.candidate_id.touch_ids[:1]).candidate_id, ann
        )
        self.assertEqual(application.candidate_id, ann)
        self.assertEqual(note.res_id, ann.id)
        self.assertEqual((ann.city, ann.headline), ("Bruges", "Weaver"))
        self.assertEqual(copy.city, "Ghent")
        self.assertTrue(copy.active)

    def test_a_row_that_somebody_moved_on_is_left_where_it_is(self):
        ann, copy = self._pair()
        document = self.env["ir.attachment"].create(
            {"name": "cv.txt", "res_model": copy._name, "res_id": copy.id}
        )
        gone = document.copy()
        application = self._apply("Ann", copy.email)
        ben = self._candidate("Ben", email="ben@example.com")
        merge = ann._merge(copy)
        application.candidate_id = ben
        gone.unlink()
        merge.action_undo()
        self.assertEqual(application.candidate_id, ben)
        self.assertEqual(document.res_id, copy.id)

    def test_a_merge_can_be_undone_once_and_for_thirty_days(self):
        ann, copy = self._pair()
        merge = ann._merge(copy)
        Clock = type(self.env["recruit.clock"])
        late = merge.merged_at + timedelta(days=30, seconds=1)
        with patch.object(Clock, "now", return_value=late):
            merge.invalidate_recordset()
            with self.assertRaisesRegex(UserError, "more than 30 days"):
                merge.action_undo()
        in_time = merge.merged_at + timedelta(days=30)
        with patch.object(Clock, "now", return_value=in_time):
            merge.invalidate_recordset()
            merge.action_undo()
        with self.assertRaisesRegex(UserError, "undone already"):
            merge.action_undo()

    def test_the_journal_is_forgotten_when_it_can_be_used_no_more(self):
        ann, copy = self._pair()
        merge = ann._merge(copy)
        self.env["recruit.merge"]._gc_journal()
        self.assertTrue(merge.sudo().line_ids)
        late = merge.merged_at + timedelta(days=31)
        with patch.object(type(self.env["recruit.clock"]), "now", return_value=late):
            self.env["recruit.merge"]._gc_journal()
        merge.invalidate_recordset()
        self.assertFalse(merge.sudo().line_ids)
        self.assertEqual(copy._survivors(), ann)
