from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from .recruit_candidate import OFFICER

UNDO_DAYS = 30
CATCH_UP_HOURS = 2  # the job runs every hour


class RecruitMerge(models.Model):
    """One person merged into another, with all that is needed to take it back.

    The merged record stays, archived, as the signpost from its old id to the survivor.
    Rows that point at it anywhere are moved by SQL (``recruit_merge_place.py`` finds
    them) and each change is written down (``recruit_merge_journal.py``): no event is
    told, no mail leaves, because nothing happened to the person.
    """

    _name = "recruit.merge"
    _description = "Candidate Merge"
    _order = "id desc"
    _rec_name = "merged_id"

    survivor_id = fields.Many2one(
        "recruit.candidate", "Kept", required=True, index=True, ondelete="restrict"
    )
    merged_id = fields.Many2one(
        "recruit.candidate",
        "Merged person",
        required=True,
        index=True,
        ondelete="restrict",
    )
    state = fields.Selection(
        [("merged", "Merged"), ("undone", "Undone")], required=True, default="merged"
    )
    merged_at = fields.Datetime("Merged on", required=True)
    user_id = fields.Many2one("res.users", "Merged by", required=True)
    undone_at = fields.Datetime("Undone on")
    undone_by_id = fields.Many2one("res.users", "Undone by")
    undo_until = fields.Datetime(
        "Can be undone until", compute="_compute_undo_until", help="30 days."
    )
    can_undo = fields.Boolean(compute="_compute_undo_until")
    line_ids = fields.One2many(
        "recruit.merge.line", "merge_id", groups="base.group_system"
    )

    @api.depends("merged_at", "state")
    def _compute_undo_until(self):
        now = self.env["recruit.clock"].now()
        for merge in self:
            merge.undo_until = merge.merged_at and merge.merged_at + timedelta(
                days=UNDO_DAYS
            )
            merge.can_undo = bool(
                merge.state == "merged" and merge.undo_until and now <= merge.undo_until
            )

    def action_undo(self):
        """Take these merges back, the latest one first.

        :raise AccessError: for who may not write both people
        :raise UserError: when a merge is undone already, is older than 30 days, or when
            a later one stands on it
        """
        for merge in self.sorted("id", reverse=True):
            merge._check_undo()
            merge.sudo()._undo()  # sudo: the journal is written by merges alone
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def action_open_survivor(self):
        """Open the person who was kept."""
        self.ensure_one()
        return self.survivor_id.get_formview_action()

    def action_open_merged(self):
        """Open the old record itself, with the values that gave way; a form that is
        asked for by its old id jumps to the survivor."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "recruit.candidate",
            "res_id": self.merged_id.id,
            "views": [(False, "form")],
            "context": {"show_merged": True},
        }

    @api.model
    def _of_merged(self, candidate):
        """Return the merge that made this candidate a signpost."""
        return self.search(
            [("merged_id", "=", candidate.id), ("state", "=", "merged")], limit=1
        )

    def _check_undo(self):
        people = self.survivor_id | self.merged_id
        people._check_may_merge()
        if self.state == "undone":
            raise UserError(
                self.env._("The merge of %s is undone already.", self.merged_id.name)
            )
        if not self.can_undo:
            raise UserError(
                self.env._(
                    "%(merged)s was merged more than %(days)s days ago; that cannot be "
                    "undone any more. Create the second person anew.",
                    merged=self.merged_id.name,
                    days=UNDO_DAYS,
                )
            )
        if later := self._later_merge():
            raise UserError(
                self.env._(
                    "%(merged)s was merged into %(survivor)s after this. Undo that "
                    "merge first.",
                    merged=later.merged_id.name,
                    survivor=later.survivor_id.name,
                )
            )

    def _later_merge(self):
        """Return the latest merge that stands on what this one left, or none."""
        people = (self.survivor_id | self.merged_id).ids
        return self.sudo().search(  # sudo: it counts, whoever may see it
            [
                ("id", ">", self.id),
                ("state", "=", "merged"),
                "|",
                ("survivor_id", "in", people),
                ("merged_id", "in", people),
            ],
            limit=1,
        )

    @api.model
    def _perform(self, survivor, merged, choices):
        """Merge one person into another and return the journal.

        :param survivor: recruit.candidate that is kept
        :param merged: recruit.candidate that becomes a signpost
        :param list choices: names of the fields whose value the merged one gives
        """
        self._lock(survivor | merged)
        merge = self.create(
            {
                "survivor_id": survivor.id,
                "merged_id": merged.id,
                "merged_at": self.env["recruit.clock"].now(),
                "user_id": self.env.uid,
            }
        )
        merge._before_moving()
        self.env.flush_all()
        self._unlock_ledger(True)
        for place in self._places():
            merge._move(place, merged, survivor)
        self._unlock_ledger(False)
        self.env.invalidate_all()
        merge._unite_values(choices)
        merge._after_moving()
        merge._settle()
        return merge

    @api.model
    def _catch_up(self):
        """Move what another transaction pointed at a merged person meanwhile.

        Whoever looked up the old record just before a merge may still write of it just
        after. Size: the merges of two hours, one statement a place each.
        """
        since = self.env["recruit.clock"].now() - timedelta(hours=CATCH_UP_HOURS)
        recent = self.search(
            [("state", "=", "merged"), ("merged_at", ">=", since)], order="id"
        )
        if not recent:
            return
        self.env.flush_all()
        self._unlock_ledger(True)
        for place in self._places():
            for merge in recent:
                merge._move(place, merge.merged_id, merge.survivor_id)
        self._unlock_ledger(False)
        self.env.invalidate_all()
        self.env["recruit.touch"]._recount_ends(recent.survivor_id | recent.merged_id)

    def _undo(self):
        survivor, merged = self.survivor_id, self.merged_id
        self._lock(survivor | merged)
        self._unlock_ledger(True)
        self._put_back(merged, survivor)
        self._unlock_ledger(False)
        self.env.invalidate_all()
        self.write(
            {
                "state": "undone",
                "undone_at": self.env["recruit.clock"].now(),
                "undone_by_id": self.env.uid,
            }
        )
        self._settle()

    def _before_moving(self):
        """Make room: two rows of which one person can have one become one.

        Extend it with super() for tables whose better row is not the survivor's.
        """
        self.env["recruit.candidate.skill"]._unite(self)
        self.env["recruit.pool.member"]._unite(self)

    def _after_moving(self):
        """Bring together what belongs to one person once. Extend it with super()."""
        self.env["hr.applicant"]._unite_cards(self)
        self.env["recruit.duplicate"]._follow_merge(self)

    def _unite_values(self, choices):
        """Give the survivor the chosen values of the merged one, and archive that."""
        survivor, merged = self.survivor_id, self.merged_id
        with self._journaled("recruit_candidate", (survivor | merged).ids):
            survivor._take_columns(merged, choices)
            self.env.cr.execute(
                SQL(
                    """UPDATE recruit_candidate
                          SET active = false, merged_into_id = %s WHERE id = %s""",
                    survivor.id,
                    merged.id,
                )
            )
            self.env.invalidate_all()

    def _settle(self):
        """Bring the caches and what is counted from the rows up to date."""
        people = self.survivor_id | self.merged_id
        self.env["recruit.touch"]._recount_ends(people)
        self.env["recruit.duplicate"]._regroup(people.ids)
        applications = people.with_context(active_test=False).applicant_ids
        in_pool = applications._fields["is_applicant_in_pool"]
        self.env.add_to_compute(in_pool, applications)
        self.env.invalidate_all()
        self.env.registry.clear_cache()  # external ids may lead to another record now

    @api.model
    def _lock(self, people):
        """Keep others from pointing new rows at these people until the commit."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "SELECT id FROM recruit_candidate WHERE id = ANY(%s) ORDER BY id "
                "FOR UPDATE",
                people.ids,
            )
        )

    @api.model
    def _unlock_ledger(self, unlocked):
        """Let this transaction, and it alone, change the person of a touch."""
        self.env["recruit.touch"]._unlock("merge" if unlocked else "")

    @api.autovacuum
    def _gc_journal(self):
        """Forget how to undo what can be undone no more."""
        limit = self.env["recruit.clock"].now() - timedelta(days=UNDO_DAYS)
        self.env.cr.execute(
            SQL(
                """
                DELETE FROM recruit_merge_line l USING recruit_merge m
                 WHERE m.id = l.merge_id AND (m.state = 'undone' OR m.merged_at < %s)
                """,
                limit,
            )
        )


class RecruitCandidate(models.Model):
    """Who may merge."""

    _inherit = "recruit.candidate"

    def _check_may_merge(self):
        """:raise AccessError: for who is no officer or may not write these people"""
        if not self.env.su and not self.env.user.has_group(OFFICER):
            raise AccessError(self.env._("Merging people is for recruitment officers."))
        self.check_access("write")
