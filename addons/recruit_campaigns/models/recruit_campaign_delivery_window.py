from odoo import models
from odoo.tools import SQL

from .statements import change


class RecruitCampaignDelivery(models.Model):
    """The first message is planned into the window."""

    _inherit = "recruit.campaign.delivery"

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
                       attempt_count, create_date)
                SELECT e.id, e.campaign_id, e.candidate_id, e.company_id, %(step)s,
                       %(kind)s, 'planned', z.due_at, 0, %(now)s
                  FROM recruit_campaign_enrollment e
                  JOIN recruit_candidate c ON c.id = e.candidate_id
                  JOIN unnest(%(zones)s::varchar[], %(due)s::timestamp[])
                       AS z (tz, due_at) ON z.tz IS NOT DISTINCT FROM c.tz
                 WHERE e.id = ANY(%(ids)s) AND e.state || '' = 'active'
              ORDER BY e.id
                ON CONFLICT (enrollment_id, step_id) DO NOTHING
                RETURNING id
                """,
                step=step.id,
                kind=step.kind,
                zones=list(due),
                due=list(due.values()),
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
