from collections import Counter
from datetime import timedelta

from odoo import models
from odoo.tools import format_date

from ..planner.capacity import last_day
from ..planner.rules import Pace
from ..steps.kind import MAIL
from .recruit_campaign_preflight import OK, STOP

A_YEAR = timedelta(days=365)


class RecruitCampaign(models.Model):
    """Whether its pace lets all that a campaign has to send leave within a year."""

    _inherit = "recruit.campaign"

    def _check_capacity(self, newcomers):
        """By the rules that the planner goes by: window, days off, limits, warm-up.

        :param newcomers: those of the audience who may be written to
        """
        now = self.env["recruit.clock"].now()
        rules, each = self._planner_rules(now), self._most_messages()
        if not each or (rules.pace == Pace() and not rules.cap):
            return
        inside = self.enrollment_ids.filtered(lambda one: one.state == "active")
        everybody = newcomers | inside.candidate_id
        if not everybody:
            return
        people = self._planner_people(everybody.ids).values()
        senders = Counter((one.sender, one.sender_zone) for one in people)
        domains = Counter(one.domain for one in people)
        day = last_day(
            rules,
            [(zone, count * each) for (_address, zone), count in senders.items()],
            {name: count * each for name, count in domains.items()},
            each,
            now,
            A_YEAR,
        )
        yield self._capacity_finding(len(people) * each, day)

    def _capacity_finding(self, messages, day):
        if day:
            return self._finding(
                OK,
                self.env._(
                    "At its pace the last message (of %(messages)s) leaves on %(day)s "
                    "at the earliest.",
                    messages=messages,
                    day=format_date(self.env, day),
                ),
            )
        return self._finding(
            STOP,
            self.env._(
                "At its pace the last message (of %(messages)s) would leave in more "
                "than a year.",
                messages=messages,
            ),
            self.env._(
                "Let more leave on a day, open more days and hours, or choose fewer "
                "people."
            ),
        )

    def _most_messages(self):
        """How many messages somebody gets who takes the longest way through."""
        most = {}
        for step in reversed(self._steps()):
            after = max((most[one] for one in step._next_steps()), default=0)
            most[step] = after + (step.kind == MAIL)
        return max(most.values(), default=0)
