from odoo import api, models
from odoo.tools import SQL

from .recruit_campaign_enrollment import INSIDE


class RecruitMerge(models.Model):
    """Two people become one in the middle of campaigns: one run a campaign remains.

    Where both are in one campaign the survivor's run goes on. The other one stays with
    the archived record, so that the engine ends it before its next message: whoever
    merges people never makes a message leave twice.
    """

    _inherit = "recruit.merge"

    @api.model
    def _staying(self, place, old, new):
        """Keep deliveries together with an enrollment that stays.

        Size: the deliveries of one person. Indexes: of candidate_id, _once_unique.
        """
        staying = super()._staying(place, old, new)
        if place[:2] != ("recruit_campaign_delivery", "candidate_id"):
            return staying
        return SQL(
            """%(staying)s UNION ALL
            SELECT d.id FROM recruit_campaign_delivery d
              JOIN recruit_campaign_enrollment e ON e.id = d.enrollment_id
              JOIN recruit_campaign_enrollment s
                ON s.campaign_id = e.campaign_id
               AND s.candidate_id = %(new)s AND s.id != e.id
               AND (s.round = e.round
                    OR s.state IN %(inside)s AND e.state IN %(inside)s)
             WHERE d.candidate_id = %(old)s""",
            staying=staying,
            old=old.id,
            new=new.id,
            inside=INSIDE,
        )

    @api.model
    def _lock(self, people):
        """Wait until no final dot to these people can follow, too."""
        people._lock_dots()
        return super()._lock(people)


class RecruitCandidate(models.Model):
    _inherit = "recruit.candidate"

    def _opt_out(self, delivery, how="link"):
        """Take out the survivor where a link of the merged person is used."""
        return super(RecruitCandidate, self._survivors())._opt_out(delivery, how)
