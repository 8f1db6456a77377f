import threading
import time
from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.modules.registry import Registry
from odoo.tools import SQL

from .statements import look

# Odoo's cron server looks for work every 60 seconds or a little more, whenever a moment
# in between is asked for. So this process rings at a moment that is nearer than that,
# and is awake early enough before one that is not.
NEAR = timedelta(seconds=80)
EARLY = timedelta(seconds=75)

# The next due time of what is sent, or of the other steps. Size: the first row of a
# queue that is not of a paused campaign. Indexes: _due_idx, _due_steps_idx.
NEXT_DUE = """
SELECT d.due_at
  FROM recruit_campaign_delivery d
  JOIN recruit_campaign c ON c.id = d.campaign_id AND c.state = 'running'
 WHERE %(queue)s AND d.due_at > %(now)s
 ORDER BY d.due_at
 LIMIT 1
"""
QUEUES = {
    "ir_cron_send_deliveries": SQL(
        "d.state IN ('planned', 'retry') AND d.kind = 'mail'"
    ),
    "ir_cron_take_steps": SQL("d.state = 'planned' AND d.kind <> 'mail'"),
}

_alarms = {}  # name of a database -> when it rings, the alarm
_alarms_lock = threading.Lock()


class RecruitCampaignDelivery(models.Model):
    """The crons run at the moment at which something is due, not some time after."""

    _inherit = "recruit.campaign.delivery"

    @api.model
    def _cron_send_due(self):
        result = super()._cron_send_due()
        self._wake_next("ir_cron_send_deliveries")
        return result

    @api.model
    def _cron_take_steps(self):
        result = super()._cron_take_steps()
        self._wake_next("ir_cron_take_steps")
        return result

    @api.model
    def _wake_next(self, name):
        """Wake the cron that runs now when the next row is due: two triggers at most.

        :param str name: in `QUEUES`
        """
        clock = self.env["recruit.clock"].now()
        now = fields.Datetime.now()  # the crons go by the clock of the server
        rows = look(self.env, SQL(NEXT_DUE, queue=QUEUES[name], now=clock))
        # sudo: a cron wakes itself
        cron_id = self.env.context.get("cron_id")
        cron = self.env["ir.cron"].sudo().browse(cron_id)
        if not cron_id:
            cron = self.env.ref(f"recruit_campaigns.{name}").sudo()
        triggers = self.env["ir.cron.trigger"].sudo()
        triggers.search([("cron_id", "=", cron.id), ("call_at", ">", now)]).unlink()
        if not rows:
            return
        ahead = rows[0][0] - clock
        cron._trigger(now + ahead)
        if ahead <= NEAR:
            _set_alarm(self.env.cr.dbname, ahead.total_seconds())
        else:
            cron._trigger(now + ahead - EARLY)


def _set_alarm(name, seconds):
    """Ring for the crons of a database after some seconds.

    One alarm a database and process: a later one gives way to a nearer one. Whoever
    rings finds out what comes next, and sets the next alarm.
    """
    rings_at = time.monotonic() + seconds
    with _alarms_lock:
        at, before = _alarms.get(name, (0, None))
        if before and before.is_alive():
            if at <= rings_at:
                return
            before.cancel()
        # a little later: what is due must not lie ahead any more
        alarm = threading.Timer(seconds + 0.1, _ring, [name])
        alarm.daemon = True
        _alarms[name] = rings_at, alarm
        alarm.start()


def _ring(name):
    with Registry(name).cursor() as cr:
        api.Environment(cr, SUPERUSER_ID, {})["ir.cron"]._notifydb()
