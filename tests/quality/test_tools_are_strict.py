"""The settings of the published tools: what must be refused is refused."""

import pytest

from dev.workbench import lint, paths

MANIFEST = {
    "name": "Bad",
    "author": "Recruit CRM",
    "summary": "An addon to try the gates on",
    "category": "Human Resources/Recruitment",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "depends": ["mail"],
}
MODEL = """\
from odoo import models


class Bad(models.Model):
    _name = "bad"
    _description = "Bad"

    def copy(self, default=None):
        {body}
"""


@pytest.fixture
def ruff(tmp_path):
    """Run ruff with our rules over a source, return what it says."""

    def run(source, name="bad.py"):
        (tmp_path / name).write_text(source, encoding="utf-8")
        rules = f"--config={paths.ROOT / '.ruff.toml'}"
        words = ["check", rules, "--no-cache", "--output-format=concise", name]
        return lint.Work(tmp_path, ()).tool("ruff", *words)

    return run


@pytest.fixture
def pylint(tmp_path):
    """Run pylint with our rules over an addon, return what it says."""

    def run(body="return super().copy(default)", **manifest):
        addon = tmp_path / "bad"
        addon.mkdir(exist_ok=True)
        (addon / "__manifest__.py").write_text(str(MANIFEST | manifest))
        (addon / "__init__.py").write_text("from . import bad\n")
        (addon / "bad.py").write_text(MODEL.format(body=body))
        rules = f"--rcfile={paths.ROOT / '.pylintrc'}"
        words = [rules, f"--disable={lint.WAIVED}", "bad"]
        return lint.Work(tmp_path, ()).tool("pylint", *words)

    return run


@pytest.mark.parametrize(
    ("rule", "source"),
    [
        ("BLE001", "try:\n    pass\nexcept Exception:\n    pass\n"),
        ("C901", "def f(x):\n" + "    if x:\n        x += 1\n" * 10 + "    return x\n"),
        ("DTZ005", "import datetime\n\ndatetime.datetime.now()\n"),
        ("E501", f"x = '{'x' * 90}'\n"),
        ("G004", "import logging\n\nlogging.getLogger('a').info(f'{1}')\n"),
        ("S307", "eval(input())\n"),
        ("S608", "def f(cr, x):\n    cr.execute(f'SELECT a FROM b WHERE c = {x}')\n"),
        ("T201", "print(1)\n"),
        ("RUF100", "x = 1  # noqa: F401\n"),
    ],
)
def test_ruff_refuses(ruff, rule, source):
    assert f" {rule} " in ruff(source)


def test_ruff_lets_a_script_of_the_workbench_print(ruff, tmp_path):
    (tmp_path / "dev").mkdir()

    assert ruff("print(1)\n", name="dev/script.py") == ""


def test_pylint_is_content_with_a_good_addon(pylint):
    assert pylint() == ""


@pytest.mark.parametrize(
    ("message", "manifest"),
    [
        ("manifest-required-author", {"author": "Somebody"}),
        ("license-allowed", {"license": "AGPL-3"}),
        ("manifest-version-format", {"version": "18.0.1.0.0"}),
        ("category-allowed", {"category": "Sales"}),
        ("manifest-superfluous-key", {"installable": True}),
    ],
)
def test_pylint_refuses_a_manifest(pylint, message, manifest):
    assert message in pylint(**manifest)


@pytest.mark.parametrize(
    ("message", "body"),
    [
        ("invalid-commit", "self.env.cr.commit()"),
        ("sql-injection", "self.env.cr.execute('SELECT ' + default)"),
        ("method-required-super", "return self"),
        ("no-search-all", "self.search([])"),
        ("eval-used", "eval(default)"),
        ("unreachable", "return super().copy(default)\n        self.read()"),
    ],
)
def test_pylint_refuses_a_method(pylint, message, body):
    assert message in pylint(body)
