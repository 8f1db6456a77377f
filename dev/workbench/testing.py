"""Running tests: the addons' own inside Odoo, and those that need real processes."""

import subprocess
import sys

from . import chromium, database, paths, server
from .say import Problem, step

INSIDE = ("addons", "dev/addons")  # run by pytest-odoo, in a process with a registry
OUTSIDE = "tests"  # run by plain pytest, beside real servers
# Deprecations inside Odoo are not ours to mend.
PYTEST = ("-m", "pytest", "-q", "--disable-warnings", "-p", "dev.workbench.pytest_gate")


def run(words: list[str]) -> int:
    """Every check of CI but lint; with arguments, only these pytest tests."""
    options = [word for word in words if not _is_path(word)]
    chosen = [word for word in words if _is_path(word)] or [*INSIDE, OUTSIDE]
    inside = [word for word in chosen if _relative(word).startswith(INSIDE)]
    outside = [word for word in chosen if word not in inside]
    made = server.setup()
    chromium.find()  # Odoo skips its tours, and says little, where there is none
    codes = []
    if inside:
        codes.append(_inside(made, inside, options))
    if outside:
        codes.append(_outside(made, outside, options))
    return max(codes)


def _is_path(word: str) -> bool:
    return not word.startswith("-") and (paths.ROOT / word.split("::")[0]).exists()


def _relative(word: str) -> str:
    file = (paths.ROOT / word.split("::")[0]).resolve()
    if not file.is_relative_to(paths.ROOT):
        raise Problem(f"{word} is not in this checkout.")
    return str(file.relative_to(paths.ROOT))


def _inside(made: server.Setup, chosen: list[str], options: list[str]) -> int:
    """Tests inside Odoo, on a database with only the addons that they are of."""
    parts = [_relative(word).split("/") for word in chosen]
    addons = {part[1] for part in parts if part[0] == "addons" and len(part) > 1}
    if any(part == ["addons"] for part in parts):
        addons = set()
    databases = database.Databases(made)
    databases.forget_abandoned()
    step(f"running {' '.join(chosen)} inside Odoo")
    template = databases.product(tuple(sorted(addons)))
    with databases.scratch(template) as name, made.config_for_tests() as config:
        return subprocess.call(
            [
                sys.executable, "-W", "ignore", *PYTEST,
                f"--odoo-config={config}", f"--odoo-database={name}",
                "--odoo-http", *chosen, *options,
            ],
            env=made.environment(),
            cwd=paths.ROOT,
        )  # fmt: skip


def _outside(made: server.Setup, chosen: list[str], options: list[str]) -> int:
    step(f"running {' '.join(chosen)} beside real servers")
    return subprocess.call(
        [sys.executable, *PYTEST, "-p", "no:odoo", *chosen, *options],
        env=made.environment(PYTHONPATH=str(paths.ROOT)),
        cwd=paths.ROOT,
    )
