from odoo import Command
from odoo.tests import tagged

from .common import RecruitCrmCommon


@tagged("post_install", "-at_install")
class TestPerformance(RecruitCrmCommon):
    """Query budgets: what is done for many costs no more statements than for few."""

    def _queries(self, work):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        work()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def _people(self, mark, count):
        return [
            {
                "name": f"{mark} {number}",
                "email": f"{mark}{number}@example.com",
                "linkedin_profile": f"in/{mark}-{number}",
                "source": "Fair",
                "skill_ids": [
                    Command.create({"skill_id": skill.id, "level": 50})
                    for skill in self.skill_type.skill_ids
                ],
            }
            for number in range(count)
        ]

    def test_creating_ten_times_the_candidates_costs_no_more_queries(self):
        Candidate = self.env["recruit.candidate"]
        self._queries(lambda: Candidate.create(self._people("warm", 5)))
        few = self._queries(lambda: Candidate.create(self._people("few", 20)))
        many = self._queries(lambda: Candidate.create(self._people("many", 200)))
        self.assertLessEqual(few, 25)
        # big INSERTs are cut into pages by the ORM: a few more statements, not 180
        self.assertLessEqual(many, few + 15)

    def test_resolving_ten_times_the_people_costs_no_more_queries(self):
        Candidate = self.env["recruit.candidate"]
        Candidate.create(self._people("known", 100))

        def rows(mark, count):
            return [
                {"name": "X", "email": f"{mark}{number}@example.com"}
                for number in range(count)
            ]

        few = self._queries(lambda: Candidate._resolve_batch(rows("known", 10)))
        many = self._queries(lambda: Candidate._resolve_batch(rows("known", 100)))
        self.assertLessEqual(many, few)
        self.assertLessEqual(many, 3)

    def test_importing_reads_each_name_once(self):
        columns = ["name", "email", "skill_ids/skill_id", "skill_ids/level"]

        def sheet(mark, count):
            rows = []
            for number in range(count):
                rows.append(
                    [f"{mark} {number}", f"{mark}{number}@ex.com", "Weaving", "1"]
                )
                rows.append(["", "", "Baking", "2"])
            return rows

        load = self.env["recruit.candidate"].load
        few = self._queries(lambda: load(columns, sheet("few", 10)))
        many = self._queries(lambda: load(columns, sheet("many", 100)))
        self.assertLessEqual(many, few + 15)

    def test_a_list_of_candidates_costs_a_fixed_number_of_queries(self):
        columns = {
            "name": {},
            "email": {},
            "state": {},
            "pool_ids": {},
            "first_source": {},
            "application_count": {},
            "touch_count": {},
            "unreachable_reason": {},
        }
        Candidate = self.env["recruit.candidate"]
        people = Candidate.create(self._people("list", 80))
        few = self._queries(lambda: people[:8].web_read(columns))
        many = self._queries(lambda: people.web_read(columns))
        self.assertLessEqual(many, few)
        self.assertLessEqual(many, 12)

    def test_touching_many_candidates_moves_them_in_one_statement(self):
        people = self.env["recruit.candidate"].create(self._people("touch", 100))
        few = self._queries(lambda: people[:5]._log_touch("note"))
        many = self._queries(lambda: people._log_touch("note"))
        self.assertLessEqual(many, few + 2)
