from odoo import api, fields, models


class MailMail(models.Model):
    """A refusal that waits may still be taken back."""

    _inherit = "mail.mail"

    refused_applicant_id = fields.Many2one(
        "hr.applicant",
        index="btree_not_null",
        ondelete="set null",
        help="The application that this message refuses.",
    )

    @api.model
    def _take_back_refusals(self, applicants):
        """Cancel the refusals of these applications that have not been sent yet.

        :return: the applications whose refusal was sent already
        """
        mails = self.search([("refused_applicant_id", "in", applicants.ids)])
        waiting = mails.filtered(lambda mail: mail.state == "outgoing")
        waiting.cancel()
        return (mails - waiting).refused_applicant_id
