"""Each check of our own is shown a good example and a bad one."""

from pathlib import Path

import pytest

from dev.workbench import lint, lint_checks


@pytest.fixture
def found(tmp_path):
    """Write files, run a check over them, return its findings."""

    def run(check, **files):
        for name, text in files.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        return list(check(tmp_path, [Path(name) for name in files]))

    return run


def function(lines):
    """The source of a function that is so many lines long."""
    return "def long():\n" + "    step()\n" * (lines - 1)


# -- size -----------------------------------------------------------------------------


def test_function_at_the_limit_passes_and_one_line_more_fails(found):
    limit = lint_checks.MOST_FUNCTION_LINES
    assert found(lint_checks.oversized, **{"a.py": function(limit)}) == []

    (finding,) = found(
        lint_checks.oversized, **{"a.py": "x = 1\n" + function(limit + 1)}
    )

    assert finding.startswith(f"a.py:2: long has {limit + 1} lines")


def test_long_method_and_long_coroutine_are_found(found):
    method = function(70).replace("\n", "\n    ")
    text = f"class A:\n    {method}\nasync {function(70)}"

    assert len(found(lint_checks.oversized, **{"a.py": text})) == 2


def test_broken_source_is_a_finding_and_stops_nothing(found):
    sources = {"a.py": "def (:\n", "b.py": function(70)}

    assert [line[:5] for line in found(lint_checks.oversized, **sources)] == [
        "a.py:",
        "b.py:",
    ]


@pytest.mark.parametrize("name", ["a.py", "a.js", "a.cjs"])
def test_file_at_the_limit_passes_and_one_line_more_fails(found, name):
    limit = lint_checks.MOST_FILE_LINES
    assert found(lint_checks.oversized, **{name: "a = 1\n" * limit}) == []

    (finding,) = found(lint_checks.oversized, **{name: "a = 1\n" * (limit + 1)})

    assert finding.startswith(f"{name}: {limit + 1} lines")


def test_long_data_is_no_finding(found):
    assert found(lint_checks.oversized, **{"a.csv": "1,2\n" * 5000}) == []


# -- speech ---------------------------------------------------------------------------
# The bad words are put together here, so that this file passes the gate itself.


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("registry", ["see https://", "pypi", ".org/simple"]),
        ("registry", ["files.", "pythonhosted", ".org"]),
        ("registry", ["registry.", "npmjs", ".org"]),
        ("registry", ["http://deb.", "debian", ".org/debian"]),
        ("registry", ["archive.", "ubuntu", ".com"]),
        ("path", ["open('/", "root/x.txt')"]),
        ("path", ["ONET=/", "work/shared"]),
        ("path", ["cd /", "home/someone/recruit"]),
        ("path", ["cat /", "tmp/log"]),
        ("conflict", ["<<<<", "<<< HEAD"]),
        ("conflict", [">>>>", ">>> theirs"]),
        ("unfinished", ["# TO", "DO: later"]),
        ("unfinished", ["// FIX", "ME"]),
    ],
)
def test_word_of_one_machine_or_moment_is_found(found, what, words):
    (finding,) = found(lint_checks.misspoken, **{"a.txt": "fine\n" + "".join(words)})

    assert finding.startswith("a.txt:2: ")
    assert what in finding


@pytest.mark.parametrize(
    "text",
    [
        "https://www.odoo.com/documentation/19.0/",
        "data_dir = /var/lib/odoo",
        "expr=\"//field[@name='work_phone']\"",
        '"$TMPDIR/recruit" "${TMPDIR:-/tmp}/recruit"',
        "activity_type = mail_activity_data_todo",
        "Heading\n=======\n",
    ],
)
def test_ordinary_text_is_no_finding(found, text):
    assert found(lint_checks.misspoken, **{"a.txt": text}) == []


def test_pictures_are_not_read_as_text(tmp_path):
    marker = "<<<<" + "<<< HEAD"
    (tmp_path / "a.png").write_bytes(b"\x89PNG\0" + marker.encode())

    assert list(lint_checks.misspoken(tmp_path, [Path("a.png")])) == []


# -- links ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "[gone](gone.md)",
        "![gone](img/gone.png)",
        '<img src="gone.png" width="400">',
        "[gone][1]\n\n[1]: gone.md",
        "[no such heading](#elsewhere)",
        "[no such heading](other.md#elsewhere)",
    ],
)
def test_link_that_leads_nowhere_is_found(found, text):
    other = "# Here\n"
    (finding,) = found(lint_checks.dead_links, **{"a.md": text, "other.md": other})

    assert finding.startswith("a.md: the link ")


@pytest.mark.parametrize(
    "text",
    [
        "[other](other.md)",
        "[other](./other.md#several-hosts-one-database)",
        "# My `own` heading\n\n[own](#my-own-heading)",
        "[out](https://www.odoo.com) [mail](mailto:a@b.example)",
        "`[code](gone.md)`",
        "```\n[code](gone.md)\n```",
        "[folder](.)",
    ],
)
def test_link_that_leads_somewhere_is_no_finding(found, text):
    other = "## Several hosts, one database\n"

    assert found(lint_checks.dead_links, **{"a.md": text, "other.md": other}) == []


# -- introduction ---------------------------------------------------------------------


@pytest.fixture
def addon(tmp_path):
    """A shipped addon with its whole introduction."""
    folder = tmp_path / "addons" / "recruit_good"
    for part in ("__manifest__.py", *lint_checks.INTRODUCTION):
        (folder / part).parent.mkdir(parents=True, exist_ok=True)
        (folder / part).write_text("something", encoding="utf-8")
    return folder


def unintroduced(addon):
    root = addon.parents[1]
    manifest = (addon / "__manifest__.py").relative_to(root)
    return list(lint_checks.unintroduced(root, [manifest]))


def test_addon_with_its_introduction_is_no_finding(addon):
    assert unintroduced(addon) == []


@pytest.mark.parametrize("part", lint_checks.INTRODUCTION)
def test_missing_or_empty_part_of_an_introduction_is_found(addon, part):
    finding = f"addons/recruit_good: {part} is missing or empty"

    (addon / part).write_bytes(b"")
    assert unintroduced(addon) == [finding]
    (addon / part).unlink()
    assert unintroduced(addon) == [finding]


def test_addon_of_the_workbench_needs_no_introduction(tmp_path):
    manifest = Path("dev/addons/recruit_dev/__manifest__.py")

    assert list(lint_checks.unintroduced(tmp_path, [manifest])) == []


# -- tests ----------------------------------------------------------------------------


def test_test_that_its_package_does_not_import_is_found(tmp_path):
    folder = tmp_path / "addons" / "recruit_good" / "tests"
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text("from . import test_one\n", encoding="utf-8")
    files = [
        Path("addons/recruit_good/tests", name)
        for name in ("test_one.py", "test_two.py")
    ]

    assert list(lint_checks.unlisted(tmp_path, files)) == [
        "addons/recruit_good/tests/test_two.py: tests/__init__.py does not import it"
    ]


# -- the runner -----------------------------------------------------------------------


def test_run_tells_each_gate_and_fails_when_one_fails(tmp_path, capsys):
    gates = {
        "good": lint.Gate("nothing is wrong", lambda work: ""),
        "bad": lint.Gate("something is right", lambda work: "a.py: it is not"),
    }

    assert lint.judge(lint.Work(tmp_path, ()), gates) == 1
    assert capsys.readouterr().out.splitlines() == [
        "ok      good       nothing is wrong",
        "FAILED  bad        something is right",
        "a.py: it is not",
        "",
        "lint: bad FAILED",
    ]


def test_run_succeeds_when_every_gate_is_content(tmp_path, capsys):
    gates = {"good": lint.Gate("nothing is wrong", lambda work: "")}

    assert lint.judge(lint.Work(tmp_path, ()), gates) == 0
    assert capsys.readouterr().out.endswith("lint: all content\n")


def test_word_that_is_neither_gate_nor_path_is_refused():
    with pytest.raises(lint.Problem, match="neither a gate nor a file"):
        lint.run(["no-such-gate"])
