from datetime import timedelta

from odoo import models

# A click on a link of ours and the page that it opened are one contact.
CLICK_LANDS = timedelta(minutes=10)


class HrApplicant(models.Model):
    """Applications by the form of the website, with the visits that led to them."""

    _inherit = "hr.applicant"

    def _prepare_earlier_touches(self):
        """Add the visits before the form, which the form's controller found."""
        touches = super()._prepare_earlier_touches()
        arrivals = self.env.context.get("recruit_arrivals") or []
        if not arrivals:
            return touches
        clicked = self.candidate_id.touch_ids.filtered(
            lambda touch: touch.kind == "clicked"
        )
        return touches + [
            {**arrival, "candidate_id": self.candidate_id.id}
            for arrival in arrivals
            if not any(_is_landing_of(touch, arrival) for touch in clicked)
        ]

    def _prepare_origin(self):
        """Take the words of the last visit, one set, where the form came with some."""
        return self.env.context.get("recruit_origin") or super()._prepare_origin()


def _is_landing_of(click, arrival):
    gap = arrival["occurred_at"] - click.occurred_at
    same = (click.source, click.medium) == (
        arrival["source"] or False,
        arrival["medium"] or False,
    )
    return same and timedelta() <= gap <= CLICK_LANDS
