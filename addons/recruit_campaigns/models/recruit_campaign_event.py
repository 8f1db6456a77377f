from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

# How long raw events are kept: a year and a month, so that a year can be compared.
KEPT_FOR = timedelta(days=395)


class RecruitCampaignEvent(models.Model):
    """Something came back to a message, as it was seen: never changed by anybody.

    What it means stands beside it, in `judgement`, and may get better: a click that
    looked like a scanner's is a person's once that person answers.
    """

    _name = "recruit.campaign.event"
    _description = "Campaign Event"
    _order = "occurred_at desc, id desc"
    _log_access = False

    delivery_id = fields.Many2one(
        "recruit.campaign.delivery",
        "Message",
        ondelete="cascade",
        index="btree_not_null",
        help="Empty where it could only be matched by the sender's address.",
    )
    candidate_id = fields.Many2one(
        "recruit.candidate", required=True, ondelete="cascade", index=True
    )
    campaign_id = fields.Many2one(
        "recruit.campaign", ondelete="cascade", index="btree_not_null"
    )
    company_id = fields.Many2one("res.company", index="btree_not_null")
    kind = fields.Selection(
        [
            ("opened", "Opened"),
            ("clicked", "Link followed"),
            ("replied", "Reply"),
            ("out_of_office", "Out of office"),
            ("automatic", "Answer of a machine"),
            ("challenge", "Challenge"),
            ("bounced", "Not delivered"),
            ("delayed", "Delayed"),
            ("delivered", "Delivered"),
            ("receipt", "Read receipt"),
            ("complaint", "Reported as spam"),
        ],
        required=True,
    )
    occurred_at = fields.Datetime("When", required=True)
    judgement = fields.Selection(
        [
            ("waiting", "Being judged"),
            ("human", "Person"),
            ("machine", "Machine"),
            ("unknown", "Unknown"),
        ],
        "Who",
        required=True,
        help="Only what a person did moves a campaign.",
    )
    reason = fields.Char("Signs", help="The signs that decided, in code.")
    because = fields.Char(compute="_compute_because")
    link_id = fields.Many2one(
        "link.tracker", ondelete="set null", index="btree_not_null"
    )
    method = fields.Char()
    user_agent = fields.Char("Program")
    network = fields.Char(
        help="A keyed hash of the network that it came from. No address is kept."
    )
    signs = fields.Char(help="What was odd about the request, in code.")
    status_code = fields.Char("Status", help="RFC 3463, of a delivery report.")
    cause = fields.Selection(
        [
            ("address", "The address does not exist"),
            ("temporary", "A passing problem"),
            ("policy", "The server does not want our mail"),
            ("other", "Another problem"),
        ]
    )
    text = fields.Char("In words", help="What the other server said.")
    returns_on = fields.Date("Back On")

    # Serves the cron that judges visits.
    _waiting_idx = models.Index("(occurred_at) WHERE judgement = 'waiting'")
    # Serves the retention.
    _occurred_idx = models.Index("(occurred_at)")

    @api.depends("kind", "candidate_id")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for event in self:
            event.display_name = f"{kinds.get(event.kind)}: {event.candidate_id.name}"

    @api.depends("reason")
    def _compute_because(self):
        words = self._sign_words()
        for event in self:
            # the rules of mail have names of several words, those of visits have one
            signs = (event.reason or "").split()
            known = [words[sign] for sign in signs if sign in words]
            event.because = ", ".join(known) or event.reason

    @api.model
    def _sign_words(self):
        """What the signs of `tracking` and the rules of `inbound` say to people."""
        return {
            "ahead_of_time": self.env._("fetched before anybody asked"),
            "all_links": self.env._("all links in a few seconds"),
            "ancient_program": self.env._("a very old program"),
            "auto-submitted": self.env._("it says that a machine wrote it"),
            "bare_program": self.env._("loaded for everybody by a mail program"),
            "before_delivery": self.env._("before the mail had arrived"),
            "burst": self.env._("many links at once"),
            "hammering": self.env._("one link again and again"),
            "head": self.env._("asked for the head only"),
            "library": self.env._("not a browser"),
            "no_language": self.env._("speaks no language"),
            "no_picture": self.env._("loaded no picture"),
            "no_program": self.env._("does not say what it is"),
            "proven_by_applied": self.env._("the person applied"),
            "proven_by_replied": self.env._("the person answered"),
            "regular": self.env._("all links at the pace of a clock"),
            "rfc3464": self.env._("a delivery report"),
            "rfc5965": self.env._("a report of the mailbox provider"),
            "rfc8098": self.env._("a read receipt"),
            "same_network": self.env._("together with a scanner"),
            "scanner": self.env._("a scanner, by its name"),
            "several_networks": self.env._("from several networks at once"),
            "several_programs": self.env._("from several programs at once"),
            "too_soon": self.env._("faster than a person reads"),
        }

    def write(self, vals):
        """Refuse: what was seen was seen. `_judge` says what it means."""
        if vals.keys() <= {"judgement", "reason"} and self.env.su:
            return super().write(vals)
        # a merge moves the person, a deletion clears a link: both in SQL
        raise UserError(self.env._("What came back is kept as it was seen."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_by_retention(self):
        if not self.env.su:
            raise UserError(self.env._("What came back is kept as it was seen."))

    @api.model
    def _record(self, kind, candidate, delivery=None, **values):
        """Keep what came back.

        :param delivery: the recruit.campaign.delivery that it came back to, if known
        :param values: other fields; people's doings are judged human by default
        """
        delivery = delivery or self.env["recruit.campaign.delivery"]
        people = ("replied", "complaint")
        # sudo: the engine's own rows
        return self.sudo().create(
            {
                "kind": kind,
                "candidate_id": candidate.id,
                "delivery_id": delivery.id,
                "campaign_id": delivery.campaign_id.id,
                "company_id": (delivery.company_id or candidate.company_id).id,
                "occurred_at": self.env["recruit.clock"].now(),
                "judgement": "human" if kind in people else "machine",
                **values,
            }
        )

    def _judge(self, judgement, reason):
        """Say what some events mean, and why."""
        self.sudo().write({"judgement": judgement, "reason": reason})

    @api.autovacuum
    def _gc_events(self, limit=10_000):
        """Forget events older than `KEPT_FOR`. Index: _occurred_idx."""
        horizon = self.env["recruit.clock"].now() - KEPT_FOR
        old = self.sudo().search([("occurred_at", "<", horizon)], limit=limit)
        old.unlink()
        return len(old), len(old) == limit
