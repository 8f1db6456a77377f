from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .recruit_campaign_enrollment import INSIDE
from .statements import change, look


class RecruitCampaign(models.Model):
    _inherit = "recruit.campaign"

    on_mismatch = fields.Selection(
        [("stay", "Go on"), ("leave", "Leave")],
        "Who No Longer Matches",
        default="stay",
        required=True,
        tracking=True,
        help="People who fall out of the segment or the pool on their way. Whom you "
        "picked yourself stays in any case.",
    )

    def _outsiders(self, condition, limit):
        """Rows of people who came with the audience and are no longer in it.

        Purpose: one look at the audience, whatever the number of people inside. Size:
        100,000 inside. Index: of campaign_id, and those of the audience.

        :param SQL condition: on the enrollment `e`
        :return list: ids of recruit.campaign.enrollment
        """
        people = self.env["recruit.candidate"].with_context(active_test=False)
        matching = people._search(self._still_matching_domain())
        rows = look(
            self.env,
            SQL(
                """
                SELECT e.id
                  FROM recruit_campaign_enrollment e
                 WHERE e.campaign_id = %(campaign)s AND e.origin <> 'hand'
                   AND %(condition)s
                   AND NOT EXISTS (SELECT FROM (%(matching)s) m
                                    WHERE m.id = e.candidate_id)
                 LIMIT %(limit)s
                """,
                campaign=self.id,
                condition=condition,
                matching=matching.select(),
                limit=limit,
            ),
        )
        return [row[0] for row in rows]


class RecruitCampaignEnrollment(models.Model):
    """Who has left the audience: out of the campaign, or free to come again."""

    _inherit = "recruit.campaign.enrollment"

    @api.model
    def _leave_audience(self, campaign, limit):
        """Let go, or note, who has left the audience of a running campaign.

        :return bool: whether there may be more than one batch of them
        """
        if campaign._still_matching_domain().is_true():
            return False
        left = []
        if campaign.on_mismatch == "leave":
            left = campaign._outsiders(SQL("e.state IN %s", INSIDE), limit)
            self.browse(left)._exit("left_audience")
        noted = []
        if campaign.reentry == "each_time":
            unknown = SQL("e.left_audience_at IS NULL")
            noted = campaign._outsiders(unknown, limit)
            self.browse(noted)._note_left()
        return max(len(left), len(noted)) >= limit

    def _note_left(self):
        """Note that these are no longer in the audience. Index: primary key."""
        change(
            self.env,
            SQL(
                """UPDATE recruit_campaign_enrollment SET left_audience_at = %s
                    WHERE id = ANY(%s) RETURNING id""",
                self.env["recruit.clock"].now(),
                self.ids,
            ),
        )


class RecruitCampaignDelivery(models.Model):
    _inherit = "recruit.campaign.delivery"

    def _stopped(self):
        """Add who has left the audience since the last look at it."""
        stopped = super()._stopped()
        free = self.filtered(lambda row: row.id not in stopped)
        for campaign, rows in free.grouped("campaign_id").items():
            if campaign.on_mismatch == "leave":
                gone = rows._outside_of_audience(campaign)
                stopped |= dict.fromkeys(gone.ids, "left_audience")
        return stopped

    def _open_desk(self, step, *others):
        desk = super()._open_desk(step, *others)
        return desk._replace(must_match=step.campaign_id.on_mismatch == "leave")

    @api.model
    def _still_matching(self, letters):
        """Those of letters that go to people who still belong: the last look at it,
        just before the fence. Size: one message, or as many as are sent together; costs
        nothing where nobody has to match."""
        strict = [letter.delivery_id for letter in letters if letter.must_match]
        gone = set()
        for campaign, rows in self.browse(strict).grouped("campaign_id").items():
            gone.update(rows._outside_of_audience(campaign).ids)
        return [letter for letter in letters if letter.delivery_id not in gone]

    def _outside_of_audience(self, campaign):
        """Those of these, of one campaign, whose person is no longer in its audience.
        Size: a batch."""
        came = self.filtered(lambda row: row.enrollment_id.origin != "hand")
        people = came.candidate_id.with_context(active_test=False)
        domain = campaign._still_matching_domain() & Domain("id", "in", people.ids)
        matching = people.search(domain)
        return came.filtered(lambda row: row.candidate_id not in matching)
