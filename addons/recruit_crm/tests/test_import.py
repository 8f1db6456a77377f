from datetime import datetime, timedelta

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from odoo.addons.recruit_crm.sheet.problems import Sheet, find_problems

from .common_import import ImportCommon


@tagged("post_install", "-at_install")
class TestImport(ImportCommon):
    def test_a_good_sheet_brings_people_skills_tags_and_first_touches(self):
        result = self._import(
            [
                ["Ann Lee", "Ann@Example.com", "+32 470 12 34 56", "Ghent", "Belgium"]
                + ["Fast learner", "Job fair", "2024-03-14 09:00:00", "Weaving", "80"],
                [""] * 8 + ["Baking", "30"],
                ["Ben", "ben@example.com", "", "London", "United Kingdom"]
                + ["", "", "", "Forging", "100"],
            ]
        )
        self.assertEqual(result["messages"], [])
        ann, ben = self.env["recruit.candidate"].browse(result["ids"])
        self.assertEqual(ann.country_id.code, "BE")
        self.assertEqual(ann.categ_ids, self.tag)
        self.assertEqual(
            {line.skill_id: line.level for line in ann.skill_ids},
            {self.weaving: 80, self.baking: 30},
        )
        self.assertEqual(ann.first_source, "Job fair")
        self.assertEqual(str(ann.first_touch_at), "2024-03-14 09:00:00")
        self.assertEqual(ann.first_touch_id.kind, "imported")
        self.assertEqual(ann.source, "Job fair")
        self.assertEqual(ben.touch_ids.kind, "imported")
        self.assertFalse(ben.first_source)
        self.assertEqual(
            self.env["recruit.candidate"]._find_by_identity("email", "ann@example.com"),
            ann,
        )

    def test_a_plain_date_is_good_enough_for_first_seen(self):
        result = self._import(
            [["Ann", "2024-03-14"]], columns=["name", "first_seen_at"]
        )
        self.assertEqual(result["messages"], [])
        candidate = self.env["recruit.candidate"].browse(result["ids"])
        self.assertEqual(candidate.first_touch_at.date().isoformat(), "2024-03-14")

    def test_bad_addresses_are_named_and_the_others_are_in(self):
        result = self._import(
            [
                ["Ann", "ann@example.com"],
                ["Ben", "ben at example"],
                ["Cleo", "cleo@example.com"],
                ["Dan", "dan@localhost"],
            ],
            ["name", "email"],
        )
        self._assert_refused(result, (3, "ben at example"), (5, "dan@localhost"))

    def test_one_person_twice_in_the_sheet_is_one_person(self):
        result = self._import(
            [
                ["Ann", "ann@example.com", "", "Job fair"],
                ["Ben", "ben@example.com", "linkedin.com/in/ben", ""],
                ["Ann again", "Ann@Example.COM", "", "LinkedIn"],
                ["Ben again", "", "https://www.linkedin.com/in/Ben", ""],
            ],
            ["name", "email", "linkedin_profile", "source"],
        )
        ann, ben = self.env["recruit.candidate"].browse(result["ids"])
        self.assertEqual([ann.name, ben.name], ["Ann", "Ben"])
        self.assertEqual(set(ann.touch_ids.mapped("source")), {"Job fair", "LinkedIn"})
        lines = self._report().line_ids
        self.assertEqual(
            lines.mapped("status"), ["created", "created", "matched", "matched"]
        )
        self.assertEqual(lines[2].message, "Same person as row 2.")

    def test_a_person_who_is_known_already_is_matched_and_only_blanks_are_filled(self):
        ann = self._candidate("Ann Lee", email="ann@example.com", city="Ghent")
        self.before += 1
        result = self._import(
            [["A. Lee", "ANN@example.com", "Paris", "Weaver", "Fast learner"]],
            ["name", "email", "city", "headline", "categ_ids"],
        )
        self._assert_refused(result)
        self.assertEqual(result["ids"], ann.ids)
        self.assertEqual(
            [ann.name, ann.city, ann.headline], ["Ann Lee", "Ghent", "Weaver"]
        )
        self.assertEqual(ann.categ_ids, self.tag)
        self.assertEqual(self._report().line_ids.status, "matched")

    def test_the_same_file_twice_creates_nobody_and_adds_nothing(self):
        rows = [
            ["Ann", "ann@example.com", "Weaving:80; Baking", "Crafts", "Fair", "Fast"],
            ["Ben", "ben@example.com", "Forging", "", "", "Slow, Fast"],
        ]
        columns = ["name", "email", "import_skills", "import_pools", "source"]
        columns.append("categ_ids")
        first = self._import(rows, columns)
        self._assert_refused(first)
        counted = ("recruit.touch", "recruit.skill.evidence", "recruit.pool.member")
        before = [self.env[model].search_count([]) for model in counted]
        again = self._import(rows, columns)
        self.assertEqual(again["ids"], first["ids"])
        report = self._report()
        self.assertEqual([report.created_count, report.matched_count], [0, 2])
        self.assertEqual(
            [self.env[model].search_count([]) for model in counted], before
        )

    def test_a_cell_names_several_skills_pools_and_tags(self):
        result = self._import(
            [
                [
                    "Ann",
                    "Weaving:80; baking",
                    "Crafts; Nearly hired",
                    "New tag, fast learner",
                ],
                ["Ben", "Levitation", "", ""],
                ["Cleo", "", "No such pool", ""],
                ["Dan", "Weaving: expert", "", ""],
            ],
            ["name", "import_skills", "import_pools", "categ_ids"],
        )
        self._assert_refused(
            result,
            (3, "no skill “Levitation”"),
            (4, "no talent pool “No such pool”"),
            (5, "“expert” is not the level"),
        )
        ann = self.env["recruit.candidate"].browse(result["ids"])
        self.assertEqual(
            {line.skill_id: line.level for line in ann.skill_ids},
            {self.weaving: 80, self.baking: 50},
        )
        self.assertEqual(ann.pool_ids, self.pool | self.other_pool)
        self.assertEqual(set(ann.categ_ids.mapped("name")), {"New tag", "Fast learner"})
        self.assertEqual(ann.skill_ids.evidence_ids.mapped("words"), ["Imported"] * 2)

    def test_who_may_be_somebody_we_know_is_suggested_with_the_reason(self):
        self._candidate("Ann Lee", phone="+1 555 010 7788", city="Ghent")
        self.before += 1
        result = self._import([["Anna Li", "+1 555 010 7788"]], ["name", "phone"])
        self._assert_refused(result)
        line = self._report().line_ids
        self.assertEqual(line.status, "suggested")
        self.assertEqual(line.message, "May be the same as Ann Lee: same phone.")

    def test_a_person_of_another_company_is_no_duplicate(self):
        self._candidate(email="ann@example.com", company_id=self.other_company.id)
        result = self._import([["Ann", "ann@example.com"]], ["name", "email"])
        self.assertEqual(self._report().created_count, 1)
        self.assertEqual(len(result["ids"]), 1)

    def test_a_column_that_is_not_known_writes_nothing(self):
        result = self._import(
            [["Ann", "blue", "9"]], ["name", "favorite_color", "skill_ids/depth"]
        )
        self.assertFalse(result["ids"])
        texts = [message["message"] for message in result["messages"]]
        self.assertIn("“favorite_color”", texts[0])
        self.assertIn("“skill_ids/depth”", texts[1])
        self.assertEqual(self.env["recruit.candidate"].search_count([]), self.before)

    def test_rows_without_a_name_are_named(self):
        result = self._import(
            [["Ann", "ann@example.com"], ["", "ben@example.com"]], ["name", "email"]
        )
        self._assert_refused(result, (3, "the name is missing"))

    def test_skill_lines_that_are_wrong_refuse_their_person_alone(self):
        result = self._import(
            [
                ["Ann", "Weaving", "50", ""],
                ["Ben", "Levitation", "50", ""],
                ["Cleo", "Weaving", "500", ""],
                ["Dan", "Weaving", "5", ""],
                ["", "Baking", "", ""],
                ["", "Weaving", "", ""],
                ["Eve", "Weaving", "5", "1024-01-01"],
                ["Flo", "Weaving", "5", "2024-01-01"],
            ],
            [
                "name",
                "skill_ids/skill_id",
                "skill_ids/level",
                "skill_ids/proven_on",
            ],
        )
        self._assert_refused(
            result,
            (3, "Levitation"),
            (4, "from 0 to 100"),
            (5, "Weaving is named again"),
            (8, "before anybody was met"),
        )

    def test_days_that_cannot_be_are_refused_and_others_are_in(self):
        result = self._import(
            [
                ["Ann", "2024-01-01"],
                ["Ben", "2999-01-01 10:00:00"],
                ["Cleo", "0024-01-01"],
                ["Dan", "31/02/2024"],
                ["Eve", ""],
            ],
            ["name", "first_seen_at"],
        )
        self._assert_refused(
            result,
            (3, "in the future"),
            (4, "before anybody was met"),
            (5, "“31/02/2024” is not a day"),
        )
        with self.assertRaisesRegex(ValidationError, "in the future"):
            self._candidate(first_seen_at="2999-01-01 10:00:00")

    def test_a_row_that_the_database_refuses_loses_no_other_row(self):
        result = self._import(
            [[f"P{n}", "from_date" if n == 4 else "now"] for n in range(9)],
            ["name", "availability"],
        )
        self._assert_refused(result, (6, "Say from which date"))

    def test_an_integration_gets_the_people_and_the_reasons(self):
        columns = ["name", "email"]
        rows = [["Ann", "ann@example.com"], ["Ben", "nonsense"]]
        env = self.env(user=self.user_officer)
        result = env["recruit.candidate"].load(columns, rows)
        self.assertEqual(len(result["ids"]), 1)
        [message] = result["messages"]
        self.assertEqual([message["record"], message["type"]], [1, "error"])
        self.assertIn("Row 2: “nonsense”", message["message"])
        self.assertFalse(self._report())

    def test_who_may_not_add_people_imports_nobody(self):
        env = self.env(user=self.user_interviewer)
        with self.assertRaises(AccessError):
            env["recruit.candidate"].load(["name"], [["Ann"]])

    def test_a_report_is_read_by_who_imported(self):
        self._import([["Ann"]], ["name"])
        report = self._report()
        self.assertFalse(report.with_user(self.user_officer)._filtered_access("read"))
        opened = self.env["recruit.import.report"].open_of_import(report.wizard_ref)
        self.assertEqual(opened["res_id"], report.id)
        self.assertEqual(
            report.action_view_people()["domain"][0][2],
            report.line_ids.candidate_id.ids,
        )
        report.imported_at -= timedelta(days=91)
        self.env["recruit.import.report"]._gc_reports()
        self.assertFalse(report.exists())

    def test_a_sheet_with_external_ids_updates_the_people(self):
        columns = ["id", "name", "email"]
        first = self._import([["crm_people.ann", "Ann", "ann@example.com"]], columns)
        again = self._import(
            [["crm_people.ann", "Ann Lee", "ann@example.com"]], columns
        )
        self.assertEqual(again["messages"], [])
        self.assertEqual(first["ids"], again["ids"])
        candidate = self.env["recruit.candidate"].browse(again["ids"])
        self.assertEqual(candidate.name, "Ann Lee")

    def test_the_origin_is_taken_once(self):
        candidate = self._candidate(source="Fair", first_seen_at="2024-01-01 08:00:00")
        self.assertEqual(candidate.source, "Fair")
        with self.assertRaisesRegex(ValidationError, "Log a touch"):
            candidate.source = "Somewhere else"

    def test_each_row_has_at_most_one_problem_and_lines_are_no_people(self):
        rows = [
            ["", "broken", "Weaving"],
            ["", "", "Baking"],
            ["Ben", "ben@example.com", ""],
        ]
        columns = ["name", "email", "skill_ids/skill_id"]
        now = datetime(2024, 1, 1)
        problems = find_problems(Sheet(columns, {2}, need_name=True, now=now), rows)
        self.assertEqual([(p.row, p.code) for p in problems], [(0, "no_name")])
