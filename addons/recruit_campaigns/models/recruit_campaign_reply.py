from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import email_normalize, html2plaintext

LATER = timedelta(days=90)
NOT_INTERESTED = timedelta(days=180)
SENTIMENTS = [
    ("new", "To read"),
    ("interested", "Interested"),
    ("later", "Later"),
    ("not_interested", "Not interested"),
    ("wrong_person", "Wrong person"),
]


class RecruitCampaignReply(models.Model):
    """An answer of a person, and what a recruiter makes of it, in one click.

    Interested: an activity for today. Later: snoozed, and back by itself. Not
    interested: the reason, and half a year of peace. Wrong person: the address is dead.
    """

    _name = "recruit.campaign.reply"
    _description = "Campaign Reply"
    _order = "received_at desc, id desc"
    _rec_name = "subject"

    candidate_id = fields.Many2one(
        "recruit.candidate",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    delivery_id = fields.Many2one(
        "recruit.campaign.delivery",
        "Answer To",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    campaign_id = fields.Many2one(
        "recruit.campaign", readonly=True, ondelete="set null", index="btree_not_null"
    )
    company_id = fields.Many2one("res.company", readonly=True, index="btree_not_null")
    user_id = fields.Many2one("res.users", "Recruiter", index="btree_not_null")
    received_at = fields.Datetime("Received", required=True, readonly=True)
    email_from = fields.Char("From", readonly=True)
    subject = fields.Char(readonly=True)
    preview = fields.Text("Text", readonly=True)
    message_id = fields.Char("Message-ID", readonly=True)
    sentiment = fields.Selection(SENTIMENTS, "Says", default="new", readonly=True)
    not_interested_reason = fields.Selection(
        [
            ("happy", "Happy where they are"),
            ("role", "The role does not fit"),
            ("place", "The place does not fit"),
            ("pay", "The pay does not fit"),
            ("silence", "Wants no more messages"),
            ("other", "Another reason"),
        ],
        "Why Not",
        readonly=True,
    )
    judged_by_id = fields.Many2one("res.users", "Read By", readonly=True)
    judged_at = fields.Datetime("Read On", readonly=True)

    # Serves the inbox: what nobody has read.
    _new_idx = models.Index("(received_at DESC) WHERE sentiment = 'new'")
    _message_unique = models.UniqueIndex(
        "(candidate_id, message_id)", "This answer is here already."
    )

    @api.model
    def _keep(self, deliveries, message_dict):
        """Put an answer into the inbox; an answer that is there already stays.

        :param deliveries: the messages of ours that it answers
        :param dict message_dict: as parsed by the mail gateway
        """
        message_id = message_dict.get("message_id")
        inbox = self.sudo()  # sudo: the mail gateway has no rights of its own
        for delivery in deliveries:
            person = delivery.candidate_id
            same = [("candidate_id", "=", person.id), ("message_id", "=", message_id)]
            if inbox.search_count(same, limit=1):
                continue
            inbox.create(
                {
                    "candidate_id": person.id,
                    "delivery_id": delivery.id,
                    "campaign_id": delivery.campaign_id.id,
                    "company_id": delivery.company_id.id,
                    "user_id": (person.user_id or delivery.campaign_id.user_id).id,
                    "received_at": self.env["recruit.clock"].now(),
                    "email_from": message_dict.get("email_from"),
                    "subject": message_dict.get("subject"),
                    "preview": html2plaintext(message_dict.get("body") or "")[:5000],
                    "message_id": message_id,
                }
            )

    def action_interested(self):
        """Note that these people are interested, and plan to speak to them today."""
        self._set_sentiment("interested")
        for reply in self:
            reply._plan(self.env._("Interested: speak to them"))
        return True

    def action_later(self):
        """Note that these people want to be asked again; ask in three months."""
        self._set_sentiment("later")
        until = self._today() + LATER
        for reply in self:
            reason = self.env._("Said later to: %s", reply.subject or "")
            reply.candidate_id.action_snooze(until, reason)
        return True

    def action_ask_why_not(self):
        """Ask for the reason of somebody who is not interested."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Why not?"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [
                (
                    self.env.ref(
                        "recruit_campaigns.recruit_campaign_reply_view_why"
                    ).id,
                    "form",
                )
            ],
            "target": "new",
        }

    def action_not_interested(self, reason=None):
        """Note why these people are not interested, and leave them in peace.

        :param reason: a key of `not_interested_reason`; from the context of the button
            where it is not given
        """
        reason = reason or self.env.context.get("recruit_reason", "other")
        self._set_sentiment("not_interested", not_interested_reason=reason)
        if reason == "silence":
            for reply in self:
                reply.candidate_id._opt_out(reply.sudo().delivery_id, "reply")
        else:
            until = self._today() + NOT_INTERESTED
            label = dict(
                self._fields["not_interested_reason"]._description_selection(self.env)
            )[reason]
            self.candidate_id.action_snooze(until, label)
        return {"type": "ir.actions.act_window_close"}

    def action_wrong_person(self):
        """Note that the address belongs to somebody else: nobody writes to it again."""
        self._set_sentiment("wrong_person")
        for reply in self:
            address = email_normalize(reply.email_from or "")
            if address == reply.candidate_id.email_normalized:
                # sudo: the right to write the reply is checked above
                self.env["recruit.mail.suppression"].sudo()._suppress(
                    address, "wrong_person", company=reply.company_id
                )
            reply._plan(self.env._("Wrong person: find the right address"))
        return True

    def action_open_candidate(self):
        self.ensure_one()
        return self.candidate_id.get_formview_action()

    def _set_sentiment(self, sentiment, **values):
        """Note what a recruiter read; it proves that a person was there."""
        self.check_access("write")
        self.sudo().write(  # sudo: the right is checked above
            {
                "sentiment": sentiment,
                "not_interested_reason": False,
                "judged_by_id": self.env.uid,
                "judged_at": self.env["recruit.clock"].now(),
                **values,
            }
        )

    def _plan(self, summary):
        """Plan the next action for the recruiter, or for whoever clicks."""
        self.candidate_id.activity_schedule(
            "mail.mail_activity_data_todo",
            date_deadline=self._today(),
            summary=summary,
            note=self.subject or "",
            user_id=(self.user_id or self.env.user).id,
        )

    def _today(self):
        return self.env["recruit.clock"].now().date()
