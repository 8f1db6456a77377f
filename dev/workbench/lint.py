"""The quality gates that `./recruit lint` and CI hold every file against.

Words are names of gates (only these run) or paths (only these are looked at).
`--fix` first lets the tools mend what they can.
"""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from . import debs, lint_checks, node_tools, odoo_home, paths, venv
from .say import Problem, step

REQUIREMENTS = paths.ROOT / "requirements" / "tools.txt"
FORMATTED = (".xml", ".js", ".cjs", ".json", ".yml", ".yaml", ".css", ".scss")
# Rules of pylint-odoo that are not ours: an addon introduces itself in readme/ (see
# the gate for it), and a large model is split over files by topic.
WAIVED = "missing-readme,consider-merging-classes-inherited"
# The addons of the workbench are not shipped: they have no place in a store.
WAIVED_UNSHIPPED = f"{WAIVED},category-allowed"


@dataclass(frozen=True)
class Work:
    """The files to look at, relative to `root`, and the tools to look with."""

    root: Path
    files: tuple[Path, ...]

    @cached_property
    def python(self) -> Path:
        return venv.ensure("tools", REQUIREMENTS)

    @cached_property
    def modules(self) -> Path:
        return node_tools.ensure(self.python)

    def named(self, *endings: str) -> list[str]:
        """The files whose names end so."""
        return [str(path) for path in self.files if path.name.endswith(endings)]

    def addons(self, folder: Path) -> list[str]:
        """The addons right below `folder` that hold one of the files."""
        inside = folder.relative_to(self.root)
        return [
            str(inside / name)
            for name in sorted(entry.name for entry in folder.glob("*/"))
            if (folder / name / "__manifest__.py").exists()
            and any(path.is_relative_to(inside / name) for path in self.files)
        ]

    def tool(self, program: str, *words: str) -> str:
        """What a Python tool has to complain about, empty where it is content."""
        return self._run([str(self.python.parent / program), *words])

    def node(self, script: str, *words: str) -> str:
        """What a node tool has to complain about, empty where it is content."""
        program = str(node_tools.node(self.python))
        return self._run([program, str(self.modules / script), *words])

    def _run(self, command: list[str]) -> str:
        # The tools find each other (`ruff` from the OCA checks) and their plugins.
        places = {
            "PATH": f"{self.python.parent}{os.pathsep}{os.environ.get('PATH', '')}",
            "NODE_PATH": str(node_tools.MODULES),
            "NO_COLOR": "1",
        }
        done = subprocess.run(
            command,
            cwd=self.root,
            env=os.environ | places,
            capture_output=True,
            text=True,
            check=False,
        )
        said = (done.stdout + done.stderr).strip()
        return (said or f"{command[0]} failed in silence") if done.returncode else ""


@dataclass(frozen=True)
class Gate:
    """One promise about the code. `check` returns what breaks it, one text."""

    promise: str
    check: Callable[[Work], str]
    fix: Callable[[Work], str] | None = None


def _python(*words: str) -> Callable[[Work], str]:
    def run(work: Work) -> str:
        files = work.named(".py")
        return work.tool("ruff", *words, *files) if files else ""

    return run


def _prettier(*words: str) -> Callable[[Work], str]:
    def run(work: Work) -> str:
        files = work.named(*FORMATTED)
        # Files that .prettierignore names may be among them. Without a place for its
        # cache prettier leaves an empty folder in the repository.
        flags = ["--no-error-on-unmatched-pattern", "--log-level=warn", "--cache"]
        flags += [f"--cache-location={node_tools.HOME / 'prettier.cache'}", *words]
        return work.node("prettier/bin/prettier.cjs", *flags, *files) if files else ""

    return run


def _own(
    check: Callable[[Path, Sequence[Path]], Iterator[str]],
) -> Callable[[Work], str]:
    return lambda work: "\n".join(check(work.root, work.files))


def _pylint(work: Work) -> str:
    waived = {paths.ADDONS: WAIVED, paths.DEV_ADDONS: WAIVED_UNSHIPPED}
    found = [
        work.tool("pylint", f"--disable={names}", *addons)
        for folder, names in waived.items()
        if (addons := work.addons(folder))
    ]
    return "\n".join(filter(None, found))


def _oca(*words: str) -> Callable[[Work], str]:
    def run(work: Work) -> str:
        addons = work.addons(paths.ADDONS) + work.addons(paths.DEV_ADDONS)
        return work.tool("oca-checks-odoo-module", *words, *addons) if addons else ""

    return run


def _eslint(work: Work) -> str:
    files = work.named(".js", ".cjs")
    return work.node("eslint/bin/eslint.js", *files) if files else ""


def _manifests(work: Work) -> str:
    if not work.addons(paths.ADDONS):
        return ""
    places = ",".join(str(path) for path in odoo_home.find().addons_path)
    known = ["--no-addons-path-from-import-odoo", "--odoo-series=19.0"]
    known += [f"--addons-path={places}", f"--select-addons-dir={paths.ADDONS}"]
    licenses = work.tool("manifestoo", *known, "check-licenses", "--transitive")
    # Fails where an addon leans on anything but Odoo itself and its own family.
    tree = work.tool("manifestoo", *known, "list-depends", "--transitive")
    return "\n".join(filter(None, (licenses, tree)))


def _shell(work: Work) -> str:
    scripts = [
        str(path)
        for path in work.files
        if path.suffix in ("", ".sh") and _is_bash(work.root / path)
    ]
    return work.tool("shellcheck", *scripts) if scripts else ""


def _is_bash(path: Path) -> bool:
    with open(path, "rb") as handle:
        first = handle.readline()
    return first.startswith(b"#!") and b"bash" in first


def _compose(work: Work) -> str:
    files = work.named("docker-compose.yml")
    words = ["--max-warnings=0", *files]
    return work.node("dclint/bin/dclint.cjs", *words) if files else ""


GATES = {
    "ruff": Gate(
        "no likely bug, complexity at most 10",
        _python("check", "--quiet", "--output-format=concise"),
        _python("check", "--quiet", "--fix"),
    ),
    "format": Gate(
        "Python is laid out by ruff",
        _python("format", "--check", "--quiet", "--diff"),
        _python("format", "--quiet"),
    ),
    "pylint": Gate("the rules of Odoo and the OCA", _pylint),
    "oca": Gate("addons are whole: XML, CSV, manifests", _oca(), _oca("--fix")),
    "prettier": Gate(
        "XML, JavaScript, styles and data are laid out by prettier",
        _prettier("--check"),
        _prettier("--write"),
    ),
    "eslint": Gate("no likely bug in JavaScript", _eslint),
    "manifests": Gate("licenses fit; only Odoo is depended on", _manifests),
    "shell": Gate("scripts are safe", _shell),
    "compose": Gate("docker-compose.yml follows the compose specification", _compose),
    "size": Gate("functions and files are short", _own(lint_checks.oversized)),
    "speech": Gate("the repository speaks of the product", _own(lint_checks.misspoken)),
    "addons": Gate("every addon introduces itself", _own(lint_checks.unintroduced)),
    "tests": Gate("Odoo finds every test of an addon", _own(lint_checks.unlisted)),
    "links": Gate(
        "links in the documents lead somewhere", _own(lint_checks.dead_links)
    ),
}


def run(words: Sequence[str]) -> int:
    """Judge the repository; 0 when every gate is content, 1 otherwise."""
    fix = "--fix" in words
    chosen, places = _read(word for word in words if word != "--fix")
    work = Work(paths.ROOT, tuple(_files(places)))
    gates = {name: GATES[name] for name in chosen or GATES}
    step(f"{len(work.files)} files, {len(gates)} gates")
    if fix:
        for gate in gates.values():
            if gate.fix:
                gate.fix(work)
    return judge(work, gates)


def judge(work: Work, gates: dict[str, Gate]) -> int:
    """Run the gates side by side; print a line each, in order, and a closing one."""
    failed = []
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        running = {name: pool.submit(gate.check, work) for name, gate in gates.items()}
        for name, future in running.items():
            findings = future.result()
            print(f"{'FAILED' if findings else 'ok':7} {name:10} {gates[name].promise}")
            if findings:
                failed.append(name)
                print(f"{findings}\n", flush=True)
    print(f"lint: {', '.join(failed)} FAILED" if failed else "lint: all content")
    return 1 if failed else 0


def _read(words: Iterator[str]) -> tuple[list[str], list[Path]]:
    """Tell the names of gates from paths."""
    gates, places = [], []
    for word in words:
        path = Path(os.path.abspath(word))
        if word in GATES:
            gates.append(word)
        elif path.exists() and path.is_relative_to(paths.ROOT):
            places.append(path.relative_to(paths.ROOT))
        else:
            raise Problem(
                f"'{word}' is neither a gate nor a file of this repository.",
                f"The gates are: {', '.join(GATES)}.",
            )
    return gates, places


def _files(places: list[Path]) -> list[Path]:
    """What git has or would take, below `places` or everywhere."""
    if not shutil.which("git"):
        debs.install("git")
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(
            command, cwd=paths.ROOT, capture_output=True, check=True
        )
    except (OSError, subprocess.CalledProcessError) as error:
        reason = getattr(error, "stderr", b"") or str(error).encode()
        raise Problem(
            f"git does not say which files there are: {reason.decode().strip()}",
            "Install git, and call this in a clone that belongs to you.",
        ) from error
    names = sorted(set(listed.stdout.decode().split("\0")) - {""})
    return [
        path
        for path in map(Path, names)
        if (paths.ROOT / path).is_file()
        and (not places or any(path.is_relative_to(place) for place in places))
    ]
