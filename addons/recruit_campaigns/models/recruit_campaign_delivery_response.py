from odoo import models

from ..engine import decide, states


class RecruitCampaignDelivery(models.Model):
    """What comes back: opens, clicks, replies, unsubscribes; and what never does."""

    _inherit = "recruit.campaign.delivery"

    def _touch_values(self):
        """What a touch that this message caused says about where it came from."""
        self.ensure_one()
        mailing = self.sudo()._wording().mailing_id  # sudo: only its labels
        return {
            "source_id": mailing.source_id.id,
            "medium_id": mailing.medium_id.id,
            "campaign_id": mailing.campaign_id.id,
            "res_model": self._name,
            "res_id": self.id,
        }

    def _on_click(self, tracker):
        """Somebody followed a link of this message.

        :param tracker: the link.tracker behind it
        """
        self.ensure_one()
        self.env["link.tracker.click"].add_click(
            tracker.code, mailing_trace_id=self.trace_id.id
        )
        self.candidate_id._log_touch(
            "clicked",
            evidence=tracker.url,
            dedupe_key=f"click:{self.id}:{tracker.id}",
            **self._touch_values(),
        )
        self.candidate_id._record_event("clicked", document=self, url=tracker.url)

    def _on_reply(self):
        """The person answered: their campaigns end, all of them."""
        for delivery in self:
            delivery.candidate_id._log_touch(
                "replied", dedupe_key=f"reply:{delivery.id}", **delivery._touch_values()
            )
            delivery.candidate_id._record_event("replied", document=delivery)

    def _settle_as_sent(self, reason):
        """Take uncertain messages for sent: the next step is planned.

        :param str reason: a sentence, kept on the row
        """
        now = self.env["recruit.clock"].now()
        for delivery in self.filtered(lambda row: row.state == states.UNCERTAIN):
            self._mark_sent([delivery._bare_sequel(now)], now, reason=reason)

    def _settle_overdue(self, now, limit=100):
        """After a day without evidence an uncertain message counts as sent.

        Size: one for each dead worker. Index: _uncertain_idx.
        """
        self.search(
            [
                ("state", "=", states.UNCERTAIN),
                ("fenced_at", "<=", now - decide.UNCERTAIN_SETTLES_AFTER),
            ],
            limit=limit,
            order="fenced_at",
        )._settle_as_sent(
            self.env._("No answer and no bounce in a day: taken for sent.")
        )
