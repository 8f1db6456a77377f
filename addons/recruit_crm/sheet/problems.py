"""What is wrong with a sheet of people, before a single row is written.

The import of Odoo writes first and rolls back at the first error, so of many bad
rows the user would learn one at a time. Here the whole sheet is read once; every bad
row gives exactly one problem, the first that :data:`CHECKS` finds.
"""

from dataclasses import dataclass, field
from datetime import datetime

from ..identity.limits import LIMITS
from ..identity.normalize import normalize_email, normalize_linkedin

CELL_LIMIT = 2000  # of a column without a limit of its own, e.g. a list of tags
IDENTITY_COLUMNS = {
    # column: (kind of identity, its normal form)
    "email": ("email", normalize_email),
    "linkedin_profile": ("linkedin", normalize_linkedin),
}
SKILL_COLUMN, LEVEL_COLUMN = "skill_ids/skill_id", "skill_ids/level"


@dataclass(frozen=True)
class Problem:
    """One thing wrong in one row.

    ``code`` is a key of the messages of recruit.candidate; ``row`` and ``other_row``
    count from 0 below the title row; ``value`` is cut to 50 characters for display;
    ``limit`` belongs to ``too_long`` alone.
    """

    row: int
    column: str
    code: str
    value: str = ""
    limit: int = 0
    other_row: int = -1


@dataclass
class Sheet:
    """A sheet being read: its columns, the rules it is read by, what was seen so far.

    ``line_columns`` are the indexes of the columns of one2many lines; a row with cells
    there alone continues the person above. ``need_name`` is False when the sheet
    updates people who exist. ``now`` is naive UTC.
    """

    columns: list
    line_columns: set
    need_name: bool
    now: datetime
    people: dict = field(default_factory=dict)  # (column, normal form): first row
    skills: set = field(default_factory=set)  # of the person being read

    def cell(self, row, column):
        """Return the text of a cell without blanks around, "" without that column."""
        if column not in self.columns:
            return ""
        return text(row[self.columns.index(column)]).strip()

    def is_person(self, row):
        """Say whether the row begins a person."""
        return any(cell for i, cell in enumerate(row) if i not in self.line_columns)


def find_problems(sheet, rows):
    """Return the problems of a sheet, at most one a row, in the order of the rows.

    :param Sheet sheet: its columns and rules
    :param list rows: lists of cells, as long as the columns
    """
    problems = []
    for number, row in enumerate(rows):
        person = sheet.is_person(row)
        if person:
            sheet.skills.clear()
        checks = PERSON_CHECKS + LINE_CHECKS if person else LINE_CHECKS
        found = (check(sheet, row, number) for check in (_long_cell, *checks))
        if problem := next(filter(None, found), None):
            problems.append(problem)
    return problems


def identities(columns, rows):
    """Return ``[(row, column, kind, normal form)]`` of every identity in the sheet."""
    return [
        (number, column, IDENTITY_COLUMNS[column][0], norm)
        for number, row in enumerate(rows)
        for column, norm in _identities(columns, row)
    ]


def text(cell):
    """Return a cell as text; files other than CSV have numbers and dates in them."""
    return cell if isinstance(cell, str) else str(cell or "")


def _identities(columns, row):
    for column, cell in zip(columns, row, strict=False):
        if column in IDENTITY_COLUMNS:
            norm = IDENTITY_COLUMNS[column][1](text(cell))
            if norm:
                yield column, norm


def _long_cell(sheet, row, number):
    for column, cell in zip(sheet.columns, row, strict=False):
        limit = LIMITS.get(column, CELL_LIMIT)
        if len(text(cell)) > limit:
            return Problem(number, column, "too_long", text(cell)[:50], limit)
    return None


def _no_name(sheet, row, number):
    if sheet.need_name and not sheet.cell(row, "name"):
        return Problem(number, "name", "no_name")
    return None


def _bad_email(sheet, row, number):
    cell = sheet.cell(row, "email")
    if cell and not normalize_email(cell):
        return Problem(number, "email", "bad_email", cell[:50])
    return None


def _future(sheet, row, number):
    # dates of another format were brought to this one by the import, or fail there
    cell = sheet.cell(row, "first_seen_at")
    if cell[:19] > sheet.now.isoformat(" ") and cell[:4].isdigit():
        return Problem(number, "first_seen_at", "future", cell[:50])
    return None


def _twice(sheet, row, number):
    for column, norm in _identities(sheet.columns, row):
        first = sheet.people.setdefault((column, norm), number)
        if first != number:
            return Problem(number, column, "twice_in_file", norm[:50], other_row=first)
    return None


def _bad_level(sheet, row, number):
    cell = sheet.cell(row, LEVEL_COLUMN)
    if cell and not (cell.isascii() and cell.isdigit() and int(cell[:9]) <= 100):
        return Problem(number, LEVEL_COLUMN, "bad_level", cell[:50])
    return None


def _skill_twice(sheet, row, number):
    cell = sheet.cell(row, SKILL_COLUMN)
    if cell and cell in sheet.skills:
        return Problem(number, SKILL_COLUMN, "skill_twice", cell[:50])
    sheet.skills.add(cell)
    return None


PERSON_CHECKS = (_no_name, _bad_email, _future, _twice)
LINE_CHECKS = (_bad_level, _skill_twice)
