from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.base.models.res_partner import _tz_get

from ..identity.limits import too_long
from ..identity.normalize import normalize_email

# Who works with people, and who answers for their data. An officer is a sourcer too.
OFFICER = "hr_recruitment.group_hr_recruitment_user"
CRM = "recruit_crm.group_recruit_sourcer,recruit_crm.group_recruit_privacy_officer"

STATES = [
    ("new", "New"),
    ("nurturing", "Nurturing"),
    ("engaged", "Engaged"),
    ("in_process", "In process"),
    ("hired", "Hired"),
    ("employee", "Employee"),
    ("alumni", "Alumni"),
    ("do_not_contact", "Do not contact"),
]


class RecruitCandidate(models.Model):
    """A person, once, whether or not they ever applied.

    The candidate has its own table and its own address: it is no contact and follows
    none. Applications, native talent cards and employees point to it.

    State of the relationship, and who moves it (``recruit_candidate_event.py``):

    * ``new``: known, nothing happened yet;
    * ``nurturing``: in a pool, or refused and kept warm;
    * ``engaged``: answered us;
    * ``in_process``: has an open application;
    * ``hired``: an application reached a hired stage;
    * ``employee``: an employee was created; ``alumni``: left (set by hand);
    * ``do_not_contact``: set by hand, moved by nothing but an own application.
    """

    _name = "recruit.candidate"
    _description = "Candidate"
    _inherit = [
        "avatar.mixin",
        "mail.thread.blacklist",
        "mail.thread.phone",
        "mail.activity.mixin",
    ]
    _order = "last_touch_at DESC NULLS LAST, id DESC"
    _rec_names_search = ["name", "email_normalized"]
    _primary_email = "email"
    _mailing_enabled = True
    _mail_defaults_to_email = True

    name = fields.Char(required=True, index="trigram", tracking=True)
    active = fields.Boolean(default=True)
    color = fields.Integer()
    email = fields.Char(copy=False, tracking=True)
    email_normalized = fields.Char(index="trigram")
    phone = fields.Char(tracking=True)
    linkedin_profile = fields.Char("LinkedIn", copy=False)
    headline = fields.Char(help="What the person does, in one line.")
    city = fields.Char()
    country_id = fields.Many2one("res.country")
    lang = fields.Selection(
        lambda self: self.env["res.lang"].get_installed(), "Language"
    )
    tz = fields.Selection(_tz_get, "Time zone")
    user_id = fields.Many2one(
        "res.users",
        "Owner",
        index="btree_not_null",
        tracking=True,
        domain="[('share', '=', False)]",
        help="The recruiter who keeps in touch with this person.",
    )
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        default=lambda self: self.env.company,
        help="Who may see the candidate. Empty: every company of the group.",
    )
    state = fields.Selection(
        STATES, default="new", required=True, index=True, tracking=True, copy=False
    )
    categ_ids = fields.Many2many("hr.applicant.category", string="Tags")
    partner_id = fields.Many2one(
        "res.partner",
        "Contact",
        copy=False,
        index="btree_not_null",
        help="An optional link; the candidate's own e-mail is the one that counts.",
    )

    skill_ids = fields.One2many(
        "recruit.candidate.skill", "candidate_id", "Skills", copy=True
    )
    applicant_ids = fields.One2many(
        "hr.applicant",
        "candidate_id",
        "Applications and talent card",
        context={"active_test": False},
    )
    application_ids = fields.One2many(
        "hr.applicant",
        "candidate_id",
        "Applications",
        domain=[("talent_pool_ids", "=", False)],
        context={"active_test": False},
    )
    identity_ids = fields.One2many(
        "recruit.identity", "candidate_id", "Identities", groups=CRM
    )
    member_ids = fields.One2many(
        "recruit.pool.member", "candidate_id", "Pool memberships", groups=CRM
    )
    pool_ids = fields.Many2many(
        "hr.talent.pool",
        string="Talent pools",
        compute="_compute_pool_ids",
        search="_search_pool_ids",
        groups=CRM,
    )
    segment_ids = fields.Many2many(
        "recruit.segment",
        string="Segments",
        compute="_compute_segment_ids",
        search="_search_segment_ids",
        groups=CRM,
    )
    touch_ids = fields.One2many("recruit.touch", "candidate_id", "Touches", groups=CRM)
    first_touch_id = fields.Many2one(
        "recruit.touch",
        "First touch",
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups=CRM,
        help="The earliest contact. It moves only when an earlier one becomes known.",
    )
    # of the first touch, kept by the database: see recruit_touch_first.py
    first_touch_at = fields.Datetime(
        "First contact", readonly=True, copy=False, groups=CRM
    )
    first_source = fields.Char("First source", readonly=True, copy=False, groups=CRM)
    last_touch_at = fields.Datetime("Last contact", readonly=True, copy=False)

    application_count = fields.Integer(compute="_compute_application_count")
    touch_count = fields.Integer(compute="_compute_touch_count", groups=CRM)
    pool_count = fields.Integer(compute="_compute_pool_ids", groups=CRM)
    unreachable_reason = fields.Char(
        "Not reachable", compute="_compute_unreachable_reason"
    )
    why_now = fields.Text(
        "Why this person matters now", compute="_compute_why_now", groups=CRM
    )

    # Serves the default list, newest contact first, without a sort of the table.
    _last_touch_idx = models.Index("(last_touch_at DESC NULLS LAST, id DESC)")
    # Serves every lookup by exact address: bounces, replies, the native counters.
    _email_idx = models.Index("(email_normalized) WHERE email_normalized IS NOT NULL")

    @api.depends("member_ids.left_at", "member_ids.pool_id")
    def _compute_pool_ids(self):
        members = self.env["recruit.pool.member"]._read_group(
            [("candidate_id", "in", self.ids), ("left_at", "=", False)],
            ["candidate_id"],
            ["pool_id:recordset"],
        )
        pools = {candidate.id: joined for candidate, joined in members}
        none = self.env["hr.talent.pool"]
        # people of the same pools at once: the rules on pools are asked at each setting
        for joined, people in self.grouped(lambda one: pools.get(one.id, none)).items():
            people.pool_ids = joined
            people.pool_count = len(joined)

    def _search_pool_ids(self, operator, value):
        if operator not in ("in", "any", "any!"):
            return NotImplemented
        is_open = Domain("left_at", "=", False)
        if operator != "in":
            return Domain(
                "member_ids", "any", is_open & Domain("pool_id", operator, value)
            )
        pools = [pool for pool in value if pool]
        found = Domain("member_ids", "any", is_open & Domain("pool_id", "in", pools))
        if len(pools) < len(list(value)):  # False among the values: in no pool at all
            found |= ~Domain("member_ids", "any", is_open)
        return found

    def _compute_segment_ids(self):
        segments = self.env["recruit.segment"].search([("active", "=", True)])
        here = Domain("id", "in", self.ids)
        hits = {
            segment: self.with_context(active_test=False).search(
                segment._candidate_domain() & here, order="id"
            )
            for segment in segments
        }
        for candidate in self:
            candidate.segment_ids = segments.filtered(
                lambda segment, one=candidate: one._origin in hits[segment]
            )

    def _search_segment_ids(self, operator, value):
        if operator not in ("in", "not in"):
            return NotImplemented
        segments = self.env["recruit.segment"].browse([one for one in value if one])
        every = self.env["recruit.segment"]
        if len(segments) < len(list(value)):  # False: in no segment at all
            every = every.search([("active", "=", True)]).filtered(
                lambda segment: not segment.problem
            )
        if operator == "in":
            found = Domain.OR(segment._candidate_domain() for segment in segments)
            return found | every._outside_all_domain() if every else found
        out = segments._outside_all_domain()
        inside = Domain.OR(segment._candidate_domain() for segment in every)
        return out & inside if every else out

    @api.depends("applicant_ids")
    def _compute_application_count(self):
        counts = dict(
            self.env["hr.applicant"]
            .with_context(active_test=False)
            ._read_group(
                [("candidate_id", "in", self.ids), ("talent_pool_ids", "=", False)],
                ["candidate_id"],
                ["__count"],
            )
        )
        for candidate in self:
            candidate.application_count = counts.get(candidate._origin, 0)

    @api.depends("touch_ids")
    def _compute_touch_count(self):
        counts = dict(
            self.env["recruit.touch"]._read_group(
                [("candidate_id", "in", self.ids)], ["candidate_id"], ["__count"]
            )
        )
        for candidate in self:
            candidate.touch_count = counts.get(candidate._origin, 0)

    @api.depends("email", "state", "is_blacklisted")
    def _compute_unreachable_reason(self):
        """Ask the database once who is unreachable, and only then why."""
        stopped = self._unreachable_ids()
        for candidate in self:
            known = isinstance(candidate.id, int)  # not a form that is being edited
            candidate.unreachable_reason = (
                not known or candidate.id in stopped
            ) and candidate._unreachable_reason()

    def _unreachable_reason(self):
        """Say in one sentence why no e-mail may go to this person, or return False."""
        self.ensure_one()
        if self.state == "do_not_contact":
            return self.env._("Asked not to be contacted.")
        if not self.email_normalized:
            return self.env._("No e-mail address is known.")
        if self.is_blacklisted:
            return self.env._("The address is on the e-mail blacklist.")
        return False

    @api.depends("state", "member_ids", "applicant_ids", "last_touch_at")
    def _compute_why_now(self):
        for candidate in self:
            candidate.why_now = "\n".join(candidate._why_now_lines()) or False

    def _why_now_lines(self):
        """Return the sentences that tell why this person matters today, best first."""
        self.ensure_one()
        lines = [
            self.env._(
                "In process for %(job)s: %(stage)s",
                job=application.job_id.name,
                stage=application.stage_id.name or self.env._("no stage yet"),
            )
            for application in self._open_applications()
        ]
        if self.pool_ids:
            pools = ", ".join(self.pool_ids.mapped("name"))
            lines.append(self.env._("Waits in %(pools)s", pools=pools))
        if self.last_touch_at:
            lines.append(self._last_contact_sentence())
        return lines

    def _last_contact_sentence(self):
        gap = relativedelta(self.env["recruit.clock"].now(), self.last_touch_at)
        months = gap.years * 12 + gap.months
        if months > 1:
            return self.env._("Last contact %(months)s months ago", months=months)
        if months:
            return self.env._("Last contact a month ago")
        if gap.days > 1:
            return self.env._("Last contact %(days)s days ago", days=gap.days)
        if gap.days:
            return self.env._("Last contact a day ago")
        return self.env._("Last contact today")

    def _open_applications(self):
        """Return the applications that are neither hired, refused nor archived."""
        return self.env["hr.applicant"].search(
            [
                ("candidate_id", "in", self.ids),
                ("job_id", "!=", False),
                ("active", "=", True),
                ("refuse_reason_id", "=", False),
                ("date_closed", "=", False),
            ]
        )

    @api.model_create_multi
    def create(self, vals_list):
        """Create candidates with their identities and, when told, their first touch.

        ``source`` and ``first_seen_at`` are taken here alone: they become a touch.

        :raise ValidationError: for a text that is too long, an address that is none,
            or an identity that belongs to another candidate
        """
        vals_list = [dict(vals) for vals in vals_list]
        origins = [self._pop_origin(vals) for vals in vals_list]
        for vals in vals_list:
            self._check_texts(vals)
        candidates = super().create(vals_list)
        candidates._claim_identities()
        candidates._log_origins(origins)
        return candidates

    def write(self, vals):
        """Write, keep the identities in step, and refuse to rewrite the first touch."""
        self._check_texts(vals)
        self._check_origin_untouched(vals)
        if "company_id" in vals:
            self._check_company_move(vals["company_id"] or False)
        before = self._identity_rows() if self._states_identity(vals) else None
        result = super().write(vals)
        if before is not None:
            self._replace_identities(before)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_with_history(self):
        for candidate in self.sudo():
            if candidate.touch_ids or candidate.applicant_ids:
                raise UserError(
                    self.env._(
                        "%(name)s has a history of touches or applications, which is "
                        "kept. Archive the candidate instead.",
                        name=candidate.name,
                    )
                )

    def copy_data(self, default=None):
        """Copy a candidate under a name that tells it from the original."""
        return [
            {**vals, "name": self.env._("%(name)s (copy)", name=candidate.name)}
            for candidate, vals in zip(self, super().copy_data(default), strict=True)
        ]

    def action_view_applications(self):
        """Open the applications of this person, also the refused and archived ones."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Applications of %(name)s", name=self.name),
            "res_model": "hr.applicant",
            "view_mode": "list,form",
            "domain": [
                ("candidate_id", "=", self.id),
                ("talent_pool_ids", "=", False),
            ],
            "context": {
                "active_test": False,
                "default_candidate_id": self.id,
                "default_partner_name": self.name,
                "default_email_from": self.email,
                "no_create_application_button": True,
            },
        }

    def action_view_touches(self):
        """Open the touches of this person."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "recruit_crm.recruit_touch_action"
        )
        action["domain"] = [("candidate_id", "=", self.id)]
        action["context"] = {}
        return action

    def action_view_pools(self):
        """Open the pool memberships of this person, past ones too."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Pools of %(name)s", name=self.name),
            "res_model": "recruit.pool.member",
            "view_mode": "list,form",
            "domain": [("candidate_id", "=", self.id)],
            "context": {"default_candidate_id": self.id},
        }

    def _check_texts(self, vals):
        """Refuse texts that are too long and an e-mail address that is none."""
        for field, length, limit in too_long(vals):
            raise ValidationError(
                self.env._(
                    "%(field)s has %(length)s characters; %(limit)s is the most. "
                    "Shorten it.",
                    field=self._fields[field]._description_string(self.env),
                    length=length,
                    limit=limit,
                )
            )
        email = vals.get("email")
        if email and email.strip() and not normalize_email(email):
            raise ValidationError(self._bad_email_message(email))

    def _bad_email_message(self, email):
        return self.env._(
            "“%(email)s” is not an e-mail address. Write it like ann@example.com, or "
            "leave it empty.",
            email=email[:50],
        )
