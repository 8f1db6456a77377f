from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import SQL, email_normalize

SOURCER = "recruit_crm.group_recruit_sourcer"

# Two-key advisory locks; the second key is a campaign or a candidate. A worker shares
# both from before the fence until the final dot has left; whoever stops a campaign or
# a person takes theirs alone, so no dot follows the commit of a stop.
CAMPAIGN_LOCKS = 0x72634331
PERSON_LOCKS = 0x72635031

# States of messages that somebody should look at, and of those that will leave.
PROBLEMS = ("failed", "uncertain")
WAITING = ("planned", "retry", "claimed", "in_flight", "accepted")


class RecruitCampaign(models.Model):
    """A drip campaign: ordered e-mail steps over the candidates of a segment.

    `draft`: being written. `running`: due messages leave. `paused`: nobody gets
    anything until it is resumed. `closed`: for good; everybody inside is out.
    """

    _name = "recruit.campaign"
    _description = "Recruiting Campaign"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char(required=True, tracking=True)
    active = fields.Boolean(default=True)
    goal = fields.Char(help="What a recruiter hopes for, in a sentence.")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("running", "Running"),
            ("paused", "Paused"),
            ("closed", "Closed"),
        ],
        default="draft",
        required=True,
        group_expand=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    company_id = fields.Many2one(
        "res.company", index=True, default=lambda self: self.env.company
    )
    segment_id = fields.Many2one(
        "recruit.segment",
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    user_id = fields.Many2one(
        "res.users",
        "Sender",
        default=lambda self: self.env.user,
        check_company=True,
        tracking=True,
    )
    email_from = fields.Char(
        "From", compute="_compute_email_from", store=True, readonly=False
    )
    reply_to = fields.Char(
        help="Where replies go. When empty, they reach the candidate's page through "
        "the company's catchall address."
    )
    step_ids = fields.One2many("recruit.campaign.step", "campaign_id", copy=True)
    enrollment_ids = fields.One2many("recruit.campaign.enrollment", "campaign_id")
    utm_campaign_id = fields.Many2one(
        "utm.campaign",
        "UTM Campaign",
        readonly=True,
        copy=False,
        index=True,
        ondelete="restrict",
    )
    enrollment_count = fields.Integer("People", compute="_compute_enrollment_counts")
    active_count = fields.Integer("Active People", compute="_compute_enrollment_counts")
    finished_count = fields.Integer(
        "Finished People", compute="_compute_enrollment_counts"
    )
    exited_count = fields.Integer("Exited People", compute="_compute_enrollment_counts")
    sent_count = fields.Integer("Sent", compute="_compute_delivery_counts")
    open_delivery_count = fields.Integer("Waiting", compute="_compute_delivery_counts")
    problem_count = fields.Integer("Problems", compute="_compute_delivery_counts")

    @api.depends("user_id")
    def _compute_email_from(self):
        for campaign in self:
            campaign.email_from = campaign.user_id.email_formatted or False

    @api.depends("enrollment_ids.state")
    def _compute_enrollment_counts(self):
        counts = self._counts("recruit.campaign.enrollment")
        for campaign in self:
            mine = counts.get(campaign.id, {})
            campaign.active_count = mine.get("active", 0) + mine.get("paused", 0)
            campaign.finished_count = mine.get("finished", 0)
            campaign.exited_count = mine.get("exited", 0)
            campaign.enrollment_count = sum(mine.values())

    @api.depends("enrollment_ids.delivery_ids.state")
    def _compute_delivery_counts(self):
        # apart, so that each is answered from an index of its own
        sent = self._counts("recruit.campaign.delivery", ["sent"])
        unsent = self._counts("recruit.campaign.delivery", [*PROBLEMS, *WAITING])
        for campaign in self:
            mine = unsent.get(campaign.id, {})
            campaign.sent_count = sent.get(campaign.id, {}).get("sent", 0)
            campaign.problem_count = sum(mine.get(state, 0) for state in PROBLEMS)
            campaign.open_delivery_count = sum(mine.get(state, 0) for state in WAITING)

    def _counts(self, model, states=None):
        """Rows of `model` by campaign and state: {campaign id: {state: count}}.

        :param states: only these
        """
        domain = [("campaign_id", "in", self.ids)]
        if states:
            domain.append(("state", "in", states))
        counts = {}
        for campaign, state, count in self.env[model]._read_group(
            domain, ["campaign_id", "state"], ["__count"]
        ):
            counts.setdefault(campaign.id, {})[state] = count
        return counts

    @api.model_create_multi
    def create(self, vals_list):
        """Each campaign owns one UTM campaign, by which clicks and hires are traced."""
        # sudo: writing UTM records needs no right of its own
        utm_campaigns = (
            self.env["utm.campaign"]
            .sudo()
            .create(
                [
                    {
                        "title": vals["name"],
                        "user_id": vals.get("user_id") or self.env.uid,
                    }
                    for vals in vals_list
                ]
            )
        )
        return super().create(
            [
                {**vals, "utm_campaign_id": utm_campaign.id}
                for vals, utm_campaign in zip(vals_list, utm_campaigns, strict=True)
            ]
        )

    def copy_data(self, default=None):
        vals_list = super().copy_data(default)
        for vals in vals_list:
            vals["name"] = self.env._("%(name)s (copy)", name=vals["name"])
        return vals_list

    @api.constrains("state", "email_from")
    def _check_email_from(self):
        for campaign in self:
            if campaign.state == "running" and not email_normalize(campaign.email_from):
                raise ValidationError(
                    self.env._(
                        "“%(campaign)s” is running: it needs a sender with a valid "
                        "e-mail address. Pause it to change that.",
                        campaign=campaign.name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_never_used(self):
        if self.sudo().enrollment_ids:  # sudo: people of other companies count too
            raise UserError(
                self.env._(
                    "People have been in this campaign; what they got is kept. "
                    "Archive the campaign instead."
                )
            )

    # ------------------------------------------------------------- what users do

    def action_start(self):
        """Start: enroll the audience and let the first messages go.

        :raises UserError: with every reason that stands against the start
        """
        for campaign in self:
            if obstacles := campaign._preflight_stops():
                raise UserError(
                    self.env._(
                        "“%(campaign)s” cannot start yet:\n%(reasons)s",
                        campaign=campaign.name,
                        reasons="\n".join(f"• {reason}" for reason in obstacles),
                    )
                )
            campaign.state = "running"
            campaign._steps().variant_ids._make_trackers()
            campaign._enroll_audience()
            campaign._wake_sender()
        return True

    def action_pause(self):
        """Stop sending at once; nothing leaves after this is committed."""
        running = self.filtered(lambda campaign: campaign.state == "running")
        running._lock_dots()
        running.state = "paused"
        return True

    def action_resume(self):
        """Send again; what became due in the pause leaves now."""
        self.filtered(lambda campaign: campaign.state == "paused").state = "running"
        self._wake_sender()
        return True

    def action_close(self):
        """End the campaign for good; the people inside leave it within a minute."""
        self._lock_dots()
        self.state = "closed"
        self._wake_sender()
        return True

    def action_enroll_segment(self):
        """Enroll everybody who is in the audience now and may enter."""
        self._check_may_enroll()
        enrolled, left_out = self._enroll_audience()
        reasons = [f"{count} × {reason}" for reason, count in left_out.items()]
        message = self.env._(
            "%(enrolled)s enrolled, %(skipped)s left out.",
            enrolled=enrolled,
            skipped=sum(left_out.values()),
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": "\n".join([message, *reasons]),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def enroll(self, candidate_ids):
        """Enroll candidates by id. Calling it again changes nothing.

        In a draft or a paused campaign they wait until it runs.

        :param list candidate_ids: ids of recruit.candidate
        :return: ``{"enrolled": [id, ...], "skipped": [{"candidate_id": id,
            "reason": "a sentence"}, ...]}``; each given id is in one of the two
        :raises UserError: when the campaign is closed or has no message yet
        :raises AccessError: for who is no sourcer or may not read the campaign
        """
        self._check_may_enroll()
        known = self.env["recruit.candidate"].search(
            [("id", "in", candidate_ids), ("active", "in", [True, False])]
        )
        enrolled, reasons = self._enroll(known)
        reasons.update(
            dict.fromkeys(
                set(candidate_ids) - set(known.ids),
                self.env._("There is no such candidate."),
            )
        )
        return {
            "enrolled": enrolled.ids,
            "skipped": [
                {"candidate_id": candidate_id, "reason": reason}
                for candidate_id, reason in sorted(reasons.items())
            ],
        }

    def action_view_enrollments(self):
        return self._window("recruit_campaigns.recruit_campaign_enrollment_action")

    def action_view_deliveries(self):
        return self._window("recruit_campaigns.recruit_campaign_delivery_action")

    def action_view_problems(self):
        """Open the messages that failed or whose fate is unknown."""
        action = self._window("recruit_campaigns.recruit_campaign_delivery_action")
        action["context"] = {"search_default_problems": 1}
        return action

    def _window(self, xmlid):
        action = self.env["ir.actions.act_window"]._for_xml_id(xmlid)
        action["domain"] = [("campaign_id", "in", self.ids)]
        action["context"] = {}
        return action

    # --------------------------------------------------------------------- parts

    def _start_obstacles(self):
        """Everything that stands against the start, as sentences."""
        self.ensure_one()
        obstacles = {
            self.env._("It is %s already.", self.state): self.state != "draft",
            self.env._("It has no steps. Add a message."): not self.step_ids,
            self.env._(
                "It has no sender with a valid e-mail address."
            ): not email_normalize(self.email_from),
        }
        return [reason for reason, stands in obstacles.items() if stands] + [
            self.env._("Step %s has no subject or no text.", position)
            for position, step in enumerate(self.step_ids, start=1)
            if not step._has_content()
        ]

    def _check_may_enroll(self):
        self.ensure_one()
        self._check_may_use()
        if self.state == "closed":
            raise UserError(self.env._("The campaign is closed; nobody can enter it."))
        if not self.step_ids:
            raise UserError(self.env._("Add a message before you enroll people."))

    def _check_may_use(self):
        """:raises AccessError: for who is no sourcer: they put people in and take them
        out, and leave what is sent and when to officers"""
        if not self.env.su and not self.env.user.has_group(SOURCER):
            raise AccessError(self.env._("Campaigns are for sourcers and officers."))
        self.check_access("read")

    def _lock_dots(self):
        """Wait until no worker of these campaigns stands between fence and dot.

        Purpose: keep new fences out until this transaction ends. Size: one lock for
        each campaign.
        """
        for campaign_id in sorted(self.ids):
            self.env.cr.execute(
                SQL("SELECT pg_advisory_xact_lock(%s, %s)", CAMPAIGN_LOCKS, campaign_id)
            )

    def _wake_sender(self):
        """Let the senders run as soon as this is committed."""
        self.env["recruit.campaign.delivery"]._wake_senders()
