from odoo import api, fields, models

from ..segment import compiler
from ..segment.tree import parse


class RecruitSegment(models.Model):
    """The records that a segment names."""

    _inherit = "recruit.segment"

    reference_ids = fields.One2many(
        "recruit.segment.reference", "segment_id", "Uses", readonly=True
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Create segments and note what they use."""
        segments = super().create(vals_list)
        segments._note_references()
        return segments

    def write(self, vals):
        """Write, and note anew what is used."""
        result = super().write(vals)
        if "tree" in vals or "tree_text" in vals:
            self._note_references()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        others = self.env["recruit.segment.reference"]._users_of(self) - self
        if others:
            self.env["recruit.segment.reference"]._refuse_deletion(self)

    def _note_references(self):
        """Keep ``reference_ids`` in step with the tree.

        :raise AccessError: where the user may not see what the segment asks for
        """
        known = self._segment_fields()
        # sudo: the rows follow from the tree, which the user may write
        rows = self.env["recruit.segment.reference"].sudo()
        rows.search([("segment_id", "in", self.ids)]).unlink()
        rows.create(
            [
                {
                    "segment_id": segment.id,
                    "model": model,
                    "record_id": record,
                    "pool_id": self._pool_of(model, record),
                }
                for segment in self
                for model, record in compiler.references(parse(segment.tree), known)
            ]
        )
        self.invalidate_recordset(["reference_ids"])
        # also of the segments that use these
        self.invalidate_model(["sentence", "problem", "candidate_count", "size_text"])
        self.check_access("read")
        self._check_feeds_no_own_pool()

    @api.model
    def _pool_of(self, model, record):
        if model == "recruit.pool.stage":
            # sudo: which pool it is decides who may see the segment
            return self.env[model].sudo().browse(record).pool_id.id
        return record if model == "hr.talent.pool" else False

    def _asked_pools(self):
        """Return the pools that these segments ask for, also through other segments."""
        return self._with_parts().reference_ids.pool_id

    def _with_parts(self):
        """Return these segments, and all that they use, with all rights."""
        found = queue = self.sudo()
        while queue:
            inner = queue.reference_ids.filtered(
                lambda row: row.model == "recruit.segment"
            )
            queue = self.sudo().browse(inner.mapped("record_id")).exists() - found
            found |= queue
        return found

    def _with_users(self):
        """Return these segments, and all that use them, with all rights."""
        found = queue = self.sudo()
        while queue:
            queue = self.env["recruit.segment.reference"]._users_of(queue) - found
            found |= queue
        return found

    def _check_feeds_no_own_pool(self):
        """:raise ValidationError: where a rule pool would be fed by its own members"""
        fed = (
            self.env["hr.talent.pool"]
            .sudo()
            .search(
                [("kind", "=", "rule"), ("segment_id", "in", self._with_users().ids)]
            )
        )
        fed._check_rule()
