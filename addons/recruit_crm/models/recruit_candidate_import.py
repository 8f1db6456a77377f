from odoo import api, fields, models
from odoo.exceptions import ValidationError

ORIGIN_FIELDS = ("source", "first_seen_at")


def _column(label, words):
    """Return a field that is a column of a sheet and nothing else."""
    return fields.Char(label, store=False, exportable=False, help=words)


class RecruitCandidate(models.Model):
    """Candidates from a sheet, through the import of Odoo itself.

    What its columns are and where their values go; recruit_candidate_load.py does it.
    """

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
    import_first_name = _column("First Name", "Import only: goes into the name.")
    import_last_name = _column("Last Name", "Import only: goes into the name.")
    import_location = _column(
        "Location", "Import only: 'Berlin, Germany' is the city and the country."
    )
    import_links = _column(
        "Links", "Import only: a LinkedIn and a GitHub profile are found among them."
    )
    import_skills = _column(
        "Skills (in one cell)",
        "Import only: 'Python:80; SQL' are two skills, the second at level 50.",
    )
    import_pools = _column(
        "Talent Pools (by name)", "Import only: the pools to join, 'Engineers; Alumni'."
    )
    import_external = _column(
        "ID in the former system", "Import only: kept as an identity of the person."
    )

    @api.depends("first_touch_id")
    def _compute_origin(self):
        # sudo: two plain facts of the candidate that the user reads already
        for candidate in self.sudo():
            candidate.source = candidate.first_touch_id.source
            candidate.first_seen_at = candidate.first_touch_id.occurred_at

    @api.model
    def get_import_templates(self):
        """Return the sheets that the import screen offers for download."""
        path = "/recruit_crm/static"
        return [
            {
                "label": self.env._("Import Template for Candidates"),
                "template": f"{path}/xlsx/recruit_candidate.xlsx",
            },
            {
                "label": self.env._("Import Template for Candidates (CSV)"),
                "template": f"{path}/csv/recruit_candidate.csv",
            },
        ]

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
    def _problem_text(self, problem):
        """Say one problem of a row, with what to do about it."""
        value = problem.value
        texts = {
            "surplus": self.env._(
                "this row has more cells than there are titles. Put texts with the "
                "separator in them between quotes."
            ),
            "zero": self.env._(
                "“%s” holds a character that cannot be stored. Write it again.", value
            ),
            "formula": self.env._(
                "a formula in this row has no result. Save the sheet with values, or "
                "correct the formula."
            ),
            "no_name": self.env._(
                "the name is missing. Fill it in, or remove the row."
            ),
            "bad_phone": self.env._(
                "“%s” is not a phone number. Write it like +1 555 010 0000, or leave "
                "it empty.",
                value,
            ),
            "bad_day": self.env._(
                "“%s” is not a day. Write it like 2024-03-14, or leave it empty.", value
            ),
            "past": self.env._(
                "The day is %s, before anybody was met. Correct the year.", value
            ),
            "bad_level": self.env._(
                "“%s” is not the level of a skill. Write a whole number from 0 to 100.",
                value,
            ),
            "skill_twice": self.env._(
                "%s is named again for the same person. Keep one line.", value
            ),
            "too_long": self.env._(
                "“%(value)s…”: this cell has more than %(limit)s characters. "
                "Shorten it.",
                value=value,
                limit=problem.limit,
            ),
            "bad_email": self._bad_email_message(value),
            "future": self._future_message(value),
        }
        return texts[problem.code]

    @api.model
    def _future_message(self, moment):
        return self.env._(
            "The day is %(moment)s, which is in the future. Enter the day of the "
            "contact, or leave it empty.",
            moment=moment,
        )

    @api.model
    def _pop_origin(self, vals):
        """Take the write-once values out of ``vals``; None when there are none."""
        given = {name: vals.pop(name) for name in ORIGIN_FIELDS if name in vals}
        if not any(given.values()):
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
