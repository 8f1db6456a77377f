from odoo import api, models


class HrApplicant(models.Model):
    """Where an application came from, as one set of words of one contact."""

    _inherit = "hr.applicant"

    @api.model
    def default_get(self, fields):
        """Take no source from the cookies of the browser that creates the record.

        A recruiter who types an application in has followed links of their own; and
        Odoo keeps three cookies, each from another link, which make a source that
        never was, a record for the words of any stranger, and an error of a blank one.
        """
        blind = self.with_context(recruit_no_cookies=True)
        return super(HrApplicant, blind).default_get(fields)

    def _prepare_earlier_touches(self):
        """Return values of the contacts before this application that it reveals.

        Extend it with super(): they are recorded with the touch of the application.
        """
        self.ensure_one()
        return []

    def _prepare_origin(self):
        """Return the words or the utm links of the touch of this application.

        Who was found again in our own pools did not come: we went to them.
        """
        self.ensure_one()
        rediscovered = self.env.ref("recruit_crm.utm_source_rediscovered")
        return {
            "kind": (
                "rediscovered" if self.source_id == rediscovered else "application"
            ),
            "source_id": self.source_id.id,
            "medium_id": self.medium_id.id,
            "campaign_id": self.campaign_id.id,
        }


class UtmMixin(models.AbstractModel):
    _inherit = "utm.mixin"

    @api.private
    def tracking_fields(self):
        """Read no cookie for a record that must not have the browser's words."""
        if self.env.context.get("recruit_no_cookies"):
            return []
        return super().tracking_fields()
