from odoo import api, models
from odoo.fields import Domain

from ..engine import states, stopping
from ..steps.kind import MAIL
from .worker import Worker

PREFIX = "recruit_campaigns"
MOST_SENDERS = 32
MOST = {"connections": 64, "fence_size": 100}


def _number(text):
    return int(text) if (text or "").isdecimal() else 1


class RecruitCampaignDelivery(models.Model):
    """The cron that sends."""

    _inherit = "recruit.campaign.delivery"

    @api.model
    def _cron_send_due(self):
        """Send what is due, until nothing is or the time of the cron is over.

        Many may run at once, in any number of processes and hosts.
        """
        commit_progress = self.env["ir.cron"]._commit_progress
        if not self.env["recruit.campaign"]._may_send_here():
            return
        settings = self._worker_settings()
        with stopping.working(), Worker(self.env.registry, **settings) as worker:
            worker.tidy_up()
            left = commit_progress(remaining=self._count_due())
            while left and not stopping.is_set():
                if not (count := worker.send_batch(seconds=left)):
                    break
                left = commit_progress(count)

    @api.model
    def _wake_senders(self):
        """Let every sender run as soon as this is committed."""
        for cron in self._sender_crons():
            cron._trigger()

    @api.model
    def _sender_crons(self):
        """The scheduled actions that send: each is a worker of its own."""
        # sudo: anyone who may use a campaign may wake its senders
        first = self.env.ref("recruit_campaigns.ir_cron_send_deliveries").sudo()
        return first.search(
            [("model_id", "=", first.model_id.id), ("code", "=", first.code)],
            order="id",
        )

    @api.model
    def _set_sender_count(self, count):
        """Add senders, or take away those that were added; one stays.

        :param int count: how many there are to be, 1 to 32
        """
        crons = self._sender_crons()
        wanted = min(max(count, 1), MOST_SENDERS)
        for number in range(len(crons), wanted):
            crons[:1].copy({"name": f"{crons[:1].name} ({number + 1})", "active": True})
        crons[wanted:].unlink()

    @api.model
    def _worker_settings(self):
        """How a worker sends: see `Worker`. The parameters are set in the settings."""
        # sudo: two numbers, for the engine itself
        parameters = self.env["ir.config_parameter"].sudo()
        return {
            name: min(max(_number(parameters.get_param(f"{PREFIX}.{name}")), 1), most)
            for name, most in MOST.items()
        }

    def _count_due(self):
        """How much is due; a thousand says 'a lot' as well as more."""
        now = self.env["recruit.clock"].now()
        return self.search_count(
            Domain("state", "in", states.DUE)
            & Domain("kind", "=", MAIL)
            & Domain("due_at", "<=", now)
            & Domain("campaign_id.state", "=", "running"),
            limit=1000,
        )
