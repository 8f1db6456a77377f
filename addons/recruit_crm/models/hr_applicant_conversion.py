from odoo import models


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

    def _update_conversions(self):
        """Record where these applications stand now."""
        # sudo: an interviewer may move a card and writes no report
        self.env["recruit.conversion"].sudo()._update(
            self.ids, self.env["recruit.clock"].now()
        )
