from odoo import models

from odoo.addons.recruit_crm.timeline.keyset import Source


class RecruitCandidate(models.Model):
    """The campaigns of a person, in their timeline."""

    _inherit = "recruit.candidate"

    def _timeline_sources(self):
        """Add when the person entered campaigns, and how that ended."""
        enrollments = self.env["recruit.campaign.enrollment"]
        own = [("candidate_id", "=", self.id)]
        seen = [*own, ("state", "!=", "held_out")]
        return [
            *super()._timeline_sources(),
            Source("campaign", enrollments, "enrolled_at", seen, _describe_entry),
            Source("campaign", enrollments, "finished_at", seen, _describe_end),
        ]


def _describe_entry(enrollment):
    # sudo: a name beside an entry that the user may read
    campaign = enrollment.sudo().campaign_id.name
    return {
        "title": enrollment.env._("Entered the campaign %(name)s", name=campaign),
        "text": _label(enrollment, "origin"),
        "icon": "fa-paper-plane",
        "link": [enrollment._name, enrollment.id],
    }


def _describe_end(enrollment):
    campaign = enrollment.sudo().campaign_id.name  # sudo: as above
    finished = enrollment.state == "finished"
    return {
        "title": (
            enrollment.env._("Came to the end of the campaign %(name)s", name=campaign)
            if finished
            else enrollment.env._("Left the campaign %(name)s", name=campaign)
        ),
        "text": "" if finished else _label(enrollment, "exit_reason"),
        "icon": "fa-sign-out",
        "link": [enrollment._name, enrollment.id],
    }


def _label(record, name):
    labels = dict(record._fields[name]._description_selection(record.env))
    return labels.get(record[name], "")
