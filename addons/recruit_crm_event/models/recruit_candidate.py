from odoo import api, fields, models

from odoo.addons.recruit_crm.models.recruit_candidate import CRM


class RecruitCandidate(models.Model):
    """The events that a person registered for or came to."""

    _inherit = "recruit.candidate"

    event_count = fields.Integer("Events", compute="_compute_event_count", groups=CRM)

    @api.depends("touch_ids")
    def _compute_event_count(self):
        counts = dict(
            self.env["recruit.touch"]._read_group(
                [("candidate_id", "in", self.ids), *self._event_domain()],
                ["candidate_id"],
                ["res_id:count_distinct"],
            )
        )
        for candidate in self:
            candidate.event_count = counts.get(candidate._origin, 0)

    def action_view_events(self):
        """Open what is known of this person at events, each with its evidence."""
        action = self.action_view_touches()
        action["name"] = self.env._("Events of %(name)s", name=self.name)
        action["domain"] = [*action["domain"], *self._event_domain()]
        return action

    @api.model
    def _event_labels(self):
        """Coming to an event of the company is one to begin something with."""
        return super()._event_labels() | {
            "event_attended": self.env._("Attends an event")
        }

    @api.model
    def _event_domain(self):
        return [("res_model", "=", "event.registration")]
