from odoo import fields, models

from ..timeline.keyset import PAGE
from .recruit_candidate import CRM


class HrApplicant(models.Model):
    """What was between us and the person before, in sight of who decides now."""

    _inherit = "hr.applicant"

    candidate_first_source = fields.Char(
        related="candidate_id.first_source", groups=CRM
    )
    candidate_first_touch_at = fields.Datetime(
        related="candidate_id.first_touch_at", groups=CRM
    )
    candidate_last_touch_at = fields.Datetime(
        related="candidate_id.last_touch_at", groups=CRM
    )
    candidate_interests = fields.Text(related="candidate_id.interests", groups=CRM)

    def timeline(self, limit=PAGE, before=None, kinds=None):
        """Return one page of what happened with the person of this application.

        See ``recruit.candidate.timeline``; an application that is nobody's has none.
        """
        self.ensure_one()
        self.check_access("read")
        person = self.candidate_id
        if not person:
            return {"entries": [], "next": False}
        return person.timeline(limit, before, kinds)
