from datetime import timedelta

from odoo import api, fields, models

from ..tracking import Visit, is_conclusive, judge, network_of, request_signs

# A click is judged together with what comes in this time after it: scanners follow many
# links at once, and the first of them looks like a person's.
QUARANTINE = timedelta(minutes=1)
# More than this no person does with one message; whoever does is not listened to.
MOST_VISITS = 200
JUDGED_AT_ONCE = 200  # clicks in one transaction of the cron
# How long a later word of the person still speaks for an earlier click.
PROVES = timedelta(days=30)
# What a person proves by doing it, and the reasons of a quarantine that it lifts.
PROOFS = ("replied", "applied")
LIFTED = ("too_soon", "no_language", "ancient_program", "no_picture")


class RecruitCampaignDelivery(models.Model):
    """Opens and clicks: kept as they were seen, judged, and only then believed."""

    _inherit = "recruit.campaign.delivery"

    event_ids = fields.One2many("recruit.campaign.event", "delivery_id")

    def _on_visit(self, kind, request, tracker=None):
        """Somebody, or something, opened this message or followed a link of it.

        :param str kind: opened or clicked
        :param request: the werkzeug request
        :param tracker: the link.tracker behind the link
        """
        self.ensure_one()
        if len(self.event_ids) >= MOST_VISITS or self.candidate_id._unmeasured():
            return
        signs = request_signs(request.method, request.headers)
        certain = is_conclusive(signs)
        # sudo: the key only hashes
        parameters = self.env["ir.config_parameter"].sudo()
        secret = parameters.get_param("database.secret")
        self._keep_event(
            kind,
            judgement="machine" if certain else "waiting",
            reason=" ".join(signs) if certain else False,
            link_id=tracker.id if tracker else False,
            method=request.method,
            user_agent=(request.headers.get("User-Agent") or "")[:255],
            network=network_of(secret, request.remote_addr),
            signs=" ".join(signs),
        )
        # whoever came, the message has arrived: what was uncertain is certain now
        self._settle_as_sent(
            self.env._("It was sent: something came back from the person's mailbox.")
        )
        now = self.env["recruit.clock"].now()
        if kind == "opened":
            self._judge_visits(now)  # nothing but a figure hangs on it: no quarantine
        elif not certain:
            cron = self.env.ref("recruit_campaigns.ir_cron_judge_visits")
            cron._trigger(at=now + QUARANTINE)

    @api.model
    def _cron_judge_visits(self):
        """Judge the clicks whose quarantine is over, in batches, each committed."""
        progress = self.env["ir.cron"]._commit_progress
        while count := self._judge_due(self.env["recruit.clock"].now()):
            progress(count)

    @api.model
    def _judge_due(self, now):
        """Judge a batch of clicks whose quarantine is over. Index: _waiting_idx.

        :return int: how many; 0 when none is left
        """
        over = now - QUARANTINE
        due = self.env["recruit.campaign.event"].search(
            [("judgement", "=", "waiting"), ("occurred_at", "<=", over)],
            order="occurred_at, id",
            limit=JUDGED_AT_ONCE,
        )
        for delivery in due.delivery_id:
            delivery._judge_visits(over)
        return len(due)

    def _judge_visits(self, until):
        """Say who made the visits up to a moment, and believe what people did."""
        events = self.event_ids.filtered(lambda one: one.kind in ("opened", "clicked"))
        trackers = self._trackers()
        places = {tracker.id: place for place, tracker in enumerate(trackers)}
        judged = judge(
            [event._visit(places) for event in events],
            sent_at=self.sent_at or self.fenced_at or None,
            link_count=len(trackers),
        )
        for event in events:
            if event.judgement == "waiting" and event.occurred_at <= until:
                event._judge(judged[event.id].who, judged[event.id].reason)
                self._believe(event)

    def _believe(self, event):
        """Let what a person did count. An opening counts where it may be a person's."""
        if event.kind == "opened" and event.judgement in ("human", "unknown"):
            self.trace_id.set_opened()
        elif event.kind == "clicked" and event.judgement == "human" and event.link_id:
            self._on_click(event.link_id)

    def _trackers(self):
        """The tracked links of the message, in the order in which it has them."""
        mailing = self.sudo()._wording().mailing_id  # sudo: only its links
        links = self.env["link.tracker"].sudo()
        return links.search([("mass_mailing_id", "in", mailing.ids)], order="id")


class RecruitCampaignEvent(models.Model):
    _inherit = "recruit.campaign.event"

    def _visit(self, places):
        """This request, for the judge."""
        is_click = self.kind == "clicked"
        return Visit(
            id=self.id,
            at=self.occurred_at,
            link=(self.link_id.id or 0) if is_click else None,
            position=places.get(self.link_id.id, 0),
            network=self.network or "",
            program=self.user_agent or "",
            signs=tuple((self.signs or "").split()),
        )


class RecruitCandidate(models.Model):
    _inherit = "recruit.candidate"

    def _record_event(self, kind, document=None, **details):
        """Who answers or applies is a person: doubtful clicks before were theirs."""
        result = super()._record_event(kind, document=document, **details)
        if kind in PROOFS:
            self._prove_human(kind)
        return result

    def _prove_human(self, kind):
        """Release the clicks of the last weeks that nothing but doubt kept back.

        What a scanner surely did stays a scanner's. Size: the visits of one person.
        Index: of candidate_id.
        """
        since = self.env["recruit.clock"].now() - PROVES
        # sudo: the engine's rows
        clicks = self.env["recruit.campaign.event"].sudo()
        for event in clicks.search(
            [
                ("candidate_id", "in", self.ids),
                ("kind", "=", "clicked"),
                ("judgement", "in", ("waiting", "machine", "unknown")),
                ("occurred_at", ">", since),
            ]
        ):
            reasons = (event.reason or "").split()
            if set(reasons) <= set(LIFTED):
                event._judge("human", " ".join([*reasons, f"proven_by_{kind}"]))
                event.delivery_id._believe(event)
