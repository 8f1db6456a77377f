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
        rules = self.env["res.company"]._consent_rules("tracking")
        return self.filtered(
            lambda one: (
                not one._may_be_measured(current[one._origin.id], one._is_asked(rules))
            )
        )

    def _may_be_measured(self, row, is_asked):
        """:param row: the last word on it, a recruit.consent or none
        :param bool is_asked: whether the company asks for consent"""
        if row:
            is_given = row.state == consent.GIVEN
            return is_given and (row.basis == "consent" or not is_asked)
        return not is_asked
