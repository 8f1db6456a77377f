from odoo import api, models


class CalendarEvent(models.Model):
    """An interview that is booked with an applicant is an event of the candidate."""

    _inherit = "calendar.event"

    @api.model_create_multi
    def create(self, vals_list):
        """Create meetings, and tell the candidates of interviews to come."""
        events = super().create(vals_list)
        events._tell_booked()
        return events

    def write(self, vals):
        """Write, and tell of a meeting that becomes somebody's interview."""
        result = super().write(vals)
        if "applicant_id" in vals:
            self._tell_booked()
        return result

    def _tell_booked(self):
        now = self.env["recruit.clock"].now()
        # sudo: whoever books a meeting; the candidate's record is told, nothing shown
        for event in self.sudo():
            person = event.applicant_id.candidate_id
            if person and event.active and event.start and event.start > now:
                person._record_event("interview_booked", event)
