from odoo import models


class RecruitCandidate(models.Model):
    """In which segments a person is today, for the form."""

    _inherit = "recruit.candidate"

    def list_segments(self):
        """Say of every segment that the user sees whether this person is in it.

        Why is told by ``recruit.segment.explain_candidate``.

        :return: ``[{"id", "name", "sentence", "inside"}]``, those with the person first
        """
        self.ensure_one()
        self.check_access("read")
        inside = self.segment_ids
        if not self.active:  # who is archived is the audience of nothing
            inside = inside.browse()
        others = self.env["recruit.segment"].search([("id", "not in", inside.ids)])
        return [
            {
                "id": segment.id,
                "name": segment.name,
                "sentence": segment.sentence or "",
                "inside": segment in inside,
            }
            for segment in inside.sorted() + others
        ]
