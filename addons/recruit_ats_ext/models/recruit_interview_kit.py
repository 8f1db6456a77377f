from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

CONTENT = ("purpose", "next_notes", "attribute_ids", "question_ids")


class RecruitInterviewKit(models.Model):
    """How one interview is held: purpose, questions, what to rate.

    A kit without a job is a template. A kit for a job may be copied from a template;
    when that changes later, the kit says so and offers to take the changes.
    """

    _name = "recruit.interview.kit"
    _description = "Interview Kit"
    _inherit = ["mail.thread"]
    _order = "job_id, sequence, id"
    _check_company_auto = True

    name = fields.Char("Interview", required=True, tracking=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    job_id = fields.Many2one(
        "hr.job",
        "Job Position",
        index=True,
        ondelete="cascade",
        check_company=True,
        help="Empty: a template, to copy for jobs.",
    )
    stage_id = fields.Many2one(
        "hr.recruitment.stage",
        help="The stage of the application in which this interview is held.",
    )
    company_id = fields.Many2one(
        "res.company", compute="_compute_company_id", store=True, index=True
    )
    duration = fields.Float("Duration (hours)", default=1.0)
    purpose = fields.Html(help="What this interview is to find out.")
    next_notes = fields.Html(
        "For the Next Interviewer", help="What to hand on after this interview."
    )
    attribute_ids = fields.One2many(
        "recruit.interview.kit.attribute", "kit_id", "Rated Attributes", copy=True
    )
    question_ids = fields.One2many(
        "recruit.interview.kit.question", "kit_id", "Questions", copy=True
    )
    scorecard_ids = fields.One2many("recruit.scorecard", "kit_id")
    scorecard_count = fields.Integer(compute="_compute_scorecard_count")
    version = fields.Integer(default=1, readonly=True, copy=False)
    template_id = fields.Many2one(
        "recruit.interview.kit",
        index="btree_not_null",
        ondelete="set null",
        readonly=True,
        copy=False,
    )
    template_version = fields.Integer(readonly=True, copy=False)
    has_template_news = fields.Boolean(compute="_compute_has_template_news")

    _duration_check = models.Constraint(
        "CHECK (duration > 0)", "An interview takes some time."
    )

    @api.depends("job_id.company_id")
    def _compute_company_id(self):
        for kit in self:
            kit.company_id = kit.job_id.company_id

    @api.depends("template_id.version", "template_version")
    def _compute_has_template_news(self):
        for kit in self:
            kit.has_template_news = kit.template_id.version > kit.template_version

    def _compute_scorecard_count(self):
        counts = dict(
            self.env["recruit.scorecard"]._read_group(
                [("kit_id", "in", self.ids)], ["kit_id"], ["__count"]
            )
        )
        for kit in self:
            kit.scorecard_count = counts.get(kit, 0)

    @api.constrains("job_id", "template_id")
    def _check_template(self):
        if self.filtered(lambda kit: kit.template_id and not kit.job_id):
            raise ValidationError(
                self.env._("A kit that was copied from a template belongs to a job.")
            )

    def write(self, vals):
        """A change of content is a new version of the kit."""
        result = super().write(vals)
        if not self.env.context.get("recruit_same_version") and vals.keys() & {
            *CONTENT
        }:
            for kit in self:
                kit.with_context(recruit_same_version=True).version += 1
        return result

    # ------------------------------------------------------------- what users do

    def _copy_for(self, job):
        """Copy templates for a job.

        :return: an action that opens the copies
        """
        copies = self.browse()
        for template in self:
            values = {"name": template.name, "job_id": job.id}
            copies += template.copy(values)._bind(template)
        return copies._open()

    def action_take_template_changes(self):
        """Take over what changed in the template; what was added here stays."""
        for kit in self.filtered("has_template_news"):
            template = kit.template_id
            kit.write(
                {
                    "purpose": template.purpose,
                    "next_notes": template.next_notes,
                    "attribute_ids": kit.attribute_ids._replaced_by(template),
                    "question_ids": kit.question_ids._replaced_by(template),
                }
            )
            kit._bind(template)

    def action_keep_own(self):
        """Leave the kit as it is; say nothing until the template changes again."""
        for kit in self:
            kit.template_version = kit.template_id.version

    def action_view_scorecards(self):
        """Show the scorecards that were opened with this kit."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "recruit_ats_ext.recruit_scorecard_action"
        )
        return action | {"domain": [("kit_id", "in", self.ids)], "context": {}}

    def _open(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "recruit_ats_ext.recruit_interview_kit_action"
        )
        if len(self) == 1:
            return action | {"res_id": self.id, "views": [(False, "form")]}
        return action | {"domain": [("id", "in", self.ids)], "context": {}}

    def _bind(self, template):
        """Remember what the kit was copied from, line by line."""
        for mine, theirs in (
            (self.attribute_ids, template.attribute_ids),
            (self.question_ids, template.question_ids),
        ):
            mine._bind(theirs)
        self.write({"template_id": template.id, "template_version": template.version})
        return self

    # --------------------------------------------------------------- which kit

    @api.model
    def _find_for(self, applicant):
        """The kit for the interview of an application in its present stage.

        That of its job and stage, else that of its job for any stage, else the
        template of the stage; empty when there is none.
        """
        job = Domain("job_id", "=", applicant.job_id.id)
        stage = Domain("stage_id", "=", applicant.stage_id.id)
        choices = [Domain("job_id", "=", False) & stage]
        if applicant.job_id:
            choices = [job & stage, job & Domain("stage_id", "=", False), *choices]
        for choice in choices:
            if kit := self.search(choice, limit=1):
                return kit
        return self.browse()
