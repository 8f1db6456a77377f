from datetime import datetime, time, timedelta

from odoo import api, fields, models
from odoo.tools import SQL, format_date

from odoo.addons.recruit_crm.models.recruit_candidate import CRM

from .statements import change

# How long to leave somebody in peace whose note of absence names no day.
DEFAULT_ABSENCE = timedelta(days=7)
# How long to wait after a passing problem: a full mailbox, a server that is down.
AFTER_A_FAILURE = timedelta(days=3)
SATURDAY = 5


class RecruitCandidate(models.Model):
    """Held: nothing is sent for a while, and then all goes on where it was."""

    _inherit = "recruit.candidate"

    mail_hold_until = fields.Datetime(
        "Held Until", readonly=True, copy=False, groups=CRM
    )
    mail_hold_reason = fields.Char(
        "Held Because", readonly=True, copy=False, groups=CRM
    )

    is_mail_held = fields.Boolean(compute="_compute_is_mail_held", groups=CRM)

    @api.depends("mail_hold_until")
    def _compute_is_mail_held(self):
        now = self.env["recruit.clock"].now()
        for candidate in self:
            until = candidate.mail_hold_until
            candidate.is_mail_held = bool(until and until > now)

    @api.model
    def _absence_ends(self, returns_on):
        """When mail may go again to somebody who is away: the working day after the
        first day back, when the mailbox has been seen through.

        :param returns_on: a date, or None where the note names none
        :return: naive UTC
        """
        day = returns_on or (self.env["recruit.clock"].now() + DEFAULT_ABSENCE).date()
        day += timedelta(days=1)
        while day.weekday() >= SATURDAY:
            day += timedelta(days=1)
        return datetime.combine(day, time.min)

    def _hold_mail(self, until, reason):
        """Send nothing to these people before a moment. A longer hold stays.

        :param datetime until: naive UTC
        :param str reason: a sentence, shown where the message waits
        """
        for candidate in self.sudo():  # sudo: the engine's own columns
            if not candidate.mail_hold_until or candidate.mail_hold_until < until:
                candidate.write({"mail_hold_until": until, "mail_hold_reason": reason})
        self._push_held()

    def _push_held(self):
        """Let what is planned wait until the hold is over, and say why.

        Size: the open messages of these people. Index: of candidate_id.
        """
        change(
            self.env,
            SQL(
                """
                UPDATE recruit_campaign_delivery d
                   SET due_at = p.mail_hold_until, reason = p.mail_hold_reason,
                       hold = 'away', hold_lane = NULL
                  FROM recruit_candidate p
                 WHERE p.id = ANY(%s) AND d.candidate_id = p.id
                   AND d.state IN ('planned', 'retry')
                   AND d.due_at < p.mail_hold_until
                RETURNING d.id
                """,
                self.ids,
            ),
        )

    def action_release_mail(self):
        """Do not wait any longer: what was held is due now.

        :raises AccessError: without the right to write these people
        """
        self.check_access("write")
        held = self.sudo().filtered("mail_hold_until")  # sudo: checked above
        change(
            self.env,
            SQL(
                """
                UPDATE recruit_campaign_delivery d
                   SET due_at = %s, reason = NULL, hold = NULL
                  FROM recruit_candidate p
                 WHERE p.id = ANY(%s) AND d.candidate_id = p.id
                   AND d.state = 'planned' AND d.reason = p.mail_hold_reason
                RETURNING d.id
                """,
                self.env["recruit.clock"].now(),
                held.ids,
            ),
        )
        held.write({"mail_hold_until": False, "mail_hold_reason": False})
        held.enrollment_ids.campaign_id._wake_sender()
        self.env["recruit.campaign.delivery"]._wake_steps()
        return True

    def _absence_reason(self, returns_on):
        if not returns_on:
            return self.env._("Out of office; no day of return is stated.")
        day = format_date(self.env, returns_on)
        return self.env._("Out of office, back on %s.", day)


class RecruitCampaignEnrollment(models.Model):
    _inherit = "recruit.campaign.enrollment"

    mail_hold_until = fields.Datetime(related="candidate_id.mail_hold_until")
    mail_hold_reason = fields.Char(related="candidate_id.mail_hold_reason")

    @api.model
    def _insert(self, campaign, times_before, *args, **kwargs):
        """Whoever is held when enrolled waits like the others."""
        enrolled_ids = super()._insert(campaign, times_before, *args, **kwargs)
        now = self.env["recruit.clock"].now()
        # sudo: the engine's own columns
        people = self.env["recruit.candidate"].sudo()
        held = people.search(
            [("id", "in", enrolled_ids), ("mail_hold_until", ">", now)]
        )
        if held:
            held._push_held()
        return enrolled_ids
