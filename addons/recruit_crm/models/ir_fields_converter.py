from odoo import api, models


class IrFieldsConverter(models.AbstractModel):
    _inherit = "ir.fields.converter"

    @api.model
    def db_id_for(self, model, field, subfield, value, savepoint):
        """Look up a name once in an import of candidates, not once a cell.

        1,000 people with 6 skills are 6,000 cells and some dozen names. Names that the
        import may create are left to Odoo, whose rollback could undo them.
        """
        names = self.env.context.get("recruit_import_names")
        may_create = (self.env.context.get("name_create_enabled_fields") or {}).get(
            field.name
        )
        if names is None or subfield is not None or may_create:
            return super().db_id_for(model, field, subfield, value, savepoint)
        key = (field.comodel_name, value)
        if key not in names:
            names[key] = super().db_id_for(model, field, subfield, value, savepoint)
        record_id, warnings = names[key]
        return record_id, list(warnings)
