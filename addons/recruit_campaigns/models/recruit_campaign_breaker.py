from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..engine import breaker

MANAGER = "hr_recruitment.group_hr_recruitment_manager"
# What came back lately counts: a campaign that got better may go on.
LATELY = timedelta(days=7)
LIMITS = {"complaint": breaker.COMPLAINTS, "bounced": breaker.BOUNCES}
# From "all is well" to the worst.
LEVELS = [breaker.GOOD, breaker.WARN, breaker.PAUSE, breaker.HALT]


class RecruitCampaign(models.Model):
    """Breakers: too many spam reports or bounces pause a campaign by themselves."""

    _inherit = "recruit.campaign"

    breaker_level = fields.Selection(
        [
            (breaker.GOOD, "All is well"),
            (breaker.WARN, "Near the limit"),
            (breaker.PAUSE, "Paused by itself"),
            (breaker.HALT, "Stopped by itself"),
        ],
        default=breaker.GOOD,
        required=True,
        readonly=True,
        copy=False,
    )
    breaker_reason = fields.Char("Because", readonly=True, copy=False)
    breaker_since = fields.Datetime(
        readonly=True, copy=False, help="What came back before does not count any more."
    )

    def action_resume(self):
        """Send again, and count what comes back from here on.

        :raises UserError: for who is no manager, where a breaker has stopped it
        """
        halted = self.filtered(lambda one: one.breaker_level == breaker.HALT)
        if halted and not (self.env.su or self.env.user.has_group(MANAGER)):
            raise UserError(
                self.env._(
                    "“%(campaign)s” was stopped: %(reason)s Only a manager may let it "
                    "go on.",
                    campaign=halted[0].name,
                    reason=halted[0].breaker_reason,
                )
            )
        self.filtered(lambda one: one.breaker_level != breaker.GOOD).write(
            {
                "breaker_level": breaker.GOOD,
                "breaker_reason": False,
                "breaker_since": self.env["recruit.clock"].now(),
            }
        )
        return super().action_resume()

    def _check_breaker(self, kind):
        """Look whether too much of a kind came back lately, and act on it.

        :param str kind: of recruit.campaign.event: complaint or bounced
        """
        for campaign in self.filtered(lambda one: one.state == "running"):
            count, sent = campaign._share_lately(kind)
            level = breaker.judge(count, sent, LIMITS[kind])
            if LEVELS.index(level) > LEVELS.index(campaign.breaker_level):
                campaign._trip(level, campaign._breaker_words(kind, count, sent))

    def _share_lately(self, kind):
        """How many came back, of how many sent.

        Purpose: one look for each report. Size: what came back in a week, and as many
        sent messages as could make that too much. Index: of campaign_id, both.
        """
        since = self.env["recruit.clock"].now() - LATELY
        since = max(since, self.breaker_since or since)
        mine = [("campaign_id", "=", self.id)]
        # sudo: what came back to all people of the campaign
        events = self.env["recruit.campaign.event"].sudo()
        count = events.search_count(
            [*mine, ("kind", "=", kind), ("occurred_at", ">=", since)]
        )
        if count < LIMITS[kind].minimum:
            return count, 0
        deliveries = self.env["recruit.campaign.delivery"].sudo()
        sent = deliveries.search_count(
            [*mine, ("sent_at", ">=", since)],
            limit=breaker.enough_to_know(count, LIMITS[kind]),
        )
        return count, max(sent, count)

    def _breaker_words(self, kind, count, sent):
        share = f"{100 * count / sent:.2f}"
        if kind == "complaint":
            return self.env._(
                "%(count)s of %(sent)s people reported it as spam (%(share)s %%).",
                count=count,
                sent=sent,
                share=share,
            )
        return self.env._(
            "%(count)s of %(sent)s messages came back (%(share)s %%).",
            count=count,
            sent=sent,
            share=share,
        )

    def _trip(self, level, reason):
        """Warn, or pause: nothing leaves after this is committed; and tell the owner.

        A stop pauses every running campaign of the sender: their mail suffers, too.
        """
        self.ensure_one()
        # sudo: the engine acts, whoever's report it was
        campaigns = self.sudo()
        if level == breaker.HALT:
            same = [("email_from", "=", self.email_from), ("state", "=", "running")]
            campaigns |= campaigns.search(same)
        campaigns.write({"breaker_level": level, "breaker_reason": reason})
        if level != breaker.WARN:
            campaigns.action_pause()
        for campaign in campaigns:
            campaign._tell_owner(level, reason)

    def _tell_owner(self, level, reason):
        summaries = {
            breaker.WARN: self.env._("Many answers of the wrong kind"),
            breaker.PAUSE: self.env._("The campaign paused itself"),
            breaker.HALT: self.env._("The campaign was stopped"),
        }
        self.activity_schedule(
            "mail.mail_activity_data_warning",
            date_deadline=self.env["recruit.clock"].now().date(),
            summary=summaries[level],
            note=reason,
            user_id=(self.user_id or self.create_uid).id,
        )


class RecruitCampaignEvent(models.Model):
    _inherit = "recruit.campaign.event"

    @api.model
    def _record(self, kind, candidate, delivery=None, **values):
        """Look at the breakers after what they count."""
        event = super()._record(kind, candidate, delivery, **values)
        # a passing problem of a mailbox says nothing about the list
        if kind in LIMITS and values.get("cause") != "temporary":
            event.campaign_id._check_breaker(kind)
        return event
