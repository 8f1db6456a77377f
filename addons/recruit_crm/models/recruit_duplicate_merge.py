from odoo import api, models
from odoo.tools import SQL


class RecruitDuplicate(models.Model):
    """What is known of pairs after one of the two was merged."""

    _inherit = "recruit.duplicate"

    @api.model
    def _follow_merge(self, merge):
        """Settle the pairs of the merged person and hand them on to the survivor.

        Who is not the merged person is not the survivor either: that stays remembered.
        Purpose: after a merge. Size: the pairs of two people. Indexes: those of
        candidate_id and other_id.
        """
        survivor, merged = merge.survivor_id.id, merge.merged_id.id
        self.flush_model()
        pairs = self.search(
            [
                "|",
                ("candidate_id", "in", (survivor, merged)),
                ("other_id", "in", (survivor, merged)),
            ]
        )
        known = {(pair.candidate_id.id, pair.other_id.id): pair for pair in pairs}
        with merge._journaled(self._table, pairs.ids):
            for (one, other), pair in known.items():
                if merged in (one, other):
                    third = other if one == merged else one
                    self._hand_on(merge, pair, known, tuple(sorted((survivor, third))))
            self.env.cr.execute(
                SQL(
                    """UPDATE recruit_duplicate SET state = 'merged'
                        WHERE id = ANY(%s) AND state = 'open'
                          AND %s IN (candidate_id, other_id)""",
                    pairs.ids,
                    merged,
                )
            )
            self.invalidate_model()

    def _hand_on(self, merge, pair, known, wanted):
        """Tell of the survivor what this pair tells of the merged one.

        :param dict known: the pairs of both, by their ids
        :param tuple wanted: the ids of the pair with the survivor
        """
        if wanted[0] == wanted[1] or pair.state == "merged":
            return
        if mine := known.get(wanted):
            if pair.state == "dismissed" and mine.state == "open":
                mine.state = "dismissed"
            return
        handed = self.create(
            {
                "candidate_id": wanted[0],
                "other_id": wanted[1],
                "reason_codes": pair.reason_codes,
                "state": pair.state,
                "decided_by_id": pair.decided_by_id.id,
                "decided_at": pair.decided_at,
            }
        )
        told = {"candidate_id": wanted[0], "other_id": wanted[1], "state": pair.state}
        merge._note_added(self._table, "id", [(handed.id, told)])
