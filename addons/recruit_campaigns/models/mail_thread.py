from odoo import api, models

from ..inbound import classify


class MailThread(models.AbstractModel):
    """Tell an out-of-office answer from a reply before the statistics count it."""

    _inherit = "mail.thread"

    @api.model
    def _message_route_process(self, message, message_dict, routes):
        today = self.env["recruit.clock"].now().date()
        is_human = classify(message, today).is_human
        automatic = {} if is_human else {"recruit_automatic_message": True}
        return super(MailThread, self.with_context(**automatic))._message_route_process(
            message, message_dict, routes
        )
