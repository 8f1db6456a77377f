from odoo import fields, models
from odoo.fields import Domain


class RecruitCandidate(models.Model):
    """The documents and meetings of a person, with those of all applications.

    Nothing is copied to the candidate: a CV stays with the application that brought
    it, and is shown here, in the count, the chatter and the preview.
    """

    _name = "recruit.candidate"
    _inherit = ["recruit.candidate", "mail.thread.main.attachment"]

    document_count = fields.Integer(compute="_compute_document_count")
    meeting_count = fields.Integer(compute="_compute_meeting_count")

    def _compute_document_count(self):
        for candidate in self:
            candidate.document_count = (
                self.env["ir.attachment"].search_count(candidate._document_domain())
                if candidate.ids
                else 0
            )

    def _compute_meeting_count(self):
        for candidate in self:
            candidate.meeting_count = (
                self.env["calendar.event"].search_count(candidate._meeting_domain())
                if candidate.ids
                else 0
            )

    def action_view_documents(self):
        """Open the documents of this person and of all applications."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Documents of %(name)s", name=self.name),
            "res_model": "ir.attachment",
            "view_mode": "kanban,list,form",
            "domain": list(self._document_domain()),
            "context": {
                "default_res_model": self._name,
                "default_res_id": self.id,
            },
            "help": self.env._(
                "<p class='o_view_nocontent_smiling_face'>No document yet</p><p>The "
                "CVs of all applications appear here. Add another with New.</p>"
            ),
        }

    def action_view_meetings(self):
        """Open the meetings with this person, also those of the applications."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "calendar.action_calendar_event"
        )
        action["name"] = self.env._("Meetings with %(name)s", name=self.name)
        action["views"] = [(False, "list"), (False, "calendar"), (False, "form")]
        action["view_mode"] = "list,calendar,form"
        action["domain"] = list(self._meeting_domain())
        action["context"] = {
            "default_name": self.name,
            "default_res_model": self._name,
            "default_res_model_id": self.env["ir.model"]._get_id(self._name),
            "default_res_id": self.id,
            "default_partner_ids": (self.partner_id | self.env.user.partner_id).ids,
        }
        return action

    def _own_applicants(self):
        """Return the ids of the person's applications and card, as the user sees them,
        as a query for the right side of a domain."""
        applicants = self.env["hr.applicant"].with_context(active_test=False)
        return applicants._search([("candidate_id", "in", self.ids)])

    def _document_domain(self):
        own = Domain("res_model", "=", self._name) & Domain("res_id", "in", self.ids)
        theirs = Domain("res_model", "=", "hr.applicant")
        # ids, not the query: the right to an attachment is checked after its search
        theirs &= Domain("res_id", "in", list(self._own_applicants()))
        return (own | theirs) & Domain("res_field", "=", False)

    def _meeting_domain(self):
        own = Domain("res_model", "=", self._name) & Domain("res_id", "in", self.ids)
        return own | Domain("applicant_id", "in", list(self._own_applicants()))

    def _get_mail_thread_data_attachments(self):
        """Show the CVs of all applications beside the person, newest first."""
        own = super()._get_mail_thread_data_attachments()
        documents = self.env["ir.attachment"].search(
            self._document_domain(), order="id desc"
        )
        return own | documents

    def _take_main_document(self, document):
        """Preview a document on these candidates, where it is the newest CV."""
        older = self.filtered(
            lambda one: one.message_main_attachment_id.id < document.id
        )
        older.with_context(tracking_disable=True).message_main_attachment_id = document


class HrApplicant(models.Model):
    _inherit = "hr.applicant"

    def write(self, vals):
        """Write; a new main document, the CV, is the person's as well."""
        result = super().write(vals)
        if vals.get("message_main_attachment_id"):
            # sudo: the person follows the application that the user may write
            for applicant in self.sudo().filtered("candidate_id"):
                applicant.candidate_id._take_main_document(
                    applicant.message_main_attachment_id
                )
        return result


class CalendarEvent(models.Model):
    _inherit = "calendar.event"

    # Serves the meetings of a person; calendars grow by thousands a month.
    _document_idx = models.Index("(res_model, res_id) WHERE res_id IS NOT NULL")
