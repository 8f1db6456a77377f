from odoo import fields, models


class HrApplicant(models.Model):
    """The hire: the employee starts from what is true today, the contact stays."""

    _inherit = "hr.applicant"

    def create_employee_from_applicant(self):
        """Create the employee; the application counts as hired from now on."""
        action = super().create_employee_from_applicant()
        if not self.date_closed:
            self._close_as_hired()
        return action

    def _close_as_hired(self):
        """Move to the first hired stage of the job; without one, date the hire."""
        stage = self.env["hr.recruitment.stage"].search(
            [
                ("hired_stage", "=", True),
                ("job_ids", "in", [False, *self.job_id.ids]),
            ],
            order="sequence, id",
            limit=1,
        )
        if self.job_id and stage:
            # just_moved: the employee exists, no mail of the stage has to announce it
            self.with_context(just_moved=True).stage_id = stage
        else:
            self.date_closed = self.env["recruit.clock"].now()

    def _get_employee_create_vals(self):
        """Return the values of the employee, with a work contact and skills of today.

        Odoo makes the applicant's own contact the work contact and then gives it the
        address and phone of the company; without one, it creates a work contact. It
        also passes every skill level there ever was, of which the highest wins.
        """
        values = super()._get_employee_create_vals()
        values.pop("work_contact_id", None)
        lines = self.applicant_skill_ids._get_current_skills_by_applicant()[self.id]
        values["employee_skill_ids"] = [
            fields.Command.create(line._prepare_employee_skill_values())
            for line in lines
        ]
        return values


class HrApplicantSkill(models.Model):
    _inherit = "hr.applicant.skill"

    def _prepare_employee_skill_values(self):
        """Return this line for an employee; a certification keeps its validity."""
        self.ensure_one()
        today = self.env["recruit.clock"].now().date()
        return {
            "skill_type_id": self.skill_type_id.id,
            "skill_id": self.skill_id.id,
            "skill_level_id": self.skill_level_id.id,
            "valid_from": self.valid_from if self.is_certification else today,
            "valid_to": self.valid_to if self.is_certification else False,
        }


class RecruitCandidate(models.Model):
    """A person who was hired waits in no pool; a hire taken back restores them."""

    _inherit = "recruit.candidate"

    def _record_event(self, kind, document=None, **details):
        result = super()._record_event(kind, document, **details)
        if kind == "hired":
            self._leave_pools_by_hire(document)
        elif kind == "reopened":
            self._return_to_pools(document)
        elif kind == "employed" and document:
            self._leave_pools_by_hire(document.sudo().applicant_ids[:1])
            # sudo: an HR officer who hires need not be a recruiter
            for card in self._talent_cards().values():
                card.sudo().employee_id = document
        return result

    def _leave_pools_by_hire(self, application):
        # sudo: the memberships end with the hire, whoever makes it
        members = self.sudo().member_ids.filtered(lambda one: not one.left_at)
        members.hired_applicant_id = application
        members._leave()

    def _return_to_pools(self, application):
        """Open the memberships again that the hire of this application closed."""
        if not application:
            return
        # sudo: see _leave_pools_by_hire
        Member = self.env["recruit.pool.member"].sudo()
        closed = Member.search(
            [
                ("candidate_id", "in", self.ids),
                ("hired_applicant_id", "=", application.id),
                ("pool_id.active", "=", True),
            ]
        )
        closed -= closed.filtered(lambda one: one.pool_id in one.candidate_id.pool_ids)
        closed.write({"left_at": False, "hired_applicant_id": False})
        closed._join_natively()


class RecruitPoolMember(models.Model):
    _inherit = "recruit.pool.member"

    hired_applicant_id = fields.Many2one(
        "hr.applicant",
        "Left by the hire",
        index="btree_not_null",
        readonly=True,
        copy=False,
        help="The hire that ended this stay; when it is taken back, so is the end.",
    )
