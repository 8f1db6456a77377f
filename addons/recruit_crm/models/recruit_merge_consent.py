from odoo import models


class RecruitMerge(models.Model):
    """The consents of two people who turn out to be one: all are kept, the last word of
    either counts."""

    _inherit = "recruit.merge"

    def _before_moving(self):
        """Let no row count while rows move: two last words cannot be one person's."""
        people = self.survivor_id | self.merged_id
        self.env["recruit.consent"]._forget_current(people)
        return super()._before_moving()

    def _put_back(self, old, new):
        """As :meth:`_before_moving`, on the way back."""
        self.env["recruit.consent"]._forget_current(self.survivor_id | self.merged_id)
        return super()._put_back(old, new)

    def _settle(self):
        """Find the last words anew, after a merge and after its undo."""
        result = super()._settle()
        people = self.survivor_id | self.merged_id
        self.env["recruit.consent"]._choose_current(people)
        return result
