"""Daily work on a database that stays: serve, stop, shell, psql, logs."""

import json
import os
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psycopg2

from . import cluster, database, paths, server
from .say import Problem, step

STATE = paths.RUN / "serve.json"
DEFAULT_DATABASE = "recruit_demo"
LOGIN = "admin"  # and so is the password: Odoo's own, on a database made for trying


def running() -> dict:
    """What `serve` started and still runs; empty where nothing does."""
    if not STATE.exists():
        return {}
    state = json.loads(STATE.read_text(encoding="utf-8"))
    return state if os.path.exists(f"/proc/{state['odoo']}") else {}


def serve(name: str = DEFAULT_DATABASE, *, cron_threads: int = 1) -> dict:
    """Start Odoo and a mail catcher on a database; the one already up is kept."""
    made = server.setup()
    state = running()
    if state and state["database"] == name and state["cron_threads"] == cron_threads:
        return state
    stop_servers()
    if name not in database.Databases(made).names():
        raise Problem(f"There is no database {name}.", "`./recruit demo` makes one.")
    mail_port, port = server.free_port(), server.http_port()
    mails = mail_folder(name)
    with open(paths.LOGS / "maildrop.log", "w", encoding="utf-8") as output:
        catcher = subprocess.Popen(
            [sys.executable, "-m", "dev.workbench.maildrop", mails, str(mail_port)],
            cwd=paths.ROOT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    state = {"database": name, "url": f"http://127.0.0.1:{port}", "mails": str(mails)}
    state |= {"cron_threads": cron_threads, "maildrop": catcher.pid}
    _set_base_url(made, name, state["url"])
    step(f"starting Odoo on {name}")
    odoo = server.OdooServer(
        made, name, port=port, log="serve",
        options=mail_options(mail_port, cron_threads),
    )  # fmt: skip
    state["odoo"] = odoo.process.pid
    STATE.write_text(json.dumps(state), encoding="utf-8")
    return state


def mail_folder(name: str) -> Path:
    """Where the mails that a served database sends are stored."""
    return paths.CACHE / "mail" / name


def forget_mails(name: str):
    """Empty the mail folder of a database that begins afresh."""
    shutil.rmtree(mail_folder(name), ignore_errors=True)


def mail_options(port: int, cron_threads: int) -> list[str]:
    """Odoo's options to send mail to a catcher, and for how many crons run at once."""
    return [
        "--smtp", "127.0.0.1", "--smtp-port", str(port),
        f"--max-cron-threads={cron_threads}",
    ]  # fmt: skip


def _set_base_url(made: server.Setup, name: str, url: str):
    """Links in mails must lead to the port that is served now."""
    with (
        closing(psycopg2.connect(made.database_server.dsn(name))) as connection,
        connection,
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "UPDATE ir_config_parameter SET value = %s WHERE key = 'web.base.url'",
            [url],
        )


def stop_servers():
    state = running()
    for name in ("odoo", "maildrop"):
        if name in state:
            server.end_process(state[name])
    STATE.unlink(missing_ok=True)


def serve_in_background(words: list[str]) -> int:
    """`serve [DATABASE]`: start, and say where."""
    state = serve(*words[:1])
    print(f"{state['url']}/odoo   database {state['database']}")
    return 0


def stop(_words: list[str]) -> int:
    """End everything that the workbench runs in the background."""
    stop_servers()
    cluster.stop()
    return 0


def shell(words: list[str]) -> int:
    """Odoo's own shell on the demo database, or on the one that is named."""
    made = server.setup()
    name = words[0] if words else DEFAULT_DATABASE
    return subprocess.call(
        made.command("shell", "-d", name, "--no-http", "--log-level", "warn"),
        env=made.environment(),
        cwd=paths.ROOT,
    )


def psql(words: list[str]) -> int:
    """psql on the demo database, or on the one that is named first."""
    database_server = cluster.ensure()
    program, names = cluster.client("psql")
    arguments = words or [DEFAULT_DATABASE]
    return subprocess.call(
        [program, *arguments], env={**names, **database_server.environment}
    )


def logs(_words: list[str]) -> int:
    """Follow the log of the served Odoo."""
    file = paths.LOGS / "serve.log"
    if not file.exists():
        raise Problem("Nothing has been served yet.", "`./recruit serve` starts it.")
    return subprocess.call(["tail", "-n", "50", "-f", str(file)])
