from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from ..models.recruit_disposition import DISPOSITION_TYPES

# More finalists than that are no sheet but a list: refuse some of them there.
MOST_LINES = 200


class RecruitJobClose(models.TransientModel):
    """Close a job in one sheet: each finalist with disposition, medal, pool and mail;
    the other open applications with one reason for all."""

    _name = "recruit.job.close"
    _description = "Close a Job"

    job_id = fields.Many2one("hr.job", required=True, readonly=True)
    company_id = fields.Many2one(related="job_id.company_id")
    line_ids = fields.One2many("recruit.job.close.line", "close_id", "Finalists")
    other_ids = fields.Many2many("hr.applicant", string="Others")
    other_count = fields.Integer("Others", compute="_compute_other_count")
    other_reason_id = fields.Many2one(
        "hr.applicant.refuse.reason", "Reason for the Others"
    )
    send_mails = fields.Boolean(
        default=True, help="Where the reason has a mail; it waits as set."
    )
    archive_job = fields.Boolean("Archive the Job", default=True)

    @api.depends("other_ids")
    def _compute_other_count(self):
        for sheet in self:
            sheet.other_count = len(sheet.other_ids)

    @api.model
    def _open_for(self, job):
        """The sheet of a job, filled in beforehand.

        :raises UserError: without anybody to decide about
        """
        applicants = self.env["hr.applicant"].search(self._open_domain(job))
        if not applicants:
            raise UserError(
                self.env._("Nobody is in process for this job; archive it directly.")
            )
        finalists = applicants.filtered(lambda one: one._is_finalist())
        ranked = finalists.sorted(lambda one: one._closing_rank())[:MOST_LINES]
        reason = self.env.ref(
            "recruit_ats_ext.hr_applicant_refuse_reason_other_preferred",
            raise_if_not_found=False,
        ) or self.env["hr.applicant.refuse.reason"].search([], limit=1)
        return self.create(
            {
                "job_id": job.id,
                "other_reason_id": reason.id,
                "other_ids": [Command.set((applicants - ranked).ids)],
                "line_ids": [
                    Command.create(
                        {
                            "applicant_id": applicant.id,
                            "sequence": rank,
                            "refuse_reason_id": reason.id,
                        }
                    )
                    for rank, applicant in enumerate(ranked, start=1)
                ],
            }
        )

    @api.model
    def _open_domain(self, job):
        return Domain("job_id", "=", job.id) & Domain("date_closed", "=", False)

    def action_close_job(self):
        """Refuse as decided, line by line and in groups, then archive the job."""
        self.ensure_one()
        refused = self.env["hr.applicant"]
        for choice, lines in self.line_ids.grouped(lambda line: line._choice()).items():
            refused |= self._refuse(lines.applicant_id, dict(choice))
        if self.other_ids:
            if not self.other_reason_id:
                raise UserError(self.env._("Choose a reason for the others."))
            reason = {"refuse_reason_id": self.other_reason_id.id}
            refused |= self._refuse(self.other_ids, reason)
        if self.archive_job:
            self.job_id.action_archive()
        return refused._say_refused()

    def _refuse(self, applicants, values):
        """Refuse through the dialog, which has the rules; who was decided about in
        another window meanwhile is left alone."""
        still_open = applicants.exists().filtered_domain(self._open_domain(self.job_id))
        still_open = still_open.filtered("active")
        if still_open:
            dialogs = self.env["applicant.get.refuse.reason"]
            dialog = dialogs.with_context(active_test=False).create(
                {"applicant_ids": [Command.set(still_open.ids)], **values}
            )
            dialog.send_mail = self.send_mails and dialog.send_mail
            dialog.action_refuse_reason_apply()
        return still_open


class RecruitJobCloseLine(models.TransientModel):
    """What becomes of one finalist when the job closes."""

    _name = "recruit.job.close.line"
    _description = "Close a Job: Finalist"
    _order = "sequence, id"

    close_id = fields.Many2one("recruit.job.close", required=True, ondelete="cascade")
    sequence = fields.Integer("Rank")
    applicant_id = fields.Many2one(
        "hr.applicant", "Finalist", required=True, ondelete="cascade"
    )
    stage_id = fields.Many2one(related="applicant_id.stage_id")
    score = fields.Float(
        "Interviews",
        compute="_compute_score",
        digits=(3, 1),
        help="From -2 (all strong no) to 2 (all strong yes).",
    )
    refuse_reason_id = fields.Many2one(
        "hr.applicant.refuse.reason", "Reason", required=True
    )
    disposition_type = fields.Selection(
        DISPOSITION_TYPES,
        "Who Decided",
        compute="_compute_disposition_type",
        precompute=True,
        store=True,
        readonly=False,
        required=True,
    )
    is_medal = fields.Boolean(
        "Medal",
        compute="_compute_is_medal",
        precompute=True,
        store=True,
        readonly=False,
    )
    pool_id = fields.Many2one(
        "hr.talent.pool",
        compute="_compute_pool_id",
        precompute=True,
        store=True,
        readonly=False,
    )
    cool_off_until = fields.Date("Leave in Peace Until")
    note = fields.Char()

    @api.depends("applicant_id")
    def _compute_score(self):
        for line in self:
            line.score = line.applicant_id._known_score() or 0.0

    @api.depends("refuse_reason_id")
    def _compute_disposition_type(self):
        for line in self:
            line.disposition_type = line.refuse_reason_id.disposition_type or "we"

    @api.depends("refuse_reason_id", "applicant_id")
    def _compute_is_medal(self):
        for line in self:
            line.is_medal = line.applicant_id._earns_medal(line.refuse_reason_id)

    @api.depends("is_medal")
    def _compute_pool_id(self):
        pool = self.env.ref(
            "recruit_ats_ext.hr_talent_pool_silver_medallists",
            raise_if_not_found=False,
        )
        for line in self:
            line.pool_id = line.is_medal and (line.pool_id or pool)

    def _choice(self):
        """What the refuse dialog needs to know, the same for lines decided alike."""
        return (
            ("refuse_reason_id", self.refuse_reason_id.id),
            ("disposition_type", self.disposition_type),
            ("is_medal", self.is_medal),
            ("pool_id", self.pool_id.id),
            ("cool_off_until", self.cool_off_until),
            ("note", self.note),
        )
