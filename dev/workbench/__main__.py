"""`python3 -m dev.workbench COMMAND`: the system's python prepares an environment, the
environment's python does the work."""

import os
import sys

from . import paths, say, venv

REQUIREMENTS = paths.ROOT / "requirements"


def main() -> int:
    try:
        python = venv.ensure(
            "odoo", REQUIREMENTS / "odoo.txt", REQUIREMENTS / "test.txt"
        )
        if sys.executable != str(python):
            os.execv(python, [str(python), "-m", "dev.workbench", *sys.argv[1:]])
        from .cli import run

        return run(sys.argv[1:])
    except say.Problem as error:
        return say.problem(error)
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
