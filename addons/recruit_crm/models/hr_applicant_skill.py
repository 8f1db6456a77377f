from odoo import api, models

from ..skills.proof import EARLIEST


class HrApplicantSkill(models.Model):
    """Skills of applications and talents are claims of the person."""

    _inherit = "hr.applicant.skill"

    @api.model_create_multi
    def create(self, vals_list):
        """Create lines; the candidate of the application learns them."""
        lines = super().create(vals_list)
        lines.applicant_id._teach_candidates(lines.skill_id)
        return lines

    def write(self, vals):
        """Write lines; the candidate of the application learns the change."""
        skills, applicants = self.skill_id, self.applicant_id
        result = super().write(vals)
        (applicants | self.applicant_id)._teach_candidates(skills | self.skill_id)
        return result

    def unlink(self):
        """Delete lines; what only they said is no longer known."""
        skills, applicants = self.skill_id, self.applicant_id
        result = super().unlink()
        applicants.exists()._teach_candidates(skills)
        return result


class HrApplicant(models.Model):
    _inherit = "hr.applicant"

    def write(self, vals):
        """Write; an application that moves to another person takes its claims along."""
        moving = self.filtered("candidate_id") if "candidate_id" in vals else self[:0]
        result = super().write(vals)
        moving._move_claims()
        return result

    def _move_claims(self):
        """Let the claims of these applications be those of their candidate."""
        if not self:
            return
        claims = self.env["recruit.skill.evidence"]._of_documents(self)
        owners = {one.id: one.sudo().candidate_id for one in self}
        stray = claims.filtered(lambda one: owners[one.res_id] != one.candidate_id)
        stray._withdraw("gone")
        self._teach_candidates()

    def _teach_candidates(self, skills=None):
        """Let the candidates learn what these applications and talents say today.

        What is taken out of an application is known no longer, unless something else
        says so. An application that is deleted takes nothing with it: it was said.

        :param skills: hr.skill that may have changed; all by default
        """
        statements, gone = [], self.env["recruit.skill.evidence"].sudo()
        # sudo: the candidate mirrors what the application states, whoever writes it
        applicants = self.sudo().filtered("candidate_id")
        claims = gone._of_documents(applicants).grouped("res_id")
        current = applicants.applicant_skill_ids._get_current_skills_by_applicant()
        for applicant in applicants:
            lines = {line.skill_id: line for line in current[applicant.id].sorted("id")}
            said = claims.get(applicant.id, gone)
            gone |= said.filtered(lambda one, lines=lines: one.skill_id not in lines)
            statements += [
                applicant._prepare_claim(line)
                for skill, line in lines.items()
                if (skills is None or skill in skills)
                and (skill in said.skill_id or not applicant._echoes(line))
            ]
        gone._withdraw("gone")
        gone._record(statements)

    def _echoes(self, line):
        """Say whether a line repeats what the candidate was known for.

        Cards of talents and rediscovered applications are filled from the candidate, in
        the few levels of Odoo: else somebody with 75% would be rounded down to 60%.
        """
        copied = (
            self.talent_pool_ids
            or self.pool_applicant_id
            or self.env.context.get("recruit_skills_copied")
        )
        known = self.candidate_id.skill_ids.filtered(
            lambda one: one.skill_id == line.skill_id
        )
        return copied and known and known._native_level() == line.skill_level_id

    def _prepare_claim(self, line):
        today = self.env["recruit.clock"].now().date()
        said_on = max(line.valid_from or today, EARLIEST)
        return {
            "candidate_id": self.candidate_id.id,
            "skill_id": line.skill_id.id,
            "level": min(max(line.level_progress, 0), 100),
            "provenance": "self_declared",
            "proven_on": min(said_on, today),
            "res_model": self._name,
            "res_id": self.id,
            "words": self._claim_words(),
        }

    def _claim_words(self):
        if self.talent_pool_ids:
            return self.env._("Talent card")
        return self.job_id.name or self.env._("Spontaneous application")
