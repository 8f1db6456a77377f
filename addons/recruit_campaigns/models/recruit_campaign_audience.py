from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

KINDS = [
    ("segment", "A segment"),
    ("pool", "A talent pool"),
    ("event", "Whoever something happens to"),
    ("people", "People I pick"),
]


class RecruitCampaign(models.Model):
    """Who a campaign is for.

    A segment or the members of a pool, as they are now; whoever something happens to
    from the start on; or nobody but those who are picked in a list of candidates.
    People can be picked for a campaign of any kind.
    """

    _inherit = "recruit.campaign"

    audience = fields.Selection(KINDS, default="segment", required=True, tracking=True)
    segment_id = fields.Many2one(
        help="The audience; of a pool or an event, those of them who are in the "
        "segment too."
    )
    pool_id = fields.Many2one(
        "hr.talent.pool",
        "Talent Pool",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('confidential', '=', False)]",
        tracking=True,
        help="The audience; of the event of joining a pool, the pool.",
    )
    entry_event = fields.Selection("_selection_entry_event", "Event", tracking=True)
    entry_tag_id = fields.Many2one(
        "hr.applicant.category", "Tag", ondelete="restrict", help="Empty: any tag."
    )
    entry_job_id = fields.Many2one(
        "hr.job",
        "Of the Job",
        ondelete="restrict",
        check_company=True,
        help="Only what happens in applications for this job. Empty: any job.",
    )
    audience_count = fields.Integer("Match Now", compute="_compute_audience_count")

    @api.model
    def _selection_entry_event(self):
        return list(self.env["recruit.candidate"]._event_labels().items())

    @api.depends("audience", "segment_id.tree", "pool_id")
    def _compute_audience_count(self):
        people = self.env["recruit.candidate"]
        for campaign in self:
            domain = campaign._audience_domain()
            campaign.audience_count = people.search_count(domain)

    @api.constrains("pool_id")
    def _check_pool_is_known(self):
        # sudo: whether it is confidential is asked of pools that are so
        if any(self.sudo().pool_id.mapped("confidential")):
            raise ValidationError(
                self.env._(
                    "A confidential pool cannot be an audience: a campaign would show "
                    "who is in it. Pick its people by hand."
                )
            )

    def _audience_domain(self):
        """The ``Domain`` of who is in the audience now; of nobody where people enter
        by an event or by hand."""
        self.ensure_one()
        domain = self._segment_domain()
        if self.audience == "segment":
            return domain if self.segment_id else Domain.FALSE
        pool = self.sudo().pool_id  # sudo: the campaign is readable, its pool need not
        if self.audience != "pool" or not pool or pool.confidential:
            return Domain.FALSE
        stays = [("pool_id", "=", pool.id), ("left_at", "=", False)]
        return Domain("member_ids", "any", stays) & domain

    def _segment_domain(self):
        """Who is in the segment; everybody where there is none."""
        if not self.segment_id:
            return Domain.TRUE
        return self.segment_id._candidate_domain()

    def _still_matching_domain(self):
        """Who still belongs: the audience, or the segment that narrows an event.
        Everybody where there is nothing to match, or where the segment is broken."""
        self.ensure_one()
        if self.segment_id.problem:
            return Domain.TRUE
        if self.audience == "event":
            return self._segment_domain()
        has_audience = self.audience in ("segment", "pool")
        return self._audience_domain() if has_audience else Domain.TRUE

    def _audience(self, limit=None):
        """The candidates of the audience now, whom the user may see."""
        people = self.env["recruit.candidate"]
        return people.search(self._audience_domain(), limit=limit)

    def _start_obstacles(self):
        """Add what the audience lacks."""
        return [*super()._start_obstacles(), *self._audience_obstacles()]

    def _audience_obstacles(self):
        if problem := self.segment_id.problem:
            return [self.env._("Its segment is broken: %s", problem)]
        if self.audience == "event":
            return self._event_obstacles()
        if self.active_count:
            return []
        if self.audience == "people":
            return [
                self.env._(
                    "Nobody is in it. Pick people in a list of candidates: Add to "
                    "Campaign."
                )
            ]
        chosen = self.pool_id if self.audience == "pool" else self.segment_id
        if not chosen:
            return [
                self.env._("It has no audience. Choose a talent pool.")
                if self.audience == "pool"
                else self.env._("It has no audience. Choose a segment.")
            ]
        if self.enroll_newcomers or self._audience(limit=1):
            return []
        return [
            self.env._(
                "Nobody is in the audience now. Widen it, or let newcomers enter."
            )
        ]

    def _event_obstacles(self):
        if not self.entry_event:
            return [self.env._("It has no audience. Choose the event it begins with.")]
        if self.entry_event not in self.env["recruit.candidate"]._event_labels():
            return [
                self.env._(
                    "The event it begins with is known no more: an app was removed. "
                    "Choose another."
                )
            ]
        return []
