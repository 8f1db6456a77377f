from odoo import api, models
from odoo.tools import SQL

from .statements import look


class RecruitCandidate(models.Model):
    """Consent and campaigns: who objected or has no valid consent gets no message."""

    _inherit = "recruit.candidate"

    def _record_event(self, kind, document=None, **details):
        """End campaigns with a withdrawal; keep opt-out and ledger in step."""
        result = super()._record_event(kind, document, **details)
        about_messages = details.get("purpose") == "marketing"
        if kind == "consent_withdrawn" and about_messages:
            self._exit_unreachable()
        elif kind == "consent_given" and about_messages:
            # sudo: the person's newer word takes back the older one
            self.sudo().filtered("recruiting_opt_out").recruiting_opt_out = False
        elif kind == "unsubscribed":
            self._withdraw_consent("marketing", "link")
        return result

    @api.model
    def _exit_expired(self, limit):
        """End the campaigns of people whose consent to messages ran out: nobody writes
        anything when its last day is over.

        Size: who is inside with such a consent; nobody, but for the first minutes of a
        day. Indexes: _expiry_idx of the ledger, _candidate_active_idx.

        :return bool: whether there may be more of them
        """
        rows = look(
            self.env,
            SQL(
                """
                SELECT DISTINCT k.candidate_id
                  FROM recruit_consent k
                  JOIN recruit_campaign_enrollment e
                    ON e.candidate_id = k.candidate_id
                   AND e.state IN ('active', 'paused')
                 WHERE k.is_current AND k.purpose = 'marketing'
                   AND k.withdrawn_at IS NULL AND k.expires_on < %s
                 LIMIT %s
                """,
                self.env["recruit.clock"].now().date(),
                limit,
            ),
        )
        self.browse([row[0] for row in rows])._exit_unreachable()
        return len(rows) >= limit

    def _consent_missing(self):
        """Tell of the link of a message in its own words; it is in the ledger too."""
        if self.recruiting_opt_out:
            return self.env._("Unsubscribed from recruiting mail.")
        return super()._consent_missing()
