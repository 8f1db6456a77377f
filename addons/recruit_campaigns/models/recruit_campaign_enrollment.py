from odoo import api, fields, models
from odoo.tools import SQL

from .statements import change

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
    ("other_company", "Belongs to another company"),
    ("not_delivered", "A message could not be delivered"),
    ("step_failed", "A step could not be done"),
    ("campaign_closed", "The campaign was closed"),
    ("by_hand", "Taken out by a recruiter"),
]

FAILURES = ("not_delivered", "step_failed")


class RecruitCampaignEnrollment(models.Model):
    """One candidate's run through one campaign.

    `active`: waits for the message of `step_id`. `finished`: got every message.
    `exited`: left before, for `exit_reason`. Only the engine writes these rows.
    """

    _name = "recruit.campaign.enrollment"
    _description = "Campaign Enrollment"
    _order = "id desc"

    campaign_id = fields.Many2one(
        "recruit.campaign", required=True, ondelete="cascade", index=True
    )
    candidate_id = fields.Many2one(
        "recruit.candidate", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one("res.company", index=True)
    round = fields.Integer(
        default=0, required=True, help="How many times the person was inside before."
    )
    state = fields.Selection(
        [("active", "Active"), ("finished", "Finished"), ("exited", "Exited")],
        default="active",
        required=True,
    )
    exit_reason = fields.Selection(EXIT_REASONS)
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
    _candidate_active_idx = models.Index("(candidate_id) WHERE state = 'active'")
    _finished_check = models.Constraint(
        "CHECK ((state = 'active') = (finished_at IS NULL))",
        "An enrollment has an end if and only if it has ended.",
    )
    _exit_check = models.Constraint(
        "CHECK ((state = 'exited') = (exit_reason IS NOT NULL))",
        "Who leaves a campaign before its end leaves for a reason.",
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
    def _insert(self, campaign, candidate_ids):
        """Enroll candidates and plan the first step. Who is enrolled stays as is.

        Purpose: one statement however many people. Size: 100,000 in some seconds.
        Index: _once_unique.

        :return list: ids of the candidates that were enrolled now
        """
        step = campaign.step_ids.sorted(lambda step: (step.sequence, step.id))[:1]
        now = self.env["recruit.clock"].now()
        rows = change(
            self.env,
            SQL(
                """
                INSERT INTO recruit_campaign_enrollment (campaign_id, candidate_id,
                       company_id, round, state, step_id, enrolled_at,
                       create_uid, create_date, write_uid, write_date)
                SELECT %(campaign)s, c.id, COALESCE(%(company)s, c.company_id), 0,
                       'active', %(step)s, %(now)s, %(uid)s, %(now)s, %(uid)s, %(now)s
                  FROM recruit_candidate c
                 WHERE c.id = ANY(%(ids)s)
                ON CONFLICT (campaign_id, candidate_id, round) DO NOTHING
                RETURNING id, candidate_id
                """,
                campaign=campaign.id,
                company=campaign.company_id.id or None,
                step=step.id,
                now=now,
                uid=self.env.uid,
                ids=candidate_ids,
            ),
        )
        self.env["recruit.campaign.delivery"]._plan_first(
            [row[0] for row in rows], step
        )
        return [row[1] for row in rows]

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
        self._exit_rows(SQL("id = ANY(%s)", self.ids), reason)
        self.env["recruit.campaign.delivery"]._skip(self.ids, self._reason_text(reason))

    @api.model
    def _leave_closed_campaigns(self, limit):
        """Let people leave the campaigns that were closed.

        Purpose: closing is one write, however many people are inside; no fence passes
        in a closed campaign, so this needs no locks. Index: of campaign_id.

        :return int: how many left; fewer than `limit` when nobody is left inside
        """
        reason = "campaign_closed"
        left_ids = self._exit_rows(
            SQL(
                """id IN (SELECT e.id FROM recruit_campaign_enrollment e
                            JOIN recruit_campaign c ON c.id = e.campaign_id
                           WHERE c.state = 'closed' AND e.state = 'active'
                           LIMIT %s)""",
                limit,
            ),
            reason,
        )
        self.env["recruit.campaign.delivery"]._skip(left_ids, self._reason_text(reason))
        return len(left_ids)

    @api.model
    def _exit_rows(self, condition, reason):
        """Set the end of active enrollments; returns the ids of those that ended."""
        rows = change(
            self.env,
            SQL(
                """
                UPDATE recruit_campaign_enrollment
                   SET state = 'exited', exit_reason = %(reason)s,
                       finished_at = %(now)s
                 WHERE state = 'active' AND %(condition)s
                RETURNING id
                """,
                reason=reason,
                now=self.env["recruit.clock"].now(),
                condition=condition,
            ),
        )
        return [row[0] for row in rows]

    def _reopen(self):
        """Let people back in whose message or other step failed."""
        self.filtered(lambda one: one.exit_reason in FAILURES).write(
            {"state": "active", "exit_reason": False, "finished_at": False}
        )
