from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import RecruitCrmCommon


@tagged("post_install", "-at_install")
class TestPoolBoard(RecruitCrmCommon):
    """The columns of a board: what is known of them is what a count would find."""

    def _columns(self, user=None, *more):
        """Return [(name of the stage, members)] of the board as the web client asks,
        after checking that members counted one by one are as many."""
        self.env.invalidate_all()
        Member = self.env["recruit.pool.member"].with_user(user or self.env.user)
        Member = Member.with_context(
            default_pool_id=self.pool.id, read_group_expand=True
        )
        domain = ["&", ("pool_id", "=", self.pool.id), ("left_at", "=", False), *more]
        groups = Member.web_read_group(domain, ["stage_id"])["groups"]
        told = {group["stage_id"]: group["__count"] for group in groups}
        counted = {}
        for member in Member.search(domain):
            stage = member.stage_id
            key = (stage.id, stage.display_name) if stage else False
            counted[key] = counted.get(key, 0) + 1
        self.assertEqual({key: count for key, count in told.items() if count}, counted)
        return [(key[1] if key else None, count) for key, count in told.items()]

    def test_columns_follow_people_who_come_move_and_go(self):
        people = self.env["recruit.candidate"].create(
            [{"name": f"Person {number}"} for number in range(4)]
        )
        members = people._add_to_pool(self.pool)
        first, second, third, last = self.pool.stage_ids.mapped("name")
        members[:2].action_advance()
        members[2].stage_id = False
        members[3].action_leave()
        self.assertEqual(
            self._columns(),
            [(first, 0), (second, 2), (third, 0), (last, 0), (None, 1)],
        )
        self.env["recruit.pool.tally"]._refresh(self.pool)
        self.assertEqual(sum(count for _name, count in self._columns()), 3)
        members[2].unlink()
        self.assertEqual(len(self._columns()), 4)

    def test_columns_are_known_without_a_count_of_the_members(self):
        member = self.env["recruit.pool.member"].with_user(self.user_officer)
        mine = [("pool_id", "=", self.pool.id), ("left_at", "=", False)]
        for asked, pool in (
            (mine, self.pool),
            (["&", *reversed(mine)], self.pool),
            (mine[:1], self.pool.browse()),
            (["|", *mine], self.pool.browse()),
            ([*mine, ("owner_id", "=", False)], self.pool.browse()),
            ([("pool_id", "in", (self.pool | self.other_pool).ids), mine[1]], None),
        ):
            with self.subTest(asked=asked):
                self.assertEqual(member._board_pool(asked), pool or self.pool.browse())

    def test_a_search_on_the_board_counts_what_it_finds(self):
        ann = self._candidate("Ann")
        (ann | self._candidate("Ben"))._add_to_pool(self.pool)
        found = self._columns(None, ("candidate_id", "=", ann.id))
        self.assertEqual([count for _name, count in found], [1, 0, 0, 0])

    def test_a_stage_that_is_deleted_leaves_no_column_and_no_count(self):
        stage = self.pool.stage_ids[2]
        member = self._candidate()._add_to_pool(self.pool)
        member.stage_id = stage
        member.stage_id = self.pool.stage_ids[0]
        stage.unlink()
        self.assertEqual([count for _name, count in self._columns()], [1, 0, 0])

    def test_people_of_other_companies_stand_in_no_column(self):
        here = self._candidate("Here")
        there = self._candidate("There", company_id=self.other_company.id)
        (here | there)._add_to_pool(self.pool)
        self.assertEqual(self._columns(self.user_officer)[0][1], 1)

    def test_a_hidden_pool_has_no_columns_for_others(self):
        self.pool.write({"pool_manager": self.user_manager.id, "confidential": True})
        self._candidate()._add_to_pool(self.pool)
        self.assertEqual(self._columns(self.user_officer), [])
        self.assertEqual(self._columns(self.user_manager)[0][1], 1)
        with self.assertRaises(AccessError):
            self._columns(self.user_interviewer)

    def test_the_columns_of_a_job_stand_in_the_order_of_its_stages(self):
        stages = self.env["hr.recruitment.stage"].search([], limit=3)
        for stage in reversed(stages):
            self._apply(f"Ann {stage.id}", f"{stage.id}@example.com").stage_id = stage
        Applicant = self.env["hr.applicant"].with_user(self.user_officer)
        groups = Applicant.formatted_read_group(
            [("job_id", "=", self.job.id)], ["stage_id"], ["__count"]
        )
        self.assertEqual([group["stage_id"][0] for group in groups], stages.ids)
        self.assertEqual([group["__count"] for group in groups], [1, 1, 1])
        first = Applicant._read_group(
            [("job_id", "=", self.job.id)],
            ["stage_id"],
            ["__count"],
            order="stage_id",
            offset=1,
            limit=1,
        )
        self.assertEqual(first, [(stages[1].with_user(self.user_officer), 1)])
