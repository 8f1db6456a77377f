from odoo import api, models


class RecruitCandidate(models.Model):
    """A tag that a person gets is an event: something may begin with it."""

    _inherit = "recruit.candidate"

    @api.model_create_multi
    def create(self, vals_list):
        """Create candidates, and tell of the tags that they come with."""
        candidates = super().create(vals_list)
        if any("categ_ids" in vals for vals in vals_list):
            candidates._tell_new_tags({})
        return candidates

    def write(self, vals):
        """Write, and tell of the tags that are new to somebody."""
        if "categ_ids" not in vals:
            return super().write(vals)
        before = {candidate.id: candidate.categ_ids for candidate in self}
        result = super().write(vals)
        self._tell_new_tags(before)
        return result

    def _tell_new_tags(self, before):
        """Record one event a tag, for all who got it.

        :param dict before: the tags of each candidate id before the change
        """
        people = {}
        for candidate in self:
            known = before.get(candidate.id, candidate.categ_ids.browse())
            for tag in candidate.categ_ids - known:
                people[tag] = people.get(tag, self.browse()) | candidate
        for tag, tagged in people.items():
            tagged._record_event("tag_added", tag)
