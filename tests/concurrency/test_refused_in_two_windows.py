"""Recruiters who refuse the same finalists in the same instant refuse them once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from tests.client import log_in

WINDOWS = 3
PEOPLE = 4


@pytest.fixture(scope="module")
def finalists(odoo):
    """The ids of some applications in a finalist stage."""
    env = log_in(odoo).env
    env["res.users"].write([env.uid], {"email": "recruiter@example.com"})
    stage = env.ref("hr_recruitment.stage_job3").id
    job = env["hr.job"].create({"name": "Clockmaker"})
    return env["hr.applicant"].create(
        [
            {
                "partner_name": f"Finalist {number}",
                "email_from": f"finalist{number}@example.com",
                "job_id": job,
                "stage_id": stage,
            }
            for number in range(PEOPLE)
        ]
    )


@pytest.fixture(scope="module")
def answers(odoo, finalists):
    """What each window was answered; their dialogs were opened before any confirmed."""
    together = Barrier(WINDOWS)

    def refuse(_number: int):
        env = log_in(odoo).env
        reason = env.ref("recruit_ats_ext.hr_applicant_refuse_reason_other_preferred")
        dialogs = env["applicant.get.refuse.reason"]
        dialog = dialogs.create(
            {
                "applicant_ids": [(6, 0, finalists)],
                "refuse_reason_id": reason.id,
                "is_medal": True,
                "medal_applicant_ids": [(6, 0, finalists)],
            }
        )
        together.wait(timeout=60)
        return dialogs.browse(dialog).action_refuse_reason_apply()

    with ThreadPoolExecutor(WINDOWS) as pool:
        return list(pool.map(refuse, range(WINDOWS)))


def _count(odoo, model, finalists, *conditions):
    return (
        log_in(odoo)
        .env[model]
        .search_count([("applicant_id", "in", finalists), *conditions])
    )


def test_no_window_is_shown_an_error(answers):
    assert len(answers) == WINDOWS


def test_each_finalist_is_refused_once(odoo, finalists, answers):
    standing = ("revoked_at", "=", False)
    assert _count(odoo, "recruit.disposition", finalists, standing) == PEOPLE


def test_each_finalist_has_one_medal(odoo, finalists, answers):
    assert _count(odoo, "recruit.medal", finalists) == PEOPLE


def test_each_finalist_gets_one_mail(odoo, finalists, answers):
    mails = log_in(odoo).env["mail.mail"]
    assert mails.search_count([("refused_applicant_id", "in", finalists)]) == PEOPLE
