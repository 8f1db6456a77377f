"""Databases: templates that are built once and copied in under a second.

Two layers: `native` holds Odoo's own modules and is rebuilt when Odoo changes (about a
minute), `product` adds our addons and is rebuilt when their files change (seconds).
"""

import ast
import itertools
import os
import shutil
from contextlib import closing, contextmanager

import psycopg2
from psycopg2 import sql

from . import paths, server
from .say import Problem, step

NATIVE = (
    "hr_recruitment_skills",
    "hr_recruitment_survey",
    "website_hr_recruitment",
    "mass_mailing",
    "event",
)
DEV = ("recruit_dev_shim",)
# What Odoo's own "create database" creates: without it no trigram index is made.
EXTENSIONS = ("pg_trgm",)
# The process that uses a copy and a number follow.
SCRATCH = f"recruit_scratch_{paths.CHECKOUT}_"
KEPT_TEMPLATES = 4  # one for each addon alone and one for all together
# None alters a database: the template is kept while tests are written.
NOT_IN_DATABASE = {"tests", "static", "readme", "i18n", "__pycache__"}


class Databases:
    """Creates, copies and drops databases with their filestores."""

    def __init__(self, made: server.Setup):
        self.made = made
        self.filestore = paths.CACHE / "data" / "filestore"
        self._numbers = itertools.count(1)

    # -- plain operations -------------------------------------------------------------

    def _execute(self, statement: str, *names: str, within: str = "postgres"):
        dsn = self.made.database_server.dsn(within)
        with closing(psycopg2.connect(dsn)) as connection:
            connection.autocommit = True  # CREATE DATABASE runs in no transaction
            with connection.cursor() as cursor:
                quoted = [sql.Identifier(name) for name in names]
                cursor.execute(sql.SQL(statement).format(*quoted))
                return cursor.fetchall() if cursor.description else []

    def names(self) -> set[str]:
        return {row[0] for row in self._execute("SELECT datname FROM pg_database")}

    def drop(self, name: str):
        self._execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
        shutil.rmtree(self.filestore / name, ignore_errors=True)

    def copy(self, source: str, name: str):
        """Make `name` a copy of `source`, replacing what was there."""
        self.drop(name)
        # FILE_COPY copies 50 MB files faster than it writes them to the log.
        self._execute("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", name, source)
        if (self.filestore / source).exists():
            shutil.copytree(self.filestore / source, self.filestore / name)

    @contextmanager
    def within(self, name: str, folder: str):
        """Keep a database in a folder of the private server's; gone with the block."""
        self._execute("CREATE TABLESPACE {0} LOCATION " + f"'{folder}'", name)
        try:
            self._execute("ALTER DATABASE {0} SET TABLESPACE {0}", name)
            yield
        finally:
            self.drop(name)
            self._execute("DROP TABLESPACE {0}", name)

    def rename(self, old: str, new: str):
        self._execute("ALTER DATABASE {} RENAME TO {}", old, new)
        if (self.filestore / old).exists():
            (self.filestore / old).rename(self.filestore / new)

    @contextmanager
    def scratch(self, source: str):
        """A copy of `source` under a name of its own, gone with the block."""
        name = f"{SCRATCH}{os.getpid()}_{next(self._numbers)}"
        self.copy(source, name)
        try:
            yield name
        finally:
            self.drop(name)

    def forget_abandoned(self):
        """Drop the copies of processes that were killed before they could."""
        for name in self.names():
            pid = name.removeprefix(SCRATCH).partition("_")[0]
            if name.startswith(SCRATCH) and not os.path.exists(f"/proc/{pid}"):
                self.drop(name)

    # -- templates --------------------------------------------------------------------

    def native(self, demo: bool = False) -> str:
        """A template with Odoo's own modules."""
        mark = paths.fingerprint(
            [paths.DEV_ADDONS / name for name in DEV],
            extra=repr(
                (self.made.home.version, self.made.home.python_path, NATIVE, EXTENSIONS)
            ),
        )
        return self._template("native", demo, mark, [*NATIVE, *DEV])

    def product(self, addons: tuple[str, ...] = (), demo: bool = False) -> str:
        """A template with these addons of ours (all by default) and what they need."""
        addons = _with_needs(addons or tuple(paths.ours()))
        native = self.native(demo)
        folders = [paths.ADDONS / name for name in addons]
        folders += [path.parent for path in paths.DEV_ADDONS.glob("*/__manifest__.py")]
        files = [file for folder in folders for file in _database_files(folder)]
        mark = paths.fingerprint(files, extra=repr((native, addons)))
        return self._template("product", demo, mark, list(addons), source=native)

    def _template(self, kind, demo, mark, modules, source="template0") -> str:
        family = f"recruit_{kind}{'_demo' if demo else ''}_"
        name = family + mark
        with paths.lock(f"template-{kind}-{mark}"):
            if name not in self.names():
                step(f"building the {kind} template: {', '.join(modules)}")
                self._build(name, modules, demo, source)
                self._forget_old(family, keep=name)
        return name

    def _build(self, name: str, modules: list[str], demo: bool, source: str):
        """Build under another name, so that half a template is never taken for one."""
        making = f"{name}_part"
        self.copy(source, making)
        for extension in EXTENSIONS:
            self._execute("CREATE EXTENSION IF NOT EXISTS {}", extension, within=making)
        try:
            server.run_odoo(
                self.made, f"build-{name}", "server", "-d", making,
                "-i", ",".join(modules), "--stop-after-init", "--no-http",
                *(["--with-demo"] if demo else []),
            )  # fmt: skip
        except Problem:
            self.drop(making)
            raise
        self.rename(making, name)

    def _forget_old(self, family: str, keep: str):
        """Keep the templates in use lately: the newest few of a family."""
        rows = self._execute("SELECT datname, oid FROM pg_database ORDER BY oid DESC")
        old = [row[0] for row in rows if row[0].startswith(family)]
        old = [name for name in old if "_demo_" in family or "_demo_" not in name]
        for name in old[KEPT_TEMPLATES:]:
            if name != keep and not name.endswith("_part"):
                self.drop(name)


def _database_files(folder):
    for file in sorted(folder.rglob("*")):
        inner = file.relative_to(folder).parts
        if file.is_file() and not NOT_IN_DATABASE.intersection(inner):
            yield file


def _with_needs(addons: tuple[str, ...]) -> tuple[str, ...]:
    """These addons and those of ours that they depend on."""
    ours, needed = set(paths.ours()), set(addons)
    for name in sorted(needed):
        needed |= ours.intersection(manifest(name)["depends"])
    return tuple(sorted(needed))


def manifest(name: str) -> dict:
    """The manifest of one of our addons."""
    file = paths.ADDONS / name / "__manifest__.py"
    return ast.literal_eval(file.read_text(encoding="utf-8"))
