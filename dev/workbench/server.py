"""Odoo processes: one-shot commands and servers, all from one configuration file."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from . import cluster, odoo_home, paths
from .say import Problem

PREFERRED_PORT = 8069
START_SECONDS = 120
MASTER_PASSWORD = "recruit"  # of databases that are thrown away


def free_port(preferred: int = 0) -> int:
    """A free TCP port on loopback: the preferred one where it is free."""
    for port in (preferred, 0):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            return probe.getsockname()[1]
    raise Problem("No TCP port is free on this machine.")


def http_port() -> int:
    """The port for a server that people open: RECRUIT_PORT, or 8069, or a free one."""
    wanted = int(os.environ.get("RECRUIT_PORT") or 0)
    port = free_port(wanted or PREFERRED_PORT)
    if wanted and port != wanted:
        raise Problem(
            f"Port {wanted} is in use by another program.",
            "Set RECRUIT_PORT to a free port, or unset it to take any.",
        )
    return port


@dataclass(frozen=True)
class Setup:
    """Everything that an Odoo process of this checkout needs to run."""

    home: odoo_home.OdooHome
    database_server: cluster.Server
    config: Path

    def environment(self, **extra: str) -> dict:
        return {
            **os.environ,
            **self.database_server.environment,
            "PYTHONPATH": str(self.home.python_path),
            "PYTHONDONTWRITEBYTECODE": "1",
            **extra,
        }

    def command(self, *words: str) -> list[str]:
        """An Odoo command line: `command("server", "-d", name)`."""
        # Deprecation warnings of old libraries are not ours to mend.
        odoo = [sys.executable, "-W", "ignore", "-m", "odoo"]
        # These want their options behind the verb.
        verbs = 2 if words[0] in ("module", "i18n") else 1
        return [*odoo, *words[:verbs], "-c", str(self.config), *words[verbs:]]

    @contextmanager
    def config_for_tests(self):
        """A configuration of this process alone, whose HTTP server has its own port."""
        own = self.config.with_name(f"odoo-{os.getpid()}.conf")
        text = self.config.read_text(encoding="utf-8")
        own.write_text(f"{text}http_port = {free_port()}\n", encoding="utf-8")
        try:
            yield own
        finally:
            own.unlink()

    def addons_path(self) -> list[Path]:
        return [*self.home.addons_path, paths.ADDONS, paths.DEV_ADDONS]


def setup() -> Setup:
    """Make sure of Odoo and PostgreSQL and write the configuration file."""
    home, database_server = odoo_home.find(), cluster.ensure()
    made = Setup(home, database_server, paths.RUN / "odoo.conf")
    paths.RUN.mkdir(parents=True, exist_ok=True)
    paths.LOGS.mkdir(parents=True, exist_ok=True)
    options = {
        "addons_path": ",".join(map(str, made.addons_path())),
        "data_dir": paths.CACHE / "data",
        "db_host": database_server.host,
        "db_port": database_server.port,
        "db_user": database_server.user,
        "admin_passwd": MASTER_PASSWORD,
        "list_db": "True",
        "http_interface": "127.0.0.1",
        "log_level": "info",
        "max_cron_threads": "1",
        "db_maxconn": "128",  # 50 requests at once may hold two connections each
    }
    if database_server.password:
        options["db_password"] = database_server.password
    lines = "".join(f"{name} = {value}\n" for name, value in options.items())
    writing = made.config.with_suffix(f".{os.getpid()}")
    writing.write_text(f"[options]\n{lines}", encoding="utf-8")
    writing.replace(made.config)  # at once: another command may be reading it
    return made


def run_odoo(made: Setup, log: str, *words: str):
    """Run one Odoo command to its end; its log goes to `.cache/logs/<log>.log`."""
    file = paths.LOGS / f"{log}.log"
    with open(file, "w", encoding="utf-8") as output:
        done = subprocess.run(
            made.command(*words),
            env=made.environment(),
            cwd=paths.ROOT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
    text = file.read_text(encoding="utf-8")
    broken = [
        line for line in text.splitlines() if " CRITICAL " in line or " ERROR " in line
    ]
    if done.returncode or broken:
        tail = "\n".join(text.splitlines()[-25:])
        raise Problem(f"odoo {words[0]} failed:\n{tail}", f"The whole log: {file}")


class OdooServer:
    """A running Odoo on one database; a context manager that ends it."""

    def __init__(self, made: Setup, database: str, *, port: int, log: str, options=()):
        self.url = f"http://127.0.0.1:{port}"
        self.database = database
        self.log = paths.LOGS / f"{log}.log"
        with open(self.log, "w", encoding="utf-8") as output:
            self.process = subprocess.Popen(
                made.command(
                    "server", "-d", database, "--db-filter", f"^{database}$",
                    "--http-port", str(port), *options,
                ),
                env=made.environment(),
                cwd=paths.ROOT,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )  # fmt: skip
        self._wait_until_ready()

    def _wait_until_ready(self):
        for _attempt in range(START_SECONDS * 5):
            with contextlib.suppress(urllib.error.URLError, OSError):
                urllib.request.urlopen(f"{self.url}/web/health", timeout=5).close()
                return
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=0.2)  # paces the loop, and sees it die
                break
        self.stop()
        tail = "\n".join(self.log.read_text(encoding="utf-8").splitlines()[-15:])
        raise Problem(f"Odoo did not start:\n{tail}", f"The whole log: {self.log}")

    def stop(self):
        end_process(self.process.pid)
        self.process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.stop()


def end_process(pid: int):
    """End a process that we started with everything below it."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGTERM)
        # Odoo stops at the first signal when idle; a busy one is not waited for.
        os.killpg(pid, signal.SIGINT)
