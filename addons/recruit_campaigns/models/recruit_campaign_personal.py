from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.recruit_crm.models.recruit_candidate import CRM

from ..engine import states
from .recruit_campaign_preflight import STOP
from .statements import change

LINE = "personal_line"
LINE_LONGEST = 1000
# Fields of a candidate that speak of the message which is being written.
CONTEXT_FIELDS = ("mail_author_id", "mail_campaign_id", LINE)
# A value may come from anywhere, so what waits for one is looked at once a day anyway.
LOOK_AGAIN = timedelta(days=1)

# Puts claimed rows back that lack something; the try does not count. Size: a claimed
# batch. Index: primary key.
PUT_BACK = """
UPDATE recruit_campaign_delivery d
   SET state = 'planned', claim_token = NULL, due_at = %(again)s, reason = w.reason,
       missing = w.missing, hold = NULL, hold_lane = NULL,
       attempt_count = GREATEST(d.attempt_count - 1, 0)
  FROM unnest(%(ids)s::int[], %(missing)s::text[], %(reasons)s::text[])
       AS w (id, missing, reason)
 WHERE d.id = w.id AND d.state || '' = 'claimed' AND d.claim_token = %(token)s
RETURNING d.id
"""


class RecruitCampaignStep(models.Model):
    _inherit = "recruit.campaign.step"

    needs_line = fields.Boolean(
        "Needs a Personal Line",
        help="The message waits until somebody has written a line for this person, in "
        "the outbox. It stands where the text says object.personal_line.",
    )


class RecruitCampaign(models.Model):
    _inherit = "recruit.campaign"

    def _preflight(self):
        """A step that waits for a personal line must say where it stands."""
        return [*super()._preflight(), *self._check_lines()]

    def _writing_context(self, author_id=None):
        """What the placeholders of the campaign speak of while a message is written.

        :param author_id: res.partner in whose name it is written, where that is known
        """
        return {
            "recruit_campaign_id": self.id,
            "recruit_author_id": author_id or self.user_id.partner_id.id,
        }

    def _check_lines(self):
        for position, step in enumerate(self._steps(), start=1):
            bodies = step.variant_ids.mapped("body_html")
            if step.needs_line and not all(LINE in (body or "") for body in bodies):
                yield self._finding(
                    STOP,
                    self.env._(
                        "Step %s waits for a personal line, and does not say where it "
                        "stands.",
                        position,
                    ),
                    self.env._("Insert the placeholder object.personal_line."),
                )


class RecruitCampaignDelivery(models.Model):
    """A message waits, for this person alone, until nothing is missing from it."""

    _inherit = "recruit.campaign.delivery"

    missing = fields.Char(help="The placeholders without a value, in code.")
    personal_line = fields.Text(readonly=True)
    waits_for_line = fields.Boolean(compute="_compute_waits_for_line")

    # Serves who fills in a value: what has waited for it.
    _missing_idx = models.Index("(candidate_id) WHERE missing IS NOT NULL")

    @api.depends("missing", "state")
    def _compute_waits_for_line(self):
        for row in self:
            row.waits_for_line = (
                row.state == states.PLANNED and LINE in (row.missing or "").split()
            )

    def _plan_claimed(self, token, now):
        """Hold back what lacks a value before anything is counted as gone."""
        complete = self._hold_incomplete(token, now)
        return super(RecruitCampaignDelivery, complete)._plan_claimed(token, now)

    def _hold_incomplete(self, token, now):
        """Put claimed messages back from which something is missing.

        :return: those that are complete
        """
        wordings = {row._wording() for row in self}
        needed = {wording: wording._needed_paths() for wording in wordings}
        self.candidate_id._fetch_values(frozenset().union(*needed.values()))
        missing = {
            row: names
            for row in self
            if (names := row._missing_names(needed[row._wording()]))
        }
        if missing:
            change(
                self.env,
                SQL(
                    PUT_BACK,
                    again=now + LOOK_AGAIN,
                    ids=[row.id for row in missing],
                    missing=[" ".join(names) for names in missing.values()],
                    reasons=[self._missing_text(names) for names in missing.values()],
                    token=token,
                ),
            )
        return self - self.browse([row.id for row in missing])

    def _missing_names(self, paths):
        """Which of the placeholders that the message needs have no value."""
        row = self._with_line() if _speak_of_campaign(paths) else self
        missing = row.candidate_id._missing_values(paths)
        if self.step_id.needs_line and not self.personal_line and LINE not in missing:
            missing.append(LINE)
        return missing

    @api.model
    def _missing_text(self, names):
        """Why a message waits, and what to do."""
        if LINE in names:
            return self.env._("Waits for a personal line. Write one here.")
        people = self.env["recruit.candidate"]
        labels = ", ".join(people._placeholder_label(name) for name in names)
        return self.env._(
            "Missing for this person: %s. Fill it in, or give the message a fallback.",
            labels,
        )

    def _look_again(self):
        """Let these go, where nothing is missing any more: they are due now."""
        waiting = self.sudo().filtered(  # sudo: the engine's own columns
            lambda row: row.missing and row.state == states.PLANNED
        )
        if waiting:
            now = self.env["recruit.clock"].now()
            waiting.write({"due_at": now, "missing": False, "reason": False})
            self._wake_senders()

    def action_write_line(self):
        """Ask for the personal line of this message."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Personal Line"),
            "res_model": "recruit.campaign.line",
            "view_mode": "form",
            "target": "new",
            "context": {"default_delivery_id": self.id},
        }

    def _write_line(self, text):
        """Keep the personal line, and let the message go.

        :raises UserError: for a line that is empty or too long, or comes too late
        """
        self.ensure_one()
        text = " ".join((text or "").split())
        if not text or len(text) > LINE_LONGEST:
            raise UserError(
                self.env._("Write a line of up to %s characters.", LINE_LONGEST)
            )
        if self.state != states.PLANNED:
            raise UserError(self.env._("This message does not wait any more."))
        self.sudo().personal_line = text  # sudo: the right is checked by the caller
        self._look_again()

    # ----------------------------------------------------------------- rendering

    def _with_line(self, author_id=None):
        """This row in the context that its placeholders of the campaign speak of;
        `author_id` as in `_writing_context`."""
        return self.with_context(
            **self.campaign_id._writing_context(author_id),
            recruit_personal_line=self.personal_line or False,
        )

    def _open_desk(self, *others):
        desk = super()._open_desk(*others)
        return desk._replace(is_about_campaign=desk.variant._speaks_of_campaign())

    def _write_letter(self, desk, reply_to):
        """Let the placeholders of the campaign and the personal line have values."""
        if not desk.is_about_campaign:
            return super()._write_letter(desk, reply_to)
        row = self._with_line(desk.author_id)
        desk = desk._replace(variant=desk.variant.with_env(row.env))
        return super(RecruitCampaignDelivery, row)._write_letter(desk, reply_to)


class RecruitCampaignVariant(models.Model):
    _inherit = "recruit.campaign.variant"

    def _speaks_of_campaign(self):
        """Whether a placeholder is about the campaign or the personal line."""
        mailing = self.sudo().mailing_id  # sudo: the sender reads what it sends
        texts = (mailing.subject or "", str(mailing.body_html or ""))
        return any(name in text for text in texts for name in CONTEXT_FIELDS)

    def _write_subject(self, subject):
        """What waited because of the old text is looked at again."""
        result = super()._write_subject(subject)
        self._release_waiting()
        return result

    def _write_body(self, body):
        """As `_write_subject`."""
        result = super()._write_body(body)
        self._release_waiting()
        return result

    def _release_waiting(self):
        # sudo: rows of the engine; the right to write the text is checked above
        self.env["recruit.campaign.delivery"].sudo().search(
            [("step_id", "in", self.step_id.ids), ("missing", "!=", False)]
        )._look_again()


class RecruitCandidate(models.Model):
    """What placeholders of a campaign's messages speak of, while one is written."""

    _inherit = "recruit.candidate"

    mail_campaign_id = fields.Many2one(
        "recruit.campaign",
        "Campaign of the message",
        compute="_compute_mail_context",
        groups=CRM,
    )
    mail_author_id = fields.Many2one(
        "res.partner",
        "Who writes the message",
        compute="_compute_mail_context",
        groups=CRM,
    )
    personal_line = fields.Char(compute="_compute_mail_context", groups=CRM)

    @api.depends_context(
        "recruit_author_id", "recruit_campaign_id", "recruit_personal_line"
    )
    def _compute_mail_context(self):
        context = self.env.context
        for candidate in self:
            candidate.mail_author_id = context.get("recruit_author_id", False)
            candidate.mail_campaign_id = context.get("recruit_campaign_id", False)
            candidate.personal_line = context.get("recruit_personal_line", False)

    @api.model
    def mail_allowed_qweb_expressions(self):
        """Safe fields of the campaign, and the personal line."""
        return super().mail_allowed_qweb_expressions() + (
            "object.mail_author_id.name",
            "object.mail_campaign_id.company_id.name",
            "object.mail_campaign_id.topic_id.name",
            "object.personal_line",
        )

    def write(self, vals):
        """What waits for a value that was filled in now is looked at again."""
        result = super().write(vals)
        if self._placeholder_fields() & vals.keys():
            # sudo: rows of the engine, whoever fills in the value
            self.env["recruit.campaign.delivery"].sudo().search(
                [("candidate_id", "in", self.ids), ("missing", "!=", False)]
            )._look_again()
        return result

    def _lacking(self, path, campaign):
        """In the context that placeholders of the campaign speak of."""
        people = self.with_context(**campaign._writing_context())
        return super(RecruitCandidate, people)._lacking(path, campaign)

    @api.model
    def _placeholder_fields(self):
        """The fields of a person that placeholders may name."""
        paths = self.mail_allowed_qweb_expressions()
        return {path.split(".")[1] for path in paths if path.startswith("object.")}


def _speak_of_campaign(paths):
    """Whether one of these placeholders is about the campaign or the personal line."""
    return any(path.partition(".")[0] in CONTEXT_FIELDS for path in paths)
