from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize
from odoo.tools.mail import generate_tracking_message_id

from ..engine.thread import Earlier, reply_to
from ..steps.kind import MAIL

MARK = "X-Recruit-Test"


class RecruitCampaign(models.Model):
    _inherit = "recruit.campaign"

    def action_trial(self):
        """Ask as whom, and send all messages to oneself in compressed time."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Test Run"),
            "res_model": "recruit.campaign.trial",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_campaign_id": self.id,
                "default_candidate_id": self._audience(limit=1).id,
            },
        }


class RecruitCampaignTrial(models.TransientModel):
    """Every message of a campaign, to the user's own mailbox, in compressed time.

    They go through Odoo's own queue with a mark in the subject and a header. There is
    no enrollment, no delivery and no trace, so no figure ever counts them.
    """

    _name = "recruit.campaign.trial"
    _description = "Test Run of a Campaign"

    campaign_id = fields.Many2one("recruit.campaign", required=True, ondelete="cascade")
    candidate_id = fields.Many2one(
        "recruit.candidate", "As", required=True, ondelete="cascade"
    )
    pace = fields.Selection(
        [
            ("0", "All at once"),
            ("1", "A day takes a minute"),
            ("10", "A day takes ten minutes"),
        ],
        default="0",
        required=True,
    )
    email = fields.Char("To", compute="_compute_email")

    @api.depends_context("uid")
    def _compute_email(self):
        self.email = self.env.user.email_formatted

    def action_send(self):
        """Send, to nobody but the user.

        :raises AccessError: for who may not write the campaign
        :raises UserError: for a user without an address, or a campaign without messages
        """
        self.ensure_one()
        self.campaign_id.check_access("write")
        steps = self._messages()
        if not steps or not email_normalize(self.env.user.email):
            raise UserError(
                self.env._(
                    "A test run needs a message in the campaign, and an e-mail address "
                    "in your own preferences."
                )
            )
        mails = self._create_mails(steps)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "On the way to %(email)s: %(count)s.",
                    count=len(mails),
                    email=self.env.user.email,
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _messages(self):
        return self.campaign_id._steps().filtered(lambda step: step.kind == MAIL)

    def _moments(self):
        """When each step would be due, and when it comes in the test: {step: (true,
        compressed)}."""
        now = self.env["recruit.clock"].now()
        moments, due = {}, now
        for step in self.campaign_id._steps():
            due = step._due_after(due, self.candidate_id.tz)
            days = (due - now) / timedelta(days=1)
            moments[step] = due, now + days * timedelta(minutes=int(self.pace))
        return moments

    def _create_mails(self, steps):
        moments, sent = self._moments(), []
        values = []
        for number, step in enumerate(steps, start=1):
            true_due, due = moments[step]
            subject, html = step.variant_id._as_read_by(self.candidate_id)
            mark = self.env._("Test %(one)s/%(all)s", one=number, all=len(steps))
            message_id = generate_tracking_message_id("recruit-trial")
            thread = reply_to(sent) if step.is_reply else None
            sent.append(Earlier(message_id, subject))
            values.append(
                {
                    "subject": f"[{mark}] {subject}",
                    "body_html": self._note(step, true_due) + Markup(html),
                    "email_from": self.campaign_id.email_from,
                    "email_to": self.env.user.email_formatted,
                    "reply_to": self.env.user.email_formatted,
                    "message_id": message_id,
                    "references": thread.headers["References"] if thread else False,
                    "headers": repr({MARK: "1"}),
                    "scheduled_date": due if self.pace != "0" else False,
                    "auto_delete": True,
                }
            )
        # sudo: the right to write the campaign is checked, and it goes to oneself
        mails = self.env["mail.mail"].sudo().create(values)
        cron = self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()
        cron._trigger(at=[due for _true, due in moments.values()])
        return mails

    def _note(self, step, due):
        """What stands above a message of a test run."""
        words = [
            self.env._(
                "A test run of “%(campaign)s”, as %(person)s would get it on %(day)s.",
                campaign=self.campaign_id.name,
                person=self.candidate_id.name,
                day=self.candidate_id._day(due),
            )
        ]
        if labels := step.variant_id._labels_missing_for(self.candidate_id):
            words.append(self.env._("In truth it would wait: missing is %s.", labels))
        return Markup('<p style="background:#fff3cd;padding:8px">%s</p>') % " ".join(
            words
        )
