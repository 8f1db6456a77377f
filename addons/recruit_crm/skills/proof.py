"""Which of several statements about a skill counts, and how far it still holds today.

**Proof outweighs claim.** The provenances are ranked by how well such a statement
predicts what a person can do. Self-ratings of ability correlate 0.29 with measured
performance (Mabe and West 1982, *Journal of Applied Psychology* 67); structured
interviews 0.42 and job knowledge tests 0.40 with performance at work (Sackett, Zhang,
Berry and Lievens 2022, same journal 107). A CV is what the person wrote about what
they did; a recruiter has spoken to them. Of two statements of one rank the later day
counts, and of two of one day the higher level.

**Levels fade.** What nobody has seen for long is known less surely, and skills that
are not used do fade (Arthur, Bennett, Stanush and McNelly 1998, *Human Performance*
11). A level is read as ``level * 2 ^ (-days / half-life)``, rounded half up. The half-
lives are conventions of this product, not findings: what was measured holds longest,
what was only said shortest. A statement without a date does not fade: its age is
unknown. The stored level is never changed by time.
"""

from datetime import date
from typing import NamedTuple

YEAR = 365
# From the weakest to the strongest, with the half-life in days.
HALF_LIVES = {
    "self_declared": 2 * YEAR,
    "cv": 2 * YEAR,
    "recruiter": 3 * YEAR,
    "tested": 5 * YEAR,
    "interview": 5 * YEAR,
}
RANKS = tuple(HALF_LIVES)
PROOFS = ("tested", "interview")  # the others are claims
LEVELS = (0, 100)
EARLIEST = date(1950, 1, 1)  # an earlier day is a typing mistake


class Statement(NamedTuple):
    """What somebody said, or showed, of one skill of one person.

    ``level`` is 0 to 100; ``provenance`` a key of :data:`HALF_LIVES`; ``day`` a date or
    None where it is not known.
    """

    level: int
    provenance: str
    day: object = None

    @property
    def weight(self):
        """What orders statements: rank, then day (unknown is oldest), then level."""
        known = self.day is not None
        return (RANKS.index(self.provenance), known, self.day or 0, self.level)


def best(statements):
    """Return the statement that counts, or None of none."""
    return max(statements, key=lambda one: one.weight, default=None)


def level_on(level, provenance, day, today):
    """Return what is left of a level on a day, 0 to 100.

    :param int level: as it was stated on ``day``
    :param day: date of the statement, or None: does not fade
    :param today: date; before ``day`` nothing has faded yet
    """
    if not day or not level:
        return level or 0
    age = max((today - day).days, 0)
    return int(level * 2 ** (-age / HALF_LIVES[provenance]) + 0.5)
