from odoo import api, models


class RecruitCandidate(models.Model):
    """The open registry of events with which something can begin, e.g. a campaign."""

    _inherit = "recruit.candidate"

    @api.model
    def _event_labels(self):
        """The kinds of ``_record_event`` that others may start with: {kind: label}.

        An addon that records a kind of its own adds it with super(); who reacts to
        events asks here and knows nothing of that addon.
        """
        return {
            "applied": self.env._("Applies for a job"),
            "refused": self.env._("Is refused"),
            "hired": self.env._("Is hired"),
            "joined_pool": self.env._("Joins a talent pool"),
            "tag_added": self.env._("Gets a tag"),
        }
