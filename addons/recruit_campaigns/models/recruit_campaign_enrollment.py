from odoo import api, fields, models
from odoo.tools import SQL

from .statements import change, look

# Still in the campaign: on the way, or halted until a recruiter lets them go on.
INSIDE = ("active", "paused")

# Why somebody left a campaign before its end, or never entered it.
EXIT_REASONS = [
    ("applied", "Applied for a job"),
    ("replied", "Replied"),
    ("hired", "Was hired or is employed here"),
    ("unsubscribed", "Unsubscribed from recruiting mail"),
    ("do_not_contact", "Marked as do not contact"),
    ("snoozed", "Is snoozed"),
    ("blacklisted", "The address is on the company's blacklist"),
    ("no_address", "Has no valid e-mail address"),
    ("no_consent", "Has given no valid consent"),
    ("archived", "Is archived"),
    ("merged", "Is one with another candidate now"),
    ("erased", "Was erased"),
    ("other_company", "Belongs to another company"),
    ("interview_booked", "Has an interview"),
    ("refused", "An application was refused"),
    ("left_audience", "Is no longer in the audience"),
    ("not_delivered", "A message could not be delivered"),
    ("step_failed", "A step could not be done"),
    ("campaign_closed", "The campaign was closed"),
    ("job_closed", "The job was closed"),
    ("by_hand", "Taken out by a recruiter"),
]


class RecruitCampaignEnrollment(models.Model):
    """One candidate's run through one campaign.

    `active`: waits for the step `step_id`. `paused`: the same, but nothing is sent
    before a recruiter resumes. `finished`: got every step. `exited`: left before, for
    `exit_reason`. `held_out`: was drawn to get nothing, to compare with. Only the
    engine writes these rows.
    """

    _name = "recruit.campaign.enrollment"
    _description = "Campaign Enrollment"
    _order = "id desc"

    # found by _once_unique
    campaign_id = fields.Many2one("recruit.campaign", required=True, ondelete="cascade")
    candidate_id = fields.Many2one(
        "recruit.candidate", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one("res.company")
    round = fields.Integer(
        "Times Before",
        default=0,
        required=True,
        help="How many times the person was inside before.",
    )
    state = fields.Selection(
        [
            ("active", "Active"),
            ("paused", "Paused"),
            ("finished", "Finished"),
            ("exited", "Exited"),
            ("held_out", "Held out"),
        ],
        default="active",
        required=True,
    )
    exit_reason = fields.Selection(EXIT_REASONS, "Reason")
    origin = fields.Selection(
        [
            ("audience", "Was in the audience"),
            ("event", "Something happened"),
            ("hand", "Was picked"),
        ],
        "Entered Because",
        default="hand",
        required=True,
    )
    left_audience_at = fields.Datetime(
        "Left the Audience", help="Since when the person is no longer in the audience."
    )
    step_id = fields.Many2one(
        "recruit.campaign.step",
        ondelete="restrict",
        index=True,
        help="The message the person waits for, or waited for when leaving.",
    )
    enrolled_at = fields.Datetime(required=True)
    finished_at = fields.Datetime()
    delivery_ids = fields.One2many("recruit.campaign.delivery", "enrollment_id")

    _once_unique = models.UniqueIndex(
        "(campaign_id, candidate_id, round)",
        "This person is enrolled in this campaign already.",
    )
    # Serves the exits: what somebody who replied, applied or opted out is inside of.
    _candidate_active_idx = models.Index(
        "(candidate_id) WHERE state IN ('active', 'paused')"
    )
    # Serves the look at who is still in the audience, too.
    _inside_unique = models.UniqueIndex(
        "(campaign_id, candidate_id) WHERE state IN ('active', 'paused')",
        "This person is inside of this campaign.",
    )
    _finished_check = models.Constraint(
        "CHECK ((state IN ('active', 'paused')) = (finished_at IS NULL))",
        "An enrollment has an end if and only if it has ended.",
    )
    _exit_check = models.Constraint(
        "CHECK ((state IN ('exited', 'paused')) = (exit_reason IS NOT NULL))",
        "Who leaves a campaign before its end, or halts, does so for a reason.",
    )

    @api.depends("candidate_id", "campaign_id")
    def _compute_display_name(self):
        for enrollment in self:
            enrollment.display_name = (
                f"{enrollment.candidate_id.name}: {enrollment.campaign_id.name}"
            )

    def action_exit(self):
        """Take people out of their campaign, now.

        :raises AccessError: without the right to use the campaign
        """
        self.campaign_id._check_may_use()
        self.sudo()._exit("by_hand")  # sudo: the right is checked above
        return True

    def action_view_deliveries(self):
        """Open what these people got, wait for, or did not get."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "recruit_campaigns.recruit_campaign_delivery_action"
        )
        action["domain"] = [("enrollment_id", "in", self.ids)]
        action["context"] = {}
        return action

    @api.model
    def _reason_text(self, code):
        """A key of EXIT_REASONS in the user's language."""
        return dict(self._fields["exit_reason"]._description_selection(self.env))[code]

    @api.model
    def _insert(self, campaign, times_before, origin="hand", held_out=()):
        """Begin a round for each of these and plan the first step.

        Purpose: one statement however many people; whoever is inside stays as is.
        Size: 100,000 in some seconds. Indexes: _once_unique, _inside_unique, primary
        key of the candidates.

        :param dict times_before: candidate id -> how many times that person was inside
        :param str origin: a key of the field
        :param held_out: the ids of those of them who get nothing
        :return list: ids of the candidates that are on their way now
        """
        step = campaign.step_ids.sorted(lambda step: (step.sequence, step.id))[:1]
        rows = change(
            self.env,
            SQL(
                """
                INSERT INTO recruit_campaign_enrollment (campaign_id, candidate_id,
                       company_id, round, state, step_id, origin,
                       enrolled_at, finished_at,
                       create_uid, create_date)
                SELECT %(campaign)s, c.id, COALESCE(%(company)s, c.company_id), g.round,
                       CASE WHEN w.id IS NULL THEN 'active' ELSE 'held_out' END,
                       %(step)s, %(origin)s, %(now)s,
                       CASE WHEN w.id IS NOT NULL THEN %(now)s::timestamp END,
                       %(uid)s, %(now)s
                  FROM unnest(%(ids)s::int[], %(rounds)s::int[]) AS g (id, round)
                  JOIN recruit_candidate c ON c.id = g.id
             LEFT JOIN unnest(%(held_out)s::int[]) AS w (id) ON w.id = c.id
              ORDER BY c.id
                ON CONFLICT DO NOTHING
                RETURNING id, candidate_id, state
                """,
                campaign=campaign.id,
                company=campaign.company_id.id or None,
                step=step.id,
                origin=origin,
                now=self.env["recruit.clock"].now(),
                uid=self.env.uid,
                ids=list(times_before),
                rounds=list(times_before.values()),
                held_out=list(held_out),
            ),
        )
        active = [row for row in rows if row[2] == "active"]
        self.env["recruit.campaign.delivery"]._plan_first(
            [row[0] for row in active], step
        )
        return [row[1] for row in active]

    def _exit(self, reason):
        """Let the active ones leave; what was not sent yet is skipped.

        Takes the lock of each person first, so that no final dot follows the commit
        (recruit.campaign PERSON_LOCKS). Size: the few campaigns of a person, or what
        a recruiter selects. Index: primary key.

        :param str reason: a key of `EXIT_REASONS`
        """
        self.candidate_id._lock_dots()
        self._leave(reason)

    def _leave(self, reason):
        """Leave without a lock: for the worker that holds what would be sent."""
        self._exit_rows(reason)
        self.env["recruit.campaign.delivery"]._skip(self.ids, self._reason_text(reason))

    @api.model
    def _leave_closed_campaigns(self, limit):
        """Let people leave the campaigns that were closed.

        Purpose: closing is one write, however many people are inside; no fence passes
        in a closed campaign, so this needs no locks.

        :return int: how many left; fewer than `limit` when nobody is left inside
        """
        count = 0
        for reason, condition in (
            ("campaign_closed", "c.closed_by_job IS NOT TRUE"),
            ("job_closed", "c.closed_by_job"),
        ):
            rows = self._inside_closed(SQL(condition), limit)
            rows._leave(reason)
            count += len(rows)
        return count

    @api.model
    def _inside_closed(self, condition, limit):
        """Who is still inside of closed campaigns.

        Size: a look for each campaign ever closed, hundreds, and `limit` people. Index:
        _inside_unique. It is written so that the database goes by campaign: while
        statistics said that nobody was inside, it read everybody for each of them.
        """
        rows = look(
            self.env,
            SQL(
                """SELECT e.id
                     FROM recruit_campaign c
                    CROSS JOIN LATERAL (
                          SELECT i.id FROM recruit_campaign_enrollment i
                           WHERE i.campaign_id = c.id AND i.state IN %(inside)s
                           LIMIT %(limit)s) AS e
                    WHERE c.state = 'closed' AND %(condition)s
                    LIMIT %(limit)s""",
                inside=INSIDE,
                condition=condition,
                limit=limit,
            ),
        )
        return self.browse([row[0] for row in rows])

    def _exit_rows(self, reason):
        """Set the end of those inside. Index: primary key."""
        change(
            self.env,
            SQL(
                """
                UPDATE recruit_campaign_enrollment
                   SET state = 'exited', exit_reason = %(reason)s,
                       finished_at = %(now)s
                 WHERE id = ANY(%(ids)s) AND state || '' IN %(inside)s
                RETURNING id
                """,
                reason=reason,
                now=self.env["recruit.clock"].now(),
                ids=self.ids,
                inside=INSIDE,
            ),
        )
