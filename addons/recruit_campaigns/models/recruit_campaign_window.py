from datetime import time, timedelta

from odoo import fields, models
from odoo.fields import Domain

from odoo.addons.base.models.res_partner import _tz_get

from ..timing.wall import to_wall
from ..timing.window import NeverOpenError, Window, next_open
from ..timing.zones import first_zone

# In the order of date.weekday(). The names are those of Odoo's week_days widget.
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MIDNIGHT = 24.0


class RecruitCampaign(models.Model):
    """The hours and days in which messages leave, by the clock of the person."""

    _inherit = "recruit.campaign"

    window_from = fields.Float("Not Before", default=0.0, help="Hour of the day.")
    window_to = fields.Float("Until", default=MIDNIGHT, help="Hour of the day.")
    mon = fields.Boolean(default=True)
    tue = fields.Boolean(default=True)
    wed = fields.Boolean(default=True)
    thu = fields.Boolean(default=True)
    fri = fields.Boolean(default=True)
    sat = fields.Boolean(default=True)
    sun = fields.Boolean(default=True)
    skip_holidays = fields.Boolean(
        default=True,
        help="Nothing leaves on the public holidays in the company's working hours.",
    )
    tz = fields.Selection(
        _tz_get,
        "One Clock for All",
        help="Empty: the clock of the person, else of the sender, else of the company.",
    )

    _window_check = models.Constraint(
        "CHECK (window_from >= 0 AND window_to <= 24 AND window_from < window_to)",
        "The window of a campaign opens before it closes, between 0:00 and 24:00.",
    )
    _weekdays_check = models.Constraint(
        "CHECK (mon OR tue OR wed OR thu OR fri OR sat OR sun)",
        "A campaign sends on at least one day of the week.",
    )

    def _send_window(self):
        """The window, with the holidays to come."""
        return Window(
            opens=_clock(self.window_from),
            closes=None if self.window_to >= MIDNIGHT else _clock(self.window_to),
            weekdays=frozenset(
                number for number, name in enumerate(WEEKDAYS) if self[name]
            ),
            holidays=self._holidays(),
        )

    def _holidays(self):
        """The local dates of the public holidays to come; all dates of longer ones."""
        # sudo: when the company is closed is no secret, working hours are HR's
        calendar = (self.company_id or self.env.company).sudo().resource_calendar_id
        if not self.skip_holidays or not calendar:
            return frozenset()
        zone = first_zone([calendar.tz])
        leaves = calendar.global_leave_ids.filtered_domain(
            Domain("date_to", ">=", self.env["recruit.clock"].now())
        )
        return frozenset(
            day
            for leave in leaves
            for day in _days(
                to_wall(leave.date_from, zone).date(),
                to_wall(leave.date_to, zone).date(),
            )
        )

    def _zone(self, tz):
        """Whose clock counts for somebody in a time zone."""
        company = self.company_id or self.env.company
        return first_zone([self.tz, tz, self.user_id.tz, company.partner_id.tz])

    def _opens_at(self, moment, tz):
        """The first moment not before `moment` in which somebody may be written to.

        :param datetime moment: naive UTC
        :param str tz: the time zone of the person, if known
        """
        return next_open(moment, self._send_window(), self._zone(tz))

    def _start_obstacles(self):
        """A window that never opens is said before the start."""
        obstacles = super()._start_obstacles()
        try:
            self._opens_at(self.env["recruit.clock"].now(), False)
        except NeverOpenError:
            obstacles.append(
                self.env._("Its window never opens: all its days are holidays.")
            )
        return obstacles


def _clock(hour):
    """The time of an hour with its fraction: 8.5 is 8:30."""
    minutes = round(hour * 60)
    return time(minutes // 60, minutes % 60)


def _days(first, last):
    return [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]
