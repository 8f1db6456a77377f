from odoo import fields, models


class EventEvent(models.Model):
    """Events at which people are won for the company."""

    _inherit = "event.event"

    is_recruiting = fields.Boolean(
        "Recruiting event",
        help="Everybody who registers becomes a candidate. At other events only the "
        "people who are candidates already leave a touch.",
    )
    recruit_job_id = fields.Many2one(
        "hr.job", "For the job", index="btree_not_null", help="Where it is about one."
    )
    recruit_candidate_count = fields.Integer(
        "Candidates", compute="_compute_recruit_candidate_count"
    )

    def _compute_recruit_candidate_count(self):
        for event in self:
            event.recruit_candidate_count = len(event._recruit_candidates())

    def _recruit_candidates(self):
        """Return the candidates who registered for this event or came."""
        touches = self.env["recruit.touch"]
        if not touches.has_access("read"):
            return touches.candidate_id
        return touches.search(
            [
                ("res_model", "=", "event.registration"),
                ("res_id", "in", self.registration_ids.ids),
            ]
        ).candidate_id

    def action_view_recruit_candidates(self):
        """Open the candidates of this event."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Candidates of %(event)s", event=self.name),
            "res_model": "recruit.candidate",
            "view_mode": "list,form",
            "domain": [("id", "in", self._recruit_candidates().ids)],
        }
