"""Fixtures for tests beside real servers: databases, Odoo processes, a mail catcher."""

import subprocess
from contextlib import ExitStack

import pytest

from dev.workbench import daily, database, paths, server
from dev.workbench.maildrop import MailDrop


@pytest.fixture(scope="session")
def made():
    """Odoo, PostgreSQL and the configuration file: everything a process needs."""
    return server.setup()


@pytest.fixture(scope="session")
def databases(made):
    return database.Databases(made)


@pytest.fixture(scope="module")
def new_database(databases):
    """A function that copies a template to a database that goes with the module.

    Without a source it is the template with all our addons and no demo data.
    """
    with ExitStack() as stack:
        yield lambda source=None: stack.enter_context(
            databases.scratch(source or databases.product())
        )


@pytest.fixture(scope="module")
def maildrop(tmp_path_factory):
    """A mail catcher: `.port`, `.folder`, `.messages()`."""
    with MailDrop(tmp_path_factory.mktemp("mail")) as drop:
        yield drop


def served(made, name, maildrop, request):
    """Odoo on a database of a test module; its crons rest."""
    return server.OdooServer(
        made,
        name,
        port=server.free_port(),
        log=f"test-{request.module.__name__.rsplit('.')[-1]}",
        options=daily.mail_options(maildrop.port, cron_threads=0),
    )


@pytest.fixture(scope="module")
def odoo(made, new_database, maildrop, request):
    """A served Odoo on a fresh database, `.url` and `.database`; its crons rest."""
    with served(made, new_database(), maildrop, request) as running:
        yield running


@pytest.fixture(scope="module")
def demo_odoo(made, databases, new_database, maildrop, request):
    """A served Odoo with demo data."""
    name = new_database(databases.product(demo=True))
    with served(made, name, maildrop, request) as running:
        yield running


@pytest.fixture(scope="session")
def in_shell(made):
    """A function that runs Python in `odoo shell` on a database: its printed lines."""

    def run(name: str, code: str) -> list[str]:
        done = subprocess.run(
            made.command("shell", "-d", name, "--no-http", "--log-level", "error"),
            input=code,
            env=made.environment(),
            cwd=paths.ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.splitlines()

    return run
