from odoo import api, fields, models
from odoo.tools import SQL

from ..timeline.keyset import Source
from .recruit_touch_kind import APPLICATIONS


class RecruitTouchMove(models.Model):
    """A line of audit: the first touch of a person became another one.

    An earlier contact became known, or a correction changed what counts; merges and
    their undos have a history of their own. Written by the system alone.
    """

    _name = "recruit.touch.move"
    _description = "Move of a First Touch"
    _order = "moved_at desc, id desc"
    _rec_name = "to_touch_id"
    _log_access = False

    candidate_id = fields.Many2one(
        "recruit.candidate", required=True, readonly=True, ondelete="cascade"
    )
    moved_at = fields.Datetime("When", required=True, readonly=True)
    user_id = fields.Many2one("res.users", "By", readonly=True, ondelete="set null")
    from_touch_id = fields.Many2one(
        "recruit.touch", "Was", readonly=True, ondelete="cascade"
    )
    to_touch_id = fields.Many2one(
        "recruit.touch", "Is", readonly=True, ondelete="cascade"
    )

    # Serves the timeline and the candidate: the moves of one person, newest first.
    _candidate_idx = models.Index("(candidate_id, moved_at DESC, id DESC)")

    @api.model
    def _note(self, moves):
        """Write a line for each first touch that moved; who gets their first has none.

        Purpose: audit of I4. Size: those of a batch that moved. Index: none needed.

        :param list moves: (candidate id, id of the touch before, id of the one now)
        """
        moves = [move for move in moves if move[1] and move[1] != move[2]]
        if not moves:
            return
        people, before, after = map(list, zip(*moves, strict=True))
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO recruit_touch_move (candidate_id, from_touch_id,
                       to_touch_id, moved_at, user_id)
                SELECT m.*, %(now)s, %(uid)s
                  FROM unnest(%(people)s::int[], %(before)s::int[], %(after)s::int[])
                    AS m
                """,
                now=self.env["recruit.clock"].now(),
                uid=self.env.uid,
                people=people,
                before=before,
                after=after,
            )
        )
        self.invalidate_model()


class RecruitCandidate(models.Model):
    _inherit = "recruit.candidate"

    def _timeline_sources(self):
        """Tell when the first contact turned out to be another one."""
        moves = self.env["recruit.touch.move"]
        own = [("candidate_id", "=", self.id)]
        return [
            *super()._timeline_sources(),
            Source("touch", moves, "moved_at", own, _describe_move),
        ]


class HrApplicant(models.Model):
    _inherit = "hr.applicant"

    last_touch_id = fields.Many2one(
        "recruit.touch",
        "Last touch before",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        groups="recruit_crm.group_recruit_sourcer,"
        "recruit_crm.group_recruit_privacy_officer",
        help="What brought the person to this application: its own source, or else the "
        "last contact before it.",
    )


class RecruitTouch(models.Model):
    _inherit = "recruit.touch"

    def _recount_last(self, people):
        """Find the last touch of each application of these people anew.

        An application that names its source brought itself; else the latest contact
        before it did, when there was one.

        Purpose: what Odoo keeps as the only source, for each application. Size: the
        applications of a batch of people. Indexes: hr_applicant (candidate_id),
        _dedupe_unique, recruit_touch (candidate_id, occurred_at, id).
        """
        applicants = self.env["hr.applicant"]
        applicants.flush_model(["candidate_id", "last_touch_id"])
        changed = self.env.execute_query(
            SQL(
                """
                UPDATE hr_applicant a
                   SET last_touch_id = COALESCE(
                       CASE WHEN own.source IS NOT NULL OR own.campaign IS NOT NULL
                            THEN own.id END,
                       (SELECT t.id FROM recruit_touch t
                         WHERE t.candidate_id = a.candidate_id
                           AND (t.occurred_at, t.id) < (own.occurred_at, own.id)
                           AND t.kind = ANY(%(credited)s)
                           AND t.kind != ALL(%(applications)s) AND %(counting)s
                      ORDER BY t.occurred_at DESC, t.id DESC LIMIT 1),
                       own.id)
                  FROM hr_applicant b
                  JOIN recruit_touch own ON own.dedupe_key = 'application:' || b.id
                 WHERE b.candidate_id = ANY(%(people)s) AND a.id = b.id
                   AND (a.last_touch_id IS NULL OR %(fresh)s::int[] IS NULL OR EXISTS (
                        SELECT FROM recruit_touch f
                         WHERE f.id = ANY(%(fresh)s::int[])
                           AND f.candidate_id = a.candidate_id
                           AND (f.occurred_at, f.id) <= (own.occurred_at, own.id)))
             RETURNING a.id
                """,
                people=people.ids,
                fresh=self.ids or None,
                credited=self._credited_kinds(),
                applications=list(APPLICATIONS),
                counting=self._counting_sql("t"),
            )
        )
        applicants.browse([row[0] for row in changed]).invalidate_recordset(
            ["last_touch_id"]
        )


def _describe_move(move):
    # sudo: the touches of a person whose timeline the user reads
    was, now = move.from_touch_id.sudo(), move.to_touch_id.sudo()
    day = now.occurred_at.date() if now else ""
    return {
        "title": move.env._("First contact is now: %(touch)s", touch=now.display_name),
        "text": move.env._(
            "%(day)s; it was: %(touch)s", day=day, touch=was.display_name
        ),
        "author": move.user_id.sudo().name or "",
        "icon": "fa-flag-o",
    }
