"""Odoo 19 itself: one that is there, the Debian package, or an archive of it."""

import os
import re
import shutil
import tarfile
from dataclasses import dataclass
from pathlib import Path

from . import debs, paths
from .say import Problem, step, warn

PACKAGE = "odoo-19"
# What the package's links point at. Font Awesome comes from the machine's own release:
# 4.7 there, while the 7.x of unstable turns every icon into a blank box.
LINKED = (
    "libjs-jquery",
    "libjs-underscore",
    "libjs-jquery-form",
    "fonts-roboto-unhinted",
    "fonts-montserrat",
    "fonts-inconsolata",
    "fonts-ocr-b",
)
ICONS = "fonts-font-awesome"
ICONS_VERSION = "4.7"
DIST = Path("usr/lib/python3/dist-packages")
# A copy of the package beside the checkout, for where no package can be had.
SPARE = paths.ROOT.parent / "shared" / "vault" / "odoo-19.0-trimmed.tar.xz"


@dataclass(frozen=True)
class OdooHome:
    """An Odoo that can be imported once `python_path` is on sys.path."""

    python_path: Path
    addons_path: tuple[Path, ...]
    version: str


def find() -> OdooHome:
    """The Odoo to use; fetched and unpacked into the cache the first time."""
    given = os.environ.get("RECRUIT_ODOO_HOME")
    if given:
        return _recognize(Path(given).expanduser().resolve())
    archive = os.environ.get("RECRUIT_ODOO_ARCHIVE")
    home = paths.CACHE / "odoo"
    with paths.lock("odoo"):
        if not home.exists():
            paths.CACHE.mkdir(parents=True, exist_ok=True)
            _fetch(home, Path(archive) if archive else None)
    return _recognize(home)


def _recognize(home: Path) -> OdooHome:
    for base in (home, home / DIST):
        if (base / "odoo" / "release.py").is_file():
            return OdooHome(base, _addons_paths(base), _version(base))
    raise Problem(
        f"There is no Odoo in {home}.",
        "RECRUIT_ODOO_HOME must be a checkout of Odoo 19 or its unpacked package.",
    )


def _addons_paths(base: Path) -> tuple[Path, ...]:
    beside = base / "addons"
    return (base / "odoo" / "addons", *([beside] if beside.is_dir() else []))


def _version(base: Path) -> str:
    text = (base / "odoo" / "release.py").read_text(encoding="utf-8")
    found = re.search(r"^version_info = \((\d+), (\d+)", text, re.MULTILINE)
    if not found or found.group(1) != "19":
        raise Problem(
            f"The Odoo in {base} is not Odoo 19.",
            "Point RECRUIT_ODOO_HOME at an Odoo 19, or unset it.",
        )
    return ".".join(found.groups())


def _fetch(home: Path, archive: Path | None):
    """Fill `home` at once or not at all: it is renamed into place when whole."""
    building = home.with_name("odoo.part")
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir()
    if archive:
        _unpack_archive(archive, building)
    else:
        try:
            _unpack_package(building)
        except Problem as error:
            if not SPARE.exists():
                raise Problem(
                    f"Odoo 19 cannot be fetched. {error}",
                    f"{error.remedy} Or set RECRUIT_ODOO_HOME (an Odoo 19 folder) or "
                    "RECRUIT_ODOO_ARCHIVE (a tar.xz of it).",
                ) from error
            warn(f"the package cannot be had ({error}); using the archive {SPARE}")
            _unpack_archive(SPARE, building)
    building.rename(home)


def _unpack_package(folder: Path):
    state = paths.CACHE / "apt"
    machine = debs.PrivateApt(state / "machine")
    machine.update()
    step(f"fetching {PACKAGE} and what its links need")
    source = debs.debian_source(machine.archive_address(), "sid")
    unstable = debs.PrivateApt(state / "sid", source)
    unstable.update()
    if ICONS_VERSION not in machine.newest(ICONS):
        raise Problem(
            f"{ICONS} {ICONS_VERSION} is not in this machine's package archive.",
            "Use Debian 12 or 13 or Ubuntu 24.04.",
        )
    packages = unstable.download(PACKAGE, *LINKED) + machine.download(ICONS)
    step(f"unpacking {packages[0].name}")
    debs.unpack(packages, folder)
    for apt in (unstable, machine):
        shutil.rmtree(apt.home, ignore_errors=True)


def _unpack_archive(archive: Path, folder: Path):
    """Lay out an archive: `usr/` at the root, the rest where the package has it."""
    step(f"unpacking {archive}")
    inner = folder / DIST
    inner.mkdir(parents=True)
    try:
        with tarfile.open(archive) as tar:
            # The links of the package lead out of its folder by design, so the
            # stricter "data" filter cannot be used; the archive is the user's own.
            tar.extractall(inner, filter="tar") if hasattr(
                tarfile, "tar_filter"
            ) else tar.extractall(inner)
    except (OSError, EOFError, tarfile.TarError) as error:
        shutil.rmtree(folder)
        raise Problem(
            f"The archive {archive} cannot be unpacked: {error}",
            "Get it again, or unset RECRUIT_ODOO_ARCHIVE to use the package.",
        ) from error
    if (inner / "usr").is_dir():
        shutil.copytree(
            inner / "usr", folder / "usr", symlinks=True, dirs_exist_ok=True
        )
        shutil.rmtree(inner / "usr")
