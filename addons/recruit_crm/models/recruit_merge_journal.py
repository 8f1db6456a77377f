import json
from contextlib import contextmanager

from odoo import fields, models
from odoo.tools import SQL

from .recruit_merge_place import Place


class RecruitMergeLine(models.Model):
    """One cell that a merge changed, with what it held before.

    ``moved``: the row pointed at the merged person; ``changed``: a value was replaced;
    ``added``: the row is new, and ``new_value`` holds the columns that tell it.
    """

    _name = "recruit.merge.line"
    _description = "Merge Journal"
    _order = "id"
    _log_access = False  # written once, with its merge

    merge_id = fields.Many2one(
        "recruit.merge", required=True, ondelete="cascade", index=True
    )
    kind = fields.Selection(
        [("moved", "Moved"), ("changed", "Changed"), ("added", "Added")], required=True
    )
    table_name = fields.Char(required=True)
    key_column = fields.Char(required=True)
    row_id = fields.Integer(required=True, help="The value of the key column.")
    column_name = fields.Char(help="Empty for an added row.")
    old_value = fields.Json()
    new_value = fields.Json()


class RecruitMerge(models.Model):
    """The journal of a merge: every change is written down, and can be taken back."""

    _inherit = "recruit.merge"

    def _move(self, place, old, new):
        """Point the rows of ``old`` at ``new``, but for those that would collide.

        Purpose: one statement for each place. Size: 1,000 rows and more of one person.
        Index: that of the place's column.
        """
        self.env.execute_query(
            SQL(
                """
                WITH moved AS (
                    UPDATE %(table)s SET %(column)s = %(new)s
                     WHERE %(mine)s AND %(key)s NOT IN (%(staying)s)
                 RETURNING %(key)s AS row_id
                )
                INSERT INTO recruit_merge_line (merge_id, kind, table_name, key_column,
                       row_id, column_name, old_value, new_value)
                SELECT %(merge)s, 'moved', %(table_name)s, %(key_name)s,
                       row_id, %(column_name)s, to_jsonb(%(old)s), to_jsonb(%(new)s)
                  FROM moved
                RETURNING id
                """,
                **self._place_words(place, old, new),
                merge=self.id,
            )
        )

    def _move_back(self, place, old, new):
        """Point the rows that this merge moved from ``old`` to ``new`` at ``old``.

        A row that points at somebody else by now, or that is gone, is left alone.
        """
        self.env.execute_query(
            SQL(
                """
                UPDATE %(table)s SET %(column)s = %(new)s
                 WHERE %(mine)s AND %(key)s NOT IN (%(staying)s)
                   AND %(key)s IN (
                       SELECT row_id FROM recruit_merge_line
                        WHERE merge_id = %(merge)s AND kind = 'moved'
                          AND table_name = %(table_name)s
                          AND column_name = %(column_name)s)
                RETURNING %(key)s
                """,
                # the way back: the rows are the survivor's, and go to the merged one
                **self._place_words(place, new, old),
                merge=self.id,
            )
        )

    def _place_words(self, place, old, new):
        cast = SQL("text") if place.as_text else SQL("int")
        return {
            "table": SQL.identifier(place.table),
            "table_name": SQL("%s::text", place.table),
            "column": SQL.identifier(place.column),
            "column_name": SQL("%s::text", place.column),
            "key": SQL.identifier(place.key),
            "key_name": SQL("%s::text", place.key),
            "old": SQL("%s::%s", place.value(old), cast),
            "new": SQL("%s::%s", place.value(new), cast),
            "mine": place.rows(old),
            "staying": self._staying(place, old, new),
        }

    @contextmanager
    def _journaled(self, table, ids):
        """Write down what the block changes in these rows of a table.

        :param str table: a table with an ``id``
        :param ids: of the rows, before and after
        """
        before = self._rows(table, ids)
        yield
        self.env.flush_all()
        after = self._rows(table, ids)
        lines = [
            (row_id, column, before[row_id][column], value)
            for row_id, row in after.items()
            for column, value in row.items()
            if before[row_id][column] != value
        ]
        self._write_lines("changed", table, "id", lines)

    def _rows(self, table, ids):
        self.env.flush_all()
        return dict(
            self.env.execute_query(
                SQL(
                    "SELECT id, to_jsonb(t) FROM %s t WHERE id = ANY(%s)",
                    SQL.identifier(table),
                    list(ids),
                )
            )
        )

    def _note_added(self, table, key_column, rows):
        """Write down rows that the merge inserted.

        :param list rows: (value of the key column, {column: value} that tells the row)
        """
        lines = [(row_id, None, None, columns) for row_id, columns in rows]
        self._write_lines("added", table, key_column, lines)

    def _write_lines(self, kind, table, key_column, lines):
        """Insert lines of the journal; the ORM would store ``false`` as nothing.

        :param list lines: (row id, column or None, old value, new value)
        """
        if not lines:
            return
        row_ids, columns, old, new = zip(*lines, strict=True)
        self.env.execute_query(
            SQL(
                """
                INSERT INTO recruit_merge_line (merge_id, kind, table_name, key_column,
                       row_id, column_name, old_value, new_value)
                SELECT %(merge)s, %(kind)s, %(table)s, %(key)s, row_id, column_name,
                       old_value::jsonb, new_value::jsonb
                  FROM unnest(%(row_ids)s::int[], %(columns)s::text[],
                              %(old)s::text[], %(new)s::text[])
                       AS line (row_id, column_name, old_value, new_value)
                RETURNING id
                """,
                merge=self.id,
                kind=kind,
                table=table,
                key=key_column,
                row_ids=list(row_ids),
                columns=list(columns),
                old=[json.dumps(value) for value in old],
                new=[json.dumps(value) for value in new],
            )
        )

    def _put_back(self, old, new):
        """Take back everything in the journal that still is as the merge left it."""
        places = {(place.table, place.column): place for place in self._places()}
        for kind, table, column, key in self._journal_groups():
            if kind == "moved":
                place = places.get((table, column), Place(table, column, key))
                self._move_back(place, old, new)
        for kind, table, column, key in self._journal_groups():
            if kind == "changed":
                self._change_back(table, column)
            elif kind == "added":
                self._take_away(table, key)

    def _journal_groups(self):
        """Return the distinct (kind, table, column, key column) of existing tables."""
        return self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT kind, table_name, column_name, key_column
                  FROM recruit_merge_line
                 WHERE merge_id = %s AND (
                       column_name IS NULL AND to_regclass(table_name) IS NOT NULL
                       OR EXISTS (SELECT FROM pg_attribute
                                   WHERE attrelid = to_regclass(table_name)
                                     AND attname = column_name AND NOT attisdropped))
              ORDER BY kind, table_name, column_name
                """,
                self.id,
            )
        )

    def _change_back(self, table, column):
        """Restore one column of a table where it still holds what the merge put there.

        Size: the survivor and a few rows. Index: primary key.
        """
        self.env.execute_query(
            SQL(
                """
                UPDATE %(table)s t SET %(column)s = old.%(column)s
                  FROM recruit_merge_line l,
                       jsonb_populate_record(NULL::%(table)s, jsonb_build_object(
                           l.column_name, l.old_value)) old
                 WHERE l.merge_id = %(merge)s AND l.kind = 'changed'
                   AND l.table_name = %(table_name)s
                   AND l.column_name = %(column_name)s
                   AND t.id = l.row_id
                   AND COALESCE(to_jsonb(t.%(column)s), 'null')
                       = COALESCE(l.new_value, 'null')
                RETURNING t.id
                """,
                table=SQL.identifier(table),
                table_name=table,
                column=SQL.identifier(column),
                column_name=column,
                merge=self.id,
            )
        )

    def _take_away(self, table, key):
        """Delete the rows that the merge added, where they still say the same."""
        self.env.execute_query(
            SQL(
                """
                DELETE FROM %(table)s t USING recruit_merge_line l
                 WHERE l.merge_id = %(merge)s AND l.kind = 'added'
                   AND l.table_name = %(table_name)s
                   AND t.%(key)s = l.row_id AND to_jsonb(t) @> l.new_value
                RETURNING l.id
                """,
                table=SQL.identifier(table),
                table_name=table,
                key=SQL.identifier(key),
                merge=self.id,
            )
        )
