import base64
import csv
import io
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..sheet.cells import MARK, UNKNOWN_FORMULA, harmless
from ..sheet.problems import text
from ..sheet.rows import CREATED, MATCHED, REFUSED, SUGGESTED

KEPT_DAYS = 90  # the cells of a sheet are personal data
STATUSES = [
    (CREATED, "Created"),
    (MATCHED, "Matched"),
    (SUGGESTED, "Created, may be a duplicate"),
    (REFUSED, "Refused"),
]


class RecruitImportReport(models.Model):
    """What became of a sheet of people, row by row."""

    _name = "recruit.import.report"
    _description = "Import of Candidates"
    _order = "imported_at desc, id desc"

    name = fields.Char("File", required=True, readonly=True)
    user_id = fields.Many2one("res.users", "Imported by", required=True, readonly=True)
    imported_at = fields.Datetime("Imported on", required=True, readonly=True)
    wizard_ref = fields.Integer(readonly=True)
    columns = fields.Json(readonly=True)
    line_ids = fields.One2many("recruit.import.line", "report_id", readonly=True)
    total_count = fields.Integer("Rows", compute="_compute_counts")
    created_count = fields.Integer("New", compute="_compute_counts")
    matched_count = fields.Integer("Matched", compute="_compute_counts")
    suggested_count = fields.Integer("May be duplicates", compute="_compute_counts")
    refused_count = fields.Integer("Refused", compute="_compute_counts")

    sheet = fields.Binary("Rows to download", compute="_compute_sheet")

    _wizard_unique = models.UniqueIndex(
        "(wizard_ref, user_id)", "This import has its report already."
    )

    @api.depends("line_ids.status")
    def _compute_counts(self):
        counts = {
            (report.id, status): count
            for report, status, count in self.env["recruit.import.line"]._read_group(
                [("report_id", "in", self.ids)], ["report_id", "status"], ["__count"]
            )
        }
        for report in self:
            found = {code: counts.get((report.id, code), 0) for code, _name in STATUSES}
            report.created_count = found[CREATED] + found[SUGGESTED]
            report.matched_count = found[MATCHED]
            report.suggested_count = found[SUGGESTED]
            report.refused_count = found[REFUSED]
            report.total_count = sum(found.values())

    def _compute_sheet(self):
        for report in self:
            report.sheet = base64.b64encode(report._as_csv())

    @api.model
    def _current(self):
        """Return the report of the import that runs, or none: integrations that call
        ``load`` read the answer instead."""
        wizard = self.env.context.get("recruit_import")
        if not wizard:
            return self.browse()
        # sudo: a report is written by imports alone; the user reads their own
        reports = self.sudo()
        found = reports.search(
            [("wizard_ref", "=", wizard), ("user_id", "=", self.env.uid)], limit=1
        )
        return found or reports.create(
            {
                "name": self.env.context.get("recruit_import_file") or "-",
                "user_id": self.env.uid,
                "imported_at": self.env["recruit.clock"].now(),
                "wizard_ref": wizard,
            }
        )

    def _add_rows(self, rows, columns, data, above):
        """Write down what became of a batch of rows.

        Purpose: the report. Size: 2,000 rows a batch. No index but the report's.

        :param list rows: sheet.rows.Row
        :param list data: their cells; kept of refused rows alone, to be corrected
        :param int above: the number of the first row as the user sees it
        """
        self.columns = columns
        self.env.flush_all()
        lines = zip(
            *[
                (
                    row.first + above,
                    row.status,
                    row.candidate_id or None,
                    " ".join(row.remarks) or None,
                    _cells(row, data),
                    self._row_name(row),
                )
                for row in rows
            ],
            strict=True,
        )
        numbers, statuses, people, messages, cells, names = map(list, lines)
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO recruit_import_line (report_id, number, status,
                       candidate_id, message, cells, name)
                SELECT %(report)s, l.*
                  FROM unnest(%(numbers)s::int[], %(statuses)s::text[],
                              %(people)s::int[], %(messages)s::text[],
                              %(cells)s::text[], %(names)s::text[]) AS l
                """,
                report=self.id,
                numbers=numbers,
                statuses=statuses,
                people=people,
                messages=messages,
                cells=cells,
                names=names,
            )
        )
        self.invalidate_recordset()

    @api.model
    def _row_name(self, row):
        values = row.values
        parts = [values.get(f"import_{part}_name") for part in ("first", "last")]
        name = values.get("name") or " ".join(filter(None, parts))
        name = name or values.get("email") or ""
        return name.replace("\0", "")[:100] or None

    @api.model
    def open_of_import(self, wizard_ref):
        """Return the action that shows the report of an import, or False.

        :param int wizard_ref: the id of the base_import.import
        """
        report = self.search(
            [("wizard_ref", "=", wizard_ref), ("user_id", "=", self.env.uid)], limit=1
        )
        return report.get_formview_action() if report else False

    def action_view_people(self):
        """Open the people of this import."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": "recruit.candidate",
            "view_mode": "list,kanban,form",
            "domain": [("id", "in", self._people())],
        }

    def _people(self):
        people = self.env["recruit.import.line"]._read_group(
            [("report_id", "=", self.id), ("candidate_id", "!=", False)],
            aggregates=["candidate_id:array_agg_distinct"],
        )
        return people[0][0] or []

    def action_view_lines(self):
        """Open the rows; those of one status where the context names it."""
        self.ensure_one()
        status = self.env.context.get("recruit_status")
        context = {f"search_default_{status}": 1} if status else {}
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Rows of %s", self.name),
            "res_model": "recruit.import.line",
            "view_mode": "list",
            "domain": [("report_id", "=", self.id)],
            "context": context,
        }

    def action_download(self):
        """Download the refused rows as they were, each with its reason, to correct and
        import them again; all rows where none was refused."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/sheet/rows.csv?download=1",
            "target": "download",
        }

    def _as_csv(self):
        """Return the report as bytes of a CSV file that spreadsheets open safely."""
        self.ensure_one()
        refused = self.line_ids.filtered(lambda line: line.status == REFUSED)
        sheet = io.StringIO()
        writer = csv.writer(sheet)
        if refused:
            writer.writerow([*(self.columns or []), self.env._("Why refused")])
            for line in refused:
                for cells in line._rows_of_cells():
                    writer.writerow([*map(harmless, cells), harmless(line.message)])
        else:
            labels = dict(
                self.line_ids._fields["status"]._description_selection(self.env)
            )
            titles = [self.env._(word) for word in ("Row", "Name", "Status", "Remarks")]
            writer.writerow(titles)
            for line in self.line_ids:
                words = (line.number, line.name, labels[line.status], line.message)
                writer.writerow([harmless(word or "") for word in words])
        return sheet.getvalue().encode("utf-8-sig")

    @api.ondelete(at_uninstall=False)
    def _unlink_own(self):
        if not self.env.su and self.filtered(lambda one: one.user_id != self.env.user):
            raise UserError(self.env._("Delete the reports of your own imports alone."))

    @api.autovacuum
    def _gc_reports(self):
        """Forget old reports: they hold cells of people who were never taken in."""
        limit = self.env["recruit.clock"].now() - timedelta(days=KEPT_DAYS)
        self.search([("imported_at", "<", limit)]).unlink()


class RecruitImportLine(models.Model):
    """One row of a sheet of people, and what became of it."""

    _name = "recruit.import.line"
    _description = "Row of an Import"
    _order = "report_id, number"
    _log_access = False  # written once, with its report

    report_id = fields.Many2one(
        "recruit.import.report", required=True, ondelete="cascade", index=True
    )
    number = fields.Integer("Row", required=True, help="As in the file, from 1.")
    name = fields.Char()
    status = fields.Selection(STATUSES, required=True)
    candidate_id = fields.Many2one(
        "recruit.candidate", ondelete="cascade", index="btree_not_null"
    )
    message = fields.Char("Remarks")
    cells = fields.Char(help="The rows of a refused person, as CSV.")

    def _rows_of_cells(self):
        self.ensure_one()
        return list(csv.reader(io.StringIO(self.cells or "")))


def _cells(row, data):
    """Return the rows of a refused person as CSV, None of the others."""
    if row.goes_on:
        return None
    sheet = io.StringIO()
    csv.writer(sheet).writerows(
        [
            [
                text(cell)[:2000]
                .replace("\0", "")
                .replace(MARK, "")
                .replace(UNKNOWN_FORMULA, "")
                for cell in cells
            ]
            for cells in data[row.first : row.last + 1]
        ]
    )
    return sheet.getvalue()
