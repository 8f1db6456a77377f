from odoo import models

from ..privacy import consent


class RecruitCandidate(models.Model):
    """Whose opens and clicks may be measured."""

    _inherit = "recruit.candidate"

    def _unmeasured(self):
        """Return those of these people whose opens and clicks are not to be measured.

        Who took it back or let it run out, and, where the company asks for consent,
        who did not give it. Size: a batch of letters, one statement.
        """
        current = self._current_consents(("tracking",))
        return self.filtered(
            lambda one: not one._may_be_measured(current[one._origin.id])
        )

    def _may_be_measured(self, row):
        """:param row: the last word on it, a recruit.consent or none"""
        if row:
            is_given = row.state == consent.GIVEN
            agreed = row.basis == "consent" or not self._needs_consent("tracking")
            return is_given and agreed
        return not self._needs_consent("tracking")
