from odoo import api, fields, models

from ..privacy import retention


class RecruitRetentionPolicy(models.Model):
    """How long people must and may be kept, as data: country x purpose x outcome.

    Of the policies that fit a person the most specific one counts: of the company, then
    of the country, then of the outcome; of equals the strictest.
    """

    _name = "recruit.retention.policy"
    _description = "Retention Policy"
    _order = "sequence, id"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    purpose = fields.Selection(
        retention.PURPOSES,
        "Kept for",
        required=True,
        default="application",
        help="Applications: since they ended. Talent pools: people in a pool, or with "
        "consent to be kept, since they last were in touch. Nurturing and sourcing: "
        "everybody else, and who agreed to messages, since they last were in touch.",
    )
    outcome = fields.Selection(
        retention.OUTCOMES, required=True, default="any", help="Of an application."
    )
    country_ids = fields.Many2many(
        "res.country",
        "recruit_retention_policy_country_rel",
        "policy_id",
        "country_id",
        "Countries",
        help="Where the people live. Empty: everywhere.",
    )
    company_id = fields.Many2one("res.company", index="btree_not_null")
    min_months = fields.Integer(
        "At least (months)",
        help="Until then nobody is erased, not even on request: a law asks to keep it.",
    )
    max_months = fields.Integer("At most (months)", required=True, default=24)
    notice_days = fields.Integer(
        "Notice (days)",
        default=30,
        help="How long before the end the person gets a mail, with a link to stay. 0: "
        "no mail. Who cannot be reached is not waited for.",
    )
    legal_source = fields.Text(help="The law or the guidance that this follows.")

    _months_check = models.Constraint(
        "CHECK (min_months >= 0 AND max_months >= min_months AND max_months > 0"
        " AND max_months <= 1200 AND notice_days BETWEEN 0 AND 365)",
        "The most is at least 1 month and not less than the least; the notice is 0 to "
        "365 days.",
    )

    @api.model
    def _plain(self):
        """Return the policies for the pure functions."""
        # sudo: the law of a company holds for its people, whoever looks at them
        return tuple(
            retention.Policy(
                id=policy.id,
                purpose=policy.purpose,
                outcome=policy.outcome,
                country_ids=frozenset(policy.country_ids.ids),
                company_id=policy.company_id.id or None,
                min_months=policy.min_months,
                max_months=policy.max_months,
                notice_days=policy.notice_days,
            )
            for policy in self.sudo().search([])
        )
