from odoo import fields, models


class HrApplicant(models.Model):
    """From one job to the next: a new application, the old one stays as it was."""

    _inherit = "hr.applicant"

    def action_add_to_job(self):
        """Bring these people to the job of the search for matching applicants.

        An application to which nothing has happened yet is moved, as Odoo does;
        talents, and applications that have gone any way, stay where they are and a
        new application is created.
        """
        job = self.env["hr.job"].browse(self.env.context.get("matching_job_id"))
        fresh = self.filtered(lambda one: one._is_untouched())
        fresh.with_context(just_moved=True).write(
            {"job_id": job.id, "stage_id": job._first_stage().id}
        )
        (self - fresh)._apply_again(job)
        return {
            "type": "ir.actions.act_window",
            "name": job.name,
            "res_model": "hr.applicant",
            "view_mode": "kanban,list,form",
            "domain": [("job_id", "=", job.id)],
            "context": {"default_job_id": job.id, "search_default_stage": 1},
        }

    def _is_untouched(self):
        """Say whether this application still waits where it came in, unseen."""
        self.ensure_one()
        return bool(
            self.active
            and self.job_id
            and not self.talent_pool_ids
            and not self.refuse_reason_id
            and not self.date_closed
            and not self.meeting_ids
            and not self.last_stage_id
            and self.stage_id == self.job_id._first_stage()
        )

    def _apply_again(self, jobs):
        """Create an application on each job for each person behind these applicants.

        Company, recruiter, department and first stage are those of the job; tags,
        skills, notes and documents of the person travel; refusal and source do not.

        :return: hr.applicant, the people in the outer order, the jobs in the inner one;
            an open application on a job is returned and not made twice
        """
        self._link_candidates()
        people = self.candidate_id
        made = {}
        for job in jobs:
            # the first stage is given, not computed: its mail greets the applicant
            values = {"stage_id": job._first_stage().id}
            for application in people._create_application(job, **values):
                made[application.candidate_id, job] = application
        return self.browse([made[person, job].id for person in people for job in jobs])


class HrJob(models.Model):
    _inherit = "hr.job"

    def _first_stage(self):
        """Return where an application begins: of equal stages the job's own one."""
        self.ensure_one()
        stages = self.env["hr.recruitment.stage"].search(
            [("job_ids", "in", [False, self.id]), ("fold", "=", False)]
        )
        return stages.sorted(lambda stage: (stage.sequence, not stage.job_ids))[:1]


class RecruitCandidate(models.Model):
    """What of a person goes with each new application and each talent card."""

    _inherit = "recruit.candidate"

    def _prepare_application_values(self, job):
        values = super()._prepare_application_values(job)
        card = self._talent_cards().get(self, self.env["hr.applicant"])
        pool_applicant = card if card.active else card.browse()
        return {
            **values,
            **self._prepare_travelling_values(),
            "pool_applicant_id": pool_applicant.id,
        }

    def _prepare_talent_values(self, pools):
        return {
            **super()._prepare_talent_values(pools),
            **self._prepare_travelling_values(),
        }

    def _prepare_travelling_values(self):
        """Return what was written down with the last application, or talent card."""
        last = self._last_application()
        return {
            "type_id": last.type_id.id,
            "availability": last.availability,
            "applicant_notes": last.applicant_notes,
            "categ_ids": [fields.Command.set((self.categ_ids | last.categ_ids).ids)],
        }


class RecruitPoolMember(models.Model):
    """A new talent card comes with the documents and is known to the applications."""

    _inherit = "recruit.pool.member"

    def _join_natively(self):
        people = self.candidate_id
        before = people._talent_cards()
        result = super()._join_natively()
        for candidate, card in people._talent_cards().items():
            if candidate not in before:
                candidate.sudo()._carry_documents(card)  # sudo: as the card itself
        return result
