"""Checks against real machine mail, where RECRUIT_MAIL_DIR or its default has it."""

from dev.workbench import paths

if not paths.MAIL.is_dir():
    collect_ignore_glob = ["test_*.py"]


def pytest_report_header():
    if not paths.MAIL.is_dir():
        return f"No machine mail in {paths.MAIL}: the checks against it are left out"
    return f"Machine mail: {paths.MAIL}"
