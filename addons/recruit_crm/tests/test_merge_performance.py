import time
from datetime import datetime, timedelta

from odoo import Command
from odoo.tests import tagged

from .common_merge import MergeCommon

DAY = datetime(2024, 3, 1, 9, 0, 0)
SECONDS = 2.0


@tagged("post_install", "-at_install")
class TestMergePerformance(MergeCommon):
    def _refer(self, person, count):
        """Let ``count`` rows of each of eight kinds point at this person."""
        numbers = range(count)
        document = {"res_model": person._name, "res_id": person.id}
        self.env["recruit.touch"].create(
            [
                {
                    "candidate_id": person.id,
                    "kind": "note",
                    "occurred_at": DAY + timedelta(hours=number),
                }
                for number in numbers
            ]
        )
        self.env["mail.message"].create(
            [{"model": person._name, "res_id": person.id} for _number in numbers]
        )
        self.env["ir.attachment"].create(
            [{"name": f"{number}.txt", **document} for number in numbers]
        )
        self.env["mail.followers"].create(
            [
                {**document, "partner_id": partner.id}
                for partner in self.partners[:count]
            ]
        )
        self.env["recruit.candidate.skill"].create(
            [
                {"candidate_id": person.id, "skill_id": skill.id}
                for skill in self.many_skills[:count]
            ]
        )
        person.categ_ids = [Command.set(self.many_tags[:count].ids)]
        person.identity_ids = [
            Command.create({"kind": "external", "value": f"{person.id}-{number}"})
            for number in numbers
        ]
        self.env["hr.employee"].create(
            [{"name": f"E{number}", "candidate_id": person.id} for number in numbers]
        )

    def _two_people(self, count):
        people = self._pair()
        for person in people:
            self._refer(person, count)
        self.env.flush_all()
        self.env.invalidate_all()
        return people

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partners = cls.env["res.partner"].create(
            [{"name": f"P{number}"} for number in range(125)]
        )
        cls.many_skills = cls.env["hr.skill"].create(
            [
                {"name": f"S{number}", "skill_type_id": cls.skill_type.id}
                for number in range(125)
            ]
        )
        cls.many_tags = cls.env["hr.applicant.category"].create(
            [{"name": f"Tag {number}"} for number in range(125)]
        )

    def _measured(self, work):
        queries, start = self.env.cr.sql_log_count, time.perf_counter()
        work()
        self.env.flush_all()
        return (
            time.perf_counter() - start,
            self.env.cr.sql_log_count - queries,
        )

    def test_a_merge_of_two_with_a_thousand_references_each_is_quick(self):
        ann, copy = self._two_people(125)
        self.assertGreaterEqual(sum(self._pointing_at(copy).values()), 1000)
        merges = []
        merging, _queries = self._measured(lambda: merges.append(ann._merge(copy)))
        undoing, _queries = self._measured(merges[0].action_undo)
        self.assertLess(merging, SECONDS)
        self.assertLess(undoing, SECONDS)

    def test_ten_times_the_references_cost_no_more_statements(self):
        counts = []
        for count in (12, 120):
            ann, copy = self._two_people(count)
            merges = []
            counts.append(
                [
                    self._measured(
                        lambda a=ann, c=copy, m=merges: m.append(a._merge(c))
                    ),
                    self._measured(lambda m=merges: m[0].action_undo()),
                ]
            )
            copy.email = False
            ann.email = False
        few, many = ([queries for _time, queries in pair] for pair in counts)
        self.assertLessEqual(many[0], few[0] + 5)
        self.assertLessEqual(many[1], few[1] + 5)
