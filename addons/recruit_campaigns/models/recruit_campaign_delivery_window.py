from odoo import models
from odoo.tools import SQL

from .statements import change


class RecruitCampaignDelivery(models.Model):
    """Nothing leaves outside the window, however late it is.

    What became due in a pause, a night or a breakdown flows again through the window.
    """

    _inherit = "recruit.campaign.delivery"

    def _hold_outside_window(self, token, now):
        """Give claimed messages back until their window opens.

        :return: those whose window is open now
        """
        opens = {
            key: key[0]._opens_at(now, key[1])
            for key in {(row.campaign_id, row.candidate_id.tz) for row in self}
        }
        late = self.filtered(
            lambda row: opens[row.campaign_id, row.candidate_id.tz] > now
        )
        for due_at, rows in late.grouped(
            lambda row: opens[row.campaign_id, row.candidate_id.tz]
        ).items():
            rows._give_back(token, due_at=due_at)
        return self - late

    def _plan_first(self, enrollment_ids, step):
        """Plan the first message of new enrollments.

        Purpose: one statement however many people; a due time for each time zone among
        them, some dozens. Size: 100,000 in some seconds. Index: primary key of the
        enrollment; _once_unique.
        """
        now = self.env["recruit.clock"].now()
        due = {tz: step._due_after(now, tz) for tz in self._time_zones(enrollment_ids)}
        change(
            self.env,
            SQL(
                """
                INSERT INTO recruit_campaign_delivery (enrollment_id, campaign_id,
                       candidate_id, company_id, step_id, kind, state, due_at,
                       attempt_count, create_uid, create_date, write_uid, write_date)
                SELECT e.id, e.campaign_id, e.candidate_id, e.company_id, %(step)s,
                       %(kind)s, 'planned', z.due_at, 0,
                       %(uid)s, %(now)s, %(uid)s, %(now)s
                  FROM recruit_campaign_enrollment e
                  JOIN recruit_candidate c ON c.id = e.candidate_id
                  JOIN unnest(%(zones)s::varchar[], %(due)s::timestamp[])
                       AS z (tz, due_at) ON z.tz IS NOT DISTINCT FROM c.tz
                 WHERE e.id = ANY(%(ids)s) AND e.state = 'active'
                ON CONFLICT (enrollment_id, step_id) DO NOTHING
                RETURNING id
                """,
                step=step.id,
                kind=step.kind,
                zones=list(due),
                due=list(due.values()),
                uid=self.env.uid,
                now=now,
                ids=enrollment_ids,
            ),
        )

    def _time_zones(self, enrollment_ids):
        """The time zones of people, as they stand there: None where it is unknown."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT c.tz
                  FROM recruit_campaign_enrollment e
                  JOIN recruit_candidate c ON c.id = e.candidate_id
                 WHERE e.id = ANY(%s)
                """,
                enrollment_ids,
            )
        )
        return [tz for (tz,) in rows]
