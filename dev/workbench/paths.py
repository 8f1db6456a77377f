"""Where things lie. Everything that the workbench makes is below one cache folder."""

import fcntl
import hashlib
import os
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CACHE = Path(os.environ.get("RECRUIT_CACHE") or ROOT / ".cache").resolve()
ADDONS = ROOT / "addons"
DEV_ADDONS = ROOT / "dev" / "addons"
# The O*NET database, which some checks compare with: too large for the repository.
ONET = Path(
    os.environ.get("RECRUIT_ONET_DIR") or ROOT.parent / "shared" / "data" / "onet"
)
# Real bounces and auto-replies, for the checks of the classifier: not ours to copy.
MAIL = Path(
    os.environ.get("RECRUIT_MAIL_DIR") or ROOT.parent / "shared" / "data" / "mail"
)
LOGS = CACHE / "logs"
RUN = CACHE / "run"

# Names this checkout where a name must be unique on the machine (sockets in /tmp).
CHECKOUT = hashlib.sha256(str(CACHE).encode()).hexdigest()[:8]


def ours() -> list[str]:
    """The names of the product's addons, in the order of their folders."""
    return sorted(path.parent.name for path in ADDONS.glob("*/__manifest__.py"))


def fingerprint(paths, extra: str = "") -> str:
    """A short hash of the contents of files; folders count with all they hold."""
    digest = hashlib.sha256(extra.encode())
    for path in paths:
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in files:
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(str(file.relative_to(path.parent)).encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()[:10]


@contextmanager
def lock(name: str):
    """Let one process of this checkout at a time do `name`; the others wait."""
    RUN.mkdir(parents=True, exist_ok=True)
    with open(RUN / f"{name}.lock", "w", encoding="utf-8") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
