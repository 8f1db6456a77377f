"""Refusing many applicants in one go, each with a disposition, a medal, a place in the
pool and a mail. Odoo has the mail alone, so there is nothing to compare with."""

import statistics

from . import process
from .figures import Figure, Target
from .turns import Turns, Watch

APPLICANTS = 200
REPETITIONS = 3


def measure(turns: Turns, size: int) -> list[Figure]:
    """The figures on a database with `size` people."""
    taken, whole = zip(*(_refuse(turns) for _ in range(REPETITIONS)), strict=True)
    clock, cpu = (statistics.median(column) for column in zip(*taken, strict=True))
    return [
        Figure(
            f"refuse {APPLICANTS} with medals, a pool and mails",
            "ms",
            None,
            clock,
            Target("at most", 10_000),
            agree=all(whole),
            cpu=cpu,
        )
    ]


def _refuse(turns):
    """Time one go, and tell whether everybody got everything."""
    with process.environment(turns.registry) as env:
        applicants = _applicants(env)
        reason = env.ref("recruit_ats_ext.hr_applicant_refuse_reason_other_preferred")
        watch = Watch(env.cr)
        dialog = (
            env["applicant.get.refuse.reason"]
            .with_context(active_test=False)  # as the button that opens it
            .create({"applicant_ids": applicants.ids, "refuse_reason_id": reason.id})
        )
        dialog.action_refuse_reason_apply()
        env.flush_all()
        taken = watch.read()
        whole = _everything(applicants)
        env.cr.rollback()
        return taken, whole


def _applicants(env):
    env.user.email = "recruiter@example.com"
    applicants = env["hr.applicant"].create(
        [
            {
                "partner_name": f"Finalist {number}",
                "email_from": f"finalist{number}@example.com",
                "job_id": env["hr.job"].search([], limit=1).id,
                "stage_id": env.ref("hr_recruitment.stage_job3").id,
            }
            for number in range(APPLICANTS)
        ]
    )
    env.flush_all()
    env.invalidate_all()
    return applicants


def _everything(applicants):
    """Whether each has a disposition, a medal, a place in a pool and a mail."""
    about = [("applicant_id", "in", applicants.ids)]
    env = applicants.env
    counts = [
        env["recruit.disposition"].search_count(about),
        env["recruit.medal"].search_count(about),
        env["recruit.pool.member"].search_count(
            [("candidate_id", "in", applicants.candidate_id.ids)]
        ),
        env["mail.mail"].search_count([("refused_applicant_id", "in", applicants.ids)]),
    ]
    return counts == [APPLICANTS] * len(counts)
