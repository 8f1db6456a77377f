"""The main job of the product, played from outside against a running Odoo.

`play` is the entry: `./recruit demo` wants its account, a test its steps. The story
uses what anybody outside has: RPC, HTTP, the mails that arrive, the mail gateway. It
moves the product's clock and never waits. It runs the scheduled actions itself: serve
without cron threads while it plays.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

from . import hiring, nurturing, people, sourcing
from .checks import StoryError
from .outside import CLOCK, Mailbox, Odoo, World

SENDER = "recruit_campaigns.ir_cron_send_deliveries"
STEPS = (
    sourcing.begin_in_the_past,
    sourcing.open_jobs,
    sourcing.import_people,
    sourcing.make_segment,
    nurturing.start_campaign,
    nurturing.send_first_message,
    nurturing.open_mails,
    nurturing.click_and_apply,
    nurturing.reply_to_mail,
    nurturing.unsubscribe,
    nurturing.send_second_message,
    hiring.stranger_applies,
    hiring.interview,
    hiring.hire_two,
    hiring.refuse_finalist,
    hiring.come_back,
    hiring.hire_medallist,
    hiring.nothing_was_forgotten,
)
MEDAL = "silver medal"
HEADS = (
    "Hire",
    "Job",
    "First touch",
    "on",
    "Campaign",
    "Way in",
    "Applied",
    "Hired",
)

JOBS = [occupation.job for occupation in people.occupations()]


@dataclass(frozen=True)
class Hire:
    """One hire and where it came from: a row of the account. Dates are ISO, UTC."""

    name: str
    job: str
    source: str
    first_touch: str
    campaign: str
    way: str
    applied: str
    hired: str


@dataclass
class Account:
    """What the story said, and every hire with its first touch and its campaign."""

    rows: list[Hire]
    lines: list[str] = field(default_factory=list)
    played_before: bool = False

    def __str__(self) -> str:
        """The lines, and the rows as a table."""
        cells = [HEADS, *(tuple(vars(row).values()) for row in self.rows)]
        widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
        cells.insert(1, tuple("-" * width for width in widths))
        table = ["  ".join(map(str.ljust, row, widths)).rstrip() for row in cells]
        return "\n".join([*self.lines, "", *table])


class Story:
    """What the steps share: the world, and what they have learnt on the way."""

    def __init__(self, world: World):
        self.world = world
        self.odoo = Odoo(world)
        self.mailbox = Mailbox(world)
        self.people = people.generate()

    def begun(self) -> bool:
        """Are the jobs of the story in this database?"""
        return bool(self.odoo.count("hr.job", ("name", "in", JOBS)))

    def now(self) -> datetime:
        """The time of the product, naive UTC."""
        now = datetime.now(timezone.utc).replace(tzinfo=None)
        return now + timedelta(seconds=self.offset())

    def offset(self) -> int:
        """By how many seconds the product's clock is ahead of the time of day."""
        return int(self.odoo.call("ir.config_parameter", "get_param", CLOCK) or 0)

    def pass_time(self, **span):
        """Let days or hours pass: `pass_time(days=4)`."""
        self.odoo.pass_time(int(timedelta(**span).total_seconds()))

    def send_due(self) -> list:
        """Run the sending cron until nothing more leaves; the campaign's mails."""
        mails = []
        while True:
            self.odoo.run_cron(SENDER)
            new = [mail for mail in self.mailbox.fetch() if mail["List-Unsubscribe"]]
            if not new:
                return mails
            mails += new

    def candidate(self, email: str) -> dict:
        """The one candidate with this address."""
        (row,) = self.odoo.rows(
            "recruit.candidate",
            ("email", "=", email),
            fields=[
                "name",
                "email",
                "phone",
                "state",
                "first_source",
                "first_touch_at",
            ],
        )
        return row

    def enrolled(self, state: str) -> list[dict]:
        """The enrollments of the campaign in this state."""
        return self.odoo.rows(
            "recruit.campaign.enrollment",
            ("campaign_id", "=", self.campaign),
            ("state", "=", state),
            fields=["candidate_id"],
        )

    def enrollment(self, email: str) -> dict:
        """The enrollment of the person with this address."""
        (row,) = self.odoo.rows(
            "recruit.campaign.enrollment",
            ("campaign_id", "=", self.campaign),
            ("candidate_id", "=", self.candidate(email)["id"]),
            fields=["state", "exit_reason"],
        )
        return row


def play(world: World, say: Callable[[str], None]) -> Account:
    """Play the story once and give account of it.

    On a database where it was played before nothing is done: it says so and reads the
    account of then.

    :raises checks.StoryError: where the product does not do what it should, and where
        an earlier play stopped halfway
    """
    story = Story(world)
    if story.begun():
        return _account_of_then(story, say)
    lines = []
    for step in STEPS:
        lines.append(step(story))
        say(lines[-1])
    return Account(hires(story.odoo), lines)


def _account_of_then(story: Story, say: Callable[[str], None]) -> Account:
    rows = hires(story.odoo)
    if not any(row.way == MEDAL for row in rows):
        raise StoryError(
            "The main job stopped halfway on this database. Play it on a fresh one: "
            "./recruit demo --reset"
        )
    say("The main job was played on this database before; nothing was done now.")
    return Account(rows, played_before=True)


def hires(odoo: Odoo) -> list[Hire]:
    """Every hire for a job of the story, in the order of the applications."""
    applications = odoo.rows(
        "hr.applicant",
        ("job_id.name", "in", JOBS),
        ("date_closed", "!=", False),
        fields=["candidate_id", "job_id", "source_id"],
        order="id",
    )
    return [_hire(odoo, application) for application in applications]


def _hire(odoo: Odoo, application: dict) -> Hire:
    candidate = odoo.row(
        "recruit.candidate",
        application["candidate_id"],
        "name",
        "first_source",
        "first_touch_at",
    )
    touches = odoo.rows(
        "recruit.touch",
        ("candidate_id", "=", candidate["id"]),
        fields=["kind", "occurred_at", "campaign", "res_model", "res_id"],
        order="occurred_at, id",
    )
    mine = [touch for touch in touches if touch["res_id"] == application["id"]]
    campaigns = [touch["campaign"] for touch in touches if touch["campaign"]]
    medals = odoo.count(
        "recruit.medal", ("rehired_applicant_id", "=", application["id"])
    )
    return Hire(
        name=candidate["name"],
        job=odoo.row("hr.job", application["job_id"], "name")["name"],
        source=candidate["first_source"] or "unknown",
        first_touch=candidate["first_touch_at"][:10],
        campaign=campaigns[-1] if campaigns else "-",
        way=MEDAL if medals else "campaign" if campaigns else "direct",
        applied=_day(mine, "application", "rediscovered"),
        hired=_day(mine, "hired"),
    )


def _day(touches: list[dict], *kinds: str) -> str:
    """The day of the first touch of these kinds."""
    return next(
        touch["occurred_at"][:10] for touch in touches if touch["kind"] in kinds
    )
