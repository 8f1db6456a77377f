from collections import Counter
from datetime import timedelta

from odoo import models
from odoo.fields import Domain
from odoo.tools import email_domain_extract, format_date

from ..timing.window import NeverOpenError
from .recruit_campaign_preflight import OK, STOP, WARNING
from .recruit_sender_domain import BULK

A_YEAR = timedelta(days=365)
NARROW = 0.5  # hours


class RecruitCampaign(models.Model):
    """The checks of this addon before a campaign starts."""

    _inherit = "recruit.campaign"

    def action_preflight(self):
        """Ask the DNS anew, too: that takes a moment, so it happens here alone."""
        self.check_access("write")
        for campaign in self:
            domains = self.env["recruit.sender.domain"]
            if domain := domains._of(campaign.email_from, create=True):
                domain._look_up(campaign._envelope_domain() or domain.name)
        return super().action_preflight()

    def _preflight(self):
        """Add the times, the sender, the link to unsubscribe and the audience."""
        rows = super()._preflight()
        if not self.step_ids:
            return rows  # the rest speaks of messages
        people = self._audience()
        left_out = people._stop_reasons(self.company_id, self)
        going = people.filtered(lambda person: person.id not in left_out)
        return [
            *rows,
            *self._check_times(),
            *self._check_capacity(going),
            *self._check_sender_domain(len(going)),
            *self._check_unsubscribe_link(),
            *self._check_left_out(people, left_out),
            *self._check_values(going),
        ]

    # ----------------------------------------------------------------- the times

    def _check_times(self):
        """The window, and how long all of it takes."""
        width = self.window_to - self.window_from
        if round(width * 60) < 1:
            yield self._finding(
                STOP,
                self.env._(
                    "Its window is zero minutes long: nothing would ever leave."
                ),
                self.env._("Let messages leave between two different times."),
            )
            return
        if width < NARROW:
            yield self._finding(
                WARNING,
                self.env._("Its window is only %s min long.", round(width * 60)),
                self.env._("What does not fit waits for the next day."),
            )
        yield self._check_length()

    def _check_length(self):
        now = self.env["recruit.clock"].now()
        try:
            last = self._last_message_at(now)
        except NeverOpenError:
            last = None
        if last is None or last > now + A_YEAR:
            return self._finding(
                STOP,
                self.env._("Who enters today would not be through within a year."),
                self.env._("Shorten the delays, or open more days."),
            )
        return self._finding(
            OK,
            self.env._(
                "Steps: %(count)s. For who enters today the last is on %(day)s.",
                count=len(self._steps()),
                day=format_date(self.env, last),
            ),
        )

    def _last_message_at(self, moment):
        """When the last step is due for who enters at a moment and sees every one."""
        for step in self._steps():
            moment = step._due_after(moment, False)
        return moment

    # ---------------------------------------------------------------- the sender

    def _envelope_domain(self):
        """The domain to which bounces of this campaign return."""
        server = self.env["ir.mail_server"].with_company(
            self.company_id or self.env.company
        )
        bounce = server._get_default_bounce_address() or self.email_from
        return email_domain_extract(bounce or "")

    def _check_sender_domain(self, count):
        """What the DNS said last. Many messages need all of it in order."""
        domain = self.env["recruit.sender.domain"]._of(self.email_from)
        if not domain.findings:
            yield self._finding(
                WARNING,
                self.env._("The sender's domain has not been looked up."),
                self.env._("Press Check; it asks for SPF, DKIM and DMARC."),
            )
        bad = STOP if count > BULK else WARNING
        for is_good, sentence, remedy in domain._sentences():
            yield self._finding(
                OK if is_good else bad, f"{domain.name}: {sentence}", remedy
            )

    def _check_unsubscribe_link(self):
        if not self.get_base_url().startswith("https://"):
            yield self._finding(
                WARNING,
                self.env._("The link to unsubscribe does not begin with https."),
                self.env._(
                    "Gmail and Yahoo ask for it. Set the parameter web.base.url, and "
                    "serve Odoo behind https."
                ),
            )

    # -------------------------------------------------------------- the audience

    def _check_left_out(self, people, left_out):
        """Who of the audience gets nothing, and why."""
        if not people:
            return
        going = len(people) - len(left_out)
        yield self._finding(
            OK if going else WARNING,
            self.env._(
                "Who gets it: %(going)s of %(all)s.", going=going, all=len(people)
            ),
        )
        enrollment = self.env["recruit.campaign.enrollment"]
        for code, count in Counter(left_out.values()).most_common():
            yield self._finding(
                WARNING,
                self.env._(
                    "Left out: %(count)s (%(reason)s)",
                    count=count,
                    reason=enrollment._reason_text(code),
                ),
            )

    def _check_values(self, people):
        """Placeholders without a value, and without a fallback."""
        for position, step in enumerate(self._steps(), start=1):
            paths = frozenset().union(
                *(variant._needed_paths() for variant in step.variant_ids)
            )
            for path in sorted(paths):
                if count := self._count_missing(people, path):
                    yield self._finding(
                        WARNING,
                        self.env._(
                            "Step %(step)s waits: %(field)s is missing for %(count)s "
                            "of %(all)s.",
                            step=position,
                            count=count,
                            all=len(people),
                            field=people._placeholder_label(path),
                        ),
                        self.env._("Fill it in, or give the placeholder a fallback."),
                    )

    def _count_missing(self, people, path):
        """How many of these people have no value. Size: the audience, one statement."""
        stored = people._stored_placeholder(path)
        if not stored:
            return 0  # known at the sending alone
        missing = people._missing_domain(stored)
        return people.search_count(Domain("id", "in", people.ids) & missing)
