from odoo import api, fields, models

CONTENT = ("subject", "body_html")


class RecruitCampaignContent(models.AbstractModel):
    """What a message says, read and written where somebody looks for it.

    It stands on the mailing of a wording, which brings the native statistics. Compute
    with sudo: recruiters write messages without the rights of marketing. A model that
    is such content has ``_wording()``: the recruit.campaign.variant of one record that
    holds its text, or none.
    """

    _name = "recruit.campaign.content"
    _description = "Content of a Message"

    # The field that leads to the mailing.
    _mailing_path = "mailing_id"

    subject = fields.Char(
        compute="_compute_subject", inverse="_inverse_subject", compute_sudo=True
    )
    body_html = fields.Html(
        "Message",
        compute="_compute_body_html",
        inverse="_inverse_body_html",
        compute_sudo=True,
        sanitize="email_outgoing",
    )
    render_model = fields.Char(compute="_compute_render_model")

    @api.depends(lambda self: [f"{self._mailing_path}.subject"])
    def _compute_subject(self):
        for record in self:
            record.subject = record._wording().mailing_id.subject

    def _inverse_subject(self):
        for record in self:
            if wording := record._wording():
                wording._write_subject(record.subject)

    @api.depends(lambda self: [f"{self._mailing_path}.body_html"])
    def _compute_body_html(self):
        for record in self:
            record.body_html = record._wording().mailing_id.body_html

    def _inverse_body_html(self):
        for record in self:
            if wording := record._wording():
                wording._write_body(record.body_html)

    def _compute_render_model(self):
        """The model of the placeholders, for the editor."""
        self.render_model = "recruit.candidate"
