"""Rows that another program reports as touches: are they ones?"""

from datetime import UTC, datetime

MOST = 1000  # rows of one call
KEY_LENGTH = 200
PERSON_FIELDS = ("name", "email", "phone", "linkedin_profile")
FIELDS = frozenset(
    (
        "key",
        "kind",
        "occurred_at",
        "candidate_id",
        *PERSON_FIELDS,
        "source",
        "medium",
        "campaign",
        "job_id",
        "evidence",
    )
)


def find_problem(row, kinds):
    """Return what is wrong with a row as (code, value), or None for a good one.

    :param row: what was sent, of any type
    :param kinds: the codes of the kinds that there are
    """
    if not isinstance(row, dict):
        return "no_row", ""
    if unknown := sorted(map(str, row.keys() - FIELDS)):
        return "unknown_field", unknown[0]
    if not isinstance(row.get("key"), str) or not row["key"].strip():
        return "no_key", ""
    if len(row["key"]) > KEY_LENGTH:
        return "long_key", row["key"]
    if row.get("kind") not in kinds:
        return "unknown_kind", str(row.get("kind"))
    return _person_problem(row) or _value_problem(row)


def _person_problem(row):
    person = row.get("candidate_id")
    if person and not _is_id(person):
        return "bad_candidate", str(person)
    if not person and not (row.get("email") or row.get("linkedin_profile")):
        return "no_person", ""
    return None


def _value_problem(row):
    if row.get("job_id") and not _is_id(row["job_id"]):
        return "bad_job", str(row["job_id"])
    if row.get("occurred_at") and parse_moment(row["occurred_at"]) is None:
        return "bad_moment", str(row["occurred_at"])
    return None


def _is_id(value):
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**31


def parse_moment(text):
    """Return a moment in ISO 8601 as naive UTC, or None when it is none.

    Without an offset it is UTC already: ``2026-03-01 09:00:00``.
    """
    try:
        moment = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    if moment.tzinfo:
        try:
            moment = moment.astimezone(UTC).replace(tzinfo=None)
        except OverflowError:
            return None
    return moment.replace(microsecond=0)
