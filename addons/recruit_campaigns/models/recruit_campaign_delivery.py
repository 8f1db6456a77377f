from odoo import api, fields, models
from odoo.exceptions import UserError

from ..engine import states

STATES = [
    (states.PLANNED, "Planned"),
    (states.CLAIMED, "Being prepared"),
    (states.IN_FLIGHT, "Being sent"),
    (states.ACCEPTED, "Accepted"),
    (states.RETRY, "Will be tried again"),
    (states.UNCERTAIN, "Uncertain"),
    (states.SENT, "Sent"),
    (states.DONE, "Done"),
    (states.FAILED, "Failed"),
    (states.SKIPPED, "Skipped"),
]


class RecruitCampaignDelivery(models.Model):
    """One message for one person: a row of the outbox, there before anything leaves.

    `engine/states.py` describes the states. Only the engine moves them:

    * ``_delivery_protocol``: every change of state, one guarded statement each;
    * ``_delivery_fence``: the one just before the final dot, and its locks;
    * ``_delivery_record``: what an answer of the mail server makes of a row;
    * ``_delivery_letter``: from claimed rows to letters;
    * ``_delivery_send``: the cron, and the ``Worker`` that it runs;
    * ``_delivery_response``: what comes back;
    * ``_delivery_steps``: the steps that are no message.
    """

    _name = "recruit.campaign.delivery"
    _description = "Campaign Delivery"
    _order = "due_at desc, id desc"

    # Each index is written five times a message: _once_unique serves the first of
    # these, too, and _campaign_state_idx the second. Who made a row is left open: it is
    # the engine, and each such column has the database look for the user, 2 us.
    enrollment_id = fields.Many2one(
        "recruit.campaign.enrollment", required=True, ondelete="cascade"
    )
    campaign_id = fields.Many2one("recruit.campaign", required=True, ondelete="cascade")
    step_id = fields.Many2one(
        "recruit.campaign.step",
        "Message",
        required=True,
        ondelete="restrict",
        index=True,
    )
    candidate_id = fields.Many2one(
        "recruit.candidate", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one("res.company")
    state = fields.Selection(STATES, default=states.PLANNED, required=True)
    reason = fields.Char(help="Why the message is where it is.")
    due_at = fields.Datetime("Due", required=True)
    claim_token = fields.Integer(help="The worker that holds the row, while one does.")
    attempt_count = fields.Integer("Tries", aggregator="sum")
    message_id = fields.Char("Message-ID", help="The same at each try.")
    trace_id = fields.Many2one(
        "mailing.trace", index="btree_not_null", ondelete="set null"
    )
    trace_status = fields.Selection(
        related="trace_id.trace_status", string="Response", related_sudo=True
    )
    mail_message_id = fields.Many2one(
        "mail.message", "In the chatter", index="btree_not_null", ondelete="set null"
    )
    subject = fields.Char(
        related="mail_message_id.subject", string="Sent As", related_sudo=True
    )
    smtp_code = fields.Integer("Answer", aggregator=None)
    smtp_text = fields.Char("Answer in words")
    fenced_at = fields.Datetime(help="When the last final dot was about to be sent.")
    sent_at = fields.Datetime("Sent")
    finished_at = fields.Datetime()

    _once_unique = models.UniqueIndex(
        "(enrollment_id, step_id)", "This person has this message already."
    )
    _message_id_unique = models.UniqueIndex(
        "(message_id) WHERE message_id IS NOT NULL",
        "Two messages cannot have the same Message-ID.",
    )
    # Serves all that counts or lists the messages of a campaign.
    _campaign_state_idx = models.Index("(campaign_id, state)")
    # Serves the claim: what is due, the longest waiting first.
    _due_idx = models.Index(
        "(due_at, id) WHERE state IN ('planned', 'retry') AND kind = 'mail'"
    )
    # Serves the reaper: which workers hold rows.
    _held_idx = models.Index(
        "(claim_token) WHERE state IN ('claimed', 'in_flight', 'accepted')"
    )
    # Serves the settling of rows whose fate is unknown.
    _uncertain_idx = models.Index("(fenced_at) WHERE state = 'uncertain'")
    _finished_check = models.Constraint(
        "CHECK ((state IN ('sent', 'done', 'failed', 'skipped'))"
        " = (finished_at IS NOT NULL))",
        "A delivery has an end if and only if its state is final.",
    )
    _reason_check = models.Constraint(
        "CHECK (state NOT IN ('failed', 'skipped', 'uncertain', 'retry')"
        " OR reason IS NOT NULL)",
        "A message that was not sent has a reason.",
    )

    @api.depends("candidate_id", "step_id")
    def _compute_display_name(self):
        for delivery in self:
            delivery.display_name = (
                f"{delivery.candidate_id.name}: {delivery.step_id.display_name}"
            )

    def action_retry(self):
        """Send failed messages again, now. Their people are active again.

        :raises UserError: where one of them did not fail
        """
        self._check_remedy(states.FAILED)
        self.sudo()._plan_again()  # sudo: the right is checked above
        return True

    def action_assume_sent(self):
        """Take messages whose fate is unknown for sent, and go on with the next step.

        :raises UserError: where the fate of one of them is known
        """
        self._check_remedy(states.UNCERTAIN)
        # sudo: the right is checked above
        self.sudo()._settle_as_sent(self.env._("A recruiter took it for sent."))
        return True

    def action_send_again(self):
        """Send messages whose fate is unknown once more: the one way to a second copy.

        :raises UserError: where the fate of one of them is known
        """
        self._check_remedy(states.UNCERTAIN)
        self.sudo()._plan_again()  # sudo: the right is checked above
        return True

    def action_view_candidate(self):
        self.ensure_one()
        return self.candidate_id.get_formview_action()

    def _check_remedy(self, state):
        """The right to write the campaign, and the state for which the remedy is."""
        self.check_access("read")
        self.campaign_id.check_access("write")
        if wrong := self.filtered(lambda delivery: delivery.state != state):
            label = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "This is for messages in the state “%(state)s”. Leave out: "
                    "%(others)s",
                    state=label[state],
                    others=", ".join(wrong[:5].mapped("display_name")),
                )
            )

    @api.model
    def _reason_text(self, code):
        """A reason of the engine as a sentence."""
        return {
            None: None,
            "address_refused": self.env._("The mail server refused the address."),
            "asked_to_wait": self.env._("The mail server asked to try again later."),
            "connection_lost": self.env._(
                "The connection to the mail server broke off."
            ),
            "gave_up": self.env._("The mail server did not take it in two days."),
            "message_refused": self.env._("The mail server refused the message."),
            "sender_refused": self.env._("The mail server refused the sender."),
            "silence": self.env._(
                "The mail server did not say whether it took the message."
            ),
            "unexpected": self.env._(
                "An unexpected problem; the log of the server says more."
            ),
            "unreachable": self.env._("The mail server cannot be reached."),
            "unwritable": self.env._("The message could not be written."),
            "worker_died": self.env._(
                "The sending process ended before the answer came."
            ),
        }[code]
