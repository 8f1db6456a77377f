from odoo.tools import SQL

from .common import RecruitCrmCommon


class RowsOfCandidates:
    """A picture of every row that points at candidates, to compare with a later one."""

    def _dump(self):
        """Return {table: {row as text}} of all tables that refer to candidates."""
        self.env.flush_all()
        tables = {place.table for place in self.env["recruit.merge"]._places()}
        pools = self.env["hr.applicant"]._fields["talent_pool_ids"].relation
        tables |= {"recruit_candidate", "recruit_duplicate", pools}
        return {table: self._rows(table) for table in tables}

    def _rows(self, table):
        # of the 10,000s of external ids only those of candidates: that is what may move
        ours = "model = 'recruit.candidate'" if table == "ir_model_data" else "true"
        rows = self.env.execute_query(
            SQL(
                "SELECT to_jsonb(t)::text FROM %s t WHERE %s",
                SQL.identifier(table),
                SQL(ours),
            )
        )
        return sorted(row for (row,) in rows)

    def _assert_same(self, before, after):
        self.assertEqual(before.keys(), after.keys())
        for table in before:
            with self.subTest(table=table):
                self.assertEqual(before[table], after[table])

    def _pointing_at(self, candidate):
        """Return {(table, column): number of rows} that point at this candidate."""
        self.env.flush_all()
        counts = {
            (place.table, place.column): candidate._count_rows(place, candidate)
            for place in self.env["recruit.merge"]._places()
        }
        return {place: count for place, count in counts.items() if count}


class MergeCommon(RowsOfCandidates, RecruitCrmCommon):
    """Two people to merge."""

    def _pair(self, **values):
        ann = self._candidate("Ann Lee", email="ann@example.com")
        copy = self._candidate("Ann M. Lee", email="ann.lee@example.org", **values)
        return ann, copy
