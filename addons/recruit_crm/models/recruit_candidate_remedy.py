from datetime import timedelta

from odoo import api, models
from odoo.exceptions import UserError

from ..hygiene.mentions import mentioned
from ..identity.normalize import normalize_email
from ..sheet.cells import DEFAULT_LEVEL

CHECK_DAYS = 7  # until a planned check is due
CV_MOST = 200_000  # characters that are read of one document


class RecruitCandidate(models.Model):
    """The remedies of Data Quality: each for as many people as are selected."""

    _inherit = "recruit.candidate"

    def action_find_address(self):
        """Take the e-mail address of people who have none from their applications, else
        from their contact; an address that belongs to somebody else is left alone."""
        self.check_access("write")
        found = {}
        for person in self.filtered(lambda one: not one.email_normalized):
            known = person.applicant_ids.sorted("id", reverse=True).mapped("email_from")
            known.append(person.partner_id.sudo().email)  # sudo: their own address
            found[person] = next(filter(None, map(normalize_email, known)), None)
        owners = self.env["recruit.identity"]._owners(
            {("email", email) for email in found.values() if email}
        )
        taken = {norm for _kind, norm, _company in owners}
        mended = self.browse()
        for person, email in found.items():
            if email and email not in taken:
                taken.add(email)
                person.email = email
                mended |= person
        return self._tell_mended(mended)

    def action_find_location(self):
        """Take city and country of people who have none from their contact."""
        self.check_access("write")
        mended = self.browse()
        for person in self.filtered(lambda one: not (one.city or one.country_id)):
            contact = person.partner_id.sudo()  # sudo: the person's own address
            if contact.city or contact.country_id:
                person.city = (contact.city or "")[:100] or False
                person.country_id = contact.country_id
                mended |= person
        return self._tell_mended(mended)

    def action_read_skills(self):
        """Read the skills of these people from their applications, and from the texts
        of their documents those that the vocabulary of skills knows."""
        self.check_access("write")
        before = self.filtered("skill_ids")
        self.applicant_ids._teach_candidates()
        names = {one.name: one.id for one in self.env["hr.skill"].search([])}
        today = self.env["recruit.clock"].now().date()
        statements = [
            {
                "candidate_id": owner.id,
                "skill_id": names[name],
                "level": DEFAULT_LEVEL,
                "provenance": "cv",
                "proven_on": min(document.create_date.date(), today),
                "res_model": document._name,
                "res_id": document.id,
                "words": document.name,
            }
            for owner, document in self._texts()
            for name in sorted(mentioned(document.index_content[:CV_MOST], names))
        ]
        # sudo: evidence is written through here alone
        self.env["recruit.skill.evidence"].sudo()._record(statements)
        return self._tell_mended(self.filtered("skill_ids") - before)

    def _texts(self):
        """Return [(person, document)] of what is attached to them and whose text the
        server has indexed."""
        owners = {
            ("hr.applicant", one.id): one.candidate_id for one in self.applicant_ids
        }
        owners.update({(self._name, person.id): person for person in self})
        documents = self.env["ir.attachment"].search(
            [
                ("res_model", "in", [self._name, "hr.applicant"]),
                ("res_id", "in", [number for _model, number in owners]),
                ("res_field", "=", False),
                ("index_content", "!=", False),
            ]
        )
        return [
            (owners[key], document)
            for document in documents
            if (key := (document.res_model, document.res_id)) in owners
        ]

    def action_plan_check(self):
        """Plan for the owner of each of these people, else for the user, to ask
        whether what we know is still true."""
        self.check_access("write")
        kind = self.env.ref("mail.mail_activity_data_todo")
        due = self.env["recruit.clock"].now().date() + timedelta(days=CHECK_DAYS)
        summary = self.env._("Is this still true? Ask the person.")
        planned = self.activity_ids.filtered(lambda one: one.summary == summary)
        people = self.filtered(lambda one: one.id not in planned.mapped("res_id"))
        model = self.env["ir.model"]._get_id(self._name)
        self.env["mail.activity"].with_context(mail_activity_quick_update=True).create(
            [
                {
                    "res_model_id": model,
                    "res_id": person.id,
                    "activity_type_id": kind.id,
                    "summary": summary,
                    "date_deadline": due,
                    "user_id": person.user_id.id or self.env.uid,
                }
                for person in people
            ]
        )
        return self._tell_mended(people)

    def action_assign_owner(self):
        """Ask who looks after these people."""
        return self._open_wizard("recruit.candidate.assign", self.env._("Assign Owner"))

    @api.model
    def _tell_mended(self, people):
        """Say for how many people a remedy worked, and show the list anew."""
        texts = {
            0: self.env._("Nothing was found for the people selected."),
            1: self.env._("Done for one person."),
        }
        many = self.env._("Done for %s people.", len(people))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if people else "warning",
                "message": texts.get(len(people), many),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _assign_owners(self, owners):
        """Divide these people among owners, one after the other.

        :param owners: res.users
        """
        if not owners:
            raise UserError(self.env._("Choose who looks after these people."))
        self.check_access("write")
        for number, owner in enumerate(owners):
            share = self[number :: len(owners)]
            share.user_id = owner
