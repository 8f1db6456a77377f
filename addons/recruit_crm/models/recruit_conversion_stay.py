from odoo import api, models
from odoo.tools import SQL

from .recruit_conversion import STAYS


class RecruitConversion(models.Model):
    """Who is still here 6 and 12 months after the hire, as far as we can tell.

    The employee whom the application became tells: no departure before that day. Who
    never became an employee, or was archived without a date, is not counted.
    """

    _inherit = "recruit.conversion"

    @api.model
    def _update_stays(self):
        """Record who stayed, take back who had left, and compute the credit."""
        self.env.flush_all()
        stays = self._stays()
        changed = self._changed(
            SQL(
                """
                WITH stays AS (%s)
                DELETE FROM recruit_conversion v
                 WHERE v.kind = ANY(%s)
                   AND NOT EXISTS (SELECT FROM stays s WHERE s.kind = v.kind
                        AND s.applicant_id = v.applicant_id)
             RETURNING v.applicant_id
                """,
                stays,
                list(STAYS),
            )
        )
        changed |= self._changed(
            SQL(
                """
                WITH stays AS (%(stays)s)
                INSERT INTO recruit_conversion (kind, applicant_id, candidate_id,
                       company_id, happened_at, touches_until,
                       create_uid, create_date, write_uid, write_date)
                SELECT s.kind, s.applicant_id, s.candidate_id, s.company_id,
                       s.happened_at, s.hired_at, %(uid)s, %(now)s, %(uid)s, %(now)s
                  FROM stays s
                    ON CONFLICT DO NOTHING
             RETURNING applicant_id
                """,
                stays=stays,
                uid=self.env.uid,
                now=self.env["recruit.clock"].now(),
            )
        )
        self.invalidate_model()
        if changed:
            self._recredit(list(changed))

    @api.model
    def _stays(self):
        """Return the query of those who are due and were still here.

        Size: the hires, 20,000, once a day. Index: _kind_idx, then primary keys.
        """
        return SQL(
            """
            SELECT k.kind, h.applicant_id, h.candidate_id, h.company_id,
                   h.happened_at AS hired_at, due.at AS happened_at
              FROM recruit_conversion h
              JOIN hr_applicant a ON a.id = h.applicant_id
              JOIN hr_employee e ON e.id = a.employee_id
        CROSS JOIN unnest(%(kinds)s, %(months)s::int[]) k (kind, months),
                   LATERAL (SELECT h.happened_at + k.months * INTERVAL '1 month')
                        due (at),
                   LATERAL (SELECT MAX(v.departure_date) FROM hr_version v
                             WHERE v.employee_id = e.id) departed (day)
             WHERE h.kind = 'hire' AND due.at <= %(now)s
               AND CASE WHEN departed.day IS NULL THEN e.active
                        ELSE departed.day >= due.at::date END
            """,
            kinds=list(STAYS),
            months=list(STAYS.values()),
            now=self.env["recruit.clock"].now(),
        )
