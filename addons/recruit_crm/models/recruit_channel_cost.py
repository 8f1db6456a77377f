from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL


class RecruitChannelCost(models.Model):
    """What a channel cost in a period: an invoice, a fair, a year of a job board.

    Spread evenly over its days: a report of a quarter takes the quarter's share.
    """

    _name = "recruit.channel.cost"
    _description = "Cost of a Channel"
    _order = "date_to desc, id desc"
    _rec_name = "channel_id"

    channel_id = fields.Many2one(
        "recruit.channel", required=True, index=True, ondelete="restrict"
    )
    campaign = fields.Char(help="In the words of the links, where it was for one.")
    date_from = fields.Date("From", required=True)
    date_to = fields.Date("To", required=True)
    amount = fields.Monetary(required=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    note = fields.Char(help="What was paid for, and the number of the invoice.")

    _period_check = models.Constraint(
        "CHECK (date_from <= date_to)", "A cost ends on the day it begins, or later."
    )
    _amount_check = models.Constraint(
        "CHECK (amount >= 0)", "A cost is no less than zero."
    )

    @api.model
    def get_import_templates(self):
        """Return the sheet that the import screen offers for download."""
        return [
            {
                "label": self.env._("Import Template for Costs of Channels"),
                "template": "/recruit_crm/static/csv/recruit_channel_cost.csv",
            }
        ]

    @api.constrains("date_from", "date_to")
    def _check_period(self):
        for cost in self:
            if cost.date_from.year < 1950 or cost.date_to.year > 2200:
                raise ValidationError(
                    self.env._("Check the years of the period: %s.", cost.display_name)
                )

    @api.model
    def _spent(self, start, end):
        """Return {channel id: amount} in the currency of the present company.

        Purpose: cost per hire on the board. Size: some costs a channel and month, a few
        thousand. Index: none, one scan.

        :param date start: first day, or None for all time
        :param date end: last day
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT c.channel_id, c.company_id, SUM(c.amount * CASE
                           WHEN %(start)s::date IS NULL THEN 1
                           ELSE (LEAST(c.date_to, %(end)s::date)
                                 - GREATEST(c.date_from, %(start)s::date) + 1)::numeric
                                / (c.date_to - c.date_from + 1) END)
                  FROM recruit_channel_cost c
                 WHERE c.company_id = ANY(%(companies)s)
                   AND c.date_from <= %(end)s
                   AND (%(start)s::date IS NULL OR c.date_to >= %(start)s)
              GROUP BY c.channel_id, c.company_id
                """,
                start=start,
                end=end,
                companies=self.env.companies.ids,
            )
        )
        spent = {}
        for channel, company, amount in rows:
            own = self.env["res.company"].browse(company)
            spent[channel] = spent.get(channel, 0) + own.currency_id._convert(
                float(amount), self.env.company.currency_id, own, end
            )
        return spent
