"""A pytest plugin: no test is skipped in silence, no log of ours complains unheard."""

import logging
import re
from pathlib import Path

from . import paths

OURS = re.compile(r"odoo\.addons\.recruit_|/addons/recruit_")
COMPLAINT = re.compile(r" (WARNING|ERROR|CRITICAL) ")
SERVER_LOGS = "test-*.log"


class _Complaints(logging.Handler):
    """Keeps what our addons logged at WARNING or above in this process.

    What a test expects never arrives here: assertLogs takes it off the logger first.
    """

    def __init__(self):
        super().__init__(logging.WARNING)
        self.lines = []

    def emit(self, record):
        if OURS.search(record.name + "." + record.pathname):
            self.lines.append(
                f"{record.levelname} {record.name}: {record.getMessage()}"
            )


def pytest_configure(config):
    config.recruit_complaints = _Complaints()
    logging.getLogger().addHandler(config.recruit_complaints)
    for file in paths.LOGS.glob(SERVER_LOGS):
        file.unlink()


def pytest_sessionfinish(session):
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = [
        report.nodeid
        for outcome in ("skipped", "xfailed", "xpassed")
        for report in reporter.stats.get(outcome, [])
    ]
    complaints = session.config.recruit_complaints.lines + _server_complaints()
    reporter.recruit_findings = [f"skipped: {name}" for name in skipped]
    reporter.recruit_findings += [f"logged: {line}" for line in complaints]
    if reporter.recruit_findings and session.exitstatus == 0:
        session.exitstatus = 1


def pytest_terminal_summary(terminalreporter):
    findings = getattr(terminalreporter, "recruit_findings", [])
    if findings:
        terminalreporter.section("skipped tests and complaints in logs", red=True)
        for line in findings[:40]:
            terminalreporter.write_line(line)


def _server_complaints() -> list[str]:
    """The complaining lines in the logs of the servers that tests started."""
    return [
        f"{file.name}: {line}"
        for file in sorted(Path(paths.LOGS).glob(SERVER_LOGS))
        for line in file.read_text(encoding="utf-8", errors="replace").splitlines()
        if COMPLAINT.search(line) and OURS.search(line)
    ]
