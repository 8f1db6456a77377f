"""Chapter three: interviews, two hires, a near miss, and how it comes back."""

from datetime import timedelta

from . import outside
from .checks import expect

NEXT_JOB, THIRD_JOB = "Database Administrator", "Data Scientist"


def stranger_applies(story):
    """Somebody new comes from a job board: a new candidate with a first touch."""
    email = "noor.haddad@example.org"
    page = story.odoo.row("hr.job", story.jobs[THIRD_JOB], "website_url")["website_url"]
    visitor = outside.Visitor(story.world)
    landing = visitor.get(f"{page}?utm_source=Indeed&utm_medium=Job+Board")
    story.stranger = email
    story.applications[email] = visitor.apply(
        landing,
        partner_name="Noor Haddad",
        email_from=email,
        partner_phone="+1 202 555 0117",
    )
    candidate = story.candidate(email)
    expect("first source of the stranger", candidate["first_source"], "Indeed")
    return f"a stranger applied for {THIRD_JOB}, coming from Indeed"


def interview(story):
    """The three applicants are interviewed and reach the second interview."""
    stage = story.odoo.ref("hr_recruitment.stage_job3")
    for email, application in story.applications.items():
        _meet(story, email, application)
        story.odoo.write("hr.applicant", application, stage_id=stage)
    story.pass_time(days=6)
    return f"{len(story.applications)} interviews were held"


def hire_two(story):
    """One applicant of the campaign and the stranger are hired."""
    for email in (story.first, story.stranger):
        _hire(story, email, story.applications[email])
    return "2 of them were hired and are employees now"


def refuse_finalist(story):
    """The other finalist is refused; the dialog suggests the medal and the pool."""
    odoo, application = story.odoo, story.applications[story.second]
    reason = odoo.ref("recruit_ats_ext.hr_applicant_refuse_reason_other_preferred")
    wizard = odoo.create(
        "applicant.get.refuse.reason",
        {
            "applicant_ids": [(6, 0, [application])],
            "refuse_reason_id": reason,
            "send_mail": False,
            "note": "Strong on databases, a little less on services.",
        },
    )
    dialog = odoo.row(
        "applicant.get.refuse.reason", wizard, "is_medal", "medal_reason", "pool_id"
    )
    pool = odoo.ref("recruit_ats_ext.hr_talent_pool_silver_medallists")
    expect("suggested medal", dialog["is_medal"], True)
    expect("suggested pool", dialog["pool_id"], pool)
    odoo.call("applicant.get.refuse.reason", "action_refuse_reason_apply", [wizard])
    expect("archived", odoo.row("hr.applicant", application, "active")["active"], False)
    candidate = story.candidate(story.second)
    story.medal = odoo.search("recruit.medal", ("applicant_id", "=", application))[0]
    members = odoo.count(
        "recruit.pool.member",
        ("candidate_id", "=", candidate["id"]),
        ("pool_id", "=", pool),
        ("left_at", "=", False),
    )
    expect("places in the pool", members, 1)
    return f"1 finalist was refused and keeps a silver medal: {dialog['medal_reason']}"


def come_back(story):
    """The next job opens: a new application from the medal, fresh as the first."""
    odoo = story.odoo
    story.pass_time(days=30)
    action = odoo.call("recruit.medal", "action_create_application", [story.medal])
    values = {"job_id": story.jobs[NEXT_JOB]}
    wizard = odoo.call(
        action["res_model"], "create", [values], context=action["context"]
    )[0]
    odoo.call(action["res_model"], "action_apply", [wizard], context=action["context"])
    medal = odoo.row("recruit.medal", story.medal, "rehired_applicant_id", "state")
    expect("state of the medal", medal["state"], "applied")
    story.again = medal["rehired_applicant_id"]
    fresh = odoo.row(
        "hr.applicant", story.again, "application_status", "job_id", "refuse_reason_id",
        "source_id", "campaign_id",
    )  # fmt: skip
    wanted = {
        "id": story.again,
        "application_status": "ongoing",
        "job_id": story.jobs[NEXT_JOB],
        "refuse_reason_id": False,
        "source_id": odoo.ref("recruit_crm.utm_source_rediscovered"),
        "campaign_id": False,
    }
    expect("the new application", fresh, wanted)
    return f"the medallist has a new application, for {NEXT_JOB}"


def hire_medallist(story):
    """The near miss of the first job is the hire of the next one."""
    story.pass_time(days=14)
    _hire(story, story.second, story.again)
    medal = story.odoo.row("recruit.medal", story.medal, "state")
    expect("state of the medal", medal["state"], "hired")
    return f"the medallist was hired as {NEXT_JOB}"


def nothing_was_forgotten(story):
    """The first touch of the hired is still the one that the file told."""
    told = {person.email: person for person in story.people}
    for email in (story.first, story.second):
        candidate, person = story.candidate(email), told[email]
        expect("first source", candidate["first_source"], person.source)
        expect("first touch", candidate["first_touch_at"], f"{person.first_seen_at}")
        expect("address", candidate["email"], email)
    expect("late mails", story.send_due(), [])
    expect("seconds from the end of the story to now", story.offset(), 0)
    return "every first touch is still the one from the file"


def _meet(story, email: str, application: int):
    start = story.now() + timedelta(days=2)
    story.odoo.create(
        "calendar.event",
        {
            "name": f"Interview with {email}",
            "start": f"{start:%Y-%m-%d %H:%M:%S}",
            "stop": f"{start + timedelta(hours=1):%Y-%m-%d %H:%M:%S}",
            "applicant_id": application,
        },
    )
    meetings = story.odoo.row("hr.applicant", application, "meeting_ids")
    expect("interviews of the application", len(meetings["meeting_ids"]), 1)


def _hire(story, email: str, application: int):
    """Move to the hired stage first: the employee is made of a hired application."""
    stage = story.odoo.ref("hr_recruitment.stage_job5")
    story.odoo.write("hr.applicant", application, stage_id=stage)
    story.odoo.call("hr.applicant", "create_employee_from_applicant", [application])
    candidate = story.candidate(email)
    employees = story.odoo.count("hr.employee", ("candidate_id", "=", candidate["id"]))
    expect(f"employees made of {email}", employees, 1)
    expect(f"state of {email}", candidate["state"], "employee")
