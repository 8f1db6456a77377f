from odoo import api, models
from odoo.tools import email_normalize

TELLING = frozenset(("state", "email", "active", "date_closed"))


class EventRegistration(models.Model):
    """A registration, and that somebody came, are touches of the person."""

    _inherit = "event.registration"

    @api.model_create_multi
    def create(self, vals_list):
        """Create registrations, each with its touch."""
        registrations = super().create(vals_list)
        registrations._log_event_touches()
        return registrations

    def write(self, vals):
        """Write, and record who came; also a badge that is read the day after."""
        result = super().write(vals)
        if TELLING & vals.keys():
            self._log_event_touches()
        return result

    def _log_event_touches(self):
        """Record these registrations, once each, for the people whom they find."""
        # sudo: whoever registers, a visitor too; the person is found by their address
        known = self.sudo().filtered(
            lambda one: (
                one.active
                and one.state in ("open", "done")
                and email_normalize(one.email or "")
            )
        )
        pairs = known._people()
        came = known._not_yet_told(pairs)
        rows = [row for one, person in pairs for row in one._event_rows(person)]
        if rows:
            self.env["recruit.touch"].sudo()._log(rows)  # sudo: as above
        for registration, person in came:
            person._record_event("event_attended", registration)

    def _not_yet_told(self, pairs):
        """Return those of the pairs who came, and of whom no touch tells that yet."""
        keys = {
            f"event_attended:{one.id}": (one, person)
            for one, person in pairs
            if one.state == "done"
        }
        # sudo: as in `_log_event_touches`
        touches = self.env["recruit.touch"].sudo()
        told = touches.search([("dedupe_key", "in", list(keys))]).mapped("dedupe_key")
        return [pair for key, pair in keys.items() if key not in told]

    def _people(self):
        """Return (registration, candidate) for those whose person is known, or becomes
        a candidate since the event is there to recruit."""
        Candidate = self.env["recruit.candidate"]
        open_to_all = self.filtered("event_id.is_recruiting")
        found = Candidate._resolve_batch(
            [registration._person_values() for registration in open_to_all]
        )
        pairs = list(zip(open_to_all, found, strict=True))
        for registration in self - open_to_all:
            person = Candidate._first_person(registration._person_values())
            if person:
                pairs.append((registration, person))
        return [(registration, person._survivors()) for registration, person in pairs]

    def _person_values(self):
        """Return what this registration tells about the person, for the resolver."""
        self.ensure_one()
        return {
            "name": self.name or self.email,
            "email": email_normalize(self.email),
            "phone": self.phone,
            "company_id": self.event_id.company_id.id or self.env.company.id,
        }

    def _event_rows(self, person):
        """Return the values of the touches of this registration of ``person``."""
        self.ensure_one()
        event = self.event_id
        links = {
            "source_id": self.utm_source_id.id,
            "medium_id": self.utm_medium_id.id,
            "campaign_id": self.utm_campaign_id.id,
        }
        origin = links if any(links.values()) else {"source": event.name}
        base = {
            "candidate_id": person.id,
            "job_id": event.recruit_job_id.id,
            "evidence": event.name,
            "res_model": self._name,
            "res_id": self.id,
        }
        now = self.env["recruit.clock"].now()
        rows = [
            {
                **base,
                **origin,
                "kind": "event_registered",
                "occurred_at": self._registered_at(now),
                "dedupe_key": f"event_registered:{self.id}",
            }
        ]
        if self.state == "done":
            rows.append(
                {
                    **base,
                    "source": event.name,
                    "kind": "event_attended",
                    "occurred_at": self._attended_at(now),
                    "dedupe_key": f"event_attended:{self.id}",
                }
            )
        return rows

    def _registered_at(self, now):
        """Return when the person registered; a list that is typed in after the event
        stands for registrations until its beginning."""
        moment = min(self.create_date or now, now)
        event = self.event_id
        return event.date_begin if moment > event.date_end else moment

    def _attended_at(self, now):
        """Return when the person was there: the badge, within the time of the event."""
        event, moment = self.event_id, self.date_closed or now
        return min(max(event.date_begin, min(moment, event.date_end)), now)
