from odoo import models


class RecruitMatch(models.Model):
    """People found for a job are written to by a campaign that a person chooses."""

    _inherit = "recruit.match"

    def action_add_to_campaign(self):
        """Ask for a campaign and put these people in."""
        self.check_access("read")
        return self.candidate_id.action_add_to_campaign()
