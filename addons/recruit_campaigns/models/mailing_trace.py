from odoo import fields, models


class MailingTrace(models.Model):
    """The native statistics tell the engine what came back."""

    _inherit = "mailing.trace"

    delivery_ids = fields.One2many("recruit.campaign.delivery", "trace_id")

    # Serves every inbound mail: native code looks its references up here.
    _message_id_idx = models.Index("(message_id) WHERE message_id IS NOT NULL")

    def set_opened(self, domain=None):
        """What was opened has arrived: an uncertain delivery is certain now.

        Replies and clicks come by here too. An automatic answer proves the arrival, but
        nobody has opened anything.
        """
        if self.env.context.get("recruit_automatic_message"):
            traces = self + (self.search(domain) if domain else self.browse())
        else:
            traces = super().set_opened(domain)
        traces.sudo().delivery_ids._settle_as_sent(  # sudo: the engine's own rows
            self.env._("It was sent: something came back from the person's mailbox.")
        )
        return traces

    def set_replied(self, domain=None):
        """A reply of a person ends their campaigns; an automatic answer does not."""
        if self.env.context.get("recruit_automatic_message"):
            return self.browse()
        traces = super().set_replied(domain)
        traces.sudo().delivery_ids._on_reply()  # sudo: the engine's own rows
        return traces
