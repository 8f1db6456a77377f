from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

QUICK_MONTHS = {"one_month": 1, "three_months": 3, "six_months": 6}


class RecruitCandidateSnooze(models.TransientModel):
    """Ask until when, and snooze the candidates."""

    _name = "recruit.candidate.snooze"
    _description = "Snooze Candidates"

    candidate_ids = fields.Many2many(
        "recruit.candidate", required=True, context={"active_test": False}
    )
    choice = fields.Selection(
        [
            ("one_month", "1 month"),
            ("three_months", "3 months"),
            ("six_months", "6 months"),
            ("date", "Until a date"),
        ],
        "For",
        required=True,
        default="one_month",
    )
    until = fields.Date(
        "Wakes on", compute="_compute_until", store=True, readonly=False, required=True
    )
    reason = fields.Char("What to wait for")

    @api.depends("choice")
    def _compute_until(self):
        today = self.env["recruit.clock"].now().date()
        for wizard in self:
            months = QUICK_MONTHS.get(wizard.choice)
            wizard.until = (
                today + relativedelta(months=months) if months else wizard.until
            )

    def action_apply(self):
        """Snooze."""
        self.ensure_one()
        self.candidate_ids.action_snooze(self.until, self.reason)
        return {"type": "ir.actions.client", "tag": "soft_reload"}
