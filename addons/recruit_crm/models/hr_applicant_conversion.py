from odoo import models
from odoo.exceptions import UserError


class HrApplicant(models.Model):
    """An application that moves takes its conversions and their credit along."""

    _inherit = "hr.applicant"

    def _tell_journey(self, before):
        """After the touches and events of a step: what it is worth, and to whom."""
        result = super()._tell_journey(before)
        self._update_conversions()
        return result

    def _follow_person(self, emails):
        result = super()._follow_person(emails)
        self._update_conversions()
        return result

    def action_open_receipt(self):
        """Open the receipt of the hire: what led to it, and what each touch earned.

        :raise UserError: while nobody is hired by this application
        """
        self.ensure_one()
        hire = self.env["recruit.conversion"].search(
            [("applicant_id", "=", self.id), ("kind", "=", "hire")]
        )
        if not hire:
            raise UserError(
                self.env._("There is no receipt yet: nobody is hired by this.")
            )
        return hire.action_open_receipt()

    def _update_conversions(self):
        """Record where these applications stand now."""
        # sudo: an interviewer may move a card and writes no report
        self.env["recruit.conversion"].sudo()._update(
            self.ids, self.env["recruit.clock"].now()
        )
