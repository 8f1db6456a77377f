import logging
from contextlib import suppress

from psycopg2.errors import SerializationFailure

from odoo import api, fields, models
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

MARK = "recruit_campaigns.database_mark"


class RecruitCampaign(models.Model):
    """After a backup is restored nothing is sent until somebody says so.

    A restored database has forgotten what was sent after the backup, and would send it
    once more. It is told by a mark that does not travel in a backup: the server, its
    timeline, and the numbers that it gave to the database and to the outbox.
    """

    _inherit = "recruit.campaign"

    is_restored = fields.Boolean(
        "Waits After a Restore", compute="_compute_is_restored"
    )

    def _compute_is_restored(self):
        self.is_restored = self._is_elsewhere()

    def action_confirm_restore(self):
        """Send from this database, as it is now.

        :raises AccessError: without the right to write campaigns
        """
        self.check_access("write")
        self._note_database()
        self.env["recruit.campaign.delivery"]._wake_senders()
        return True

    @api.model
    def _may_send_here(self):
        """Whether this database is the one that has sent before, or the first to."""
        # sudo: one parameter, for the engine itself
        if not self.env["ir.config_parameter"].sudo().get_param(MARK):
            self._note_first()
        elif self._is_elsewhere():
            _logger.warning(
                "Nothing is sent: this database was restored from a backup or copied. "
                "Confirm it on any campaign."
            )
            return False
        return True

    @api.model
    def _note_first(self):
        """Note a database that has not sent yet; the first of two workers that do so at
        the same moment is enough. Index: the unique one of the keys."""
        note = SQL(
            """INSERT INTO ir_config_parameter (key, value, create_uid, create_date,
                      write_uid, write_date)
               VALUES (%s, %s, %s, now(), %s, now())
               ON CONFLICT DO NOTHING""",
            MARK,
            self._database_mark(),
            self.env.uid,
            self.env.uid,
        )
        # one that fails so was noted a moment ago; this transaction cannot see it yet
        with suppress(SerializationFailure), self.env.cr.savepoint():
            self.env.cr.execute(note, log_exceptions=False)
        self.env["ir.config_parameter"].invalidate_model()
        self.env.registry.clear_cache("stable")

    @api.model
    def _note_database(self):
        # sudo: one parameter, for the engine itself
        self.env["ir.config_parameter"].sudo().set_param(MARK, self._database_mark())

    @api.model
    def _is_elsewhere(self):
        # sudo: one parameter, for the engine itself
        noted = self.env["ir.config_parameter"].sudo().get_param(MARK)
        return bool(noted) and noted != self._database_mark()

    @api.model
    def _database_mark(self):
        """What tells this database from its copies. Size: catalog look-ups."""
        [[readable]] = self.env.execute_query(
            SQL(
                """SELECT has_function_privilege('pg_control_system()', 'execute')
                      AND has_function_privilege('pg_control_checkpoint()', 'execute')
                """
            )
        )
        server = SQL(
            """(SELECT system_identifier FROM pg_control_system()),
               (SELECT timeline_id FROM pg_control_checkpoint())"""
        )
        [numbers] = self.env.execute_query(
            SQL(
                """SELECT oid, 'recruit_campaign_delivery'::regclass::oid, %s
                     FROM pg_database WHERE datname = current_database()""",
                server if readable else SQL("inet_server_addr(), inet_server_port()"),
            )
        )
        return "-".join(map(str, numbers))
