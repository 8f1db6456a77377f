"""A row of a sheet on its way to a person, and what became of it."""

from dataclasses import dataclass, field

from ..identity.normalize import (
    normalize_email,
    normalize_external,
    normalize_github,
    normalize_linkedin,
    split_emails,
)
from .cells import split_links

CREATED, MATCHED, SUGGESTED, REFUSED = "created", "matched", "suggested", "refused"


@dataclass(eq=False)
class Row:
    """One person of a sheet.

    ``first`` and ``last`` count the rows of the sheet below its titles from 0;
    ``values`` are fields of a candidate, converted; ``skills`` holds dicts with
    ``skill_id``, ``level`` and, where told, ``provenance`` and ``proven_on``;
    ``same_as`` is an earlier row of the same person.
    """

    first: int
    last: int
    values: dict
    xml_id: str = ""
    record_id: int = 0
    candidate_id: int = 0
    same_as: "Row" = None
    status: str = ""
    column: str = ""
    remarks: list = field(default_factory=list)
    tags: list = field(default_factory=list)
    tag_ids: list = field(default_factory=list)
    skills: list = field(default_factory=list)
    pool_ids: list = field(default_factory=list)
    origin: dict = field(default_factory=dict)
    external: str = ""

    def refuse(self, text, column=""):
        """Keep the row out, for the first reason that is found."""
        if self.status != REFUSED:
            self.status, self.column, self.remarks = REFUSED, column, [text]

    @property
    def goes_on(self):
        return self.status != REFUSED

    def keys(self):
        """Return the identities that may find the person: (kind, normal form)s, best
        first."""
        values = self.values
        email = values.get("email") or ""
        emails = split_emails(email)[0] if email.count("@") > 1 else []
        keys = [("email", one) for one in emails or [normalize_email(email)]]
        keys += [
            ("linkedin", normalize_linkedin(values.get("linkedin_profile"))),
            ("github", normalize_github(values.get("github_profile"))),
            ("external", normalize_external(self.external)),
        ]
        return [key for key in keys if key[1]]


def complete(values):
    """Take the columns that stand for others out of the values of a person, and fill
    those in where the sheet leaves them empty."""
    parts = [values.pop(f"import_{part}_name", None) for part in ("first", "last")]
    if not values.get("name"):
        values["name"] = " ".join(filter(None, parts))
    for column, link in split_links(values.pop("import_links", None)).items():
        values[column] = values.get(column) or link


def split_location(text):
    """Return (city, country or ""): ``("Berlin", "Germany")`` of "Berlin, Germany"."""
    parts = [part.strip() for part in (text or "").split(",") if part.strip()]
    return (parts[0] if parts else "", parts[-1] if len(parts) > 1 else "")
