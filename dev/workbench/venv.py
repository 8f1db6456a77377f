"""Virtual environments with exactly what requirements/ pins."""

import shutil
import subprocess
import sys
from pathlib import Path

from . import paths
from .say import Problem, step


def ensure(name: str, *requirements: Path) -> Path:
    """The python of the environment `name`, made or remade when a pin changed."""
    home = paths.CACHE / f"venv-{name}"
    python = home / "bin" / "python"
    wanted = paths.fingerprint(requirements, extra=sys.version)
    stamp = home / "recruit.stamp"
    with paths.lock(f"venv-{name}"):
        if not (stamp.exists() and stamp.read_text(encoding="utf-8") == wanted):
            step(f"installing the Python packages of {name}")
            shutil.rmtree(home, ignore_errors=True)
            _run([sys.executable, "-m", "venv", str(home)])
            files = [word for file in requirements for word in ("-r", str(file))]
            # Wheels only: no compiler is needed, and a missing wheel says so at once.
            pip = [str(python), "-m", "pip", "install", "-q", "--only-binary", ":all:"]
            _run([*pip, "--no-deps", *files])
            stamp.write_text(wanted, encoding="utf-8")
    return python


def _run(command: list[str]):
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Problem(
            f"{' '.join(command[:5])} failed: {done.stderr.strip()[-600:]}",
            "Check the network and the pip settings of this machine, then call again.",
        )
