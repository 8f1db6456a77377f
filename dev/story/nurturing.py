"""Chapter two: a campaign of two messages, and what people do with them."""

from urllib.parse import urljoin

from . import outside
from .checks import expect

CAMPAIGN = "Python and PostgreSQL people for the platform team"
JOB = "Software Developer"
SENDER_ADDRESS = "Recruiting <recruiting@example.com>"
DAYS_BETWEEN = 4
OPENERS = 10
READING = 2  # hours: who is faster than people are is taken for a scanner


def start_campaign(story):
    """A campaign of two messages starts, and everybody in the segment is enrolled."""
    odoo = story.odoo
    page = odoo.row("hr.job", story.jobs[JOB], "website_url")["website_url"]
    link = f'<a href="{urljoin(story.world.url, page)}">{JOB}</a>'
    texts = (
        ("Your Python and our platform", f"We are looking for a {link}."),
        (
            "Still curious?",
            f"The job is still open: {link}. Tell us what holds you back.",
        ),
    )
    steps = [
        {
            "sequence": number,
            "delay": DAYS_BETWEEN * number,
            "delay_unit": "days",
            "subject": subject,
            "body_html": f'<p>Hello <t t-out="object.name"/>,</p><p>{text}</p>',
        }
        for number, (subject, text) in enumerate(texts)
    ]
    story.campaign = odoo.create(
        "recruit.campaign",
        {
            "name": CAMPAIGN,
            "goal": f"Developers apply for {JOB}",
            "segment_id": story.segment,
            "email_from": SENDER_ADDRESS,
            "step_ids": [(0, 0, step) for step in steps],
        },
    )
    odoo.call("recruit.campaign", "action_start", [story.campaign])
    expect("enrolled people", len(story.enrolled("active")), len(story.audience))
    return f"the campaign runs, {len(story.audience)} people are enrolled"


def send_first_message(story):
    """Each of them gets the first message: one, with a one-click unsubscribe."""
    mails = story.send_due()
    story.mails = {outside.recipient(mail): mail for mail in mails}
    expect("first messages", len(mails), len(story.audience))
    expect("their recipients", sorted(story.mails), sorted(story.audience))
    expect("their identities", len({mail["Message-ID"] for mail in mails}), len(mails))
    one_click = {mail["List-Unsubscribe-Post"] for mail in mails}
    expect("one-click headers", one_click, {"List-Unsubscribe=One-Click"})
    return f"{len(mails)} mails arrived, one for each of them"


def open_mails(story):
    """Ten people open the mail, hours later: their mail program fetches the pixel."""
    story.pass_time(hours=READING)
    for email in [next(story.cast) for _number in range(OPENERS)]:
        outside.Visitor(story.world).get(_link(story.mails[email], "/recruit/open/"))
    expect("opened mails", _statistics(story)["opened_count"], OPENERS)
    return f"{OPENERS} people opened it"


def click_and_apply(story):
    """Two people click, land on the job's page and send its form."""
    story.first, story.second = next(story.cast), next(story.cast)
    story.applications = {
        email: _click_and_apply(story, email) for email in (story.first, story.second)
    }
    expect("clicks", _statistics(story)["clicked_count"], 2)
    return "2 people clicked the link in the mail and applied on the website"


def reply_to_mail(story):
    """Somebody answers the mail: the answer is on the candidate, the campaign stops."""
    email = next(story.cast)
    answer = outside.reply_to(story.mails[email], "Could we talk next week?")
    story.odoo.call("mail.thread", "message_process", False, answer)
    candidate = story.candidate(email)
    on_candidate = [
        ("model", "=", "recruit.candidate"),
        ("res_id", "=", candidate["id"]),
        ("body", "ilike", "talk next week"),
    ]
    expect(
        "answers on the candidate", story.odoo.count("mail.message", *on_candidate), 1
    )
    expect("state of who answered", candidate["state"], "engaged")
    _expect_exit(story, email, "replied")
    return "1 person replied, and the reply is in the candidate's chatter"


def unsubscribe(story):
    """Somebody unsubscribes with one click of the mail program (RFC 8058)."""
    email = next(story.cast)
    address = outside.unsubscribe_address(story.mails[email])
    outside.Visitor(story.world).get(address)  # looking at the page does nothing
    expect("enrollment after a look", story.enrollment(email)["state"], "active")
    outside.Visitor(story.world).post(address, {"List-Unsubscribe": "One-Click"})
    _expect_exit(story, email, "unsubscribed")
    return "1 person unsubscribed; looking at the page alone did nothing"


def send_second_message(story):
    """Days pass; the second message goes to exactly those who are still in."""
    expect("mails before the time", story.send_due(), [])
    left = {row["candidate_id"] for row in story.enrolled("exited")}
    story.pass_time(days=DAYS_BETWEEN, hours=1 - READING)
    mails = story.send_due()
    wanted = [email for email, known in story.audience.items() if known not in left]
    expect("people who left", len(left), 4)
    expect("second messages", sorted(map(outside.recipient, mails)), sorted(wanted))
    expect("people still active", story.enrolled("active"), [])
    return f"{DAYS_BETWEEN} days later {len(mails)} got the second mail, 4 did not"


def _link(mail, part: str) -> str:
    found = outside.links(mail, part)
    expect(f"links with {part} in the mail", len(found), 1)
    return found[0]


def _statistics(story) -> dict:
    """The native statistics of the first message."""
    return story.odoo.rows(
        "recruit.campaign.step",
        ("campaign_id", "=", story.campaign),
        fields=["opened_count", "clicked_count", "replied_count"],
        order="sequence",
    )[0]


def _click_and_apply(story, email: str) -> int:
    """Follow the link in the mail to the job's page and apply there."""
    visitor, person = outside.Visitor(story.world), story.candidate(email)
    page = visitor.get(_link(story.mails[email], "/recruit/click/"))
    expect("page behind the link", "/jobs/" in page.url, True)
    application = visitor.apply(
        page,
        partner_name=person["name"],
        email_from=email,
        partner_phone=person["phone"],
    )
    found = story.odoo.row(
        "hr.applicant", application, "candidate_id", "job_id", "campaign_id"
    )
    campaign = story.odoo.row("recruit.campaign", story.campaign, "utm_campaign_id")
    expect("person who applied", found["candidate_id"], person["id"])
    expect("job applied for", found["job_id"], story.jobs[JOB])
    expect(
        "campaign of the application", found["campaign_id"], campaign["utm_campaign_id"]
    )
    _expect_exit(story, email, "applied")
    return application


def _expect_exit(story, email: str, reason: str):
    enrollment = story.enrollment(email)
    expect(f"enrollment of {email}", enrollment["state"], "exited")
    expect(f"why {email} left", enrollment["exit_reason"], reason)
