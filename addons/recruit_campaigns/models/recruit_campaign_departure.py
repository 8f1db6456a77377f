from datetime import time, timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..planner import decide
from ..planner.ledger import Ledger
from ..timing.wall import to_utc
from .statements import look

# Two-key advisory locks; the second key is the hash of a lane or a person. Whoever
# decides over a message that is limited holds them until that is committed.
PLANNER_LOCKS = 0x72635050

# Lets messages leave. A message that is tried again leaves again.
DEPART = """
INSERT INTO recruit_campaign_departure (delivery_id, candidate_id, sender, domain,
       left_at)
SELECT d.id, d.candidate_id, g.sender, g.domain, %(now)s
  FROM unnest(%(ids)s::int[], %(senders)s::text[], %(domains)s::text[])
       AS g (id, sender, domain)
  JOIN recruit_campaign_delivery d ON d.id = g.id
 ORDER BY d.id
    ON CONFLICT (delivery_id) DO UPDATE
   SET left_at = EXCLUDED.left_at, sender = EXCLUDED.sender, domain = EXCLUDED.domain
"""

# How much left in some lanes since a moment, and when the last did.
USE = """
SELECT g.key,
       (SELECT count(*) FROM recruit_campaign_departure p
         WHERE p.%(column)s = g.key AND p.left_at >= g.since
           AND p.delivery_id <> ALL(%(ids)s)) AS used,
       (SELECT p.left_at FROM recruit_campaign_departure p
         WHERE p.%(column)s = g.key AND p.delivery_id <> ALL(%(ids)s)
      ORDER BY p.left_at DESC LIMIT 1) AS last
  FROM unnest(%(keys)s::text[], %(since)s::timestamp[]) AS g (key, since)
"""

# What was held until later for want of room in some lanes.
WAITING = """
SELECT d.hold_lane, d.due_at
  FROM recruit_campaign_delivery d
 WHERE d.hold_lane = ANY(%(lanes)s) AND d.state = 'planned' AND d.due_at > %(now)s
   AND d.id <> ALL(%(ids)s)
 ORDER BY d.due_at
"""

# What some people got in the last days.
HISTORY = """
SELECT p.candidate_id, array_agg(p.left_at)
  FROM recruit_campaign_departure p
 WHERE p.candidate_id = ANY(%(people)s) AND p.left_at > %(since)s
   AND p.delivery_id <> ALL(%(ids)s)
 GROUP BY 1
"""


class RecruitCampaignDeparture(models.Model):
    """A message that was let go: what the limits of campaigns count.

    Rows are only added, one for each message, when the planner has said that it leaves;
    one that is given back without having been sent loses its row.
    """

    _name = "recruit.campaign.departure"
    _description = "Campaign Departure"
    _order = "left_at desc, id desc"
    _log_access = False

    delivery_id = fields.Many2one(
        "recruit.campaign.delivery", required=True, ondelete="cascade"
    )
    candidate_id = fields.Many2one(
        "recruit.candidate", required=True, ondelete="cascade"
    )
    sender = fields.Char(help="Normalized address.")
    domain = fields.Char(help="Of the address of the person.")
    left_at = fields.Datetime(required=True)

    _delivery_unique = models.UniqueIndex("(delivery_id)", "It has left already.")
    _candidate_idx = models.Index("(candidate_id, left_at)")
    _sender_idx = models.Index("(sender, left_at)")
    _domain_idx = models.Index("(domain, left_at)")

    @api.model
    def _depart(self, leaving, now):
        """Count messages as gone.

        Size: a batch, one statement. Index: _delivery_unique.

        :param leaving: pairs of a delivery id and its `planner.rules.Person`
        """
        if not leaving:
            return
        self.env.cr.execute(
            SQL(
                DEPART,
                ids=[delivery_id for delivery_id, _person in leaving],
                senders=[person.sender for _id, person in leaving],
                domains=[person.domain for _id, person in leaving],
                now=now,
            )
        )

    @api.model
    def _take_back(self, deliveries, token):
        """Forget that messages left which a worker gives back unsent."""
        self.env.cr.execute(
            SQL(
                """DELETE FROM recruit_campaign_departure p
                    USING recruit_campaign_delivery d
                    WHERE p.delivery_id = ANY(%s) AND d.id = p.delivery_id
                      AND d.state || '' = 'claimed' AND d.claim_token = %s""",
                deliveries.ids,
                token,
            )
        )

    @api.model
    def _open_ledger(self, asked, now, ids, lock=True):
        """What counts for some messages that are to be decided over, and keep everyone
        else from deciding there until this transaction ends.

        Without limits this asks the database nothing.

        :param asked: pairs of `planner.rules.Person` and `planner.rules.Rules`
        :param ids: deliveries that do not count: they are what is decided over
        :param lock: False for who only looks ahead
        """
        ledger, lanes, capped, days = Ledger(), {}, set(), 0
        for person, rules in asked:
            for lane in decide.lanes(person, rules.pace):
                lanes.setdefault(lane, person)
            if rules.cap:
                capped.add(person.key)
                days = max(days, rules.cap.days)
        ledger.watched.update(lanes)
        if lock:
            self._lock([*map(" ".join, lanes), *(f"person {key}" for key in capped)])
        for kind in ("sender", "domain"):
            mine = {lane: one for lane, one in lanes.items() if lane[0] == kind}
            self._read_use(ledger, kind, mine, now, ids)
        self._read_waiting(ledger, lanes, now, ids)
        self._read_history(ledger, capped, now - timedelta(days=days), ids)
        return ledger

    @api.model
    def _lock(self, names):
        """Decide alone over what these name, until this transaction ends.

        Size: a batch: its senders and domains with a limit, its people under a cap.
        In order, so that two who lock cannot wait for each other.
        """
        if names:
            self.env.cr.execute(
                SQL(
                    """SELECT pg_advisory_xact_lock(%s, k.key)
                         FROM (SELECT DISTINCT hashtext(n) AS key
                                 FROM unnest(%s::text[]) AS n ORDER BY 1) AS k""",
                    PLANNER_LOCKS,
                    names,
                )
            )

    @api.model
    def _read_use(self, ledger, kind, lanes, now, ids):
        """What left today in lanes of a kind. Size: the messages of a day in each of
        them. Indexes: _sender_idx, _domain_idx, read alone."""
        if not lanes:
            return
        days = {lane: decide.day_of(lane, one, now) for lane, one in lanes.items()}
        since = [
            to_utc(days[lane], time.min, decide.zone_of(lane, one))
            for lane, one in lanes.items()
        ]
        rows = look(
            self.env,
            SQL(
                USE,
                column=SQL.identifier(kind),
                keys=[name for _kind, name in lanes],
                since=since,
                ids=ids,
            ),
        )
        for name, used, last in rows:
            lane = kind, name
            ledger.used[lane, days[lane]] = used
            if last:
                ledger.last[lane] = last

    @api.model
    def _read_waiting(self, ledger, lanes, now, ids):
        """Who waits in lanes already. Size: what is held in them, thousands. Index:
        _hold_idx of the deliveries."""
        if not lanes:
            return
        names = {" ".join(lane): lane for lane in lanes}
        query = SQL(WAITING, lanes=list(names), now=now, ids=ids)
        for name, due_at in look(self.env, query):
            lane = names[name]
            day = decide.day_of(lane, lanes[lane], due_at)
            ledger.wait(lane, day, due_at)

    @api.model
    def _read_history(self, ledger, people, since, ids):
        """What people under a cap got. Size: a few rows each. Index: _candidate_idx."""
        if not people:
            return
        query = SQL(HISTORY, people=list(people), since=since, ids=ids)
        for person, moments in look(self.env, query):
            ledger.remember(person, moments)


class RecruitCampaignDelivery(models.Model):
    _inherit = "recruit.campaign.delivery"

    def _give_back(self, token, **values):
        """What was not sent did not leave."""
        if self:
            self.env["recruit.campaign.departure"]._take_back(self, token)
        return super()._give_back(token, **values)
