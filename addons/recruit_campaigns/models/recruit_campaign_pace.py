from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL, email_normalize

from ..planner.rules import Cap, Late, Pace, Person, Ramp, Rules
from ..timing.wall import to_wall
from ..timing.zones import first_zone
from .statements import look

LIMITS = (
    "daily_limit",
    "gap_seconds",
    "domain_limit",
    "warmup_first",
    "cap_count",
    "late_hours",
)


class ResCompany(models.Model):
    _inherit = "res.company"

    recruit_cap_count = fields.Integer("Most Messages to a Person")
    recruit_cap_days = fields.Integer("In So Many Days", default=7)

    _recruit_cap_check = models.Constraint(
        "CHECK (recruit_cap_count >= 0 AND recruit_cap_days BETWEEN 1 AND 365)",
        "A person may get so many messages in one to 365 days.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    recruit_cap_count = fields.Integer(
        related="company_id.recruit_cap_count", readonly=False
    )
    recruit_cap_days = fields.Integer(
        related="company_id.recruit_cap_days", readonly=False
    )


class RecruitCampaign(models.Model):
    """How fast a campaign sends, and how much one person gets: the limits of it."""

    _inherit = "recruit.campaign"

    daily_limit = fields.Integer(
        "Messages a Day",
        help="Of its sender, those of other campaigns counted too. 0: any number.",
    )
    gap_seconds = fields.Integer(
        "Seconds Between", help="From one message of its sender to the next. 0: none."
    )
    domain_limit = fields.Integer(
        "To One Domain a Day",
        help="Messages to addresses of the same domain on a day (UTC), those of all "
        "campaigns counted. 0: any number.",
    )
    warmup_first = fields.Integer(
        "First Day",
        help="A new sender begins with so many messages and takes more each day, until "
        "its messages a day. 0: no warm-up.",
    )
    warmup_growth = fields.Integer("More Each Day (%)", default=20)
    warmup_on = fields.Date(
        "Warm-Up Since", copy=False, help="The first day; set when the campaign starts."
    )
    cap_rule = fields.Selection(
        [
            ("company", "As the company says"),
            ("own", "As this campaign says"),
            ("none", "No limit"),
        ],
        "Messages to a Person",
        default="company",
        required=True,
        help="Over all campaigns.",
    )
    cap_count = fields.Integer("At Most", default=2)
    cap_days = fields.Integer("In Days", default=7)
    late_rule = fields.Selection(
        [("send", "Is sent in the next window"), ("skip", "Is skipped")],
        "What Is Late",
        default="send",
        required=True,
        help="A message is late when a pause or a breakdown kept it. Who misses it "
        "goes on to the next step.",
    )
    late_hours = fields.Integer("Late After Hours", default=48)

    _limits_check = models.Constraint(
        "CHECK (LEAST(daily_limit, gap_seconds, domain_limit, warmup_first) >= 0"
        " AND warmup_growth BETWEEN 0 AND 1000 AND gap_seconds <= 86400"
        " AND cap_count > 0 AND cap_days BETWEEN 1 AND 365 AND late_hours > 0)",
        "The limits of a campaign are numbers from 0; a person may get at least one "
        "message, in one to 365 days; at most a day lies between two messages.",
    )

    def action_start(self):
        """The warm-up counts from the start."""
        today = fields.Date.context_today(self, self.env["recruit.clock"].now())
        result = super().action_start()
        self.filtered(lambda one: one.warmup_first and not one.warmup_on).write(
            {"warmup_on": today}
        )
        return result

    def _planner_rules(self, now):
        """What this campaign asks of the planner."""
        self.ensure_one()
        return Rules(self._send_window(), self._pace(now), self._cap(), self._late())

    def _pace(self, now):
        ramp = None
        if self.warmup_first:
            since = self.warmup_on or to_wall(now, self._sender_zone()).date()
            ramp = Ramp(self.warmup_first, self.warmup_growth, since)
        gap = timedelta(seconds=self.gap_seconds)
        return Pace(self.daily_limit, gap, self.domain_limit, ramp)

    def _cap(self):
        if self.cap_rule == "own":
            return Cap(self.cap_count, self.cap_days)
        company = self.company_id or self.env.company
        if self.cap_rule == "company" and company.recruit_cap_count:
            return Cap(company.recruit_cap_count, company.recruit_cap_days)
        return None

    def _late(self):
        if self.late_rule != "skip":
            return None
        return Late(timedelta(hours=self.late_hours), skips=True)

    def _sender_zone(self):
        """The clock that begins the days of the sender."""
        company = self.company_id or self.env.company
        return first_zone([self.user_id.tz, company.partner_id.tz])

    def _planner_senders(self, candidate_ids):
        """Who writes to people: {candidate id: (normalized address, clock)}."""
        self.ensure_one()
        sender = email_normalize(self.email_from) or "", self._sender_zone()
        return dict.fromkeys(candidate_ids, sender)

    def _planner_people(self, candidate_ids):
        """What the planner must know of people: {candidate id: Person}.

        Purpose: for a batch of the sender, and the audience of a forecast. Size: 10,000
        people in one statement. Indexes: primary key, the unique one of mail domains.
        """
        senders = self._planner_senders(candidate_ids)
        zones = {}
        people = {}
        for key, tz, domain, away_until, refused_until in look(
            self.env,
            SQL(
                """
                SELECT p.id, p.tz, split_part(p.email_normalized, '@', 2),
                       p.mail_hold_until, m.paused_until
                  FROM recruit_candidate p
             LEFT JOIN recruit_mail_domain m
                    ON m.name = split_part(p.email_normalized, '@', 2)
                 WHERE p.id = ANY(%s)
                """,
                list(candidate_ids),
            ),
        ):
            if tz not in zones:
                zones[tz] = self._zone(tz)
            people[key] = Person(
                key, zones[tz], *senders[key], domain or "", away_until, refused_until
            )
        return people

    @api.constrains(*LIMITS)
    def _check_limits(self):
        """Speak plainly before the database does."""
        for campaign in self:
            if min(campaign[name] for name in LIMITS) < 0:
                raise ValidationError(
                    self.env._("The limits of a campaign cannot be below 0.")
                )
