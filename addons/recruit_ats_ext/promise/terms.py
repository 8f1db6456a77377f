"""Does a job keep what was promised to somebody?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Opening:
    """What a job offers.

    :param skills: {skill id: level 0 to 100 that it asks for}
    :param department, city, country: as the job says, empty where it says nothing
    """

    title: str
    skills: Mapping = field(default_factory=dict)
    department: int = 0
    city: str = ""
    country: int = 0


@dataclass(frozen=True)
class Terms:
    """What a job must be, all of it; what is empty is not asked.

    :param skills: {skill id: at least this level, 0 to 100}
    :param not_before: not before this day
    :param until: the promise ends after this day
    """

    title: str = ""
    skills: Mapping = field(default_factory=dict)
    department: int = 0
    city: str = ""
    country: int = 0
    not_before: date | None = None
    until: date | None = None

    def is_due(self, today: date) -> bool:
        """Whether the promise may be kept on this day."""
        early = self.not_before and today < self.not_before
        late = self.until and today > self.until
        return not early and not late

    def fit(self, job: Opening) -> bool:
        """Whether the job is what was promised."""
        return (
            _within(self.title, job.title)
            and _same(self.city.casefold(), job.city.casefold())
            and _same(self.department, job.department)
            and _same(self.country, job.country)
            and all(
                job.skills.get(skill, -1) >= level
                for skill, level in self.skills.items()
            )
        )


def _within(wanted: str, text: str) -> bool:
    return wanted.casefold().strip() in text.casefold()


def _same(wanted, given) -> bool:
    return not wanted or wanted == given
