from datetime import timedelta

from odoo import api, fields, models

from ..medal.suggest import (
    EARNED,
    LOW_SCORE,
    NOT_FINAL,
    REASON_AGAINST,
    Finish,
    by_verdict,
)
from ..models.recruit_disposition import DISPOSITION_TYPES
from ..models.res_config_settings import REFUSAL_DELAY_HOURS


class ApplicantGetRefuseReason(models.TransientModel):
    """The native refuse dialog, which also says who decided and who is worth
    another try. Everything is filled in beforehand: one confirm, in bulk too."""

    _inherit = "applicant.get.refuse.reason"

    disposition_type = fields.Selection(
        DISPOSITION_TYPES,
        "Who Decided",
        compute="_compute_disposition_type",
        precompute=True,
        store=True,
        readonly=False,
        required=True,
    )
    note = fields.Text(help="Kept with the disposition, and on the medal.")
    is_medal = fields.Boolean(
        "Silver Medallist",
        compute="_compute_is_medal",
        store=True,
        readonly=False,
        help="Keep them: they came far and deserve another try.",
    )
    medal_applicant_ids = fields.Many2many(
        "hr.applicant",
        "recruit_refuse_medal_applicant_rel",
        string="Medallists",
        compute="_compute_medal_applicant_ids",
        store=True,
        readonly=False,
        context={"active_test": False},
    )
    medal_reason = fields.Text("Why", compute="_compute_medal_reason")
    pool_id = fields.Many2one(
        "hr.talent.pool",
        "Keep in Pool",
        compute="_compute_pool_id",
        store=True,
        readonly=False,
        domain="[('company_id', 'in', [company_id, False])]",
    )
    mail_delay_hours = fields.Integer(
        "Mail Waits (hours)",
        default=lambda self: self._default_mail_delay_hours(),
        help="Until the mail leaves, the refusal can be undone without a trace.",
    )
    company_id = fields.Many2one("res.company", compute="_compute_company_id")
    cool_off_until = fields.Date(
        "Leave in Peace Until", help="No new offer before this day."
    )

    _mail_delay_check = models.Constraint(
        "CHECK (mail_delay_hours >= 0)", "A mail cannot wait for less than no time."
    )

    @api.model
    def _default_mail_delay_hours(self):
        # sudo: a setting that says nothing about anybody
        hours = self.env["ir.config_parameter"].sudo()
        return int(
            hours.get_param("recruit_ats_ext.refusal_delay_hours", REFUSAL_DELAY_HOURS)
        )

    @api.depends("duplicates", "duplicate_applicant_ids_domain")
    def _compute_duplicate_applicant_ids(self):
        # The native compute takes one dialog at a time and crashes on two in the
        # same transaction (two windows, an RPC batch).
        if len(self) == 1:
            return super()._compute_duplicate_applicant_ids()
        for wizard in self:
            wizard._compute_duplicate_applicant_ids()
        return None

    @api.depends("refuse_reason_id")
    def _compute_disposition_type(self):
        for wizard in self:
            wizard.disposition_type = wizard.refuse_reason_id.disposition_type or "we"

    @api.depends("applicant_ids", "refuse_reason_id")
    def _compute_is_medal(self):
        for wizard in self:
            wizard.is_medal = bool(wizard._by_verdict()[EARNED])

    @api.depends("is_medal", "applicant_ids", "refuse_reason_id")
    def _compute_medal_applicant_ids(self):
        for wizard in self:
            earned = self.env["hr.applicant"].union(*wizard._by_verdict()[EARNED])
            everybody = wizard.applicant_ids
            wizard.medal_applicant_ids = wizard.is_medal and (earned or everybody)

    @api.depends("applicant_ids", "refuse_reason_id")
    def _compute_medal_reason(self):
        for wizard in self:
            wizard.medal_reason = wizard._medal_sentence()

    @api.depends("applicant_ids")
    def _compute_company_id(self):
        for wizard in self:
            wizard.company_id = wizard.applicant_ids.company_id[:1]

    @api.depends("is_medal", "applicant_ids")
    def _compute_pool_id(self):
        for wizard in self:
            wizard.pool_id = wizard.is_medal and wizard._usual_pool()

    def action_refuse_reason_apply(self):
        """Refuse as Odoo does, then write the dispositions and give the medals.

        Who was refused in another window meanwhile stays as that window left them: no
        second mail, no second reason.
        """
        if late := self._refused_already():
            self.applicant_ids -= late
            if not self.applicant_ids:
                return late._say_refused_already()
        # Read before: the dialog's relations forget an application once it is archived.
        chosen, duplicates = self.applicant_ids, self.duplicate_applicant_ids
        medallists = self.medal_applicant_ids & chosen if self.is_medal else chosen[:0]
        super().action_refuse_reason_apply()
        # sudo: the interviewers' group may refuse but not write dispositions and
        # medals by hand; the dialog does it, for applications that they may write.
        (chosen | duplicates).check_access("write")
        self._record_dispositions(chosen.sudo(), duplicates.sudo())
        self._award_medals(medallists.sudo().filtered("candidate_id"))
        return (chosen | duplicates)._say_refused()

    def _prepare_mail_values(self, applicant):
        """A refusal waits, so that it is decent and can be undone.

        A date that the template or the user set is kept. Native's mail queue holds the
        mail until then.
        """
        values = super()._prepare_mail_values(applicant)
        if not values.get("scheduled_date"):
            wait = timedelta(hours=self.mail_delay_hours)
            values["scheduled_date"] = self.env["recruit.clock"].now() + wait
        return values | {"refused_applicant_id": applicant.id}

    def _refused_already(self):
        """Those of the chosen whose refusal stands."""
        everybody = self.with_context(active_test=False).applicant_ids
        # sudo: who may refuse an application may know that it is refused
        dispositions = self.env["recruit.disposition"].sudo()._standing(everybody)
        return everybody & dispositions.applicant_id.filtered(
            lambda applicant: not applicant.active
        ).with_env(self.env)

    def _record_dispositions(self, chosen, duplicates):
        """A duplicate ends for a reason of the process, the others as chosen."""
        dispositions = chosen.env["recruit.disposition"]
        dispositions._record(
            chosen, {"disposition_type": self.disposition_type, "note": self.note}
        )
        dispositions._record(duplicates, {"disposition_type": "process"})

    def _award_medals(self, applicants):
        """Medals for the chosen ones, and a place in the pool."""
        applicants.env["recruit.medal"]._award(
            applicants,
            {
                "note": self.note,
                "pool_id": self.pool_id.id,
                "cool_off_until": self.cool_off_until,
            },
        )
        if applicants and self.pool_id:
            applicants.candidate_id._add_to_pool(
                self.pool_id.sudo(), self.env._("Silver medallist")
            )

    def _by_verdict(self):
        """The applications under each verdict of the rule that earns a medal."""
        self.ensure_one()
        allows = self.refuse_reason_id.allows_medal
        return by_verdict(
            {
                applicant: Finish(
                    applicant.stage_id.is_final, allows, applicant._interview_score()
                )
                for applicant in self.applicant_ids
            }
        )

    def _medal_sentence(self):
        """Why a medal is suggested or not, a line for each group of people."""
        sentences = {
            EARNED: self.env._("Suggested for %(who)s: reached a finalist stage."),
            NOT_FINAL: self.env._("Not for %(who)s: no finalist stage was reached."),
            LOW_SCORE: self.env._(
                "Not for %(who)s: the interviewers do not recommend it."
            ),
            REASON_AGAINST: self.env._(
                "Not for %(who)s: the reason speaks against another try."
            ),
        }
        return "\n".join(
            sentences[verdict]
            % {"who": self.env["hr.applicant"].union(*applicants)._names()}
            for verdict, applicants in self._by_verdict().items()
            if applicants
        )

    def _usual_pool(self):
        """Where the last medallist of these jobs went, else the general pool."""
        last = self.env["recruit.medal"].search(
            [
                ("job_id", "in", self.applicant_ids.job_id.ids),
                ("pool_id.active", "=", True),
            ],
            limit=1,
        )
        return last.pool_id or self.env.ref(
            "recruit_ats_ext.hr_talent_pool_silver_medallists",
            raise_if_not_found=False,
        )
