from odoo import api, models
from odoo.tools import SQL

from .statements import change

# Puts claimed rows back whose person is held or whose domain is paused, until that is
# over, with the reason. Size: a claimed batch. Indexes: primary keys, the unique index
# of recruit_mail_domain.
PUT_OFF = """
UPDATE recruit_campaign_delivery d
   SET state = 'planned', claim_token = NULL, due_at = held.until,
       reason = held.reason, attempt_count = GREATEST(d.attempt_count - 1, 0)
  FROM (SELECT r.id, GREATEST(p.mail_hold_until, m.paused_until) AS until,
               CASE WHEN p.mail_hold_until > %(now)s THEN p.mail_hold_reason
                    ELSE %(reason)s END AS reason
          FROM recruit_campaign_delivery r
          JOIN recruit_candidate p ON p.id = r.candidate_id
     LEFT JOIN recruit_mail_domain m
            ON m.name = split_part(p.email_normalized, '@', 2)
         WHERE r.id = ANY(%(ids)s)
           AND (p.mail_hold_until > %(now)s OR m.paused_until > %(now)s)) AS held
 WHERE d.id = held.id AND d.state = 'claimed' AND d.claim_token = %(token)s
RETURNING d.id
"""


class RecruitCampaignDelivery(models.Model):
    """What is due to somebody who is away, or to a domain that refuses us, waits."""

    _inherit = "recruit.campaign.delivery"

    @api.model
    def _claim_due(self, token, now, limit, front=None):
        """Leave out what has to wait: it was planned before that was known."""
        while claimed := super()._claim_due(token, now, limit, front):
            if free := claimed._put_off(token, now):
                return free
        return claimed

    def _put_off(self, token, now):
        """Put claimed rows back that have to wait; returns the others."""
        rows = change(
            self.env,
            SQL(
                PUT_OFF,
                now=now,
                reason=self.env._("The mail servers of this domain refuse our mail."),
                ids=self.ids,
                token=token,
            ),
        )
        return self - self.browse([row_id for (row_id,) in rows])
