from odoo import api, models

from odoo.addons.recruit_crm.models.recruit_channel import UNKNOWN


class RecruitChannelRule(models.Model):
    """Who applies after a click on a message came by that message.

    Odoo writes the name of the mailing as the source of the application, which no rule
    of words can know.
    """

    _inherit = "recruit.channel.rule"

    @api.model
    def _channel_of(self, kind, source, medium):
        found = super()._channel_of(kind, source, medium)
        unknown = self.env["ir.model.data"]._xmlid_to_res_id(UNKNOWN)
        if source and found == unknown and self._names_mailing(source):
            campaigns = "recruit_crm.recruit_channel_campaigns"
            return self.env["ir.model.data"]._xmlid_to_res_id(campaigns)
        return found

    @api.model
    def _names_mailing(self, source):
        """Return whether a mailing, of a campaign or not, has this name.

        Purpose: only for words that no rule knows, once for equal words of a batch.
        Size: one row. Index: the unique one of the names of sources.
        """
        # sudo: whether there is such a mailing is all that is asked
        mailings = self.env["mailing.mailing"].sudo()
        return bool(mailings.search_count([("source_id.name", "=", source)], limit=1))
