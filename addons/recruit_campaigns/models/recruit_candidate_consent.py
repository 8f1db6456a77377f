from odoo import models


class RecruitCandidate(models.Model):
    """Consent and campaigns: who objected or has no valid consent gets no message."""

    _inherit = "recruit.candidate"

    def _record_event(self, kind, document=None, **details):
        """End campaigns with a withdrawal; keep opt-out and ledger in step."""
        result = super()._record_event(kind, document, **details)
        about_messages = details.get("purpose") == "marketing"
        if kind == "consent_withdrawn" and about_messages:
            self._exit_unreachable()
        elif kind == "consent_given" and about_messages:
            # sudo: the person's newer word takes back the older one
            self.sudo().filtered("recruiting_opt_out").recruiting_opt_out = False
        elif kind == "unsubscribed":
            self._withdraw_consent("marketing", "link")
        return result

    def _consent_missing(self):
        """Tell of the link of a message in its own words; it is in the ledger too."""
        if self.recruiting_opt_out:
            return self.env._("Unsubscribed from recruiting mail.")
        return super()._consent_missing()
