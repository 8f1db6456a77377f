from odoo import api, fields, models
from odoo.tools import SQL

from .recruit_channel import UNKNOWN

VERDICTS = [
    ("agree", "Agree"),
    ("type", "Agree on the type"),
    ("disagree", "Disagree"),
    ("unseen", "Nothing was observed"),
]
CRM = "recruit_crm.group_recruit_sourcer,recruit_crm.group_recruit_privacy_officer"


class RecruitChannel(models.Model):
    _inherit = "recruit.channel"

    asked = fields.Boolean(
        "Offered as an answer",
        help="People can choose it where they are asked how they heard of us.",
    )


class RecruitCandidate(models.Model):
    """What the person says, beside what was observed."""

    _inherit = "recruit.candidate"

    heard_channel_id = fields.Many2one(
        "recruit.channel",
        "Heard of us through",
        index="btree_not_null",
        copy=False,
        tracking=True,
        help="How the person says they heard of us; what was observed stays beside it.",
    )
    first_channel_id = fields.Many2one(
        related="first_touch_id.channel_id", string="First channel", groups=CRM
    )


class HrApplicant(models.Model):
    _inherit = "hr.applicant"

    heard_channel_id = fields.Many2one(
        "recruit.channel",
        "Heard of us through",
        index="btree_not_null",
        copy=False,
        help="The answer of the person in this application.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Create applications; the first answer of a person is kept of the person."""
        applicants = super().create(vals_list)
        applicants.filtered("heard_channel_id")._teach_answer()
        return applicants

    def write(self, vals):
        """Write, and keep an answer that came later where the person had none."""
        result = super().write(vals)
        if vals.get("heard_channel_id"):
            self._teach_answer()
        return result

    def _teach_answer(self):
        # sudo: the candidate mirrors what the application states, whoever writes it
        for applicant in self.sudo().filtered("candidate_id"):
            if not applicant.candidate_id.heard_channel_id:
                applicant.candidate_id.heard_channel_id = applicant.heard_channel_id


class RecruitHeard(models.Model):
    """Answers of applicants beside what was observed: a report, computed when read."""

    _name = "recruit.heard"
    _description = "Answers and Observations"
    _auto = False
    _order = "applied_at desc, id desc"
    _rec_name = "candidate_id"

    applicant_id = fields.Many2one("hr.applicant", "Application", readonly=True)
    candidate_id = fields.Many2one("recruit.candidate", readonly=True)
    job_id = fields.Many2one("hr.job", "Job Position", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    applied_at = fields.Datetime("Applied on", readonly=True)
    heard_channel_id = fields.Many2one("recruit.channel", "They say", readonly=True)
    heard_type_id = fields.Many2one("recruit.channel", "They say: type", readonly=True)
    observed_channel_id = fields.Many2one(
        "recruit.channel", "First touch", readonly=True
    )
    observed_type_id = fields.Many2one(
        "recruit.channel", "First touch: type", readonly=True
    )
    verdict = fields.Selection(VERDICTS, readonly=True)

    @property
    def _table_query(self):
        """One row for each application that answers.

        Purpose: the report. Size: the answered applications, 100,000 in a second.
        Indexes: heard_channel_id of hr_applicant; primary keys.
        """
        self.env["hr.applicant"].flush_model()
        self.env["recruit.candidate"].flush_model()
        return SQL(
            """
            SELECT a.id, a.id AS applicant_id, a.candidate_id, a.job_id,
                   c.company_id, a.create_date AS applied_at,
                   a.heard_channel_id, h.type_id AS heard_type_id,
                   o.id AS observed_channel_id, o.type_id AS observed_type_id,
                   CASE WHEN o.id IS NULL OR o.id = %(unknown)s THEN 'unseen'
                        WHEN o.parent_path LIKE h.parent_path || '%%'
                          OR h.parent_path LIKE o.parent_path || '%%' THEN 'agree'
                        WHEN o.type_id = h.type_id THEN 'type'
                        ELSE 'disagree' END AS verdict
              FROM hr_applicant a
              JOIN recruit_candidate c ON c.id = a.candidate_id
              JOIN recruit_channel h ON h.id = a.heard_channel_id
         LEFT JOIN recruit_touch t ON t.id = c.first_touch_id
         LEFT JOIN recruit_channel o ON o.id = t.channel_id
            """,
            unknown=self.env["ir.model.data"]._xmlid_to_res_id(UNKNOWN),
        )

    def action_open_candidate(self):
        """Open the person, with the chain of touches that was observed."""
        self.ensure_one()
        return self.candidate_id.get_formview_action()
