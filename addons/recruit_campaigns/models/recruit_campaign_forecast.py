from datetime import timedelta
from functools import cache, partial

from odoo import api, fields, models
from odoo.tools import SQL

from ..planner import decide, walk
from ..planner.rules import Pace
from ..planner.walk import Waiting
from ..timing.wall import to_wall
from .recruit_campaign_delivery_plan import HOLDS
from .recruit_campaign_forecast_world import World
from .statements import look

DAYS = 14
# A forecast looks at so many open messages at most, those of campaigns that share its
# limits counted too.
MOST_ROWS = 200_000

# What waits in campaigns, in the order of its creation. Size: what is open in them.
# Index: of campaign_id.
OPEN = """
SELECT d.id, d.campaign_id, d.candidate_id, d.step_id, d.variant_id,
       d.personal_line IS NOT NULL, d.due_at, d.began_at, d.hold, d.hold_lane
  FROM recruit_campaign_delivery d
 WHERE d.campaign_id = ANY(%(campaigns)s) AND d.state IN ('planned', 'retry', 'claimed')
 ORDER BY d.id
 LIMIT %(limit)s
"""

HELD = [
    *HOLDS,
    (decide.LATE, "It is too late"),
    (walk.LACKING, "Something is missing from it"),
    (walk.NO_SENDER, "There is nobody in whose name to write"),
]

KEEP = """
INSERT INTO recruit_campaign_forecast (campaign_id, candidate_id, step_id, due_at, at,
       day, action, hold, missing, stop)
SELECT %(campaign)s, g.*
  FROM unnest(%(people)s::int[], %(steps)s::int[], %(due)s::timestamp[],
              %(at)s::timestamp[], %(days)s::date[], %(actions)s::text[],
              %(holds)s::text[], %(missing)s::text[], %(stops)s::text[]) AS g
"""


class RecruitCampaignForecast(models.Model):
    """What the sender is going to do in the next days, as the planner says now."""

    _name = "recruit.campaign.forecast"
    _description = "Campaign Forecast"
    _order = "at, id"
    _log_access = False

    campaign_id = fields.Many2one(
        "recruit.campaign", required=True, ondelete="cascade", index=True
    )
    # not stored: to check one more reference takes an eighth of the time of a forecast
    company_id = fields.Many2one(related="campaign_id.company_id")
    candidate_id = fields.Many2one(
        "recruit.candidate", required=True, ondelete="cascade", index=True
    )
    step_id = fields.Many2one(
        "recruit.campaign.step", required=True, ondelete="cascade", index=True
    )
    due_at = fields.Datetime("Due")
    at = fields.Datetime("When")
    day = fields.Date()
    action = fields.Selection(
        [
            (decide.SEND, "Gets it"),
            (decide.HOLD, "Is held"),
            (decide.SKIP, "Gets nothing"),
            (walk.TAKE, "Comes to it"),
        ],
        "What Happens",
    )
    hold = fields.Selection(HELD, "Waits Because")
    missing = fields.Char(help="The placeholders without a value, in code.")
    stop = fields.Char(help="Why the person gets nothing: a code of the engine.")
    reason = fields.Char(compute="_compute_reason")

    @api.depends("hold", "stop", "missing", "campaign_id")
    def _compute_reason(self):
        for row in self:
            row.reason = row._say_why()

    def _say_why_of_many(self):
        """The reason without what is about one person alone."""
        if self.hold in (decide.AWAY, walk.NO_SENDER):
            return dict(self._fields["hold"]._description_selection(self.env))[
                self.hold
            ]
        return self._say_why()

    def _say_why(self):
        if self.stop:
            return self.campaign_id._entry_text(self.stop)
        if not self.hold:
            return False
        return self._say_hold()

    def _say_hold(self):
        campaign, person = self.campaign_id, self.candidate_id
        if self.hold == decide.LATE:
            return campaign._late_text()
        if self.hold == walk.LACKING:
            deliveries = self.env["recruit.campaign.delivery"]
            return deliveries._missing_text((self.missing or "").split())
        if self.hold == decide.AWAY and person.mail_hold_reason:
            return person.mail_hold_reason
        if self.hold == walk.NO_SENDER:
            return campaign._senders(person)[person.id].problem
        # sudo: the planner's facts; of them the sentence tells address and domain
        people = campaign.sudo()._planner_people(person.ids)
        return campaign._hold_text(self.hold, people[person.id])

    @api.model
    def _replace(self, campaign, now, rows, missing, stops):
        """Keep the forecast of a campaign instead of the last one.

        Size: a row a message, 30,000 for 10,000 people. Index: of campaign_id.

        :param rows: list of `planner.walk.Foreseen`
        :param missing: ``{(candidate id, step id): placeholders}`` of what waits for
            a value
        :param stops: ``{candidate id: code}`` of who gets nothing
        """
        self.env.cr.execute(
            SQL(
                "DELETE FROM recruit_campaign_forecast WHERE campaign_id = %s",
                campaign.id,
            )
        )
        day = cache(partial(local_day_of, zone=campaign._zone(False)))
        held = {*dict(HELD)}
        self.env.cr.execute(
            SQL(
                KEEP,
                campaign=campaign.id,
                people=[row.person for row in rows],
                steps=[row.step for row in rows],
                due=[row.due_at for row in rows],
                at=[row.at for row in rows],
                days=[day(_shown_at(row, now)) for row in rows],
                actions=[row.action for row in rows],
                holds=[row.reason if row.reason in held else None for row in rows],
                missing=[missing.get((row.person, row.step)) for row in rows],
                stops=[
                    stops.get(row.person) if row.reason == walk.STOPPED else None
                    for row in rows
                ],
            )
        )
        self.env.invalidate_all()


def _shown_at(row, now):
    """When it happens, or since when it waits."""
    return max(row.due_at, now) if row.action == decide.HOLD else row.at


def local_day_of(moment, zone):
    """The date on a clock, of a moment (naive UTC)."""
    return to_wall(moment, zone).date()


class RecruitCampaign(models.Model):
    """Who gets what in the next days, who is held, and why."""

    _inherit = "recruit.campaign"

    forecast_at = fields.Datetime("Foreseen", readonly=True, copy=False)

    def action_forecast(self):
        """Foresee the next days anew and show them."""
        self.ensure_one()
        self._keep_forecast()
        return self._open_forecast()

    def _open_forecast(self, **limits):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "recruit_campaigns.recruit_campaign_forecast_action"
        )
        action["domain"] = [("campaign_id", "=", self.id)]
        action["context"] = limits
        return action

    def _keep_forecast(self):
        """Foresee the next days and keep them for the screens."""
        self.check_access("read")
        now = self.env["recruit.clock"].now()
        rows, missing, stops = self._foresee(now)
        # sudo: only the engine writes a forecast; the right to read is checked above
        self.env["recruit.campaign.forecast"].sudo()._replace(
            self, now, rows, missing, stops
        )
        # without the ORM: who looks at a campaign does not change it
        self.env.cr.execute(
            SQL("UPDATE recruit_campaign SET forecast_at=%s WHERE id=%s", now, self.id)
        )
        self.invalidate_recordset(["forecast_at"])

    def _foresee(self, now, days=DAYS):
        """What the planner says of this campaign, row for row.

        A draft is foreseen as if it were started now, a paused one as if it went on.

        :return: list of `planner.walk.Foreseen` in the order of time,
            ``{(candidate id, step id): placeholders}`` of what waits for a value, and
            ``{candidate id: code}`` of who gets nothing
        """
        self.ensure_one()
        campaigns = self.sudo() | self._sharing_limits()
        world = World(campaigns, now)
        waiting, ids, stops = campaigns._what_waits(world)
        if self.state == "draft":
            inside = {one.person.key for one in waiting if one.campaign == self.id}
            newcomers, left_out = self._newcomers(world, inside)
            waiting += newcomers
            stops |= left_out
        world.know(waiting)
        asked = [(one.person, one.stop.rules) for one in waiting]
        departures = self.env["recruit.campaign.departure"]
        ledger = departures._open_ledger(asked, now, ids, lock=False)
        horizon = now + timedelta(days=days)
        rows = [
            row
            for row in walk.foresee(waiting, world, ledger, now, horizon)
            if row.campaign == self.id
        ]
        missing = {
            (row.person, row.step): " ".join(world.missing(row.person, row.step))
            for row in rows
            if row.reason == walk.LACKING
        }
        return rows, missing, stops

    def _sharing_limits(self):
        """The running campaigns whose messages take room from those of this one."""
        # sudo: limits are shared by the campaigns of every company
        others = self.sudo().browse()
        if self._cap() or self._pace(self.env["recruit.clock"].now()) != Pace():
            others = others.search([("state", "=", "running"), ("id", "!=", self.id)])
        return others

    def _what_waits(self, world):
        """What waits in these campaigns.

        :return: list of `planner.walk.Waiting`, the ids of the deliveries, and
            ``{candidate id: code}`` of who gets nothing any more
        """
        rows = look(self.env, SQL(OPEN, campaigns=self.ids, limit=MOST_ROWS))
        ids = [row[0] for row in rows]
        stopped = self.env["recruit.campaign.delivery"].sudo().browse(ids)._stopped()
        people = {
            campaign.id: campaign._foreseen_people(
                {row[2] for row in rows if row[1] == campaign.id}
            )
            for campaign in self
        }
        waiting, stops = [], {}
        for id_, campaign, candidate, step, variant, has_line, *when in rows:
            person = people[campaign][candidate]
            code = stopped.get(id_)
            if code and code != "paused":
                stops[candidate] = code
                person = person._replace(stopped=code)
            due_at, since, hold, name = when
            lane = tuple(name.split(" ", 1)) if name else None
            world.know_message(id_, campaign, (candidate, step), variant, has_line)
            stop = world.stop(step)
            waiting.append(
                Waiting(person, campaign, stop, due_at, hold, lane, since=since)
            )
        return waiting, ids, stops

    def _newcomers(self, world, inside):
        """Those who would enter at the start, as `_what_waits` tells of others.

        :param inside: keys of the people who are in it already
        """
        first = self._steps()[:1]
        if not first:
            return [], {}
        audience = self.env["recruit.candidate"]._search(self._audience_domain())
        checked = self._check_entry(audience.select(), "audience")
        codes = {id_: checked[id_][0] for id_ in checked if id_ not in inside}
        free = [id_ for id_, code in codes.items() if not code]
        codes |= dict.fromkeys(self._draw_held_out(free), "held_out")
        stop = world.stop(first.id)
        waiting = [
            Waiting(
                person._replace(stopped=codes[id_]),
                self.id,
                stop,
                stop.due_after(world.now, person.zone),
            )
            for id_, person in sorted(self._foreseen_people(codes).items())
        ]
        return waiting, {id_: code for id_, code in codes.items() if code}

    def _foreseen_people(self, candidate_ids):
        """`_planner_people`, with who has nobody in whose name to write."""
        people = self._planner_people(candidate_ids)
        for id_ in self._senderless(people):
            people[id_] = people[id_]._replace(senderless=True)
        return people
