"""Chapter one: jobs, a thousand people, and a segment of them."""

from . import people
from .checks import expect

AUDIENCE = "Python and PostgreSQL"
LEAST = {"Python": 60, "PostgreSQL": 50}  # skill -> level, the audience
DAYS = 54  # all that passes in the story, and an hour: it ends today
LEVELS = range(10, 101, 10)
IMPORT_OPTIONS = {
    "has_headers": True,
    "separator": ",",
    "quoting": '"',
    "encoding": "utf-8",
    "datetime_format": "%Y-%m-%d %H:%M:%S",
}


def begin_in_the_past(story):
    """The clock goes back: what happens here lies behind whoever looks at it."""
    story.pass_time(days=-DAYS, hours=-1)
    return f"the story begins on {story.now():%Y-%m-%d}"


def open_jobs(story):
    """Twelve occupations become published jobs, each with its skills and levels."""
    odoo, occupations = story.odoo, people.occupations()
    names = {skill for occupation in occupations for skill in occupation.skills}
    named = ("name", "in", sorted(names))
    known = odoo.rows("hr.skill", named, fields=["name"])
    missing = sorted(names - {row["name"] for row in known})
    if missing:
        odoo.create("hr.skill.type", _skill_type(missing))
    skills = _skills(odoo, names)
    # Two skills of one name, and the import could not know which one is meant.
    expect("skills by name", odoo.count("hr.skill", named), len(names))
    story.jobs = {
        occupation.job: odoo.create("hr.job", _job(story, occupation, skills))
        for occupation in occupations
    }
    story.skills = {name: skill["id"] for name, skill in skills.items()}
    wanted = sum(len(occupation.skills) for occupation in occupations)
    ids = list(story.jobs.values())
    expect(
        "skills of the jobs", odoo.count("hr.job.skill", ("job_id", "in", ids)), wanted
    )
    return f"{len(ids)} jobs are open, with {wanted} skills and their levels"


def import_people(story):
    """A thousand people come in through Odoo's own import of a CSV file."""
    sheet = people.to_csv(story.people)
    ids = _import(story.odoo, sheet)
    expect("imported people", len(ids), len(story.people))
    story.candidates = _ids_by_email(story.odoo, ("id", "in", ids))
    for person in story.people[:: len(story.people) // 10]:
        _check_imported(story, person)
    return f"{len(ids)} people imported from {len(sheet) // 1024} kB of CSV"


def make_segment(story):
    """A segment by skill and level finds exactly whom plain arithmetic finds."""
    rules = [
        {
            "field": "skill",
            "operator": "at_least",
            "value": {"skill": story.skills[skill], "level": level},
        }
        for skill, level in LEAST.items()
    ]
    story.segment = story.odoo.create(
        "recruit.segment",
        {"name": AUDIENCE, "tree": {"group": "all", "items": rules}},
    )
    inside = ("segment_ids", "in", [story.segment])
    story.audience = _ids_by_email(story.odoo, inside)
    wanted = sorted(person.email for person in people.having(story.people, LEAST))
    # A demo database has people of its own; the arithmetic knows the imported ones.
    found = sorted(email for email in story.audience if email in story.candidates)
    expect("imported people in the segment", found, wanted)
    story.cast = iter(wanted)
    said = " and ".join(f"{skill} at {level}" for skill, level in LEAST.items())
    return f"{len(wanted)} of them have {said} or more: the segment says the same"


def _import(odoo, sheet: str) -> list[int]:
    """Import a file of candidates as the web client does: preview, then import."""
    model, columns = "base_import.import", list(people.HEADER)
    file = {"file": sheet, "file_name": "people.csv", "file_type": "text/csv"}
    wizard = odoo.create(model, {"res_model": "recruit.candidate", **file})
    preview = odoo.call(model, "parse_preview", [wizard], IMPORT_OPTIONS)
    expect("error of the preview", preview.get("error"), None)
    matches = ["/".join(path) for _column, path in sorted(preview["matches"].items())]
    expect("fields that Odoo sees in the columns", matches, columns)
    result = odoo.call(
        model,
        "execute_import",
        [wizard],
        columns,
        columns,
        IMPORT_OPTIONS,
        context={"tz": "UTC"},  # the file's time; by default it is the user's
    )
    expect("messages of the import", result["messages"], [])
    return result["ids"]


def _skill_type(names: list[str]) -> dict:
    """A type of skills whose levels are the steps of 10 of the data set."""
    levels = [{"name": f"{level} %", "level_progress": level} for level in LEVELS]
    return {
        "name": "Occupations",
        "skill_ids": [(0, 0, {"name": name}) for name in names],
        "skill_level_ids": [(0, 0, level) for level in levels],
    }


def _skills(odoo, names) -> dict[str, dict]:
    """name -> {id, type, levels: [(level, id)]} of the skills, however they came."""
    rows = odoo.rows(
        "hr.skill", ("name", "in", sorted(names)), fields=["name", "skill_type_id"]
    )
    levels = odoo.rows(
        "hr.skill.level",
        ("skill_type_id", "in", [row["skill_type_id"] for row in rows]),
        fields=["skill_type_id", "level_progress"],
    )
    return {
        row["name"]: {
            "id": row["id"],
            "type": row["skill_type_id"],
            "levels": [
                (level["level_progress"], level["id"])
                for level in levels
                if level["skill_type_id"] == row["skill_type_id"]
            ],
        }
        for row in rows
    }


def _job(story, occupation, skills) -> dict:
    today = f"{story.now():%Y-%m-%d}"
    lines = [
        {
            "skill_id": skills[name]["id"],
            "skill_type_id": skills[name]["type"],
            "skill_level_id": min(
                skills[name]["levels"], key=lambda pair, at=level: abs(pair[0] - at)
            )[1],
            "valid_from": today,
        }
        for name, level in occupation.skills.items()
    ]
    return {
        "name": occupation.job,
        "no_of_recruitment": occupation.openings,
        "website_description": f"<p>{occupation.pitch}</p>",
        "is_published": True,
        "job_skill_ids": [(0, 0, line) for line in lines],
    }


def _ids_by_email(odoo, *domain) -> dict[str, int]:
    rows = odoo.rows("recruit.candidate", *domain, fields=["email"])
    return {row["email"]: row["id"] for row in rows}


def _check_imported(story, person):
    """One person reads back as the file had them."""
    candidate = story.candidate(person.email)
    expect("name", candidate["name"], person.name)
    expect("first source", candidate["first_source"], person.source)
    expect("first touch", candidate["first_touch_at"], f"{person.first_seen_at}")
    rows = story.odoo.rows(
        "recruit.candidate.skill",
        ("candidate_id", "=", candidate["id"]),
        fields=["skill_id", "level"],
    )
    found = {row["skill_id"]: row["level"] for row in rows}
    wanted = {story.skills[name]: level for name, level in person.skills.items()}
    expect(f"skills of {person.name}", found, wanted)
