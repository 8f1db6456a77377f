from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..segment.compiler import outside
from .recruit_candidate import CRM

# Ids of people who were merged since stand for whom they were merged into.
_STILL_THERE = """
    WITH RECURSIVE now_known (id, into_id) AS (
        SELECT c.id, c.merged_into_id
          FROM recruit_segment_snapshot s
          JOIN LATERAL unnest(s.people) AS was (id) ON TRUE
          JOIN recruit_candidate c ON c.id = was.id
         WHERE s.id = ANY(%s)
     UNION
        SELECT c.id, c.merged_into_id
          FROM now_known k JOIN recruit_candidate c ON c.id = k.into_id
    )
    SELECT id FROM now_known WHERE into_id IS NULL
"""


class RecruitSegmentSnapshot(models.Model):
    """Who was in a segment at a moment, and what it asked then. Never changed.

    The people are an array of ids in one row: 350,000 of them take 1.4 MB, where a row
    each would take 30. An id says nothing of a person who was erased.
    """

    _name = "recruit.segment.snapshot"
    _description = "Segment Snapshot"
    _order = "taken_at desc, id desc"
    _log_access = False  # the row itself says who and when

    segment_id = fields.Many2one(
        "recruit.segment", required=True, readonly=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="segment_id.company_id")
    taken_at = fields.Datetime("Taken", required=True, readonly=True)
    user_id = fields.Many2one("res.users", "By", readonly=True)
    tree = fields.Json(readonly=True)
    sentence = fields.Char("What was asked", readonly=True)
    candidate_count = fields.Integer("Were in", readonly=True)
    joined_count = fields.Integer("Came in since", compute="_compute_difference")
    left_count = fields.Integer("Gone since", compute="_compute_difference")
    pool_ids = fields.Many2many(
        "hr.talent.pool",
        "recruit_segment_snapshot_pool_rel",
        readonly=True,
        help="The pools that were asked for: who may not see one sees no snapshot.",
    )

    def _auto_init(self):
        """Add the column of the people, of a type that the ORM does not have."""
        result = super()._auto_init()
        self.env.cr.execute(
            SQL(
                "ALTER TABLE recruit_segment_snapshot "
                "ADD COLUMN IF NOT EXISTS people int[] NOT NULL DEFAULT '{}'"
            )
        )
        return result

    @api.depends("taken_at", "segment_id")
    def _compute_display_name(self):
        for snapshot in self:
            moment = fields.Datetime.context_timestamp(snapshot, snapshot.taken_at)
            snapshot.display_name = (
                f"{snapshot.segment_id.name}, {moment:%Y-%m-%d %H:%M}"
            )

    def _compute_difference(self):
        people = self.env["recruit.candidate"]
        for snapshot in self:
            snapshot.joined_count = people.search_count(snapshot._joined())
            snapshot.left_count = people.search_count(snapshot._left())

    @api.model
    def _take(self, segment):
        """Keep who is in a segment now, as far as the user sees them.

        Purpose: one statement, whatever the size. Size: 350,000 ids, 1.4 MB. Index:
        those of the segment.
        """
        segment.check_access("read")
        self.env.flush_all()
        # sudo: taking a snapshot is a way of reading the segment
        snapshot = self.sudo().create(
            {
                "segment_id": segment.id,
                "taken_at": self.env["recruit.clock"].now(),
                "user_id": self.env.uid,
                "tree": segment.tree,
                "sentence": segment.sentence,
                "pool_ids": segment._asked_pools().ids,
            }
        )
        self.env.flush_all()
        inside = self.env["recruit.candidate"]._search(segment._candidate_domain())
        [(count,)] = self.env.execute_query(
            SQL(
                """
                UPDATE recruit_segment_snapshot
                   SET people = found.ids, candidate_count = cardinality(found.ids)
                  FROM (SELECT COALESCE(array_agg(DISTINCT i.id), '{}') AS ids
                          FROM (%s) i) found
                 WHERE recruit_segment_snapshot.id = %s
             RETURNING candidate_count
                """,
                inside.select(),
                snapshot.id,
            )
        )
        snapshot.invalidate_recordset()
        return snapshot.with_env(self.env), count

    def _people_sql(self):
        """Return the SQL of the ids of who was in one of these, still known today."""
        self.check_access("read")
        return SQL(_STILL_THERE, self.ids)

    def _joined(self):
        """Return the domain of who is in today and was not."""
        return [
            ("segment_ids", "in", self.segment_id.ids),
            ("snapshot_ids", "not in", self.ids),
        ]

    def _left(self):
        """Return the domain of who was in and is no longer, also in the archive."""
        return [
            ("active", "in", (True, False)),
            ("snapshot_ids", "in", self.ids),
            "|",
            ("active", "=", False),
            ("segment_ids", "not in", self.segment_id.ids),
        ]

    def action_view_candidates(self):
        """Open who was in, the archived ones too."""
        return self._open(
            self.env._("In on %s", self.display_name),
            [("snapshot_ids", "in", self.ids)],
            active_test=False,
        )

    def action_view_joined(self):
        """Open who is in today and was not."""
        return self._open(
            self.env._("Came in since %s", self.display_name), self._joined()
        )

    def action_view_left(self):
        """Open who was in and is no longer."""
        return self._open(self.env._("Gone since %s", self.display_name), self._left())

    def _open(self, name, domain, **context):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "recruit_crm.recruit_candidate_action"
        )
        return {**action, "name": name, "domain": domain, "context": context}


class RecruitSegment(models.Model):
    """The days on which somebody noted who was in."""

    _inherit = "recruit.segment"

    snapshot_ids = fields.One2many(
        "recruit.segment.snapshot", "segment_id", "Snapshots", readonly=True
    )
    snapshot_count = fields.Integer(compute="_compute_snapshot_count")

    @api.depends("snapshot_ids")
    def _compute_snapshot_count(self):
        for segment in self:
            segment.snapshot_count = len(segment.snapshot_ids)

    def action_take_snapshot(self):
        """Note who is in this segment now."""
        self.ensure_one()
        _snapshot, count = self.env["recruit.segment.snapshot"]._take(self)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("Candidates noted: %s.", count),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def action_view_snapshots(self):
        """Open the snapshots of this segment."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "recruit_crm.recruit_segment_snapshot_action"
        )
        return {**action, "domain": [("segment_id", "=", self.id)]}


class RecruitCandidate(models.Model):
    """The snapshots that a person is in, to search by."""

    _inherit = "recruit.candidate"

    snapshot_ids = fields.Many2many(
        "recruit.segment.snapshot",
        string="Segment snapshots",
        compute="_compute_snapshot_ids",
        search="_search_snapshot_ids",
        groups=CRM,
    )

    def _compute_snapshot_ids(self):
        snapshots = self.env["recruit.segment.snapshot"].search(
            [("taken_at", "!=", False)]
        )
        here = Domain("id", "in", self.ids)
        found = {
            snapshot: self.with_context(active_test=False).search(
                here & Domain("snapshot_ids", "in", snapshot.ids), order="id"
            )
            for snapshot in snapshots
        }
        for candidate in self:
            candidate.snapshot_ids = snapshots.filtered(
                lambda snapshot, one=candidate: one._origin in found[snapshot]
            )

    def _search_snapshot_ids(self, operator, value):
        if operator not in ("in", "not in"):
            return NotImplemented
        snapshots = self.env["recruit.segment.snapshot"].browse(filter(None, value))
        people = snapshots._people_sql()
        inside = operator == "in"
        return Domain("id", "any!", people) if inside else outside(people)
