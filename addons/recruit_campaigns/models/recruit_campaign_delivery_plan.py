from odoo import api, fields, models
from odoo.tools import SQL

from ..planner import decide
from ..timing.words import days
from .recruit_campaign_delivery_record import GO_ON
from .statements import change

HOLDS = [
    (decide.AWAY, "The person is away"),
    (decide.REFUSED, "The domain refuses our mail"),
    (decide.CAPPED, "The person has had enough for now"),
    (decide.DOMAIN_FULL, "The domain has had enough for a day"),
    (decide.SENDER_FULL, "The sender has sent enough for a day"),
    (decide.GAP, "The sender sends one after another"),
    (decide.SHUT, "Outside the hours of the campaign"),
]

# Puts claimed rows back until they go on, with the reason: a try that was none does not
# count. Size: a batch. Index: primary key.
HOLD = """
UPDATE recruit_campaign_delivery d
   SET state = 'planned', claim_token = NULL, due_at = g.at, hold = g.hold,
       hold_lane = g.lane, reason = g.reason,
       attempt_count = GREATEST(d.attempt_count - 1, 0)
  FROM unnest(%(ids)s::int[], %(at)s::timestamp[], %(holds)s::text[],
              %(lanes)s::text[], %(reasons)s::text[]) AS g (id, at, hold, lane, reason)
 WHERE d.id = g.id AND d.state || '' = 'claimed' AND d.claim_token = %(token)s
RETURNING d.id
"""

# Skips claimed rows whose people go on to the next step, or have come to the end. Size:
# a batch. Indexes: primary keys, _once_unique.
PASS_OVER = """
WITH mine AS (
    UPDATE recruit_campaign_delivery d
       SET state = 'skipped', reason = %(reason)s, claim_token = NULL, hold = NULL,
           hold_lane = NULL, finished_at = %(now)s
     WHERE d.id = ANY(%(ids)s) AND d.state || '' = 'claimed'
       AND d.claim_token = %(token)s
 RETURNING d.*
), trace AS (
    UPDATE mailing_trace t
       SET trace_status = 'cancel'
      FROM mine
     WHERE t.id = mine.trace_id AND t.trace_status = 'outgoing'
), next AS (
    SELECT mine.*, s.id AS existing_step_id, s.kind AS next_kind,
           g.due_at AS next_due_at
      FROM mine
      JOIN unnest(%(ids)s::int[], %(steps)s::int[], %(due)s::timestamp[])
               AS g (id, step_id, due_at) ON g.id = mine.id
 LEFT JOIN recruit_campaign_step s ON s.id = g.step_id
), %(go_on)s
SELECT id FROM mine
"""


class RecruitCampaignDelivery(models.Model):
    """What the planner says of messages that a worker has claimed, and doing it."""

    _inherit = "recruit.campaign.delivery"

    hold = fields.Selection(HOLDS, "Held Because", readonly=True)
    hold_lane = fields.Char(
        readonly=True, help="The sender or the domain in whose queue it is held."
    )

    # Serves the planner: what waits for room in the same queue.
    _hold_idx = models.Index(
        "(hold_lane, due_at) WHERE hold_lane IS NOT NULL AND state = 'planned'"
    )

    def _plan_claimed(self, token, now):
        """Hold or skip claimed messages as the planner says; commit soon after it.

        :return: those that leave now, counted as gone
        """
        rules, people = self._planner_facts(now)
        departures = self.env["recruit.campaign.departure"]
        ledger = departures._open_ledger(
            [(people[row.id], rules[row.campaign_id]) for row in self], now, self.ids
        )
        verdicts = {}
        for row in self:
            due = decide.Row(people[row.id], row.due_at, row.hold or None)
            verdicts[row] = decide.decide(due, rules[row.campaign_id], ledger, now)
        by_action = self.grouped(lambda row: verdicts[row].action)
        none = self.browse()
        by_action.get(decide.HOLD, none)._put_off(token, verdicts, people)
        by_action.get(decide.SKIP, none)._pass_over(token, now)
        leaving = by_action.get(decide.SEND, none)
        departures._depart([(row.id, people[row.id]) for row in leaving], now)
        leaving._clear_hold()
        return leaving

    def _planner_facts(self, now):
        """The rules of each campaign, and the person of each row."""
        rules, people = {}, {}
        for campaign, rows in self.grouped("campaign_id").items():
            rules[campaign] = campaign._planner_rules(now)
            known = campaign._planner_people(rows.candidate_id.ids)
            people.update({row.id: known[row.candidate_id.id] for row in rows})
        return rules, people

    def _put_off(self, token, verdicts, people):
        """Let messages wait until they may go on, and say why."""
        if not self:
            return
        mine = [verdicts[row] for row in self]
        change(
            self.env,
            SQL(
                HOLD,
                ids=self.ids,
                at=[one.at for one in mine],
                holds=[one.reason for one in mine],
                lanes=[" ".join(one.lane) if one.lane else None for one in mine],
                reasons=[
                    row._hold_text(verdicts[row].reason, people[row.id]) for row in self
                ],
                token=token,
            ),
        )

    def _pass_over(self, token, now):
        """Skip messages that are too late; their people go on."""
        for campaign, rows in self.grouped("campaign_id").items():
            steps = [row.step_id._next_step() for row in rows]
            change(
                self.env,
                SQL(
                    PASS_OVER,
                    ids=rows.ids,
                    steps=[step.id or None for step in steps],
                    due=[
                        step._due_after(now, row.candidate_id.tz)
                        for step, row in zip(steps, rows, strict=True)
                    ],
                    reason=campaign._late_text(),
                    go_on=SQL(GO_ON, now=now),
                    token=token,
                    now=now,
                ),
            )

    def _clear_hold(self):
        """What leaves is not held any more. Size: what was held of a batch."""
        if held := self.filtered("hold"):
            change(
                self.env,
                SQL(
                    """UPDATE recruit_campaign_delivery
                          SET hold = NULL, hold_lane = NULL, reason = NULL
                        WHERE id = ANY(%s) RETURNING id""",
                    held.ids,
                ),
            )

    def _hold_text(self, reason, person):
        """Why a message is held, as a sentence."""
        if reason == decide.AWAY:
            return self.candidate_id.mail_hold_reason or self._hold_label(reason)
        return self.campaign_id._hold_text(reason, person)

    @api.model
    def _hold_label(self, reason):
        return dict(self._fields["hold"]._description_selection(self.env))[reason]


class RecruitCampaign(models.Model):
    """What its limits do, in words."""

    _inherit = "recruit.campaign"

    def _hold_text(self, reason, person):
        """Why the planner holds a message to a person, as a sentence."""
        rules = {
            decide.REFUSED: lambda: self.env._(
                "The mail servers of this domain refuse our mail."
            ),
            decide.CAPPED: self._cap_text,
            decide.DOMAIN_FULL: lambda: self.env._(
                "No more goes to %(domain)s in a day than %(count)s.",
                count=self.domain_limit,
                domain=person.domain,
            ),
            decide.SENDER_FULL: lambda: self.env._(
                "%s has sent as much as may leave on a day.", person.sender
            ),
            decide.GAP: lambda: self.env._(
                "Two messages of %(sender)s leave %(count)s s apart.",
                count=self.gap_seconds,
                sender=person.sender,
            ),
        }
        label = self.env["recruit.campaign.delivery"]._hold_label
        return rules[reason]() if reason in rules else label(reason)

    def _cap_text(self):
        cap = self._cap()
        return self.env._(
            "A person gets no more messages in %(days)s than %(count)s.",
            count=cap.count,
            days=days(self.env, cap.days),
        )

    def _late_text(self):
        return self.env._("It was more than %s h late.", self.late_hours)
