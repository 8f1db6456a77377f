from odoo import api, models


class MailBlacklist(models.Model):
    """Who comes on the company's blacklist leaves the campaigns in the same moment."""

    _inherit = "mail.blacklist"

    @api.model_create_multi
    def create(self, vals_list):
        """No message leaves for these addresses after this is committed."""
        entries = super().create(vals_list)
        entries._stop_campaigns()
        return entries

    def write(self, vals):
        """The same for addresses that come back on the list."""
        result = super().write(vals)
        if vals.get("active") or vals.get("email"):
            self._stop_campaigns()
        return result

    def _stop_campaigns(self):
        # sudo: an address is blocked for everybody, whoever blocks it
        people = self.env["recruit.candidate"].sudo().with_context(active_test=False)
        emails = self.filtered("active").mapped("email")
        listed = people.search([("email_normalized", "in", emails)])
        # whoever is enrolled at this moment, too: no final dot follows the commit
        listed._lock_dots()
        listed._exit_unreachable()
