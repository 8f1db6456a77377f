"""Checks of our own, for what no published tool looks at. Paths in, findings out."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

MOST_FUNCTION_LINES = 60
MOST_FILE_LINES = 450
SIZED = {".py", ".js", ".cjs"}

# What every shipped addon tells of itself, to people and to Odoo's list of apps.
INTRODUCTION = (
    "readme/DESCRIPTION.md",
    "readme/CONTEXT.md",
    "readme/USAGE.md",
    "static/description/icon.png",
    "static/description/index.html",
)

# What must not stand in the repository. Each pattern is written so that it does not
# match itself.
SPEECH = {
    "the host of a package registry": re.compile(
        r"\b(?:(?:deb|ftp\w*|security|snapshot|archive)\.(?:debian|ubuntu)\.(?:org|com)"
        r"|pypi\.org|pythonhosted\.org|registry\.(?:npmjs|yarnpkg)\.(?:org|com))\b"
    ),
    "an absolute path of one machine": re.compile(
        r"(?<![\w./~}$-])/(?:work|root|tmp|home/\w+|Users/\w+)/\w"
    ),
    "a conflict marker": re.compile(r"^(?:<{7}|>{7}|\|{7}) ", re.MULTILINE),
    "an unfinished thought": re.compile(r"\b(?:[T]ODO|[F]IXME)\b"),
}

FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`[^`\n]*`")
LINK = re.compile(r"\]\(\s*<?([^)\s>]+)|^\[[^\]]+\]:\s*(\S+)|\bsrc=\"([^\"]+)\"", re.M)
ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)


def oversized(root: Path, files: Iterable[Path]) -> Iterator[str]:
    """Functions and files that are longer than a reader can hold."""
    for path in files:
        if path.suffix not in SIZED:
            continue
        text = (root / path).read_text(encoding="utf-8")
        lines = len(text.splitlines())
        if lines > MOST_FILE_LINES:
            yield f"{path}: {lines} lines, more than {MOST_FILE_LINES}; split the file"
        if path.suffix == ".py":
            yield from _long_functions(path, text)


def _long_functions(path: Path, text: str) -> Iterator[str]:
    try:
        tree = ast.parse(text)
    except SyntaxError as error:
        yield f"{path}:{error.lineno}: {error.msg}"
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = node.end_lineno - node.lineno + 1
            if lines > MOST_FUNCTION_LINES:
                yield (
                    f"{path}:{node.lineno}: {node.name} has {lines} lines, "
                    f"more than {MOST_FUNCTION_LINES}; split it"
                )


def misspoken(root: Path, files: Iterable[Path]) -> Iterator[str]:
    """Words that belong to one machine or one moment, not to the product."""
    for path in files:
        content = (root / path).read_bytes()
        if b"\0" in content[:4096]:
            continue
        text = content.decode("utf-8", errors="replace")
        for what, pattern in SPEECH.items():
            for match in pattern.finditer(text):
                line = text.count("\n", 0, match.start()) + 1
                yield f"{path}:{line}: {what}: {match.group().strip()}"


def dead_links(root: Path, files: Iterable[Path]) -> Iterator[str]:
    """Relative links of Markdown files to a file or a heading that is not there."""
    for path in files:
        if path.suffix != ".md":
            continue
        prose = _prose(root / path)
        for groups in LINK.findall(prose):
            target = next(group for group in groups if group)
            if not ELSEWHERE.match(target) and not _leads_somewhere(
                root / path, target
            ):
                yield f"{path}: the link {target} leads nowhere"


def _prose(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    return CODE.sub("", FENCE.sub("", text))


def _leads_somewhere(path: Path, target: str) -> bool:
    name, _, anchor = target.partition("#")
    file = path.parent / name if name else path
    if not file.exists():
        return False
    return not anchor or file.suffix != ".md" or anchor in _anchors(file)


def _anchors(path: Path) -> set[str]:
    """The anchors that code hosts give to the headings of a Markdown file."""
    text = FENCE.sub("", path.read_text(encoding="utf-8"))
    headings = (
        re.sub(r"[^\w\- ]", "", found.lower()) for found in HEADING.findall(text)
    )
    return {heading.replace(" ", "-") for heading in headings}


def unintroduced(root: Path, files: Iterable[Path]) -> Iterator[str]:
    """Shipped addons, those below addons/, that lack a part of their introduction."""
    for path in files:
        if path.match("addons/*/__manifest__.py") and len(path.parts) == 3:
            for part in INTRODUCTION:
                file = root / path.parent / part
                if not (file.is_file() and file.stat().st_size):
                    yield f"{path.parent}: {part} is missing or empty"


def unlisted(root: Path, files: Iterable[Path]) -> Iterator[str]:
    """Tests of addons that their package does not import: Odoo itself skips them."""
    for path in files:
        if path.match("addons/*/tests/test_*.py"):
            package = (root / path).with_name("__init__.py")
            if not re.search(rf"\b{path.stem}\b", package.read_text(encoding="utf-8")):
                yield f"{path}: tests/__init__.py does not import it"
