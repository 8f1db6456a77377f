"""The commands of `./recruit`."""

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
  crash [KILLS]                kill the sender and count what arrives
  core-tests                   Odoo's own tests with our addons installed
  screenshots                  pictures of the main screens, in docs/images/

Environment: RECRUIT_CACHE, RECRUIT_PORT, RECRUIT_ODOO_HOME, RECRUIT_ODOO_ARCHIVE,
RECRUIT_DATABASE_URL, RECRUIT_ONET_DIR. CONTRIBUTING.md explains them.
"""


def _demo(words):
    from . import demo

    return demo.run(words)


def _test(words):
    from . import testing

    return testing.run(words)


def _lint(words):
    from . import lint

    return lint.run(*words)


def _serve(words):
    state = daily.serve(*words[:1])
    print(f"{state['url']}  (database {state['database']})")
    return 0


def _stop(_words):
    daily.stop()
    return 0


def _bench(words):
    from . import bench

    return bench.run(words)


def _crash(words):
    from . import crash

    return crash.run(words)


def _core_tests(words):
    from . import core_tests

    return core_tests.run(words)


def _screenshots(words):
    from . import screenshots

    return screenshots.run(words)


COMMANDS = {
    "demo": _demo,
    "test": _test,
    "lint": _lint,
    "serve": _serve,
    "stop": _stop,
    "shell": lambda words: daily.shell(*(words or [daily.DEFAULT_DATABASE])),
    "psql": daily.psql,
    "logs": lambda _words: daily.logs(),
    "bench": _bench,
    "crash": _crash,
    "core-tests": _core_tests,
    "screenshots": _screenshots,
}


def run(words: list[str]) -> int:
    """Run one command and return its exit code."""
    name = words[0] if words else "help"
    if name in ("help", "-h", "--help"):
        print(HELP, end="")
        return 0
    if name not in COMMANDS:
        print(
            f"recruit: there is no command {name!r}\n\n{HELP}", file=sys.stderr, end=""
        )
        return 2
    return COMMANDS[name](words[1:])
