import csv
import io

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


class ImportCommon(RecruitCrmCommon):
    """The import screen of Odoo over sheets of people."""

    def _wizard(self, rows):
        sheet = io.StringIO()
        csv.writer(sheet).writerows(rows)
        return self.env["base_import.import"].create(
            {
                "res_model": "recruit.candidate",
                "file": sheet.getvalue().encode(),
                "file_type": "text/csv",
                "file_name": "people.csv",
            }
        )

    def _import(self, rows, columns=None):
        """Run Odoo's own import over rows of cells; return its answer."""
        columns = columns or COLUMNS
        wizard = self._wizard([columns, *rows])
        return wizard.execute_import(columns, columns, dict(OPTIONS))

    def _import_file(self, data, columns, kind="text/csv", name="people.csv"):
        wizard = self.env["base_import.import"].create(
            {
                "res_model": "recruit.candidate",
                "file": data,
                "file_type": kind,
                "file_name": name,
            }
        )
        return wizard.execute_import(columns, columns, dict(OPTIONS))

    def _report(self):
        return self.env["recruit.import.report"].search([], limit=1)

    def _assert_refused(self, result, *expected):
        """These rows are refused, in words; the others are in."""
        lines = self._report().line_ids
        refused = lines.filtered(lambda line: line.status == "refused")
        self.assertEqual(result["messages"], [])
        self.assertEqual(len(refused), len(expected), refused.mapped("message"))
        for line, (number, words) in zip(refused, expected, strict=True):
            self.assertEqual(line.number, number)
            self.assertIn(words, line.message)
        self.assertEqual(len(result["ids"]), len(lines) - len(refused))
        created = lines.filtered(lambda line: line.status in ("created", "suggested"))
        found = self.env["recruit.candidate"].search_count([])
        self.assertEqual(found - self.before, len(created))

    def setUp(self):
        super().setUp()
        self.before = self.env["recruit.candidate"].search_count([])
