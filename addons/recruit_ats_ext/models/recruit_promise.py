from odoo import api, fields, models
from odoo.fields import Domain

from ..promise.terms import Terms

# People who are not offered a job, whatever was promised.
NOT_NOW = ("in_process", "hired", "employee", "do_not_contact")


class RecruitPromise(models.Model):
    """What somebody was told: we come back when a certain job opens.

    `standing`: every job that opens or changes is held against it. `kept`: a job came
    up and the owner has an activity. `withdrawn`: not to be kept any more.
    """

    _name = "recruit.promise"
    _description = "Promise"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _rec_name = "words"
    _mail_post_access = "read"

    candidate_id = fields.Many2one(
        "recruit.candidate", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="candidate_id.company_id", store=True, index="btree_not_null"
    )
    medal_id = fields.Many2one(
        "recruit.medal",
        index="btree_not_null",
        ondelete="set null",
        domain="[('candidate_id', '=', candidate_id)]",
    )
    words = fields.Char(
        "What We Said",
        required=True,
        help="In the words of the day: “a role with Kubernetes, not before March”.",
    )
    user_id = fields.Many2one(
        "res.users",
        "Who Keeps It",
        required=True,
        default=lambda self: self.env.user,
        index=True,
        tracking=True,
    )
    job_title = fields.Char("Title Contains")
    department_id = fields.Many2one("hr.department", index="btree_not_null")
    city = fields.Char()
    country_id = fields.Many2one("res.country")
    skill_ids = fields.One2many("recruit.promise.skill", "promise_id", "Skills")
    not_before = fields.Date(tracking=True)
    until = fields.Date("Ends", tracking=True)
    state = fields.Selection(
        [("standing", "Standing"), ("kept", "Kept"), ("withdrawn", "Withdrawn")],
        default="standing",
        required=True,
        readonly=True,
        tracking=True,
    )
    job_id = fields.Many2one(
        "hr.job",
        "Kept With",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )

    # Serves the look at each job that opens: only what stands is read.
    _standing_idx = models.Index("(company_id, id) WHERE state = 'standing'")
    _dates_check = models.Constraint(
        "CHECK (until >= not_before)", "A promise cannot end before it begins."
    )

    def action_withdraw(self):
        """The promise need not be kept any more."""
        self.filtered(lambda one: one.state == "standing").state = "withdrawn"

    def action_renew(self):
        """Let the promise stand again."""
        self.write({"state": "standing", "job_id": False})

    def action_create_application(self):
        """Ask for the job and let the candidate apply for it."""
        return self.candidate_id.with_context(
            default_job_id=self.job_id.id
        ).action_create_application()

    def _reason_to_call(self):
        """Why the candidate is worth a call now, in a sentence."""
        return self.env._(
            "%(job)s is open, as promised: “%(words)s”.",
            job=self.job_id.name or "",
            words=self.words,
        )

    def _terms(self):
        """The terms, for the comparison with jobs."""
        return Terms(
            title=self.job_title or "",
            skills={line.skill_id.id: line.level for line in self.skill_ids},
            department=self.department_id.id or 0,
            city=self.city or "",
            country=self.country_id.id or 0,
            not_before=self.not_before or None,
            until=self.until or None,
        )

    @api.model
    def _keep_with(self, jobs):
        """Hold open jobs against what stands, and tell the owners.

        Size: the standing promises of the jobs' companies, some thousand; read once
        for all jobs.
        """
        openings = [(job, job._opening()) for job in jobs]
        if not openings:
            return
        today = self.env["recruit.clock"].now().date()
        companies = [*jobs.company_id.ids, False]
        for promise in self.search(self._due_domain(companies)):
            terms = promise._terms()
            if not terms.is_due(today):
                continue
            for job, opening in openings:
                if promise._concerns(job) and terms.fit(opening):
                    promise._keep(job)
                    break

    @api.model
    def _due_domain(self, company_ids):
        return (
            Domain("state", "=", "standing")
            & Domain("company_id", "in", company_ids)
            & Domain("candidate_id.state", "not in", NOT_NOW)
            & Domain("candidate_id.active", "=", True)
        )

    def _concerns(self, job):
        """Whether the job is of the candidate's company, or either is of all."""
        companies = self.company_id, job.company_id
        return not all(companies) or companies[0] == companies[1]

    def _keep(self, job):
        self.write({"state": "kept", "job_id": job.id})
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            self.env["recruit.clock"].now().date(),
            summary=self.env._("%(job)s opened: keep your promise", job=job.name),
            note=self.words,
            user_id=self.user_id.id,
        )

    @api.model
    def _cron_keep(self):
        """Hold all open jobs against promises whose first day has come."""
        self._keep_with(self.env["hr.job"].search([("no_of_recruitment", ">", 0)]))


class RecruitPromiseSkill(models.Model):
    """A skill that the promised job asks for."""

    _name = "recruit.promise.skill"
    _description = "Promised Skill"
    _rec_name = "skill_id"

    promise_id = fields.Many2one(
        "recruit.promise", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="promise_id.company_id", store=True)
    skill_id = fields.Many2one("hr.skill", required=True, ondelete="restrict")
    level = fields.Integer(
        "At Least", default=0, help="From 0 to 100, as the levels of Odoo Skills."
    )

    _once_unique = models.UniqueIndex(
        "(promise_id, skill_id)", "The promise names this skill already."
    )
    _level_check = models.Constraint(
        "CHECK (level BETWEEN 0 AND 100)",
        "The level of a skill is a number from 0 to 100.",
    )
