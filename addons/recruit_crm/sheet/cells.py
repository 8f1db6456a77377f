"""What the cells of a sheet of people mean, and how to write cells that are safe."""

import re
from datetime import date, datetime

from ..identity.normalize import normalize_github, normalize_linkedin

DEFAULT_LEVEL = 50  # of a skill that is named without a level
_SEPARATOR = re.compile(r"[;,|\n]+")
# "Python: 80", "Python 80%", "Python (80)"
_LEVEL = re.compile(
    r"\s*(?::\s*(\d{1,9})\s*%?|\(\s*(\d{1,9})\s*%?\s*\)|\s(\d{1,9})\s*%)$"
)
_WRONG_LEVEL = re.compile(r":\s*(\S+)$")
_YEAR = re.compile(r"^\d{1,3}(?=-\d\d-\d\d)")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_ERROR = re.compile(
    r"#(REF|NAME|VALUE|N/A|NUM|NULL|DIV/0|GETTING_DATA|SPILL|CALC)[!?]?"
)
MARK = "\ue000surplus\ue000"  # stands in rows with more cells than there are titles
UNKNOWN_FORMULA = "\ue000formula\ue000"  # a formula whose result the file lacks


def split_list(text):
    """Return the parts of a cell that names several things, each once.

    >>> split_list("Senior, Remote; senior")
    ['Senior', 'Remote']
    """
    parts = {}
    for part in map(str.strip, _SEPARATOR.split(text or "")):
        if part:
            parts.setdefault(part.casefold(), part)
    return list(parts.values())


def split_skills(text):
    """Return ``[(name, level)]`` of a cell; a level that is none stays a text.

    >>> split_skills("Python:80; SQL, C++ (60); Go: expert")
    [('Python', 80), ('SQL', 50), ('C++', 60), ('Go', 'expert')]
    """
    skills = {}
    for part in split_list(text):
        name, level = part, DEFAULT_LEVEL
        if found := _LEVEL.search(part):
            name, level = part[: found.start()], int(next(filter(None, found.groups())))
        elif found := _WRONG_LEVEL.search(part):
            name, level = part[: found.start()], found[1]
        name = name.strip()
        skills.setdefault(name.casefold(), (name, level))
    return list(skills.values())


def split_links(text):
    """Return ``{field: address}`` of the profiles among the links of a cell."""
    found = {}
    for link in re.split(r"[\s,;|]+", text or ""):
        if "linkedin." in link.lower() and normalize_linkedin(link):
            found.setdefault("linkedin_profile", link)
        elif "github." in link.lower() and normalize_github(link):
            found.setdefault("github_profile", link)
    return found


def as_moment(cell):
    """Return a cell of a day or a moment as naive datetime, None when it is none."""
    if isinstance(cell, datetime):
        return cell
    if isinstance(cell, date):
        return datetime(cell.year, cell.month, cell.day)
    # the year 24 is written without zeros by those who print it
    text = _YEAR.sub(lambda year: year[0].zfill(4), str(cell).strip())
    try:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return None
    return moment.replace(tzinfo=None) - (moment.utcoffset() or moment - moment)


def is_error(text):
    """Say whether a cell is the error of a formula, ``#REF!``, or lacks its result."""
    return text == UNKNOWN_FORMULA or bool(_ERROR.fullmatch(text.strip()[:20]))


def harmless(text):
    """Return a text that no spreadsheet takes for a formula when a file is opened.

    As OWASP advises against CSV injection: a leading quote before = + - @, tab and
    carriage return.
    """
    text = "" if text is None else str(text)
    return f"'{text}" if text.startswith(_FORMULA) else text
