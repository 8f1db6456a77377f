from datetime import timedelta

from odoo import api, models

# How far back the hourly look goes: meetings that took place while no server ran.
LOOK_BACK = timedelta(days=3)
MOVING = frozenset(
    ("active", "start", "partner_ids", "applicant_id", "res_id", "res_model_id")
)


class CalendarEvent(models.Model):
    """A meeting that has taken place is a touch of the candidates who were in it."""

    _inherit = "calendar.event"

    @api.model_create_multi
    def create(self, vals_list):
        """Create meetings; those that are over already are touches at once."""
        events = super().create(vals_list)
        events._log_meetings()
        return events

    def write(self, vals):
        """Write, and record what turns out to have taken place."""
        result = super().write(vals)
        if MOVING & vals.keys():
            self._log_meetings()
        return result

    def _log_meetings(self):
        """Record these meetings, once for each candidate; those to come wait."""
        now = self.env["recruit.clock"].now()
        rows = []
        # sudo: whoever keeps the calendar; the touch says when they met, no more
        for event in self.sudo():
            if event.active and event.start and event.start <= now:
                rows += event._meeting_rows()
        if rows:
            self.env["recruit.touch"].sudo()._log(rows)  # sudo: as above

    def _meeting_rows(self):
        """Return the values of the touches that this meeting is."""
        self.ensure_one()
        is_private = self.privacy == "private"
        return [
            {
                "candidate_id": person.id,
                "kind": "meeting",
                "occurred_at": self.start,
                "job_id": self.applicant_id.job_id.id,
                "evidence": self.env._("Meeting") if is_private else self.name,
                "res_model": self._name,
                "res_id": self.id,
                "verified": True,
                "dedupe_key": f"meeting:{self.id}:{person.id}",
            }
            for person in self._candidates()
        ]

    def _candidates(self):
        """Return the candidates of this meeting: of its document, its application, and
        those who were invited and did not decline. Colleagues are no candidates."""
        self.ensure_one()
        people = self.applicant_id.candidate_id
        if self.res_model == people._name:
            people |= people.browse(self.res_id).exists()
        declined = self.attendee_ids.filtered(lambda one: one.state == "declined")
        guests = (self.partner_ids - declined.partner_id).filtered(
            lambda partner: not partner.user_ids.filtered(lambda user: not user.share)
        )
        if guests:
            people |= people.search(
                [("partner_id", "in", guests.ids), ("state", "!=", "employee")]
            )
        return people._survivors()

    @api.model
    def _cron_log_meetings(self):
        """Record the meetings that have taken place since the last look.

        Size: the meetings of three days with an application, a candidate or a
        candidate's contact. Indexes: calendar_event (start), applicant_id.
        """
        now = self.env["recruit.clock"].now()
        candidates = self.env["recruit.candidate"]
        contacts = candidates._search([("partner_id", "!=", False)])
        events = self.search(
            [
                ("start", ">", now - LOOK_BACK),
                ("start", "<=", now),
                "|",
                ("applicant_id", "!=", False),
                "|",
                ("res_model", "=", candidates._name),
                ("partner_ids", "in", contacts.subselect("partner_id")),
            ]
        )
        events._log_meetings()
