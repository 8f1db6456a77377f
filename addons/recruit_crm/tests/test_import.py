import csv
import io
from datetime import datetime

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import file_open

from odoo.addons.recruit_crm.sheet.problems import Sheet, find_problems

from .common import RecruitCrmCommon

COLUMNS = [
    "name",
    "email",
    "phone",
    "city",
    "country_id",
    "categ_ids",
    "source",
    "first_seen_at",
    "skill_ids/skill_id",
    "skill_ids/level",
]
OPTIONS = {"quoting": '"', "separator": ",", "has_headers": True}


@tagged("post_install", "-at_install")
class TestImport(RecruitCrmCommon):
    def _import(self, rows, columns=None):
        """Run Odoo's own import over rows of cells; return its answer."""
        columns = columns or COLUMNS
        sheet = io.StringIO()
        writer = csv.writer(sheet)
        writer.writerow(columns)
        writer.writerows(rows)
        wizard = self.env["base_import.import"].create(
            {
                "res_model": "recruit.candidate",
                "file": sheet.getvalue().encode(),
                "file_type": "text/csv",
                "file_name": "people.csv",
            }
        )
        return wizard.execute_import(columns, columns, dict(OPTIONS))

    def _assert_refused(self, result, *messages):
        """One message a bad row, in words, and nothing written."""
        self.assertFalse(result["ids"])
        self.assertEqual(len(result["messages"]), len(messages), result["messages"])
        for message, (row, words) in zip(result["messages"], messages, strict=True):
            self.assertIn(words, message["message"])
            self.assertEqual(message.get("record"), row)
        self.assertEqual(self.env["recruit.candidate"].search_count([]), self.before)
        self.assertEqual(self.env["recruit.touch"].search_count([]), self.touches)

    def setUp(self):
        super().setUp()
        self.before = self.env["recruit.candidate"].search_count([])
        self.touches = self.env["recruit.touch"].search_count([])

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

    def test_every_bad_address_is_named_at_once(self):
        columns = ["name", "email"]
        result = self._import(
            [
                ["Ann", "ann@example.com"],
                ["Ben", "ben at example"],
                ["Cleo", "cleo@example.com"],
                ["Dan", "dan@localhost"],
            ],
            columns,
        )
        self._assert_refused(result, (1, "ben at example"), (3, "dan@localhost"))

    def test_one_person_twice_in_the_sheet_is_named_with_both_rows(self):
        result = self._import(
            [
                ["Ann", "ann@example.com", ""],
                ["Ben", "ben@example.com", "linkedin.com/in/ben"],
                ["Ann again", "Ann@Example.COM", ""],
                ["Ben again", "", "https://www.linkedin.com/in/Ben"],
            ],
            ["name", "email", "linkedin_profile"],
        )
        self._assert_refused(
            result, (2, "Row 3: ann@example.com is in row 1"), (3, "in row 2")
        )

    def test_a_person_who_is_known_already_is_named(self):
        self._candidate("Ann Lee", email="ann@example.com")
        self.before += 1
        result = self._import(
            [["Ben", "ben at example"], ["A. Lee", "ANN@example.com"]],
            ["name", "email"],
        )
        self._assert_refused(
            result, (0, "ben at example"), (1, "already belongs to Ann Lee")
        )

    def test_a_person_of_another_company_is_no_duplicate(self):
        self._candidate(email="ann@example.com", company_id=self.other_company.id)
        result = self._import([["Ann", "ann@example.com"]], ["name", "email"])
        self.assertEqual(result["messages"], [])

    def test_a_column_that_is_not_known_is_named(self):
        result = self._import(
            [["Ann", "blue", "9"]], ["name", "favorite_color", "skill_ids/depth"]
        )
        self._assert_refused(
            result, (None, "“favorite_color”"), (None, "“skill_ids/depth”")
        )

    def test_a_row_without_a_name_is_named(self):
        result = self._import(
            [["Ann", "ann@example.com"], ["", "ben@example.com"]], ["name", "email"]
        )
        self._assert_refused(result, (1, "Row 2: the name is missing"))

    def test_a_sheet_without_a_name_column_is_refused_row_by_row(self):
        result = self._import([["ann@example.com", "Ghent"]], ["email", "city"])
        self._assert_refused(result, (0, "name is missing"))

    def test_a_cell_of_ten_megabytes_is_refused_in_a_sentence(self):
        result = self._import(
            [["Ann", "ann@example.com"], ["x" * 10_000_000, "ben@example.com"]],
            ["name", "email"],
        )
        self._assert_refused(result, (1, "more than 200 characters"))
        self.assertLess(len(result["messages"][0]["message"]), 300)

    def test_an_absurd_cell_of_a_skill_line_is_refused_too(self):
        result = self._import(
            [["Ann", "x" * 5000, "1"]],
            ["name", "skill_ids/skill_id", "skill_ids/level"],
        )
        self._assert_refused(result, (0, "more than 2000 characters"))

    def test_a_skill_that_does_not_exist_leaves_nothing_behind(self):
        result = self._import(
            [["Ann", "Weaving", "50"], ["Ben", "Levitation", "50"]],
            ["name", "skill_ids/skill_id", "skill_ids/level"],
        )
        self._assert_refused(result, (1, "Levitation"))

    def test_a_level_out_of_range_leaves_nothing_behind(self):
        result = self._import(
            [["Ann", "Weaving", "50"], ["Ben", "Weaving", "500"]],
            ["name", "skill_ids/skill_id", "skill_ids/level"],
        )
        self._assert_refused(result, (1, "from 0 to 100"))

    def test_a_skill_twice_on_one_person_is_named_and_on_two_is_not(self):
        result = self._import(
            [["Ann", "Weaving"], ["", "Baking"], ["", "Weaving"], ["Ben", "Weaving"]],
            ["name", "skill_ids/skill_id"],
        )
        self._assert_refused(result, (2, "Weaving is named again"))

    def test_a_first_contact_in_the_future_leaves_nothing_behind(self):
        result = self._import(
            [["Ann", "2024-01-01"], ["Ben", "2999-01-01 10:00:00"]],
            ["name", "first_seen_at"],
        )
        self._assert_refused(result, (1, "in the future"))
        with self.assertRaisesRegex(ValidationError, "in the future"):
            self._candidate(first_seen_at="2999-01-01 10:00:00")

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

    def test_the_template_that_is_offered_can_be_imported(self):
        [template] = self.env["recruit.candidate"].get_import_templates()
        with file_open(template["template"].lstrip("/")) as file:
            columns, *rows = csv.reader(file)
        self.assertEqual(columns, COLUMNS)
        result = self._import(rows, columns)
        self.assertEqual(result["messages"], [])
        self.assertEqual(len(result["ids"]), len(rows))

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
