import secrets

from odoo import api, models
from odoo.tools import SQL

from ..engine import states
from ..engine.failpoint import hit
from ..engine.message import Sequel
from .recruit_campaign_delivery_fence import SESSION
from .statements import change

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
        """Give back all that is the worker's: the connection goes to the pool."""
        self.env.cr.execute(SQL("SELECT pg_advisory_unlock_all()"))
        self.env.cr.execute(SQL("DEALLOCATE ALL"))
        self.env.cr.execute(
            SQL(
                "SELECT set_config(name, reset_val, FALSE) FROM pg_settings"
                " WHERE name = ANY(%s)",
                list(SESSION),
            )
        )

    @api.model
    def _reap(self, own_token, now):
        """Take over what dead workers left; commit after it.

        A worker is dead when nobody holds the lock of its session. What it had only
        claimed goes back into the queue; what was in flight is uncertain and stays so
        until evidence, a person or a day says more. Nothing is sent again by itself.

        Size: a few rows for each dead worker. Index: _held_idx.

        :return: the sequels of what was accepted, which is the caller's to record
        """
        adopted = self.browse()
        for (token,) in self.env.execute_query(
            SQL(
                """SELECT DISTINCT claim_token FROM recruit_campaign_delivery
                    WHERE state IN %s AND claim_token <> %s""",
                states.HELD_BY_A_WORKER,
                own_token,
            )
        ):
            if self._is_dead(token):
                hit("in_reaper")
                held = self._held_by(token)
                held._give_back(token)
                held._move(
                    states.UNCERTAIN, token, reason=self._reason_text("worker_died")
                )
                adopted |= held._adopt(token, own_token)
        return adopted._sequels(now)

    def _adopt(self, token, own_token):
        """Take over what the mail server accepted from another worker."""
        rows = change(
            self.env,
            SQL(
                """UPDATE recruit_campaign_delivery SET claim_token = %s
                    WHERE id = ANY(%s) AND state || '' = 'accepted' AND claim_token = %s
                RETURNING id""",
                own_token,
                self.ids,
                token,
            ),
        )
        return self.browse([row[0] for row in rows])

    def _sequels(self, now):
        """What follows for each of these; without the message where none can be
        written any more."""
        letters, _errors = self._write_letters(now, {})
        written = {letter.delivery_id: letter.sequel for letter in letters}
        return [written.get(row.id) or row._bare_sequel(now) for row in self]

    def _bare_sequel(self, now):
        next_step = self.step_id._next_step()
        next_due_at = next_step._due_after(now, self.candidate_id.tz)
        return Sequel(self.id, next_step.id or None, next_due_at)

    @api.model
    def _held_by(self, token):
        """What a worker has claimed or in flight. Index: _held_idx."""
        rows = self.env.execute_query(
            SQL(
                """SELECT id FROM recruit_campaign_delivery
                    WHERE state IN %s AND claim_token = %s""",
                states.HELD_BY_A_WORKER,
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
