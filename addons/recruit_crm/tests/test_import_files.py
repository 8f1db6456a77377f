import base64
import csv
import io
from datetime import datetime

import openpyxl

from odoo import Command
from odoo.tests import tagged
from odoo.tools import file_open

from odoo.addons.recruit_crm.sheet.cells import harmless

from .common_import import OPTIONS, ImportCommon


@tagged("post_install", "-at_install")
class TestImportFiles(ImportCommon):
    def test_absurd_cells_are_refused_in_a_sentence(self):
        result = self._import(
            [
                ["Ann", "ann@example.com", "x" * 5000],
                ["x" * 10_000_000, "ben@example.com", ""],
                ["Nil\0", "nil@example.com", ""],
                ["Cleo", "cleo@example.com", ""],
            ],
            ["name", "email", "skill_ids/skill_id"],
        )
        self._assert_refused(
            result,
            (2, "more than 2000 characters"),
            (3, "more than 200 characters"),
            (4, "cannot be stored"),
        )
        texts = self._report().line_ids.mapped("message")
        self.assertLess(max(len(text or "") for text in texts), 300)

    def test_formulas_stay_texts_and_leave_as_texts(self):
        attack = "=cmd|' /C calc'!A0"
        result = self._import(
            [[attack, "ann@example.com"], ["+1+1", "bad mail"], ["@SUM(A1)", ""]],
            ["name", "email"],
        )
        self._assert_refused(result, (3, "bad mail"))
        people = self.env["recruit.candidate"].browse(result["ids"])
        self.assertEqual(people.mapped("name"), [attack, "@SUM(A1)"])
        sheet = base64.b64decode(self._report().sheet).decode("utf-8-sig")
        self.assertEqual(
            list(csv.reader(io.StringIO(sheet)))[1][:2], ["'+1+1", "bad mail"]
        )
        self.assertEqual(harmless("@SUM(A1)"), "'@SUM(A1)")

    def test_rows_of_another_length_lose_nobody_else(self):
        text = "name,email\nAnn,ann@example.com\nBen\nCleo,c@example.com,x,y\n"
        result = self._import_file(text.encode(), ["name", "email"])
        self._assert_refused(result, (4, "more cells than there are titles"))
        people = self.env["recruit.candidate"].browse(result["ids"])
        self.assertEqual(people.mapped("name"), ["Ann", "Ben"])

    def test_every_encoding_is_read_also_when_a_file_mixes_two(self):
        text = "name,email\nZoë Müller,zoe%s@example.com\n"
        mixed = (text % "mixed").encode() + "José Núñez,jose@example.com\n".encode(
            "cp1252"
        )
        files = {
            "utf-8-sig": None,
            "utf-16": None,
            "utf-16-le": None,
            "cp1252": None,
            "mixed": mixed,
        }
        for name, data in files.items():
            with self.subTest(encoding=name):
                file = data or (text % name).encode(name)
                result = self._import_file(file, ["name", "email"])
                people = self.env["recruit.candidate"].browse(result["ids"])
                self.assertEqual(people[0].name, "Zoë Müller")
        self.assertEqual(people[-1].name, "José Núñez")

    def test_a_workbook_with_formulas_refuses_those_without_a_result(self):
        book = openpyxl.Workbook()
        for row in (
            ["Name", "Email", "First Seen", "Phone"],
            ["Ann", "ann@example.com", datetime(2024, 3, 14), 15550107788],
            ["Ben", '="ben"&"@example.com"', None, None],
            ["#REF!", "cleo@example.com", None, None],
        ):
            book.active.append(row)
        file = io.BytesIO()
        book.save(file)
        result = self._import_file(
            file.getvalue(),
            ["name", "email", "first_seen_at", "phone"],
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "people.xlsx",
        )
        self._assert_refused(result, (3, "formula"), (4, "formula"))
        ann = self.env["recruit.candidate"].browse(result["ids"])
        self.assertEqual(ann.first_touch_at.date().isoformat(), "2024-03-14")
        self.assertEqual(ann.phone, "15550107788")

    def test_titles_of_known_systems_are_understood(self):
        exports = {
            "Greenhouse": (
                "First Name,Last Name,Company,Title,Email,Social Media,Source,"
                "Prospect Pool,Candidate ID,Created At",
                "Ann,Lee,Acme,Weaver,ann@example.com,https://linkedin.com/in/ann,Fair,"
                "Crafts,g-17,2024-03-14",
            ),
            "Lever": (
                "Full-Name,Headline,Emails,Location,Links,Tags,Sources,Date-Added",
                "Ann Lee,Weaver,ann@example.com,'Ghent|Belgium',github.com/ann,Fast,"
                "Fair,2024-03-14",
            ),
            "Gem": (
                "first_name,last_name,title,company,email,linkedin_url,phone_number",
                "Ann,Lee,Weaver,Acme,ann@example.com,linkedin.com/in/ann,+1 555 0100",
            ),
        }
        for system, (titles, row) in exports.items():
            with self.subTest(system=system), self.cr.savepoint() as point:
                cells = [cell.strip("'").replace("|", ", ") for cell in row.split(",")]
                wizard = self._wizard([titles.split(","), cells])
                preview = wizard.parse_preview({**OPTIONS, "encoding": ""})
                found = preview["matches"]
                columns = ["/".join(found.get(at, [])) for at in range(len(cells))]
                self.assertTrue(all(columns), columns)
                result = wizard.execute_import(columns, columns, dict(OPTIONS))
                ann = self.env["recruit.candidate"].browse(result["ids"])
                self.assertEqual([ann.name, ann.headline], ["Ann Lee", "Weaver"])
                self.assertEqual(ann.email, "ann@example.com")
                if system == "Greenhouse":
                    self.assertEqual(ann.first_source, "Fair")
                    self.assertEqual(ann.pool_ids, self.pool)
                    self.assertIn("g-17", ann.identity_ids.mapped("value"))
                if system == "Lever":
                    self.assertEqual([ann.city, ann.country_id.code], ["Ghent", "BE"])
                point.rollback()

    def test_a_test_of_a_sheet_names_bad_rows_and_writes_nothing(self):
        wizard = self._wizard(
            [["name", "email"], ["Ann", "a@example.com"], ["Ben", "x"]]
        )
        columns = ["name", "email"]
        result = wizard.execute_import(columns, columns, dict(OPTIONS), dryrun=True)
        self.assertIn("“x” is not an e-mail", result["messages"][0]["message"])
        self.assertEqual(self.env["recruit.candidate"].search_count([]), self.before)
        self.assertFalse(self._report())

    def test_batches_go_on_where_the_last_one_ended_in_one_report(self):
        rows = [[f"P{number}", "Weaving"] for number in range(7)]
        rows.insert(3, ["", "Baking"])
        wizard = self._wizard([["name", "skill_ids/skill_id"], *rows])
        columns, options, ids = (
            ["name", "skill_ids/skill_id"],
            dict(OPTIONS, limit=3),
            [],
        )
        options["skip"] = 0
        while True:
            result = wizard.execute_import(columns, columns, dict(options))
            ids += result["ids"]
            if not result["nextrow"]:
                break
            options["skip"] = result["nextrow"]
        self.assertEqual(
            self.env["recruit.candidate"].browse(ids).mapped("name"),
            [f"P{number}" for number in range(7)],
        )
        report = self._report()
        self.assertEqual(report.line_ids.mapped("number"), [2, 3, 4, 6, 7, 8, 9])
        self.assertEqual(len(self.env["recruit.candidate"].browse(ids[2]).skill_ids), 2)

    def test_the_templates_that_are_offered_can_be_imported(self):
        self.skill_type.skill_ids = [
            Command.create({"name": name})
            for name in ("Python", "SQL")
            if not self.env["hr.skill"].search_count([("name", "=", name)])
        ]
        templates = self.env["recruit.candidate"].get_import_templates()
        self.assertEqual(len(templates), 2)
        for template in templates:
            with file_open(template["template"].lstrip("/"), "rb") as file:
                wizard = self.env["base_import.import"].create(
                    {
                        "res_model": "recruit.candidate",
                        "file": file.read(),
                        "file_name": template["template"].rpartition("/")[2],
                    }
                )
            preview = wizard.parse_preview({**OPTIONS, "encoding": ""})
            found = preview["matches"]
            self.assertEqual(len(found), len(preview["headers"]))
            columns = ["/".join(found[at]) for at in range(len(found))]
            result = wizard.execute_import(columns, columns, dict(OPTIONS))
            self.assertEqual(result["messages"], [])
            self.assertEqual(
                len(result["ids"]), 2, self._report().line_ids.mapped("message")
            )
