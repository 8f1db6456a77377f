from odoo import api, models
from odoo.tools import SQL


class RecruitCandidate(models.Model):
    """What happens to a candidate may begin a campaign, after it has ended others."""

    _inherit = "recruit.candidate"

    def _record_event(self, kind, document=None, **details):
        """Enter the campaigns that begin with this event."""
        result = super()._record_event(kind, document=document, **details)
        if kind in self._event_labels():
            # sudo: a campaign of the company begins, whoever made it happen
            campaigns = self.env["recruit.campaign"].sudo()
            campaigns._enroll_after(kind, document, self.sudo()._survivors())
        return result

    @api.model
    def _at_work_sql(self, alias, campaign=None):
        """Whether somebody is hired or employed, as `SQL`. A hire is no obstacle to
        what begins with it; who is employed gets no recruiting mail at all.

        :param str alias: of the table recruit_candidate in the statement around it
        :param str campaign: of recruit_campaign, where it is about one
        """
        person = SQL.identifier(alias)
        if not campaign:
            return SQL("%s.state IN ('hired', 'employee')", person)
        return SQL(
            """(%(person)s.state = 'employee' OR %(person)s.state = 'hired'
                AND (%(campaign)s.audience = 'event'
                     AND %(campaign)s.entry_event = 'hired') IS NOT TRUE)""",
            person=person,
            campaign=SQL.identifier(campaign),
        )
