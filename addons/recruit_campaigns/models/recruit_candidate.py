from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.recruit_crm.models.recruit_candidate import CRM

from .recruit_campaign import PERSON_LOCKS
from .recruit_campaign_enrollment import INSIDE
from .statements import look

# What happens to a candidate -> why that ends a campaign.
EXIT_EVENTS = (
    "applied",
    "hired",
    "interview_booked",
    "refused",
    "replied",
    "unsubscribed",
)

# Fields in which somebody may become unreachable.
STOP_FIELDS = {"active", "email", "recruiting_opt_out", "snoozed_until", "state"}


class RecruitCandidate(models.Model):
    """What campaigns add to a candidate: opt-out, reachability, enrollments."""

    _inherit = "recruit.candidate"

    first_name = fields.Char(
        compute="_compute_first_name", help="For greetings: the first word of the name."
    )
    recruiting_opt_out = fields.Boolean(
        "Unsubscribed",
        copy=False,
        tracking=True,
        help="Asked for no more recruiting mail. Mail from sales and others goes on.",
    )
    recruiting_opt_out_at = fields.Datetime(
        "Unsubscribed On",
        compute="_compute_recruiting_opt_out_at",
        store=True,
        copy=False,
    )
    enrollment_ids = fields.One2many(
        "recruit.campaign.enrollment", "candidate_id", groups=CRM
    )
    enrollment_count = fields.Integer(
        "Campaigns", compute="_compute_enrollment_count", groups=CRM
    )

    # The index of recruit_crm, with the obstacle that this addon adds.
    _reach_idx = models.Index(
        "(id) INCLUDE (company_id, snoozed_until) "
        "WHERE active IS TRUE AND (state = 'do_not_contact') IS NOT TRUE "
        "AND (COALESCE(email_normalized, '') = '') IS NOT TRUE "
        "AND address_blocked IS NOT TRUE "
        "AND recruiting_opt_out IS NOT TRUE"
    )

    @api.depends("name")
    def _compute_first_name(self):
        for candidate in self:
            candidate.first_name = (candidate.name or "").strip().partition(" ")[0]

    @api.depends("recruiting_opt_out")
    def _compute_recruiting_opt_out_at(self):
        now = self.env["recruit.clock"].now()
        for candidate in self:
            since = candidate.recruiting_opt_out_at or now
            candidate.recruiting_opt_out_at = candidate.recruiting_opt_out and since

    @api.depends("recruiting_opt_out")
    def _compute_unreachable_reason(self):
        return super()._compute_unreachable_reason()

    @api.depends("enrollment_ids")
    def _compute_enrollment_count(self):
        counts = {
            candidate.id: count
            for candidate, count in self.env["recruit.campaign.enrollment"]._read_group(
                [("candidate_id", "in", self.ids)], ["candidate_id"], ["__count"]
            )
        }
        for candidate in self:
            candidate.enrollment_count = counts.get(candidate.id, 0)

    def write(self, vals):
        """Who becomes unreachable leaves all campaigns in the same transaction."""
        result = super().write(vals)
        if STOP_FIELDS & vals.keys():
            self._exit_unreachable()
        return result

    def action_view_enrollments(self):
        """Open the campaigns these candidates are or were in."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "recruit_campaigns.recruit_campaign_enrollment_action"
        )
        action["domain"] = [("candidate_id", "in", self.ids)]
        action["context"] = {}
        return action

    @api.model
    def mail_allowed_qweb_expressions(self):
        """The placeholders that messages to candidates may use."""
        return super().mail_allowed_qweb_expressions() + (
            "object.city",
            "object.country_id.name",
            "object.first_name",
            "object.headline",
        )

    def _record_event(self, kind, document=None, **details):
        """Leave the campaigns, or halt in them; see EXIT_EVENTS."""
        result = super()._record_event(kind, document=document, **details)
        if kind in EXIT_EVENTS:
            self._exit_campaigns(kind)
        return result

    def _opt_out(self, delivery, how="link"):
        """Unsubscribe from recruiting mail; once is as good as twice.

        :param delivery: the recruit.campaign.delivery whose link was used
        :param str how: by which way, a key of `how` of recruit.optout
        """
        self.ensure_one()
        if self.recruiting_opt_out:
            return
        self.with_context(recruit_optout_how=how).recruiting_opt_out = True
        self._log_touch(
            "unsubscribed",
            evidence=self.env._("Unsubscribed through the link of a message"),
            **delivery._touch_values(),
        )
        self._record_event("unsubscribed", document=delivery)

    def _unreachable_reason(self):
        """Add the opt-out to what keeps mail from a person."""
        reason = super()._unreachable_reason()
        if not reason and self.recruiting_opt_out:
            return self.env._("Unsubscribed from recruiting mail.")
        return reason

    def _exit_campaigns(self, reason):
        """End what these people are inside of, for a key of EXIT_REASONS; but for
        what begins with the very event that it would end with."""
        ending = self._active_enrollments().filtered(
            lambda one: not one.campaign_id._begins_with(reason)
        )
        if ending:
            ending._exit(reason)

    def _exit_unreachable(self):
        inside = self.browse(self._active_enrollments().candidate_id.ids)
        for candidate_id, reason in inside._stop_reasons().items():
            self.browse(candidate_id)._exit_campaigns(reason)

    def _active_enrollments(self):
        # sudo: an exit holds for the campaigns of every company, whoever caused it
        return (
            self.env["recruit.campaign.enrollment"]
            .sudo()
            .search([("candidate_id", "in", self.ids), ("state", "in", INSIDE)])
        )

    def _stop_reasons(self, company=None, campaign=None):
        """Why these candidates must not get a campaign's mail.

        Purpose: the check before an enrollment. Size: the whole audience, 100,000 in
        one statement. Index: primary key, and the unique index of mail_blacklist.

        :param company: the company of the campaign, where it has one
        :param campaign: the campaign, for what people say of it and its topic
        :return: ``{candidate id: key of EXIT_REASONS}``, only who is not reachable
        """
        return dict(
            look(
                self.env,
                SQL(
                    """
                    SELECT id, reason
                      FROM (SELECT c.id, COALESCE(%(reason)s,
                                   CASE WHEN c.company_id <> %(company)s
                                        THEN 'other_company' END) AS reason
                              FROM recruit_candidate c
                         LEFT JOIN recruit_campaign k ON k.id = %(campaign)s
                             WHERE c.id = ANY(%(ids)s)) AS checked
                     WHERE reason IS NOT NULL
                    """,
                    reason=self._stop_reason_sql("c", "k"),
                    company=company.id or None if company else None,
                    campaign=campaign.id if campaign else None,
                    ids=self.ids,
                ),
            )
        )

    @api.model
    def _unreachable_cases(self, candidate):
        """Add the opt-out, as `_unreachable_reason` does."""
        return [
            *super()._unreachable_cases(candidate),
            ("unsubscribed", SQL("%s.recruiting_opt_out", candidate)),
        ]

    @api.model
    def _stop_reason_sql(self, alias, campaign=None):
        """Why somebody must not get a campaign's mail: a key of EXIT_REASONS, or NULL.

        Whoever is not reachable at all, and who is here already or archived.

        :param str alias: of the table recruit_candidate in the statement around it
        :param str campaign: of recruit_campaign, for what people say of one campaign
        """
        candidate = SQL.identifier(alias)
        own = campaign and self._campaign_stop_cases(
            candidate, SQL.identifier(campaign)
        )
        return self._first_case(
            [
                ("merged", SQL("%s.merged_into_id IS NOT NULL", candidate)),
                ("archived", SQL("NOT %s.active", candidate)),
                ("hired", self._at_work_sql(alias, campaign)),
                *self._unreachable_cases(candidate),
                *(own or ()),
            ]
        )

    def _lock_dots(self):
        """Wait until no final dot to these people can follow; see PERSON_LOCKS.

        Size: the people of one request; ordered, so that two of them cannot wait for
        each other.
        """
        for candidate_id in sorted(self.ids):
            self.env.cr.execute(
                SQL("SELECT pg_advisory_xact_lock(%s, %s)", PERSON_LOCKS, candidate_id)
            )
