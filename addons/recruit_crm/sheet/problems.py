"""What is wrong with the rows of a sheet of people, before any of them is written.

Every bad row gives exactly one problem, the first that its checks find; the others go
on. One row more or less never decides over the rest.
"""

from dataclasses import dataclass, field
from datetime import datetime

from ..identity.limits import LIMITS as FIELD_LIMITS
from ..identity.normalize import normalize_email, normalize_phone, split_emails
from ..skills.proof import EARLIEST, LEVELS
from .cells import MARK, as_moment, is_error, split_skills

CELL_LIMIT = 2000  # of a column without a limit of its own, e.g. a list of tags
SKILL_COLUMN, LEVEL_COLUMN = "skill_ids/skill_id", "skill_ids/level"
PROVEN_COLUMN = "skill_ids/proven_on"
LIMITS = {**FIELD_LIMITS, "import_external": 200}
NAME_COLUMNS = ("name", "import_first_name", "import_last_name")


@dataclass(frozen=True)
class Problem:
    """One thing wrong in one row.

    ``code`` is a key of the messages of recruit.candidate; ``row`` counts from 0 below
    the titles; ``value`` is cut to 50 characters for display; ``limit`` belongs to
    ``too_long`` alone.
    """

    row: int
    column: str
    code: str
    value: str = ""
    limit: int = 0


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
    skills: set = field(default_factory=set)  # of the person being read

    def __post_init__(self):
        self.places = {column: at for at, column in enumerate(self.columns)}
        self.limits = [LIMITS.get(column, CELL_LIMIT) for column in self.columns]

    def cell(self, row, column):
        """Return the text of a cell without blanks around, "" without that column."""
        at = self.places.get(column)
        return "" if at is None else text(row[at]).strip()

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
        found = (check(sheet, row, number) for check in (_bad_cell, *checks))
        if problem := next(filter(None, found), None):
            problems.append(problem)
    return problems


def text(cell):
    """Return a cell as text; files other than CSV have numbers and dates in them."""
    return cell if isinstance(cell, str) else str(cell or "")


def _bad_cell(sheet, row, number):
    for column, cell, limit in zip(sheet.columns, row, sheet.limits, strict=False):
        words = text(cell)
        if len(words) > limit:
            return Problem(number, column, "too_long", words[:50], limit)
        if MARK in words:
            return Problem(number, column, "surplus")
        if "\0" in words:
            return Problem(number, column, "zero", words.replace("\0", "")[:50])
        if is_error(words):
            return Problem(number, column, "formula", words[:20])
    return None


def _no_name(sheet, row, number):
    if sheet.need_name and not any(sheet.cell(row, name) for name in NAME_COLUMNS):
        return Problem(number, "name", "no_name")
    return None


def _bad_email(sheet, row, number):
    cell = sheet.cell(row, "email")
    if not cell:
        return None
    if cell.count("@") < 2:
        return None if normalize_email(cell) else _email_problem(number, cell)
    good, bad = split_emails(cell)
    return None if good and not bad else _email_problem(number, (bad or [cell])[0])


def _email_problem(number, value):
    return Problem(number, "email", "bad_email", value[:50])


def _bad_phone(sheet, row, number):
    cell = sheet.cell(row, "phone")
    if cell and not normalize_phone(cell):
        return Problem(number, "phone", "bad_phone", cell[:50])
    return None


def _bad_first_day(sheet, row, number):
    return _bad_day(sheet, row, number, "first_seen_at")


def _bad_proof_day(sheet, row, number):
    return _bad_day(sheet, row, number, PROVEN_COLUMN)


def _bad_day(sheet, row, number, column):
    cell = sheet.cell(row, column)
    if not cell:
        return None
    moment = as_moment(cell)
    if moment is None:
        return Problem(number, column, "bad_day", cell[:50])
    if moment > sheet.now:
        return Problem(number, column, "future", cell[:50])
    if moment.date() < EARLIEST:
        return Problem(number, column, "past", cell[:50])
    return None


def _bad_skills(sheet, row, number):
    for _name, level in split_skills(sheet.cell(row, "import_skills")):
        if not (isinstance(level, int) and LEVELS[0] <= level <= LEVELS[1]):
            return Problem(number, "import_skills", "bad_level", str(level)[:50])
    return None


def _bad_level(sheet, row, number):
    cell = sheet.cell(row, LEVEL_COLUMN)
    if cell and not (cell.isascii() and cell.isdigit() and int(cell[:9]) <= LEVELS[1]):
        return Problem(number, LEVEL_COLUMN, "bad_level", cell[:50])
    return None


def _skill_twice(sheet, row, number):
    cell = sheet.cell(row, SKILL_COLUMN)
    if cell and cell in sheet.skills:
        return Problem(number, SKILL_COLUMN, "skill_twice", cell[:50])
    sheet.skills.add(cell)
    return None


PERSON_CHECKS = (_no_name, _bad_email, _bad_phone, _bad_first_day, _bad_skills)
LINE_CHECKS = (_bad_level, _bad_proof_day, _skill_twice)
