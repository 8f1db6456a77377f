from odoo import api, models
from odoo.tools import SQL

from ..privacy import registry
from ..privacy.registry import DELETE, Document, Matching, PointedAt, Related, Via

# Whatever else points at a contact makes it somebody else's too. These do not: they are
# about recruiting, about mail, or forget by themselves.
MAIL_TABLES = (
    "applicant_send_mail",
    "base_partner_merge_automatic_wizard",
    "base_partner_merge_automatic_wizard_res_partner_rel",
    "calendar_attendee",
    "calendar_event_res_partner_rel",
    "mail_compose_message",
    "mail_compose_message_res_partner_rel",
    "mail_followers",
    "mail_followers_edit_res_partner_rel",
    "mail_mail_res_partner_rel",
    "mail_message",
    "mail_message_reaction",
    "mail_message_res_partner_rel",
    "mail_message_res_partner_starred_rel",
    "mail_notification",
    "mail_scheduled_message_res_partner_rel",
    "portal_share_res_partner_rel",
    "portal_wizard_res_partner_rel",
    "res_partner_res_partner_category_rel",
    "website_visitor",
)


class RecruitPrivacy(models.AbstractModel):
    """Walks the declared registry: finds what is kept of people, and forgets it."""

    _name = "recruit.privacy"
    _description = "Personal Data of Candidates"

    @api.model
    def _holdings(self):
        """Return what the addons of this database keep: {model: Holding}."""
        # an addon is among them only when its demo data, which may erase, is loaded
        addons = self.env.registry._init_modules | {"recruit_crm"}
        return {
            model: holding
            for model, holding in registry.holdings(addons).items()
            if model in self.env
        }

    # --------------------------------------------------------------------- finding

    @api.model
    def _find(self, people):
        """Return the ids of all rows that are kept of these people: {model: {ids}}.

        Purpose: what export shows and erasure forgets. Size: 500 people in a night's
        batch, 2 to 3 rounds of some 35 statements. Indexes: those of the columns that
        the registry names.

        :param people: recruit.candidate, with the records that were merged into them
        """
        self.env.flush_all()
        holdings = self._holdings()
        found = {model: set() for model in holdings}
        found[registry.CANDIDATE] = set(people.ids)
        size = 0
        while size != (size := sum(map(len, found.values()))):
            for model, holding in holdings.items():
                for link in holding.links:
                    ids = self._ids_of(model, link, found) - found[model]
                    if ids and holding.guard:
                        ids = getattr(self, holding.guard)(ids, found)
                    found[model] |= ids
        return {model: ids for model, ids in found.items() if ids}

    @api.model
    def _ids_of(self, model, link, found):
        queries = self._link_queries(self.env[model]._table, link, found)
        if not queries:
            return set()
        rows = self.env.execute_query(SQL(" UNION ").join(queries))
        return {row_id for (row_id,) in rows if row_id}

    @api.model
    def _link_queries(self, table, link, found):
        """Return the queries of the ids that one link of the registry leads to."""
        words = {"table": SQL.identifier(table)}
        if isinstance(link, Document):
            words["column"] = SQL.identifier(link.column)
            words["named"] = SQL.identifier(link.model_column)
            query = """SELECT id FROM %(table)s
                        WHERE %(named)s = %(owner)s AND %(column)s = ANY(%(ids)s)"""
            return [
                SQL(query, owner=owner, ids=list(ids), **words)
                for owner, ids in found.items()
                if ids
            ]
        ids = list(found.get(link.owner, ()))
        if not ids:
            return []
        words["column"] = SQL.identifier(link.column)
        if isinstance(link, Via):
            query = "SELECT id FROM %(table)s WHERE %(column)s = ANY(%(ids)s)"
        elif isinstance(link, PointedAt):
            words["table"] = SQL.identifier(self.env[link.owner]._table)
            query = "SELECT %(column)s FROM %(table)s WHERE id = ANY(%(ids)s)"
        elif isinstance(link, Related):
            words["table"] = SQL.identifier(link.table)
            words["owner"] = SQL.identifier(link.owner_column)
            query = "SELECT %(column)s FROM %(table)s WHERE %(owner)s = ANY(%(ids)s)"
        elif isinstance(link, Matching):
            words["owner"] = SQL.identifier(self.env[link.owner]._table)
            words["text"] = SQL.identifier(link.owner_column)
            query = """SELECT id FROM %(table)s WHERE %(column)s IN
                       (SELECT %(text)s FROM %(owner)s WHERE id = ANY(%(ids)s))"""
        return [SQL(query, ids=ids, **words)]

    @api.model
    def _partners_of_nobody_else(self, ids, found):
        """Return the contacts that nobody but these people's recruiting knows.

        Purpose: a contact of sales, a user or an employee is not recruiting's to erase.
        Size: one statement a foreign key to contacts, some 50. Indexes: theirs, where
        Odoo made one.
        """
        busy = set()
        for table, name in self._partner_columns():
            rows = {
                "hr_applicant": found["hr.applicant"],
                "recruit_candidate": found[registry.CANDIDATE],
                "survey_user_input": found.get("survey.user_input", ()),
            }.get(table)
            condition = (
                SQL("TRUE") if rows is None else SQL("id <> ALL(%s)", list(rows))
            )
            column = SQL.identifier(name)
            used = self.env.execute_query(
                SQL(
                    "SELECT DISTINCT %s FROM %s WHERE %s = ANY(%s) AND %s",
                    column,
                    SQL.identifier(table),
                    column,
                    list(ids - busy),
                    condition,
                )
            )
            busy |= {partner_id for (partner_id,) in used}
        return ids - busy

    @api.model
    def _partner_columns(self):
        """Return (table, column) of the foreign keys by which others use a contact."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT t.relname, a.attname
                  FROM pg_constraint f
                  JOIN pg_class t ON t.oid = f.conrelid
                  JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = f.conkey[1]
                 WHERE f.contype = 'f' AND f.confrelid = 'res_partner'::regclass
                   AND t.relname <> ALL(%s)
                   AND a.attname <> 'commercial_partner_id'
                """,
                list(MAIL_TABLES),
            )
        )
        return sorted(rows)

    @api.model
    def _files_of_nobody_else(self, ids, found):
        """Return the files that no message and no record of anybody else holds.

        A file that was sent to many in one mail is not one person's.
        """
        owners = [model for model in found if model != "ir.attachment"]
        rows = self.env.execute_query(
            SQL(
                """
                SELECT a.id FROM ir_attachment a
                 WHERE a.id = ANY(%(ids)s)
                   AND (a.res_model = ANY(%(owners)s) AND a.res_id <> 0
                        OR NOT EXISTS (SELECT FROM message_attachment_rel r
                                        WHERE r.attachment_id = a.id
                                          AND r.message_id <> ALL(%(messages)s))
                       AND (a.res_model IS NULL
                            OR a.res_model LIKE 'mail.%%'))
                """,
                ids=list(ids),
                owners=owners,
                messages=list(found["mail.message"]),
            )
        )
        return {row_id for (row_id,) in rows}

    # ------------------------------------------------------------------ forgetting

    @api.model
    def _forget(self, found):
        """Delete or clear the rows that :meth:`_find` found; the caller checked that it
        may be.

        Plain SQL: no event is told, no rule of the ORM stands in the way, and no word
        of it is tracked. The files leave the disk with Odoo's next collection.
        """
        self.env["recruit.touch"]._unlock("forget")
        holdings = self._holdings()
        files = self._file_names(found.get("ir.attachment", ()))
        for model, ids in reversed(found.items()):
            if holdings[model].fate == DELETE:
                self._delete_rows(model, list(ids))
        for model, ids in found.items():
            if holdings[model].fate != DELETE and holdings[model].clear:
                self._clear_rows(model, holdings[model].clear, list(ids))
        self.env["recruit.touch"]._unlock("")
        self.env.invalidate_all()
        for name in files:
            self.env["ir.attachment"]._file_delete(name)

    @api.model
    def _file_names(self, ids):
        if not ids:
            return []
        rows = self.env.execute_query(
            SQL(
                """SELECT store_fname FROM ir_attachment
                    WHERE id = ANY(%s) AND store_fname IS NOT NULL""",
                list(ids),
            )
        )
        return [name for (name,) in rows]

    @api.model
    def _delete_rows(self, model, ids):
        self.env.cr.execute(
            SQL(
                "DELETE FROM %s WHERE id = ANY(%s)",
                SQL.identifier(self.env[model]._table),
                ids,
            )
        )

    @api.model
    def _clear_rows(self, model, clear, ids):
        fields = self.env[model]._fields
        columns = []
        for name, value in clear.items():
            field = fields.get(name)
            if field is None:  # of an addon that is not installed
                continue
            if field.type == "many2many":
                self._untie(field, ids)
            elif field.store and field.column_type:
                columns.append(SQL("%s = %s", SQL.identifier(name), _after(value)))
        if columns:
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET %s WHERE id = ANY(%s)",
                    SQL.identifier(self.env[model]._table),
                    SQL(", ").join(columns),
                    ids,
                )
            )

    @api.model
    def _untie(self, field, ids):
        self.env.cr.execute(
            SQL(
                "DELETE FROM %s WHERE %s = ANY(%s)",
                SQL.identifier(field.relation),
                SQL.identifier(field.column1),
                ids,
            )
        )


def _after(value):
    """Return what a column holds after an erasure, as SQL."""
    if value is None:
        return SQL("NULL")
    if isinstance(value, str) and "{id}" in value:
        return SQL("%s || id", value.removesuffix("{id}"))
    return SQL("%s", value)
