from odoo import api, fields, models
from odoo.tools import SQL

from ..engine.text import without_placeholders
from ..engine.thread import Earlier, answer_subject, reply_to
from .statements import look

# What people got in the same run before, the oldest first. Size: a batch times the
# steps of a campaign. Index: of enrollment_id.
EARLIER = """
SELECT d.enrollment_id, d.message_id, m.subject
  FROM recruit_campaign_delivery d
  LEFT JOIN mail_message m ON m.id = d.mail_message_id
 WHERE d.enrollment_id = ANY(%s) AND d.state = 'sent' AND d.message_id IS NOT NULL
 ORDER BY d.sent_at, d.id
"""


class RecruitCampaignStep(models.Model):
    _inherit = "recruit.campaign.step"

    is_reply = fields.Boolean(
        "As a Reply to the First Message",
        help="Mailboxes show it beneath the first message, with “Re:” and its subject.",
    )

    @api.depends("is_reply")
    def _compute_display_name(self):
        result = super()._compute_display_name()
        for step in self.filtered("is_reply"):
            title = without_placeholders(step._first_message().subject)
            step.display_name = answer_subject(title) or step.display_name
        return result

    def _first_message(self):
        """The message that a reply answers: the first of the campaign."""
        steps = self.campaign_id._steps(self.version)
        return steps.filtered(lambda one: one.variant_ids)[:1] - self


class RecruitCampaignDelivery(models.Model):
    _inherit = "recruit.campaign.delivery"

    def _open_desk(self, step, sender, now, wordings):
        """A follow-up is an answer to what each person got before."""
        desk = super()._open_desk(step, sender, now, wordings)
        return desk._replace(threads=self._threads()) if step.is_reply else desk

    def _threads(self):
        """The thread of each of these messages: {delivery id: Thread}, where one is."""
        earlier = {}
        rows = look(self.env, SQL(EARLIER, self.enrollment_id.ids))
        for enrollment_id, message_id, subject in rows:
            earlier.setdefault(enrollment_id, []).append(Earlier(message_id, subject))
        threads = {
            row.id: reply_to(earlier.get(row.enrollment_id.id, ())) for row in self
        }
        return {row_id: thread for row_id, thread in threads.items() if thread}
