from odoo import Command, models


class RecruitCandidate(models.Model):
    """From the CRM to the pipeline: a pool to wait in, a job to apply for."""

    _inherit = "recruit.candidate"

    def action_create_application(self):
        """Ask for the job and create an application for each of these candidates."""
        return self._open_wizard(
            "recruit.candidate.apply", self.env._("Create Application")
        )

    def action_add_to_pool(self):
        """Ask for the pool and add these candidates to it."""
        return self._open_wizard(
            "recruit.candidate.pool.add", self.env._("Add to Pool")
        )

    def action_log_touch(self):
        """Ask what took place and record it as a touch of these candidates."""
        return self._open_wizard("recruit.candidate.touch", self.env._("Log Touch"))

    def action_allow_contact(self):
        """Take back 'do not contact'."""
        self.filtered(lambda one: one.state == "do_not_contact").state = "nurturing"

    def _open_wizard(self, model, name):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_candidate_ids": [Command.set(self.ids)],
                "dialog_size": "medium",
            },
        }

    def _add_to_pool(self, pool, reason=None, **values):
        """Make these candidates members of a pool; who is in it already stays as is.

        :param pool: hr.talent.pool
        :param str reason: why, shown on the membership
        :param values: other fields of recruit.pool.member
        :return: their open recruit.pool.member rows
        """
        pool.ensure_one()
        Member = self.env["recruit.pool.member"]
        members = Member.search(
            [
                ("candidate_id", "in", self.ids),
                ("pool_id", "=", pool.id),
                ("left_at", "=", False),
            ]
        )
        missing = self - members.candidate_id
        return members | Member.create(
            [
                {
                    **values,
                    "candidate_id": candidate.id,
                    "pool_id": pool.id,
                    "reason": reason,
                }
                for candidate in missing
            ]
        )

    def _create_application(self, job, **values):
        """Create an application on a job for each of these candidates.

        Company, recruiter and department are those of the job; tags, skills and the
        documents of the last application travel; where the old application came from
        does not: the source is 'Rediscovered'. Who has an open application on the job
        already gets that one back.

        :param job: hr.job
        :param values: fields of hr.applicant that the caller knows better
        :return: hr.applicant, one for each candidate
        """
        job.ensure_one()
        known = self._open_applications().filtered(lambda one: one.job_id == job)
        missing = self - known.candidate_id
        # the skills are the candidate's own: nothing new is claimed by the copy
        copying = self.env["hr.applicant"].with_context(recruit_skills_copied=True)
        applications = copying.create(
            [
                {**candidate._prepare_application_values(job), **values}
                for candidate in missing
            ]
        ).with_env(self.env)
        for candidate, application in zip(missing, applications, strict=True):
            candidate._carry_documents(application)
        return known | applications

    def _prepare_application_values(self, job):
        """Return the values of a new application of this candidate on ``job``."""
        self.ensure_one()
        last = self._last_application()
        return {
            "candidate_id": self.id,
            "partner_name": self.name,
            "email_from": self.email,
            "partner_phone": self.phone,
            "linkedin_profile": self.linkedin_profile,
            "job_id": job.id,
            "company_id": job.company_id.id or self.company_id.id,
            "user_id": job.user_id.id,
            "department_id": job.department_id.id,
            "categ_ids": [Command.set(self.categ_ids.ids)],
            "type_id": last.type_id.id,
            "source_id": self.env.ref("recruit_crm.utm_source_rediscovered").id,
            "medium_id": False,
            "campaign_id": False,
            "applicant_skill_ids": self._applicant_skill_commands(),
        }

    def _last_application(self):
        """Return the latest application or talent card of this person, or none."""
        everything = self.with_context(active_test=False).applicant_ids
        return everything.sorted("id")[-1:]

    def _applicant_skill_commands(self):
        """Return the skills as lines of a native application, at its native levels."""
        today = self.env["recruit.clock"].now().date()
        return [
            Command.create(
                {
                    "skill_type_id": line.skill_type_id.id,
                    "skill_id": line.skill_id.id,
                    "skill_level_id": level.id,
                    "valid_from": today,
                }
            )
            for line in self.skill_ids
            if (level := line._native_level())
        ]

    def _carry_documents(self, application):
        """Copy the documents of the last application that has any, CV included."""
        documents = self.env["ir.attachment"].search(
            [
                ("res_model", "=", "hr.applicant"),
                ("res_id", "in", (self.applicant_ids - application).ids),
                ("res_field", "=", False),
            ],
            order="res_id desc, id",
        )
        latest = documents.filtered(lambda one: one.res_id == documents[0].res_id)
        for document in latest:
            document.copy({"res_id": application.id})
