"""A database session that the sender has for itself."""

import logging

import psycopg2
from psycopg2.extensions import TransactionRollbackError

from odoo import SUPERUSER_ID, api

_logger = logging.getLogger(__name__)

# What lost against another transaction is tried again: an answer of the mail server
# must not be forgotten for that.
TRIES = 3


class Session:
    """One connection out of Odoo's pool, set up for the sender, and given back as it
    was. Who makes one commits by itself, phase by phase of the protocol."""

    def __init__(self, registry):
        self.cr = registry.cursor()
        # Odoo's REPEATABLE READ would let the fence look at an old snapshot; what is
        # set here travels again with each change of autocommit, what `SESSION` sets not
        self.cr.connection.set_session(isolation_level="DEFAULT", readonly="DEFAULT")
        env = api.Environment(self.cr, SUPERUSER_ID, {})
        self.deliveries = env["recruit.campaign.delivery"]
        self.deliveries._prepare_session()
        self.commit()

    def commit(self):
        """End a phase of the protocol."""
        self.cr.commit()  # pylint: disable=invalid-commit

    def commit_again(self, change):
        """Call `change` and commit, once more where another transaction goes first."""
        for _try in range(TRIES):
            try:
                change()
                self.commit()
                return
            except TransactionRollbackError:
                self.cr.rollback()
        _logger.error("Answers of the mail server could not be recorded")

    def close(self):
        """Give the connection back, and with it every lock that was held by it."""
        try:
            self.cr.rollback()
            self.deliveries._close_session()
            self.commit()
        except psycopg2.Error:
            _logger.warning("The sender's database session is lost", exc_info=True)
        finally:
            self.cr.close()
