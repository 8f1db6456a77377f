from datetime import date

from odoo import fields, models
from odoo.exceptions import ValidationError

NEVER_BEFORE = date(1950, 1, 1)  # where a company does not say since when it exists


class ResCompany(models.Model):
    """Since when there is a company that somebody can have been in contact with."""

    _inherit = "res.company"

    recruit_founded_on = fields.Date(
        "Exists since", help="No touch of a candidate can be older than that."
    )

    def _check_founded(self, moment):
        """Refuse a contact before there was a company, or anybody to be in contact.

        :param moment: naive UTC
        :raise ValidationError: with the day from which on contacts are possible
        """
        # sudo: a date that is no secret; the company of whom the touch is about
        founded = self.sudo().recruit_founded_on or NEVER_BEFORE
        if moment.date() < founded:
            raise ValidationError(
                self.env._(
                    "%(moment)s is before the company existed, which is since "
                    "%(founded)s. Enter when the contact took place.",
                    moment=moment,
                    founded=founded,
                )
            )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    recruit_founded_on = fields.Date(
        related="company_id.recruit_founded_on", readonly=False
    )
