from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

ROLES = [("referrer", "Referrer"), ("sourcer", "Sourcer"), ("agency", "Agency")]
# Days for which an introduction holds; settings change them.
DAYS = {
    "recruit_crm.referrer_days": 365,
    "recruit_crm.sourcer_days": 180,
    "recruit_crm.agency_days": 180,
}
KINDS = {"referrer": "referral", "sourcer": "sourced", "agency": "referral"}


class RecruitIntroduction(models.Model):
    """Who gets the credit for a person: a referrer, a sourcer or an agency.

    That is apart from the source: the fair is where somebody was met, the colleague who
    was there is who introduced them. An introduction holds for some time; of several
    that hold on a day, the earliest one counts.
    """

    _name = "recruit.introduction"
    _description = "Introduction"
    _order = "introduced_at desc, id desc"
    _rec_name = "partner_id"

    candidate_id = fields.Many2one(
        "recruit.candidate", required=True, ondelete="cascade"
    )
    role = fields.Selection(ROLES, required=True, default="referrer")
    partner_id = fields.Many2one(
        "res.partner",
        "Introduced by",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.user.partner_id,
        help="The colleague, recruiter or agency who gets the credit.",
    )
    introduced_at = fields.Datetime(
        "When", required=True, default=lambda self: self.env["recruit.clock"].now()
    )
    until = fields.Datetime(
        "Holds until",
        compute="_compute_until",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        help="An application after this moment is nobody's introduction any more.",
    )
    note = fields.Text()
    company_id = fields.Many2one(
        related="candidate_id.company_id", store=True, index="btree_not_null"
    )
    application_ids = fields.One2many(
        "hr.applicant", "introduction_id", "Applications", readonly=True
    )
    application_count = fields.Integer(compute="_compute_application_count")
    is_open = fields.Boolean("Holds", compute="_compute_is_open")

    # Serves the candidate and each new application: who introduced this person first.
    _candidate_idx = models.Index("(candidate_id, introduced_at, id)")
    _window_is_one = models.Constraint(
        "CHECK (until >= introduced_at)",
        "An introduction holds from its day on: choose a later end.",
    )

    @api.depends("role", "introduced_at")
    def _compute_until(self):
        # sudo: a number in the settings
        parameters = self.env["ir.config_parameter"].sudo()
        for one in self:
            key = f"recruit_crm.{one.role}_days"
            text = parameters.get_param(key) or ""
            days = int(text) if text.isdigit() else DAYS.get(key, 0)
            one.until = one.introduced_at and one.introduced_at + timedelta(days=days)

    @api.depends("application_ids")
    def _compute_application_count(self):
        for one in self:
            one.application_count = len(one.application_ids)

    @api.depends("until", "introduced_at")
    def _compute_is_open(self):
        now = self.env["recruit.clock"].now()
        for one in self:
            one.is_open = bool(one.until) and one.introduced_at <= now <= one.until

    @api.model_create_multi
    def create(self, vals_list):
        """Record introductions, each with its touch, for the applications since."""
        introductions = super().create(vals_list)
        introductions._log_touches()
        introductions._claim_applications()
        return introductions

    def write(self, vals):
        """Change an introduction, and whose the applications are with it."""
        people = self.candidate_id
        result = super().write(vals)
        if vals.keys() & {"candidate_id", "introduced_at", "until", "role"}:
            self._claim_applications(people)
        return result

    def _log_touches(self):
        """Record the contact that an introduction is; for an agency, from there."""
        agencies = self.env.ref("recruit_crm.recruit_channel_recruitment_agency")
        for one in self:
            is_agency = one.role == "agency"
            one.candidate_id._log_touch(
                KINDS[one.role],
                occurred_at=min(one.introduced_at, self.env["recruit.clock"].now()),
                source=is_agency and one.partner_id.name,
                channel_id=is_agency and agencies.id,
                evidence=self.env._("Introduced by %(name)s", name=one.partner_id.name),
                res_model=self._name,
                res_id=one.id,
                dedupe_key=f"introduction:{one.id}",
            )

    def _claim_applications(self, people=None):
        """Give each application of these people the introduction that held when it
        came in, the earliest one, or none.

        Purpose: credit apart from the source. Size: the applications of a few people.
        Indexes: hr_applicant (candidate_id), _candidate_idx.
        """
        people = self.candidate_id | (people or self.candidate_id)
        applicants = self.env["hr.applicant"]
        applicants.flush_model(["candidate_id", "introduction_id"])
        self.flush_model()
        self.env.cr.execute(
            SQL(
                """
                UPDATE hr_applicant a SET introduction_id = held.id
                  FROM (SELECT b.id AS applicant_id, i.id
                          FROM hr_applicant b
                     LEFT JOIN LATERAL (
                               SELECT id FROM recruit_introduction
                                WHERE candidate_id = b.candidate_id
                                  AND introduced_at <= b.create_date
                                  AND until >= b.create_date
                             ORDER BY introduced_at, id LIMIT 1) i ON true
                         WHERE b.candidate_id = ANY(%s)) held
                 WHERE a.id = held.applicant_id
                   AND a.introduction_id IS DISTINCT FROM held.id
                """,
                people.ids,
            )
        )
        applicants.invalidate_model(["introduction_id"])
        self.invalidate_model(["application_ids", "application_count"])

    def action_view_applications(self):
        """Open the applications that this introduction gets the credit for."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Applications through %(who)s", who=self.display_name),
            "res_model": "hr.applicant",
            "view_mode": "list,form",
            "domain": [("introduction_id", "=", self.id)],
            "context": {"active_test": False},
        }


class RecruitCandidate(models.Model):
    _inherit = "recruit.candidate"

    introduction_ids = fields.One2many(
        "recruit.introduction",
        "candidate_id",
        "Introductions",
        groups="recruit_crm.group_recruit_sourcer,"
        "recruit_crm.group_recruit_privacy_officer",
    )


class HrApplicant(models.Model):
    _inherit = "hr.applicant"

    introduction_id = fields.Many2one(
        "recruit.introduction",
        "Introduced by",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        groups="recruit_crm.group_recruit_sourcer,"
        "recruit_crm.group_recruit_privacy_officer",
        help="Who gets the credit for this application, apart from its source.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Create applications, each with the introduction that holds."""
        applicants = super().create(vals_list)
        # sudo: whoever creates an application; who introduced the person is a fact
        introductions = self.env["recruit.introduction"].sudo()
        people = applicants.candidate_id
        known = introductions.search([("candidate_id", "in", people.ids)])
        if known:
            known._claim_applications()
        return applicants
