"""A PostgreSQL of our own: private, on a unix socket, gone with its folder.

The programs come from the machine where it has them, else from its package archive,
unpacked beside the data. No system service is used or changed.
"""

import contextlib
import glob
import os
import pwd
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from . import debs, paths
from .say import Problem, step

ROLE = "recruit"  # Odoo refuses to run as the role "postgres"
MAX_SOCKET_PATH = 90  # a unix socket's whole path may have 107 characters
# Fast rather than durable: what lives here is made anew by one command. A killed
# server process loses nothing even so; only a power cut could.
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "200",
    "shared_buffers": "512MB",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_wal_size": "4GB",
    "timezone": "UTC",
}
# As in production: a commit is on the disk before it is said to be.
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}


@dataclass(frozen=True)
class Server:
    """How to reach a PostgreSQL server; `environment` is what libpq reads."""

    host: str
    port: int
    user: str
    password: str = ""
    environment: dict = field(default_factory=dict, compare=False)

    def dsn(self, database: str) -> str:
        secret = f" password='{self.password}'" if self.password else ""
        return (
            f"host='{self.host}' port={self.port} user='{self.user}'{secret} "
            f"dbname='{database}'"
        )


def ensure() -> Server:
    """The server to use, started where it is ours and not running."""
    url = os.environ.get("RECRUIT_DATABASE_URL")
    if url:
        return _from_url(url)
    with paths.lock("postgres"):
        return _Cluster().ensure()


def stop():
    """Stop the private server, if it runs."""
    cluster = _Cluster()
    if not os.environ.get("RECRUIT_DATABASE_URL") and cluster.running():
        cluster.control("stop", "-m", "fast")


@contextlib.contextmanager
def durable():
    """The private server as in production, for what measures it; a server of
    `RECRUIT_DATABASE_URL` is taken as it is."""
    if os.environ.get("RECRUIT_DATABASE_URL"):
        yield
        return
    cluster = _Cluster()
    cluster.control("restart", "-w", "-m", "fast", **DURABLE)
    try:
        yield
    finally:
        cluster.control("restart", "-w", "-m", "fast")


def restart_at_once():
    """End the private server as a crash does, and start it as in production.

    Before it recovers, a server of PostgreSQL 14 or later writes the file system out as
    a whole: file by file that takes long where databases of other tests lie beside.
    """
    _Cluster().control(
        "restart", "-w", "-t", "300", "-m", "immediate",
        **DURABLE, recovery_init_sync_method="syncfs",
    )  # fmt: skip


def give(folder: Path):
    """Make a folder the private server's own."""
    _Cluster()._own(folder)


def home() -> Path:
    """The folder that holds the private server with its data."""
    return _Cluster().home


def client(name: str) -> tuple[str, dict]:
    """One of PostgreSQL's client programs and the environment that it runs in."""
    found = shutil.which(name)
    if found:
        return found, dict(os.environ)
    home = _Cluster().home
    return str(_programs(home) / name), _environment(home)


def _from_url(url: str) -> Server:
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres") or not parts.username:
        raise Problem(
            "RECRUIT_DATABASE_URL is not a PostgreSQL address.",
            "Write it as postgresql://user:password@host:port/postgres.",
        )
    return _server(
        parts.hostname or "localhost",
        parts.port or 5432,
        unquote(parts.username),
        unquote(parts.password or ""),
    )


def _server(host: str, port: int, user: str, password: str = "") -> Server:
    names = {"PGHOST": host, "PGPORT": str(port), "PGUSER": user}
    if password:
        names["PGPASSWORD"] = password
    return Server(host, port, user, password, names)


class _Cluster:
    """The private server's folder, owner and programs."""

    def __init__(self):
        self.owner = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
        self.home = self._reachable_home()
        self.data = self.home / "data"
        self.sockets = self.home
        if len(str(self.sockets)) > MAX_SOCKET_PATH:
            self.sockets = Path(tempfile.gettempdir()) / f"recruit-{paths.CHECKOUT}"

    def _reachable_home(self) -> Path:
        """The cache, unless its unprivileged owner could not walk down to it."""
        home = paths.CACHE / "postgres"
        if self.owner and not all(
            parent.stat().st_mode & 0o001 for parent in home.parents if parent.exists()
        ):
            return Path("/var/tmp") / f"recruit-{paths.CHECKOUT}"
        return home

    def ensure(self) -> Server:
        if not self.data.exists():
            self._create()
        elif not self._same_version():
            raise Problem(
                f"The data in {self.data} is of another version of PostgreSQL.",
                f"Remove {self.home}; the next call makes it anew.",
            )
        if not self.running():
            self._own(self.sockets)
            self.control("start", "-w")
        return _server(str(self.sockets), 5432, ROLE)

    def running(self) -> bool:
        if not self.data.exists():
            return False
        return self._run("pg_ctl", "status", "-D", str(self.data)).returncode == 0

    def control(self, *words: str, **settings: str):
        options = " ".join(
            f"-c {name}='{value}'"
            for name, value in {
                **SETTINGS,
                **settings,
                "unix_socket_directories": self.sockets,
            }.items()
        )
        starts = words[0] in ("start", "restart")
        extra = ["-o", options, "-l", str(self.home / "postgres.log")] if starts else []
        self._checked("pg_ctl", *words, "-D", str(self.data), *extra)

    def _create(self):
        step("creating a private PostgreSQL")
        self._own(self.home)
        making = self.home / "data.part"
        shutil.rmtree(making, ignore_errors=True)
        self._checked(
            "initdb", "-D", str(making), "-U", ROLE, "-E", "UTF8",
            "--locale", "C.UTF-8", "--auth", "trust", "--no-sync",
        )  # fmt: skip
        making.rename(self.data)

    def _same_version(self) -> bool:
        made_by = (self.data / "PG_VERSION").read_text(encoding="utf-8").strip()
        return f"PostgreSQL) {made_by}." in self._run("postgres", "--version").stdout

    def _own(self, folder: Path):
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o755 if self.owner else 0o700)
        if self.owner:
            os.chown(folder, self.owner.pw_uid, self.owner.pw_gid)

    def _run(self, program: str, *words: str):
        """Run one of PostgreSQL's programs as the cluster's owner."""
        owner = {}
        if self.owner:
            owner = {"user": self.owner.pw_uid, "group": self.owner.pw_gid}
            owner["extra_groups"] = []
        # Output goes to a file: a started server would keep a pipe open for ever.
        with tempfile.TemporaryFile("w+") as output:
            done = subprocess.run(
                [str(_programs(self.home) / program), *words],
                env=_environment(self.home),
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                check=False,
                **owner,
            )
            output.seek(0)
            return subprocess.CompletedProcess(
                done.args, done.returncode, output.read()
            )

    def _checked(self, program: str, *words: str):
        done = self._run(program, *words)
        if done.returncode:
            raise Problem(
                f"{program} failed: {done.stdout.strip()[-500:]}",
                f"See {self.home}/postgres.log, or remove {self.home} and call again.",
            )


def _programs(home: Path) -> Path:
    """The folder of initdb and postgres: the machine's newest, or our unpacked ones."""
    pattern = "usr/lib/postgresql/*/bin/initdb"
    own = home / "programs"
    for root in ("/", str(own) + "/"):
        found = sorted(glob.glob(root + pattern), key=_version_of)
        if found and _version_of(found[-1]) >= 13:
            return Path(found[-1]).parent
    _unpack_programs(own)
    return _programs(home)


def _environment(home: Path) -> dict:
    """The environment of PostgreSQL's programs: the unpacked ones bring libraries."""
    libraries = glob.glob(str(home / "programs/usr/lib/*-linux-gnu"))
    own = {"LD_LIBRARY_PATH": ":".join(libraries)} if libraries else {}
    return {**os.environ, "LC_ALL": "C.UTF-8", **own}


def _version_of(path: str) -> int:
    return int(re.search(r"/postgresql/(\d+)/", path).group(1))


def _unpack_programs(folder: Path):
    step("fetching PostgreSQL from the machine's package archive")
    apt = debs.PrivateApt(paths.CACHE / "apt" / "postgres")
    apt.update()
    packages = apt.download_missing("postgresql")
    making = folder.with_name("programs.part")
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(parents=True)
    debs.unpack(packages, making)
    making.rename(folder)
    shutil.rmtree(apt.home, ignore_errors=True)
