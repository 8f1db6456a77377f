from odoo import Command, models

from ..skills.proof import PROOFS


class HrApplicant(models.Model):
    """The hire hands over what we know: the place of the job, proven skills, a home."""

    _inherit = "hr.applicant"

    def _get_employee_create_vals(self):
        """Return the values of the employee, completed from the job and the person.

        The work address is where the job is; what the contact does not tell comes from
        the application and the candidate; a level that an interview or a test showed
        counts more than the one of the application.
        """
        values = super()._get_employee_create_vals()
        # sudo: an HR officer who hires need not be a recruiter
        person, job = self.sudo().candidate_id, self.sudo().job_id
        known = {
            "private_email": self.email_from,
            "private_phone": self.partner_phone,
            "private_city": person.city,
            "private_country_id": person.country_id.id,
        }
        return {
            **values,
            **{name: value for name, value in known.items() if not values.get(name)},
            "address_id": job.address_id.id or values["address_id"],
            "employee_skill_ids": self._with_proven_skills(
                values["employee_skill_ids"], person
            ),
        }

    def _with_proven_skills(self, commands, person):
        """Let proof replace and complete the skills of the application."""
        today = self.env["recruit.clock"].now().date()
        shown = person.skill_ids.filtered(lambda one: one.provenance in PROOFS)
        proven = {
            line.skill_id.id: {
                "skill_type_id": line.skill_type_id.id,
                "skill_id": line.skill_id.id,
                "skill_level_id": level.id,
                "valid_from": today,
            }
            for line in shown
            if not line.skill_type_id.is_certification
            and (level := line._native_level())
        }
        told = [command for command in commands if command[2]["skill_id"] not in proven]
        return told + [Command.create(values) for values in proven.values()]
