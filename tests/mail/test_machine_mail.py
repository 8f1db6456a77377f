"""Real bounces, abuse reports and auto-replies are told apart.

The rules were written with the first half of the messages in sight, in the order of
their names, and checked against the second half.
"""

import csv
import email
import email.policy
import importlib.util
import sys
from datetime import date

import pytest

from dev.workbench import paths

PURE = paths.ADDONS / "recruit_campaigns" / "inbound"
TODAY = date(2026, 11, 22)
CLASSES = {"out_of_office": "auto_reply", "automatic": "auto_reply"}


@pytest.fixture(scope="module")
def classify():
    """The pure package, without Odoo around it."""
    spec = importlib.util.spec_from_file_location(
        "recruit_inbound", PURE / "__init__.py", submodule_search_locations=[str(PURE)]
    )
    package = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = package
    spec.loader.exec_module(package)
    return package.classify


def labeled() -> list[dict]:
    with open(paths.MAIL / "labels.csv", encoding="utf-8", newline="") as file:
        return sorted(csv.DictReader(file), key=lambda row: row["file"])


def verdicts(classify, rows):
    for row in rows:
        raw = (paths.MAIL / "bounces" / row["file"]).read_bytes()
        message = email.message_from_bytes(raw, policy=email.policy.SMTP)
        yield row, classify(message, TODAY)


@pytest.mark.parametrize("half", [0, 1], ids=["first half", "second half"])
def test_at_least_98_of_100_messages_are_classified_as_labeled(classify, half):
    rows = labeled()[half::2]
    wrong = [
        (row["file"], row["class"], verdict.kind)
        for row, verdict in verdicts(classify, rows)
        if CLASSES.get(verdict.kind, verdict.kind) != row["class"]
    ]
    assert len(wrong) <= 0.02 * len(rows), wrong


def test_reports_name_their_recipient_and_what_became_of_it(classify):
    bounces = [
        (row, verdict)
        for row, verdict in verdicts(classify, labeled())
        if verdict.kind == "bounce"
    ]
    bare = [
        row["file"]
        for row, verdict in bounces
        if not any(report.recipient for report in verdict.reports)
    ]
    assert len(bare) <= 0.05 * len(bounces), bare
