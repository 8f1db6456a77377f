"""Debian packages without touching the system: private lists, unpacked archives.

apt does the fetching and the checking of signatures, with the machine's own proxies and
archive address; its lists, caches and locks lie in a folder of ours.
"""

import os
import shutil
import subprocess
from pathlib import Path

from .say import Problem, step

KEYRINGS = (
    "/usr/share/keyrings/debian-archive-keyring.gpg",
    "/usr/share/keyrings/debian-archive-keyring.pgp",
)
NO_APT = "This needs a Debian or Ubuntu machine with apt-get and dpkg-deb."


class PrivateApt:
    """apt with its own state below `home`.

    :param source: one line of sources.list that replaces the machine's own sources
    """

    def __init__(self, home: Path, source: str | None = None):
        if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
            raise Problem("apt-get is not on this machine.", NO_APT)
        self.home = home
        for folder in ("lists/partial", "archives/partial"):
            (home / folder).mkdir(parents=True, exist_ok=True)
        self.options = {
            "Dir::State::Lists": home / "lists",
            "Dir::Cache::Archives": home / "archives",
            "Dir::Cache::pkgcache": "",
            "Dir::Cache::srcpkgcache": "",
            "Debug::NoLocking": "1",
            "APT::Sandbox::User": "root",
            "Acquire::Retries": "3",
        }
        if source:
            (home / "sources.list").write_text(source + "\n", encoding="utf-8")
            self.options["Dir::Etc::SourceList"] = home / "sources.list"
            self.options["Dir::Etc::SourceParts"] = "/dev/null"

    def _run(self, *words: str, cwd: Path | None = None) -> str:
        options = [f"-o{name}={value}" for name, value in self.options.items()]
        done = subprocess.run(
            [words[0], *options, *words[1:]],
            cwd=cwd,
            env={**os.environ, "LC_ALL": "C", "DEBIAN_FRONTEND": "noninteractive"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise Problem(
                f"{' '.join(words[:2])} failed: {done.stderr.strip()[-600:]}",
                "Check the machine's network and its apt sources, then call again.",
            )
        return done.stdout + done.stderr

    def update(self):
        """Fetch the package lists; a frozen archive's old date is let pass and said."""
        output = self._try_update()
        if "is expired" in output or "not valid anymore" in output:
            step("the archive is a frozen copy: its expiry date is ignored")
            self.options["Acquire::Check-Valid-Until"] = "false"
            output = self._try_update()
        broken = [
            line for line in output.splitlines() if line.startswith(("E:", "Err:"))
        ]
        if broken:
            raise Problem(
                f"The package lists cannot be fetched: {broken[0]}",
                "Check the machine's network and its apt sources, then call again.",
            )

    def _try_update(self) -> str:
        try:
            return self._run("apt-get", "update", "-q")
        except Problem as error:
            return f"E: {error}"

    def archive_address(self) -> str:
        """The address of the archive that this machine takes its packages from."""
        lines = self._run(
            "apt-get", "indextargets", "--format", "$(REPO_URI)", "Created-By: Packages"
        ).split()
        main = [line for line in lines if line.rstrip("/").endswith("/debian")]
        if not (main or lines):
            raise Problem("apt knows no package archive.", "Add one to its sources.")
        return (main or lines)[0]

    def download(self, *packages: str) -> list[Path]:
        """Fetch these packages alone, without what they depend on."""
        folder = self.home / "archives"
        self._run("apt-get", "download", "-q", *packages, cwd=folder)
        return [next(folder.glob(f"{name.split('=')[0]}_*.deb")) for name in packages]

    def download_missing(self, package: str) -> list[Path]:
        """Fetch a package with all that it needs and the machine lacks."""
        folder = self.home / "archives"
        words = ("install", "-y", "-q", "--download-only", "--no-install-recommends")
        self._run("apt-get", *words, package)
        return sorted(folder.glob("*.deb"))

    def newest(self, package: str) -> str:
        """The version that apt would take, as text; empty where it knows none."""
        for line in self._run("apt-cache", "policy", package).splitlines():
            name, _colon, value = line.strip().partition(": ")
            if name == "Candidate" and value != "(none)":
                return value
        return ""


def debian_source(address: str, suite: str) -> str:
    """A sources.list line for `suite` of a Debian archive, checked by Debian's keys."""
    keyring = next((path for path in KEYRINGS if Path(path).exists()), None)
    signed = f" [signed-by={keyring}]" if keyring else ""
    return f"deb{signed} {address} {suite} main"


def unpack(debs: list[Path], folder: Path):
    """Lay the files of packages below `folder`, as if it were the root."""
    for deb in debs:
        done = subprocess.run(
            ["dpkg-deb", "-x", str(deb), str(folder)], capture_output=True, check=False
        )
        if done.returncode:
            raise Problem(
                f"{deb.name} is broken: {done.stderr.decode().strip()[-300:]}",
                f"Remove {deb.parent} and call again.",
            )


def install(*packages: str):
    """Install packages into the system: as root, through sudo, or say their names."""
    sudo = [] if os.geteuid() == 0 else [shutil.which("sudo") or ""]
    remedy = f"Install these packages: {' '.join(packages)}"
    if sudo == [""] or not shutil.which("apt-get"):
        raise Problem(f"Missing on this machine: {' '.join(packages)}.", remedy)
    step(f"installing {' '.join(packages)} with apt")
    words = ["install", "-y", "-q", "--no-install-recommends", *packages]
    for command in (["update", "-q"], words):
        done = subprocess.run(
            [*sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", *command],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise Problem(f"apt-get install failed: {done.stderr.strip()[-400:]}", remedy)
