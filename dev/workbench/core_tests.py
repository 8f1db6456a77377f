"""Odoo's own tests with our addons installed, against a baseline without.

`core-tests` compares, `--record` writes the baseline, `--wide` runs more suites.

What fails in the baseline fails in Odoo itself; what fails only with our addons is
ours. They run through pytest-odoo, so that the tests that core runs while a module
installs see the whole registry with our overrides in it.
"""

import json
import subprocess
import sys
import xml.etree.ElementTree as ET

from . import database, paths, server
from .say import step

BASELINE = paths.ROOT / "tests" / "core" / "baseline.json"
# {test: why our addons answer otherwise, on purpose}
CHANGED = paths.ROOT / "tests" / "core" / "changed.json"
SUITES = (
    "hr",
    "hr_skills",
    "hr_recruitment",
    "hr_recruitment_skills",
    "hr_recruitment_survey",
    "website_hr_recruitment",
    "utm",
    "link_tracker",
    "phone_validation",
    "mass_mailing",
)
WIDE = ("calendar", "mail", "portal")  # minutes more; where a change reaches into mail
# Tours of core drive pages that we do not touch, and take minutes.
LEFT_OUT = "not tour and not Tour"


def run(words: list[str]) -> int:
    """Compare with the baseline, or record it, and return the exit code."""
    suites = (*SUITES, *(WIDE if "--wide" in words else ()))
    made = server.setup()
    databases = database.Databases(made)
    if "--record" in words:
        failed = failures(made, databases, databases.native(), suites)
        BASELINE.write_text(json.dumps(sorted(failed), indent=4) + "\n", "utf-8")
        print(f"{len(failed)} tests of core fail without our addons: {BASELINE}")
        return 0
    new = sorted(new_failures(made, databases, suites))
    for name in new:
        print(f"fails only with our addons: {name}")
    print(f"core tests: {len(new)} fail only with our addons")
    return 1 if new else 0


def new_failures(made, databases, suites=SUITES) -> set[str]:
    """The tests of core that fail with our addons, against baseline and purpose."""
    known = {
        name
        for file in (BASELINE, CHANGED)
        for name in json.loads(file.read_text(encoding="utf-8"))
    }
    return failures(made, databases, databases.product(), suites) - known


def failures(made, databases, source: str, suites) -> set[str]:
    """The tests of core's `suites` that fail on a copy of the database `source`."""
    report = paths.LOGS / "core-tests.xml"
    report.unlink(missing_ok=True)
    step("running the tests of core")
    log = paths.LOGS / "core-tests.log"
    with (
        databases.scratch(source) as name,
        made.config_for_tests() as config,
        open(log, "w", encoding="utf-8") as output,
    ):
        subprocess.call(
            [
                sys.executable, "-W", "ignore", "-m", "pytest", "-q",
                f"--odoo-config={config}", f"--odoo-database={name}",
                "--odoo-http", f"--junitxml={report}", "-k", LEFT_OUT,
                *(str(made.home.addons_path[0] / suite) for suite in suites),
            ],
            env=made.environment(),
            cwd=made.home.python_path,
            stdout=output,
            stderr=subprocess.STDOUT,
        )  # fmt: skip
    return _failed(report)


def _failed(report) -> set[str]:
    cases = list(ET.parse(report).iter("testcase"))
    if not cases:
        raise RuntimeError(f"no test of core ran: see {report}")
    return {
        f"{case.get('classname')}.{case.get('name')}"
        for case in cases
        if case.find("failure") is not None or case.find("error") is not None
    }
