import secrets

from odoo import api, models
from odoo.tools import SQL

from ..engine import states

# First key of the lock that a worker holds for its session: alive while it is held.
WORKER_LOCKS = 0x72635731


class RecruitCampaignDelivery(models.Model):
    """Which workers live, and what the dead ones left."""

    _inherit = "recruit.campaign.delivery"

    @api.model
    def _open_session(self):
        """Take the lock that says a worker lives; it goes with the connection.

        :return int: the token by which the worker claims rows
        """
        while True:
            token = secrets.randbelow(2**31 - 1) + 1
            [[is_free]] = self.env.execute_query(
                SQL("SELECT pg_try_advisory_lock(%s, %s)", WORKER_LOCKS, token)
            )
            if is_free:
                return token

    @api.model
    def _close_session(self):
        """Give back every lock of the worker: the connection goes to the pool."""
        self.env.cr.execute(SQL("SELECT pg_advisory_unlock_all()"))

    @api.model
    def _reap(self, own_token):
        """Take over what dead workers left; commit after it.

        A worker is dead when nobody holds the lock of its session. What it had only
        claimed goes back into the queue; what was in flight is uncertain and stays so
        until evidence, a person or a day says more. Nothing is sent again by itself.

        Size: a few rows for each dead worker. Index: _held_idx.
        """
        for (token,) in self.env.execute_query(
            SQL(
                """SELECT DISTINCT claim_token FROM recruit_campaign_delivery
                    WHERE state IN ('claimed', 'in_flight') AND claim_token <> %s""",
                own_token,
            )
        ):
            if self._is_dead(token):
                held = self._held_by(token)
                held._give_back(token)
                held._move(
                    states.UNCERTAIN, token, reason=self._reason_text("worker_died")
                )

    @api.model
    def _held_by(self, token):
        """What a worker has claimed or in flight. Index: _held_idx."""
        rows = self.env.execute_query(
            SQL(
                """SELECT id FROM recruit_campaign_delivery
                    WHERE state IN ('claimed', 'in_flight') AND claim_token = %s""",
                token,
            )
        )
        return self.browse([row[0] for row in rows])

    @api.model
    def _is_dead(self, token):
        [[free]] = self.env.execute_query(
            SQL("SELECT pg_try_advisory_xact_lock(%s, %s)", WORKER_LOCKS, token)
        )
        return free
