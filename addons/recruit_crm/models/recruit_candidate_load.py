import psycopg2

from odoo import Command, api, models
from odoo.exceptions import UserError
from odoo.models import fix_import_export_id_paths
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from ..sheet.problems import Sheet, find_problems
from ..sheet.rows import CREATED, MATCHED, SUGGESTED, Row, complete

# What is wrong with a row, not with the server.
WRONG = (psycopg2.IntegrityError, psycopg2.DataError, UserError, ValueError)
# Nobody typed these people in one by one: no follower, no note of creation each.
QUIET = {
    "tracking_disable": True,
    "mail_create_nosubscribe": True,
    "mail_create_nolog": True,
    "import_file": False,
}


class RecruitCandidate(models.Model):
    """A sheet becomes candidates: who is known is found, who is new is created.

    Row by row for the user, in bulk for the database: a batch costs some dozen
    statements, whatever its size.
    """

    _inherit = "recruit.candidate"

    @api.model
    def load(self, fields, data):
        """Import a sheet: good rows go in, bad rows are named, each with its reason.

        A row whose e-mail, LinkedIn, GitHub or outside id is known already is no new
        person: what was empty is filled, and its skills, tags and pools are added.

        :param list fields: field paths, e.g. ``name``, ``skill_ids/skill_id``
        :param list data: rows of cells; rows with cells of lines alone go on
        :return: as ``load`` of Odoo, ``ids`` of the people of the good rows,
            ``messages`` of the bad ones (their ``record`` counts from 0), ``nextrow``;
            ``ids`` is False when a column is unknown, and nothing was written
        :raise AccessError: for who may not create candidates
        """
        if messages := self._unknown_columns(fields):
            return {"ids": False, "messages": messages, "nextrow": 0}
        self.check_access("create")
        importer = self.with_context(recruit_import_names={})
        rows = importer._read_rows(fields, data)
        importer._refuse_bad_rows(fields, data, rows)
        importer._find_names([row for row in rows if row.goes_on])
        importer._place_rows([row for row in rows if row.goes_on])
        importer._attach_rows([row for row in rows if row.goes_on])
        importer._mark_suggested(rows)
        self._report_rows(rows, fields, data)
        end = rows[-1].last + 1 if rows else 0
        people = dict.fromkeys(row.candidate_id for row in rows if row.goes_on)
        return {
            "ids": list(people),
            "messages": [self._row_message(row) for row in rows if not row.goes_on],
            "nextrow": end if end < len(data) else 0,
        }

    @api.model
    def _row_message(self, row):
        return {
            "type": "error",
            "message": self.env._(
                "Row %(row)s: %(text)s",
                row=row.first + self._rows_above(),
                text=" ".join(row.remarks),
            ),
            "record": row.first,
            "rows": {"from": row.first, "to": row.last},
            "field": row.column,
        }

    @api.model
    def _rows_above(self):
        """Return the number of the first row, as the user sees it in the sheet."""
        context = self.env.context
        titles = context.get("recruit_import_titles", 0)
        return 1 + titles + context.get("recruit_import_skip", 0)

    @api.model
    def _read_rows(self, columns, data):
        """Return the :class:`Row` of each person, its values converted by Odoo."""
        limit = self.env.context.get("_import_limit") or float("inf")
        errors, tags, rows = {}, [], []

        def log(message):
            if message.get("type") == "error":
                errors.setdefault(message["rows"]["from"], message)

        def without_tags(records):
            for record, extras in records:
                given = record.get("categ_ids") or []
                by_name = all(None in one for one in given)
                tags.append([one[None] for one in given] if by_name else [])
                if by_name:
                    record.pop("categ_ids", None)
                yield record, extras

        paths = [fix_import_export_id_paths(column) for column in columns]
        extracted = self._extract_records(paths, data, log=log, limit=limit)
        with self.env.cr.savepoint() as savepoint:
            for record_id, xml_id, values, info in self._convert_records(
                without_tags(extracted), log=log, savepoint=savepoint
            ):
                span = info["rows"]
                row = Row(
                    span["from"], span["to"], values, xml_id or "", record_id or 0
                )
                row.tags = tags[len(rows)]
                rows.append(row)
                if error := errors.get(row.first):
                    row.refuse(error["message"], error.get("field") or "")
        return rows

    @api.model
    def _refuse_bad_rows(self, columns, data, rows):
        """Refuse the rows that the sheet shows to be wrong; prepare the others."""
        lines = {
            index
            for index, column in enumerate(columns)
            if (name := column.partition("/")[0]) in self._fields
            and self._fields[name].type == "one2many"
        }
        now = self.env["recruit.clock"].now()
        updating = bool({"id", ".id"} & set(columns))
        sheet = Sheet(columns, lines, need_name=not updating, now=now)
        end = rows[-1].last + 1 if rows else 0
        problems = {one.row: one for one in find_problems(sheet, data[:end])}
        for row in rows:
            found = (problems.get(at) for at in range(row.first, row.last + 1))
            if problem := next(filter(None, found), None):
                row.status = ""  # our words are plainer than those of the converter
                row.refuse(self._problem_text(problem), problem.column)
            if row.goes_on:
                self._prepare_row(row)

    @api.model
    def _prepare_row(self, row):
        values = row.values
        complete(values)
        row.external = (values.pop("import_external", None) or "").strip()
        row.origin = {
            "source": (values.pop("source", None) or "").strip() or False,
            "occurred_at": values.pop("first_seen_at", None) or False,
        }
        row.skills = [
            command[2]
            for command in values.pop("skill_ids", None) or []
            if command[0] == Command.CREATE
        ]

    @api.model
    def _place_rows(self, rows):
        """Find the person of each row, or create them."""
        updated = [row for row in rows if self._known_by_reference(row)]
        fresh = [row for row in rows if row not in updated]
        self._match_rows(fresh)
        self._create_rows([r for r in fresh if not r.candidate_id and not r.same_as])
        for row in fresh:
            if row.same_as:
                self._follow_row(row)
        self._fill_blanks([row for row in fresh if row.status == MATCHED])
        for row in updated:
            self._update_row(row)

    @api.model
    def _known_by_reference(self, row):
        """Say whether an external or database id names a person who exists."""
        if row.record_id:
            row.candidate_id = row.record_id
        elif row.xml_id:
            if "." not in row.xml_id:
                row.xml_id = f"__import__.{row.xml_id}"
            known = self.env.ref(row.xml_id, raise_if_not_found=False)
            row.candidate_id = known.id if known and known._name == self._name else 0
        return bool(row.candidate_id)

    @api.model
    def _match_rows(self, rows):
        """Point rows at the people whom their identities name, or at an earlier row."""
        keys = {row: row.keys() for row in rows}
        owners = self.env["recruit.identity"]._owners(
            {key for found in keys.values() for key in found}
        )
        seen = {}
        for row in rows:
            company = self._scope(row.values)
            row.candidate_id = self._first_owner(owners, keys[row], company) or 0
            scoped = [(company, *key) for key in keys[row]]
            if row.candidate_id:
                row.status = MATCHED
            else:
                row.same_as = next((seen[key] for key in scoped if key in seen), None)
            seen.update((key, row.same_as or row) for key in scoped if key not in seen)

    @api.model
    def _follow_row(self, row):
        """Let a row be the person of an earlier row of the same sheet."""
        first = row.same_as
        if first.goes_on:
            row.status, row.candidate_id = MATCHED, first.candidate_id
            row.remarks.append(
                self.env._("Same person as row %s.", first.first + self._rows_above())
            )
        else:
            row.same_as = None
            self._create_rows([row])

    @api.model
    def _create_rows(self, rows):
        """Create these people at once; halves of them where one cannot be."""
        if not rows:
            return
        try:
            with self.env.cr.savepoint():
                people = self.with_context(**QUIET).create(
                    [
                        {**row.values, "categ_ids": [Command.set(row.tag_ids)]}
                        for row in rows
                    ]
                )
                self.env.flush_all()
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise  # somebody adds the same person right now: Odoo tries again
        except WRONG as error:
            if len(rows) == 1:
                rows[0].refuse(self._error_text(error))
                return
            half = len(rows) // 2
            self._create_rows(rows[:half])
            self._create_rows(rows[half:])
            return
        for row, person in zip(rows, people, strict=True):
            row.status, row.candidate_id = CREATED, person.id
        self._name_rows([row for row in rows if row.xml_id])

    @api.model
    def _name_rows(self, rows):
        # sudo: as the import of Odoo does for the external ids of a sheet
        self.env["ir.model.data"].sudo()._update_xmlids(
            [
                {"xml_id": row.xml_id, "record": self.browse(row.candidate_id)}
                for row in rows
            ]
        )

    @api.model
    def _error_text(self, error):
        if isinstance(error, psycopg2.Error):
            return self._sql_error_to_message(error)
        return str(error)

    @api.model
    def _update_row(self, row):
        """Write the values of a row on the person that its id names."""
        try:
            with self.env.cr.savepoint():
                person = self.browse(row.candidate_id)
                values = {name: row.values[name] for name in row.values if name != "id"}
                if not values.get("name", True):
                    del values["name"]
                person.write(values)
                row.status = MATCHED
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise
        except WRONG as error:
            row.refuse(self._error_text(error))

    @api.model
    def _fill_blanks(self, rows):
        """Fill in what is empty on known people; what is known is not overwritten."""
        people = self.browse(row.candidate_id for row in rows)
        for row, person in zip(rows, people, strict=True):
            blank = {
                name: value
                for name, value in row.values.items()
                if value and name != "company_id" and not person[name]
            }
            missing = set(row.tag_ids) - set(person.categ_ids.ids)
            if missing:
                blank["categ_ids"] = [Command.link(tag) for tag in sorted(missing)]
            if not blank:
                continue
            try:
                with self.env.cr.savepoint():
                    person.with_context(**QUIET).write(blank)
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                raise
            except WRONG as error:
                row.remarks.append(self._error_text(error))

    @api.model
    def _mark_suggested(self, rows):
        """Tell of new people who may be somebody we know."""
        created = {row.candidate_id: row for row in rows if row.status == CREATED}
        ids = list(created)
        # sudo: that there is a likeness; whose, only where the user may see them
        pairs = (
            self.env["recruit.duplicate"]
            .sudo()
            .search(
                [
                    ("state", "=", "open"),
                    "|",
                    ("candidate_id", "in", ids),
                    ("other_id", "in", ids),
                ]
            )
        )
        for pair in pairs:
            for one, other in (
                (pair.candidate_id, pair.other_id),
                (pair.other_id, pair.candidate_id),
            ):
                if row := created.get(one.id):
                    row.status = SUGGESTED
                    seen = other.with_env(self.env)._filtered_access("read")
                    row.remarks.append(
                        self.env._(
                            "May be the same as %(name)s: %(reasons)s.",
                            name=seen.name or self.env._("somebody"),
                            reasons=pair.reasons,
                        )
                    )

    @api.model
    def _report_rows(self, rows, columns, data):
        """Keep what became of each row, where a report is being written."""
        report = self.env["recruit.import.report"]._current()
        if report:
            report._add_rows(rows, columns, data, self._rows_above())
