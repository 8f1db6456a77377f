from odoo import api, models

from ..engine.inbound import is_automatic


class MailThread(models.AbstractModel):
    """Tell an out-of-office answer from a reply before the statistics count it."""

    _inherit = "mail.thread"

    @api.model
    def _message_route_process(self, message, message_dict, routes):
        automatic = {"recruit_automatic_message": True} if is_automatic(message) else {}
        return super(MailThread, self.with_context(**automatic))._message_route_process(
            message, message_dict, routes
        )
