"""`./recruit demo`: the whole product on one database, its main job played once."""

from dev.story import main_job

from . import daily, database, paths, server
from .say import Problem, step

NAME = daily.DEFAULT_DATABASE
ACCOUNT = paths.RUN / "demo.txt"  # what happened, to be shown again


def run(words: list[str]) -> int:
    """Set up, play, print; serve in the background unless `--no-serve`."""
    unknown = set(words) - {"--reset", "--no-serve"}
    if unknown:
        raise Problem(f"demo does not know {', '.join(sorted(unknown))}.", "./recruit")
    if "--reset" in words:
        daily.stop_servers()
        ACCOUNT.unlink(missing_ok=True)
    databases = database.Databases(server.setup())
    if not (ACCOUNT.exists() and NAME in databases.names()):
        _play(databases)
    print(ACCOUNT.read_text(encoding="utf-8"))
    if "--no-serve" in words:
        daily.stop_servers()
        return 0
    state = daily.serve(NAME)
    print(
        f"Open   {state['url']}/odoo   login: {daily.LOGIN}   password: {daily.LOGIN}"
    )
    print(f"Mails  {state['mails']}\nEnd    ./recruit stop")
    return 0


def _play(databases: database.Databases):
    """Make the database and play on it; the account is kept only when all went well."""
    daily.stop_servers()
    step(f"making the database {NAME}")
    databases.copy(databases.product(demo=True), NAME)
    daily.forget_mails(NAME)
    state = daily.serve(NAME, cron_threads=0)  # the story runs the crons itself
    world = main_job.World(
        url=state["url"],
        db=NAME,
        login=daily.LOGIN,
        password=daily.LOGIN,
        mail_dir=daily.mail_folder(NAME),
    )
    account = main_job.play(world, step)
    ACCOUNT.write_text(str(account), encoding="utf-8")
