from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..sheet.problems import Sheet, find_problems, identities

ORIGIN_FIELDS = ("source", "first_seen_at")


class RecruitCandidate(models.Model):
    """Candidates from a sheet, through the import of Odoo itself."""

    _inherit = "recruit.candidate"

    source = fields.Char(
        compute="_compute_origin",
        readonly=False,
        help="Where the person came from. Taken once, when the candidate is created, "
        "and kept as the touch 'Imported'.",
    )
    first_seen_at = fields.Datetime(
        "First seen",
        compute="_compute_origin",
        readonly=False,
        help="When the company first met the person. Taken once, when the candidate "
        "is created, and kept as the touch 'Imported'.",
    )

    @api.depends("first_touch_id")
    def _compute_origin(self):
        # sudo: two plain facts of the candidate that the user reads already
        for candidate in self.sudo():
            candidate.source = candidate.first_touch_id.source
            candidate.first_seen_at = candidate.first_touch_id.occurred_at

    @api.model
    def get_import_templates(self):
        """Return the sheet that the import screen offers for download."""
        return [
            {
                "label": self.env._("Import Template for Candidates"),
                "template": "/recruit_crm/static/csv/recruit_candidate.csv",
            }
        ]

    @api.model
    def load(self, fields, data):
        """Import a sheet, or say what is wrong with every bad row and write nothing.

        :param list fields: field paths, e.g. ``name``, ``skill_ids/skill_id``
        :param list data: rows of cells; rows with cells of lines alone go on
        :return: as ``load`` of Odoo: ids, messages, nextrow
        """
        messages = self._unknown_columns(fields) or self._bad_rows(fields, data)
        if messages:
            return {"ids": False, "messages": messages, "nextrow": 0}
        # one lookup for each distinct skill, tag or country, see ir.fields.converter
        return super(RecruitCandidate, self.with_context(recruit_import_names={})).load(
            fields, data
        )

    @api.model
    def _unknown_columns(self, columns):
        """Return a message for each column that is no field of a candidate."""
        return [
            {
                "type": "error",
                "message": self.env._(
                    "The column “%(column)s” is not known. Choose the field it belongs "
                    "to, or take it out of the sheet.",
                    column=column[:50],
                ),
            }
            for column in columns
            if not self._is_field_path(column)
        ]

    @api.model
    def _is_field_path(self, path):
        model = self
        for name in path.split("/"):
            if name in ("id", ".id"):
                return True
            field = model is not None and model._fields.get(name)
            if not field:
                return False
            model = self.env[field.comodel_name] if field.comodel_name else None
        return True

    @api.model
    def _bad_rows(self, columns, rows):
        """Return one message for each bad row of the sheet."""
        updating = bool({"id", ".id"} & set(columns))
        lines = {
            index
            for index, column in enumerate(columns)
            if (name := column.partition("/")[0]) in self._fields
            and self._fields[name].type == "one2many"
        }
        now = self.env["recruit.clock"].now()
        sheet = Sheet(columns, lines, need_name=not updating, now=now)
        texts = {
            problem.row: (problem.column, self._problem_text(problem))
            for problem in find_problems(sheet, rows)
        }
        if not updating:
            texts = {**self._known_people(columns, rows), **texts}
        return [self._row_message(row, *texts[row]) for row in sorted(texts)]

    @api.model
    def _row_message(self, row, column, text):
        return {
            "type": "error",
            "message": self.env._("Row %(row)s: %(text)s", row=row + 1, text=text),
            "record": row,
            "rows": {"from": row, "to": row},
            "field": column,
        }

    @api.model
    def _problem_text(self, problem):
        """Say one problem of a sheet, with what to do about it."""
        value = problem.value
        match problem.code:
            case "too_long":
                return self.env._(
                    "“%(value)s…”: this cell has more than %(limit)s characters. "
                    "Shorten it.",
                    value=value,
                    limit=problem.limit,
                )
            case "bad_email":
                return self._bad_email_message(value)
            case "future":
                return self._future_message(value)
            case "twice_in_file":
                return self.env._(
                    "%(value)s is in row %(first)s already. Keep one of the two rows.",
                    value=value,
                    first=problem.other_row + 1,
                )
            case "bad_level":
                return self.env._(
                    "“%(value)s” is not the level of a skill. Write a whole number "
                    "from 0 to 100.",
                    value=value,
                )
            case "skill_twice":
                return self.env._(
                    "%(value)s is named again for the same person. Keep one line.",
                    value=value,
                )
            case "no_name":
                return self.env._("the name is missing. Fill it in, or remove the row.")
        raise ValueError(problem.code)

    @api.model
    def _future_message(self, moment):
        return self.env._(
            "First seen is %(moment)s, which is in the future. Enter the day of the "
            "first contact, or leave it empty.",
            moment=moment,
        )

    @api.model
    def _known_people(self, columns, rows):
        """Return {row: (column, text)} where an e-mail or LinkedIn is known already."""
        found = identities(columns, rows)
        owners = self.env["recruit.identity"]._owners(
            {(kind, norm) for _row, _column, kind, norm in found}
        )
        company = self.env.company.id
        texts = {}
        for row, column, kind, norm in found:
            owner = owners.get((kind, norm, company)) or owners.get((kind, norm, False))
            if owner and row not in texts:
                texts[row] = (column, self._known_person_text(norm, owner))
        return texts

    @api.model
    def _known_person_text(self, value, owner_id):
        # sudo: the owner is of the user's company or shared by all
        owner = self.sudo().browse(owner_id)
        return self.env._(
            "%(value)s already belongs to %(owner)s. Remove the row, or update the "
            "candidate with a column “External ID”.",
            value=value[:50],
            owner=owner.name,
        )

    @api.model
    def _pop_origin(self, vals):
        """Take the write-once values out of ``vals``; None when there are none."""
        given = {name: vals.pop(name) for name in ORIGIN_FIELDS if name in vals}
        if not any(given.values()) and not self.env.context.get("import_file"):
            return None
        seen_at = fields.Datetime.to_datetime(given.get("first_seen_at") or None)
        if seen_at and seen_at > self.env["recruit.clock"].now():
            raise ValidationError(self._future_message(seen_at))
        self._check_texts({"source": given.get("source")})
        return {"source": given.get("source") or False, "occurred_at": seen_at}

    def _log_origins(self, origins):
        """Keep where the candidates came from as their touch 'Imported'."""
        # sudo: the ledger has no right but to add, and this is the way to add
        self.env["recruit.touch"].sudo()._log(
            [
                {"candidate_id": candidate.id, "kind": "imported", **origin}
                for candidate, origin in zip(self, origins, strict=True)
                if origin
            ]
        )

    def _check_origin_untouched(self, vals):
        """Refuse to rewrite where a candidate came from."""
        if any(name in vals for name in ORIGIN_FIELDS):
            raise ValidationError(
                self.env._(
                    "Source and First seen are kept as they were when the candidate "
                    "was created. Log a touch to add to the history."
                )
            )
