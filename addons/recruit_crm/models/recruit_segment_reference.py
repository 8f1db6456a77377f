from odoo import api, fields, models
from odoo.exceptions import UserError


class RecruitSegmentReference(models.Model):
    """A record that a segment asks for, kept in step with its tree.

    It tells who deletes a record which segments need it, and keeps from people a
    segment that asks who is in a pool they know nothing of.
    """

    _name = "recruit.segment.reference"
    _description = "Record Used by a Segment"
    _rec_name = "model"
    _log_access = False

    segment_id = fields.Many2one(
        "recruit.segment", required=True, ondelete="cascade", index=True
    )
    model = fields.Char(required=True)
    record_id = fields.Many2oneReference(model_field="model", required=True)
    pool_id = fields.Many2one(
        "hr.talent.pool", ondelete="set null", index="btree_not_null"
    )

    # Serves the question of each deletion: who uses this record?
    _record_idx = models.Index("(model, record_id)")

    @api.model
    def _users_of(self, records):
        """Return the segments that name one of these records, also hidden ones."""
        # sudo: whoever deletes a record is told that somebody needs it
        return (
            self.sudo()
            .search([("model", "=", records._name), ("record_id", "in", records.ids)])
            .segment_id
        )

    @api.model
    def _refuse_deletion(self, records):
        """:raise UserError: where a segment uses one of these records"""
        users = self._users_of(records)
        if not users:
            return
        visible = users.sudo(False).with_env(self.env)._filtered_access("read")
        names = visible.mapped("name")
        if hidden := len(users) - len(visible):
            names.append(self.env._("%s that you may not see", hidden))
        raise UserError(
            self.env._(
                "%(records)s cannot be deleted: these segments ask for it: "
                "%(segments)s. Change them first.",
                records=", ".join(records.mapped("display_name")),
                segments=", ".join(names),
            )
        )
