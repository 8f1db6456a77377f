import re
from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL

CANDIDATE = "recruit.candidate"
# What is about merges and pairs is told in their own words, not moved.
OWN_TABLES = frozenset(("recruit_merge", "recruit_merge_line", "recruit_duplicate"))
OWN_COLUMNS = frozenset(
    (
        ("recruit_candidate", "merged_into_id"),
        ("recruit_touch", "res_id"),  # evidence: only the person of a touch may change
    )
)


class Place(NamedTuple):
    """A column that points at candidates, in whatever addon's table."""

    table: str
    column: str
    key: str  # tells the rows of one candidate apart: the id, or a relation's other end
    model_column: str = ""  # names the model that the column points at, where it varies
    as_text: bool = False  # "recruit.candidate,5" instead of 5

    def value(self, candidate):
        """Return what the column holds for this candidate."""
        return f"{CANDIDATE},{candidate.id}" if self.as_text else candidate.id

    def rows(self, candidate):
        """Return the condition on the table for the rows of this candidate."""
        condition = SQL("%s = %s", SQL.identifier(self.column), self.value(candidate))
        if not self.model_column:
            return condition
        model = SQL("%s = %s", SQL.identifier(self.model_column), CANDIDATE)
        return SQL("%s AND %s", condition, model)


class UniqueKey(NamedTuple):
    """A unique index: its parts as SQL, and the rows that it holds for."""

    parts: tuple
    predicate: str

    def others(self, column):
        """Return the parts that say nothing of ``column``, or None when all are so."""
        word = re.compile(rf"\b{re.escape(column)}\b")
        others = [part for part in self.parts if not word.search(part)]
        return others if len(others) < len(self.parts) else None


class RecruitMerge(models.Model):
    """Where candidates are referred to: found in the registry and in the database."""

    _inherit = "recruit.merge"

    @api.model
    def _places(self):
        """Return every :class:`Place` of this database, in a fixed order.

        Fields tell of many2one, many2many, reference and (model, id) columns; the
        database adds foreign keys that no field tells of. Wizards are left alone: they
        forget by themselves.
        """
        lasting, fleeting = set(), set()
        for model in self.env.registry.values():
            if model._abstract or not model._auto or model._table_query:
                continue
            places = lasting if not model._transient else fleeting
            for field in model._fields.values():
                places.update(self._places_of_field(model, field))
        known = {(place.table, place.column) for place in lasting | fleeting}
        for table, column in self._foreign_keys():
            if (table, column) not in known:
                lasting.add(Place(table, column, "id"))
        return sorted(
            place
            for place in lasting - fleeting
            if place.table not in OWN_TABLES
            and (place.table, place.column) not in OWN_COLUMNS
        )

    @api.model
    def _places_of_field(self, model, field):
        """Return the places that one field of a model stands for; mostly none."""
        if not field.store or getattr(field, "company_dependent", False):
            return []
        if field.type == "many2one" and field.comodel_name == CANDIDATE:
            return [Place(model._table, field.name, "id")]
        if field.type == "reference":
            return [Place(model._table, field.name, "id", as_text=True)]
        if field.type == "many2one_reference":
            named = model._fields.get(field.model_field)
            if named is not None and named.store:
                return [Place(model._table, field.name, "id", named.name)]
        if field.type == "many2many" and field.relation:
            ends = [(model._name, field.column1, field.column2)]
            ends.append((field.comodel_name, field.column2, field.column1))
            return [
                Place(field.relation, column, other)
                for name, column, other in ends
                if name == CANDIDATE
            ]
        return []

    @api.model
    def _foreign_keys(self):
        """Return (table, column) of the foreign keys to candidates of tables with ids.

        Purpose: also tables that no field speaks of are followed. Size: the catalog.
        """
        return self.env.execute_query(
            SQL(
                """
                SELECT t.relname, a.attname
                  FROM pg_constraint f
                  JOIN pg_class t ON t.oid = f.conrelid
                  JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = f.conkey[1]
                  JOIN pg_attribute i ON i.attrelid = t.oid AND i.attname = 'id'
                 WHERE f.contype = 'f'
                   AND f.confrelid = 'recruit_candidate'::regclass
                   AND cardinality(f.conkey) = 1
                """
            )
        )

    @api.model
    def _unique_keys(self, place):
        """Return the unique keys that a change of this place could violate.

        Purpose: rows that would collide are known before they are moved, whatever the
        index: partial, of expressions, of another addon. Size: the catalog.
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT ARRAY(SELECT pg_get_indexdef(x.indexrelid, n, true)
                               FROM generate_series(1, x.indnkeyatts) n),
                       COALESCE(pg_get_expr(x.indpred, x.indrelid), 'true')
                  FROM pg_index x
                 WHERE x.indrelid = to_regclass(%s) AND x.indisunique
                """,
                place.table,
            )
        )
        keys = [UniqueKey(tuple(parts), predicate) for parts, predicate in rows]
        if place.table == "ir_attachment":  # one picture: its fields hold one value
            parts = ("res_model", "res_id", "res_field")
            keys.append(UniqueKey(parts, "res_field IS NOT NULL"))
        return [key for key in keys if key.others(place.column) is not None]

    @api.model
    def _staying(self, place, old, new):
        """Return a query of the keys of ``old``'s rows that ``new`` cannot take too.

        Purpose: such a row stays where it is; nothing is deleted. Size: the rows of two
        people. Index: that of the place's column.

        :param old: recruit.candidate, whose rows they are
        :param new: recruit.candidate, who would get them
        """
        queries = [
            self._colliding(place, key, old, new) for key in self._unique_keys(place)
        ]
        return SQL(" UNION ALL ").join([SQL("SELECT NULL::int WHERE false"), *queries])

    @api.model
    def _colliding(self, place, key, old, new):
        others = key.others(place.column)
        names = [SQL.identifier(f"part_{number}") for number in range(len(others))]
        parts = [
            SQL("%s AS %s", self._catalog_sql(part), name)
            for part, name in zip(others, names, strict=True)
        ]
        equal = [SQL("mine.%s = theirs.%s", name, name) for name in names]
        columns = SQL("%s AS row_key", SQL.identifier(place.key))
        mine, theirs = (
            SQL(
                "SELECT %s FROM %s WHERE %s AND (%s)",
                SQL(", ").join([columns, *parts]),
                SQL.identifier(place.table),
                place.rows(candidate),
                self._catalog_sql(key.predicate),
            )
            for candidate in (old, new)
        )
        return SQL(
            "SELECT mine.row_key FROM (%s) mine JOIN (%s) theirs ON %s",
            mine,
            theirs,
            SQL(" AND ").join([SQL("true"), *equal]),
        )

    @api.model
    def _catalog_sql(self, text):
        """Return an expression that the database itself wrote down, as SQL."""
        return SQL(text.replace("%", "%%"))
