"""The import of a CSV file: people with skills, tags, a pool and where they came from.

Ours is the import screen of Odoo over candidates, native the same over applicants, the
same people in both. Native rows go through Odoo's own code and what our addon does for
every applicant; see docs/evidence/knowledge.md for Odoo without our addons.
"""

import csv
import io
import time

from . import cpu, process
from .figures import Figure, Target
from .turns import Turns

ROWS = 1000
BATCH = 2000  # rows that the import screen sends at once
NATIVE_ROWS = 100  # Odoo takes its time
BROKEN = 100  # every how many rows one is broken, in the file that is
OPTIONS = {"quoting": '"', "separator": ",", "has_headers": True, "encoding": "utf-8"}
OURS = [
    "name",
    "email",
    "phone",
    "city",
    "country_id",
    "categ_ids",
    "import_skills",
    "import_pools",
    "source",
    "first_seen_at",
]
NATIVE = [
    "partner_name",
    "email_from",
    "partner_phone",
    "categ_ids",
    "talent_pool_ids",
    "source_id",
    "applicant_skill_ids/skill_type_id",
    "applicant_skill_ids/skill_id",
    "applicant_skill_ids/skill_level_id",
]


def measure(turns: Turns, size: int) -> list[Figure]:
    """The figures on a database with `size` people."""
    return [
        _rate(turns, "import of a CSV with skills, pools and sources", 0),
        _rate(turns, "the same, every hundredth row broken", BROKEN),
        _again(turns),
        *_big(turns, size),
    ]


def _rate(turns, name, broken):
    by_native, by_ours = turns.measure(
        _native, lambda env: len(_import(env, OURS, _our_rows(broken))["ids"])
    )
    good = ROWS - (ROWS // broken if broken else 0)
    return Figure(
        name,
        "candidates/s",
        NATIVE_ROWS / by_native.milliseconds * 1000,
        ROWS / by_ours.milliseconds * 1000,
        Target("at least", 300),
        agree=by_ours.result == good and by_native.result == NATIVE_ROWS,
        more_is_better=True,
    )


def _again(turns):
    """The same file a second time: nobody new; natively everybody twice."""
    by_native, by_ours = turns.measure(_native_again, _ours_again)
    return Figure(
        "the same file a second time",
        "candidates/s",
        NATIVE_ROWS / by_native.result[1],
        ROWS / by_ours.result[1],
        Target("at least", 300),
        agree=by_ours.result[0] == 0 and by_native.result[0] == NATIVE_ROWS,
        more_is_better=True,
    )


def _native_again(env):
    _native(env)
    start = time.perf_counter()
    return _native(env), time.perf_counter() - start


def _ours_again(env):
    first = _import(env, OURS, _our_rows(0))["ids"]
    start = time.perf_counter()
    again = _import(env, OURS, _our_rows(0))["ids"]
    return len(set(again) - set(first)), time.perf_counter() - start


def _big(turns, size):
    """A file of as many rows as there are people, every hundredth broken, in batches as
    the import screen sends them, each committed: how fast, and how much memory."""
    file = _file([OURS, *_our_rows(BROKEN, size, "ada")])
    with process.environment(turns.registry, turns.uid) as env:
        wizard = env["base_import.import"].create(_wizard(file, "recruit.candidate")).id
    skip, found, memory, start = 0, 0, 0, time.perf_counter()
    while skip is not None:
        with process.environment(turns.registry, turns.uid) as env:
            answer = (
                env["base_import.import"]
                .browse(wizard)
                .with_context(tracking_disable=True)
                .execute_import(OURS, OURS, {**OPTIONS, "limit": BATCH, "skip": skip})
            )
        found += len(answer["ids"])
        memory = memory or cpu.resident_megabytes()  # that of one batch
        skip = answer["nextrow"] or None
    seconds = time.perf_counter() - start
    good = found == size - size // BROKEN
    words = f"a file of {size:,} rows, every hundredth broken"
    yield Figure(
        words,
        "candidates/s",
        None,
        size / seconds,
        Target("at least", 300),
        agree=good,
        more_is_better=True,
    )
    yield Figure(
        "memory that grew from its first batch to its last",
        "MB",
        None,
        max(0.1, cpu.resident_megabytes() - memory),
        Target("at most", 200),
        agree=good,
    )


def _import(env, columns, rows, model="recruit.candidate"):
    """Run the import screen of Odoo over a file."""
    wizard = env["base_import.import"].create(_wizard(_file([columns, *rows]), model))
    quiet = wizard.with_context(tracking_disable=True)  # as the screen does
    result = quiet.execute_import(columns, columns, {**OPTIONS, "limit": BATCH})
    env.flush_all()
    return result


def _file(rows):
    sheet = io.StringIO()
    csv.writer(sheet).writerows(rows)
    return sheet.getvalue().encode()


def _wizard(file, model):
    return {
        "res_model": model,
        "file": file,
        "file_type": "text/csv",
        "file_name": "people.csv",
    }


def _our_rows(broken, count=ROWS, name="grace"):
    return [
        [
            f"{name.title()}{n} Sample{n}",
            "broken" if broken and not n % broken else f"{name}{n}@example.net",
            f"+1666{n:07}",
            f"City {n % 500}",
            "Belgium",
            f"Bench tag {n % 10}",
            "; ".join(f"Skill {s}:{20 + 20 * (s % 5)}" for s in _skills(n)),
            f"Bench pool {n % 3}",
            "LinkedIn" if n % 2 else "Job fair",
            "2024-03-14 09:00:00",
        ]
        for n in range(count)
    ]


def _skills(number):
    return [(number * 7 + step * 13) % 200 for step in range(5)]


def _native(env):
    """Import the same people as applicants in pools."""
    env["utm.source"].create([{"name": "Job fair"}])
    rows = []
    for n in range(NATIVE_ROWS):
        skills = [["Bench", f"Skill {s}", f"{20 + 20 * (s % 5)} %"] for s in _skills(n)]
        rows.append(
            [
                f"Grace{n} Sample{n}",
                f"grace{n}@example.net",
                f"+1666{n:07}",
                f"Bench tag {n % 10}",
                f"Bench pool {n % 3}",
                "LinkedIn" if n % 2 else "Job fair",
                *skills[0],
            ]
        )
        rows += [[""] * 6 + skill for skill in skills[1:]]
    result = _import(env, NATIVE, rows, "hr.applicant")
    return len(result["ids"] or []) or str(result["messages"][:2])
