"""Checks against the O*NET database, where RECRUIT_ONET_DIR or its default has it."""

from dev.workbench import paths

if not paths.ONET.is_dir():
    collect_ignore_glob = ["test_*.py"]


def pytest_report_header():
    if not paths.ONET.is_dir():
        return f"O*NET is not in {paths.ONET}: the checks against it are left out"
    return f"O*NET: {paths.ONET}"
