import io

from odoo import models

from odoo.addons.base_import.models.base_import import ImportValidationError

from ..sheet.cells import MARK, UNKNOWN_FORMULA
from ..sheet.columns import field_for
from ..sheet.encoding import decode

CANDIDATE = "recruit.candidate"
AHEAD = 500  # rows read beyond a batch: the lines of its last person


class BaseImport(models.TransientModel):
    """The import screen of Odoo, for sheets of people: one bad row or cell is reported
    and the others go in."""

    _inherit = "base_import.import"

    def execute_import(self, fields, columns, options, dryrun=False):
        """Import; of candidates the rows that are good, with a report of all."""
        if self.res_model != CANDIDATE:
            return super().execute_import(fields, columns, options, dryrun=dryrun)
        reporting = self.with_context(
            recruit_import=self.id,
            recruit_import_file=self.file_name,
            recruit_import_skip=options.get("skip") or 0,
            recruit_import_titles=int(bool(options.get("has_headers"))),
        )
        result = super(BaseImport, reporting).execute_import(
            fields, columns, options, dryrun=dryrun
        )
        if not dryrun and isinstance(result.get("ids"), list):
            result["messages"] = []  # they are in the report, and stop no batch
        return result

    def _get_mapping_suggestion(
        self, header, fields_tree, header_types, mapping_fields
    ):
        """Suggest a field; the titles of known systems are known by name."""
        known = self.res_model == CANDIDATE and header.lower() not in mapping_fields
        if known and (field := field_for(header)):
            return {"field_path": [field], "distance": 0}
        return super()._get_mapping_suggestion(
            header, fields_tree, header_types, mapping_fields
        )

    def _read_csv(self, options):
        """Read; a file of people in whatever encoding, also when it mixes two."""
        if self.res_model != CANDIDATE:
            return super()._read_csv(options)
        if not options.get("encoding"):
            clean = decode(self.file or b"").encode()
            if clean != self.file:
                self.file = clean
            options["encoding"] = "utf-8"
        found = super()._read_csv(options)
        return (found[0], _even(found[1])) if found else found

    def _read_xlsx(self, options):
        """Read; an error in a cell of a file of people is the matter of its row."""
        if self.res_model != CANDIDATE:
            return super()._read_xlsx(options)
        import openpyxl  # heavy; few requests need it

        def open_book(values):
            return openpyxl.load_workbook(
                io.BytesIO(self.file or b""), read_only=True, data_only=values
            )

        book = open_book(values=False)
        options["sheets"] = book.sheetnames
        options["sheet"] = options.get("sheet") or book.sheetnames[0]
        rows, formulas = _cells_of(book[options["sheet"]])
        if formulas:
            results, _none = _cells_of(open_book(values=True)[options["sheet"]])
            for number, column in formulas:
                rows[number][column] = results[number][column] or UNKNOWN_FORMULA
        filled = [row for row in rows if any(str(cell).strip() for cell in row)]
        return len(rows), filled

    def _convert_import_data(self, fields, options):
        """Return the rows of this batch and some ahead, not the rest of the file."""
        data, import_fields = super()._convert_import_data(fields, options)
        if self.res_model == CANDIDATE and options.get("limit"):
            data = data[: options["limit"] + AHEAD]
        return data, import_fields

    def _parse_date_from_data(self, data, index, name, field_type, options):
        """Read days; one that is none stays as it is, and its row is refused later."""
        parse = super()._parse_date_from_data
        if self.res_model != CANDIDATE:
            return parse(data, index, name, field_type, options)
        for line in data:
            try:
                parse([line], index, name, field_type, options)
            except ImportValidationError:
                continue
        return None


def _even(rows):
    """Return rows as long as the titles; too long ones are marked to be refused."""
    width = len(rows[0]) if rows else 0
    even = []
    for row in rows:
        surplus = any(cell.strip() for cell in row[width:])
        cells = (row + [""] * width)[:width]
        even.append([cell + MARK for cell in cells] if surplus else cells)
    return even


def _cells_of(sheet):
    """Return (rows of cells, places of formulas) of an openpyxl worksheet."""
    rows, formulas = [], []
    for number, row in enumerate(sheet.iter_rows()):
        rows.append([_plain(cell.value) for cell in row])
        formulas += [
            (number, at) for at, cell in enumerate(row) if cell.data_type == "f"
        ]
    return rows, formulas


def _plain(value):
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value if hasattr(value, "isoformat") else str(value)
