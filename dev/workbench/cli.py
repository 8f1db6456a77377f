"""The commands of `./recruit`."""

import importlib
import sys

from . import daily

HELP = """\
./recruit COMMAND

  demo [--reset] [--no-serve]  set everything up, play the main job, serve it
  test [PYTEST ARGUMENTS]      every check of CI but lint; or only these tests
  lint [--fix] [GATES]         style, types of trouble, file sizes, links
  serve [DATABASE]             Odoo and a mail catcher in the background
  stop                         end all that runs in the background
  shell [DATABASE]             Odoo's Python shell
  psql [ARGUMENTS]             PostgreSQL's shell
  logs                         follow the log of the served Odoo
  bench NAME [--size N]        measure against native Odoo
  crash [KILLS]                kill the sender and count what arrives; also
                               crash races|faults|restarts [COUNT]
  core-tests                   Odoo's own tests with our addons installed
  screenshots                  pictures of the main screens, in docs/images/
  translations                 write the templates in addons/*/i18n/

Environment: RECRUIT_CACHE, RECRUIT_PORT, RECRUIT_ODOO_HOME, RECRUIT_ODOO_ARCHIVE,
RECRUIT_DATABASE_URL, RECRUIT_ONET_DIR, RECRUIT_MAIL_DIR. CONTRIBUTING.md explains them.
"""


# The module of each command. It is loaded when the command is called, so that one
# command never needs what only another one needs.
MODULES = {
    "demo": "demo",
    "test": "testing",
    "lint": "lint",
    "bench": "bench",
    "crash": "crash",
    "core-tests": "core_tests",
    "screenshots": "screenshots",
    "translations": "translations",
}
DAILY = {
    "serve": daily.serve_in_background,
    "stop": daily.stop,
    "shell": daily.shell,
    "psql": daily.psql,
    "logs": daily.logs,
}


def run(words: list[str]) -> int:
    """Run one command and return its exit code."""
    name = words[0] if words else "help"
    if name in ("help", "-h", "--help"):
        print(HELP, end="")
        return 0
    if name in DAILY:
        return DAILY[name](words[1:])
    if name not in MODULES:
        print(
            f"recruit: there is no command {name!r}\n\n{HELP}", file=sys.stderr, end=""
        )
        return 2
    return importlib.import_module(f".{MODULES[name]}", __package__).run(words[1:])
