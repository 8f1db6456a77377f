from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize


class HrApplicant(models.Model):
    """Safe contacts: an application links a contact and leaves it as it is.

    Odoo finds a contact by the address that an applicant typed, colleagues first, and
    gives it the name and the phone that came with it: whoever fills in the web form
    could rename anybody. Here only the contact that an application brought into being
    follows its corrections, and only while it is nobody's user or employee.
    """

    _inherit = "hr.applicant"
    # Else the contact's address would count, which a hire or a colleague may change.
    _mail_defaults_to_email = True

    # A plain number on purpose: a merge of contacts repoints every foreign key, and
    # would hand the right to rename over to a contact that was not made here.
    made_contact_ref = fields.Integer(
        "Contact made by this application", copy=False, readonly=True
    )

    def _inverse_partner_email(self):
        """Link the contact of the address; write to none but the one made here.

        Replaces the method of Odoo and needs nothing of it, so that a newer Odoo that
        protects contacts in another way changes nothing here.

        A card that is the shadow of a membership gets no contact: the person has an
        address of their own, the candidate's.

        :raise UserError: for an address without a name, as in Odoo
        """
        if self.env.context.get("recruit_card_without_contact"):
            return
        for applicant in self:
            address = email_normalize(applicant.email_from or "")
            if not address:
                continue
            if not applicant.partner_id:
                applicant._link_contact(address)
            else:
                applicant._correct_own_contact(address)

    def _link_contact(self, address):
        """Link the contact with this address, created when nobody has it."""
        if not self.partner_name:
            raise UserError(
                self.env._("You must define a Contact Name for this applicant.")
            )
        # sudo: an interviewer may correct an address and need not manage contacts
        applicant = self.sudo()
        found = applicant._partner_find_from_emails_single([address], no_create=True)
        if not found:
            found = applicant._partner_find_from_emails_single(
                [self.email_from],
                additional_values={
                    address: {
                        "name": self.partner_name,
                        "email": self.email_from,
                        "phone": self.partner_phone,
                        "lang": self.env.lang,
                    }
                },
            )
            self.made_contact_ref = found.id
        self.partner_id = found.with_env(self.env)

    def _correct_own_contact(self, address):
        """Let the contact that this application made follow its corrections."""
        contact = self.partner_id.sudo()  # sudo: see _link_contact
        if contact.id != self.made_contact_ref or contact._is_colleague():
            return
        values = {"name": self.partner_name, "phone": self.partner_phone}
        if email_normalize(contact.email or "") != address:
            values["email"] = self.email_from
        contact.write(
            {
                field: value
                for field, value in values.items()
                if value and value != contact[field]
            }
        )

    def _message_post_after_hook(self, message, msg_vals):
        """Link the contact that was written to, under the name that it has.

        Odoo also renames a contact of the same day, whoever made it.
        """
        if self.email_from and not self.partner_id:
            contact = message.partner_ids.filtered(
                lambda one: (
                    one.email == self.email_from
                    or one.email_normalized
                    and one.email_normalized == self.email_normalized
                )
            )[:1]
            if contact:
                same = [("email_normalized", "=", contact.email_normalized)]
                others = self.search(
                    [("partner_id", "=", False), ("stage_id.fold", "=", False), *same]
                    if contact.email_normalized
                    else [("id", "=", self.id)]
                )
                (self | others).partner_id = contact
        return super()._message_post_after_hook(message, msg_vals)


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _is_colleague(self):
        """Say whether this contact logs in here or works here."""
        self.ensure_one()
        return bool(
            self.with_context(active_test=False).user_ids
            or self.env["hr.employee"]
            .with_context(active_test=False)
            .search_count([("work_contact_id", "=", self.id)], limit=1)
        )
