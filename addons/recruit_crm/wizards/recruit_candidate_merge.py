from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL


class RecruitCandidateMergeLine(models.TransientModel):
    """One field of the person who is kept: the value, whose it is, what gives way."""

    _name = "recruit.candidate.merge.line"
    _description = "Merge Preview"

    wizard_id = fields.Many2one("recruit.candidate.merge", ondelete="cascade")
    label = fields.Char("Field", readonly=True)
    kept = fields.Char("Will be kept", readonly=True)
    origin = fields.Char("From", readonly=True)
    hidden = fields.Char("Other values, on the old records", readonly=True)


class RecruitCandidateMerge(models.TransientModel):
    """Ask whom to keep, show field by field what will be kept, and merge."""

    _name = "recruit.candidate.merge"
    _description = "Merge Candidates"

    candidate_ids = fields.Many2many(
        "recruit.candidate", string="Candidates", context={"active_test": False}
    )
    primary_id = fields.Many2one(
        "recruit.candidate",
        "Keep",
        compute="_compute_primary_id",
        store=True,
        readonly=False,
        context={"active_test": False},
        help="The others lead to this one from then on.",
    )
    line_ids = fields.One2many(
        "recruit.candidate.merge.line", "wizard_id", compute="_compute_line_ids"
    )
    summary = fields.Char("Moves along", compute="_compute_summary")
    warning = fields.Char(compute="_compute_warning")

    @api.depends("candidate_ids")
    def _compute_primary_id(self):
        for wizard in self:
            people = wizard.candidate_ids._origin
            if wizard.primary_id._origin not in people:
                wizard.primary_id = people._merge_primary(people)

    @api.depends("candidate_ids", "primary_id")
    def _compute_line_ids(self):
        for wizard in self:
            wizard.line_ids = [
                Command.clear(),
                *(Command.create(line) for line in wizard._preview()),
            ]

    @api.depends("candidate_ids", "primary_id")
    def _compute_summary(self):
        for wizard in self:
            counts = wizard._others()._count_references()
            wizard.summary = ", ".join(
                f"{name} ({count})" for name, count in counts.items()
            )

    @api.depends("candidate_ids", "primary_id")
    def _compute_warning(self):
        for wizard in self:
            wizard.warning = False
            if wizard._others():
                try:
                    wizard.primary_id._origin._check_merge(wizard._others())
                except UserError as error:
                    wizard.warning = str(error)

    def action_merge(self):
        """Merge and open the person who was kept."""
        self.ensure_one()
        self.primary_id._merge(self.candidate_ids - self.primary_id)
        return self.primary_id.get_formview_action()

    def _others(self):
        return self.candidate_ids._origin - self.primary_id._origin

    def _preview(self):
        """Return the values of the lines: each field that anybody filled."""
        primary, others = self.primary_id._origin, self._others()
        if not primary or not others:
            return []
        giver = {}
        for other in others:
            for name, _label in primary._merge_choices(other):
                if name in ("state", "active") or name not in giver:
                    giver[name] = self._better(name, giver.get(name), other)
        names = ["name", "state"]
        names += [n for n, field in primary._fields.items() if self._is_shown(field)]
        return [
            line
            for name in names
            if (line := self._preview_line(name, giver.get(name, primary)))
        ]

    def _better(self, name, known, other):
        if known and name == "state":
            return max(known, other, key=other._state_rank)
        return known or other

    @api.model
    def _is_shown(self, field):
        person = self.env["recruit.candidate"]
        return person._is_own_value(field) and field.name != "color"

    def _preview_line(self, name, giver):
        """Return the line of one field, or None where nobody has a value."""
        people = self.primary_id._origin | self._others()
        kept = self._words(giver, name)
        rest = {self._words(one, name) for one in people} - {kept, ""}
        if not kept:
            return None
        field = people._fields[name]
        return {
            "label": field._description_string(self.env),
            "kept": kept,
            "origin": f"{giver.name} ({giver.id})",
            "hidden": ", ".join(sorted(rest)),
        }

    @api.model
    def _words(self, candidate, name):
        """Return the value of a field as the user reads it."""
        value = candidate[name]
        field = candidate._fields[name]
        if field.type == "boolean":
            return self.env._("Yes") if value else ""
        return str(field.convert_to_export(value, candidate) or "")


class RecruitCandidate(models.Model):
    _inherit = "recruit.candidate"

    def _count_references(self):
        """Return what points at these people, in words: {model: count}, most first.

        Purpose: the preview of a merge. Size: one count for each column that refers to
        candidates, about 40. Index: that of the column.
        """
        words = {"hr_applicant": self.env._("Applications and talent cards")}
        counts = {}
        for place in self.env["recruit.merge"]._places():
            if place.table == "ir_model_data":  # moves, but says nothing to a recruiter
                continue
            rows = sum(self._count_rows(place, candidate) for candidate in self)
            if rows:
                name = words.get(place.table) or self._table_words(place.table)
                counts[name] = counts.get(name, 0) + rows
        return dict(sorted(counts.items(), key=lambda item: -item[1]))

    @api.model
    def _count_rows(self, place, candidate):
        # by SQL: rows of other models count even where the user may not read them
        ((count,),) = self.env.execute_query(
            SQL(
                "SELECT count(*) FROM %s WHERE %s",
                SQL.identifier(place.table),
                place.rows(candidate),
            )
        )
        return count

    @api.model
    def _table_words(self, table):
        models_ = [one for one in self.env.registry.values() if one._table == table]
        if not models_:
            return self.env._("Tags and other links")
        # sudo: the names of models are no secret
        return self.env["ir.model"].sudo()._get(models_[0]._name).name
