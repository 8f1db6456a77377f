from odoo import api, fields, models
from odoo.exceptions import UserError

from ..engine.thread import answer_subject
from ..engine.wording import Links


def _no_token(_purpose):
    """In place of a token: such a link leads on, or nowhere, and records nothing."""
    return "-"


class RecruitCampaignStep(models.Model):
    _inherit = "recruit.campaign.step"

    def action_preview(self):
        """Show the message as one of the audience would get it."""
        self.ensure_one()
        person = self.campaign_id._audience(limit=1)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Preview"),
            "res_model": "recruit.campaign.preview",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_step_id": self.id,
                "default_candidate_id": person.id,
                "dialog_size": "large",
            },
        }


class RecruitCampaignVariant(models.Model):
    _inherit = "recruit.campaign.variant"

    def _as_read_by(self, candidate, line=""):
        """Subject and HTML of this wording for one person. Nothing is recorded, and the
        links are not tracked: no figure counts who tries them.

        :raises AccessError: for a person whom the user may not see
        :raises UserError: where the text cannot be rendered
        """
        self.ensure_one()
        candidate.check_access("read")
        here = self.with_context(
            **self.step_id.campaign_id._writing_context(),
            recruit_personal_line=line or self.env._("[your personal line]"),
        )
        links = Links(self.step_id.campaign_id.get_base_url(), _no_token)
        subject, html = here._render_untracked(candidate)
        if self.step_id.is_reply and (first := self.step_id._first_message()):
            first = first.variant_id.with_env(here.env)
            subject = answer_subject(first._render_untracked(candidate)[0])
        return subject, here._personalize(html, links)

    def _labels_missing_for(self, candidate):
        """What this wording needs and somebody lacks, in words, the personal line
        apart: that is written when it is due."""
        context = self.step_id.campaign_id._writing_context()
        person = candidate.with_context(**context, recruit_personal_line="-")
        names = person._missing_values(self._needed_paths())
        return ", ".join(map(candidate._placeholder_label, names))

    def _render_untracked(self, candidate):
        mailing = self.sudo().mailing_id  # sudo: who writes a message may read it
        if self._has_unsafe_content(mailing.subject, mailing.body_html):
            raise UserError(
                self.env._("The message uses a placeholder that is not allowed.")
            )
        subjects = mailing._render_template(
            mailing.subject or "", "recruit.candidate", candidate.ids
        )
        body = self._render_body(mailing, mailing.body_html or "", candidate)
        return " ".join(subjects[candidate.id].split()), body[candidate.id]


class RecruitCampaignPreview(models.TransientModel):
    """A message as one person would get it, and what is missing for them."""

    _name = "recruit.campaign.preview"
    _description = "Preview of a Message"

    step_id = fields.Many2one(
        "recruit.campaign.step", "Message", required=True, ondelete="cascade"
    )
    campaign_id = fields.Many2one(related="step_id.campaign_id")
    variant_id = fields.Many2one(
        "recruit.campaign.variant",
        "Wording",
        compute="_compute_variant_id",
        store=True,
        readonly=False,
        domain="[('step_id', '=', step_id)]",
    )
    candidate_id = fields.Many2one("recruit.candidate", "As", ondelete="cascade")
    subject = fields.Char(compute="_compute_message")
    body = fields.Html(compute="_compute_message", sanitize="email_outgoing")
    missing = fields.Char(compute="_compute_message")
    stopped = fields.Char("Gets nothing", compute="_compute_message")

    @api.depends("step_id")
    def _compute_variant_id(self):
        for preview in self:
            preview.variant_id = preview.step_id.variant_ids[:1]

    @api.depends("variant_id", "candidate_id")
    def _compute_message(self):
        for preview in self:
            person, variant = preview.candidate_id, preview.variant_id
            preview.subject = preview.body = False
            preview.missing = preview.stopped = False
            if person and variant:
                preview.subject, preview.body = variant._as_read_by(person)
                preview.missing = variant._labels_missing_for(person)
                preview.stopped = preview._stop_label()

    def _stop_label(self):
        stops = self.candidate_id._stop_reasons(
            self.campaign_id.company_id, self.campaign_id
        )
        code = stops.get(self.candidate_id.id)
        return code and self.env["recruit.campaign.enrollment"]._reason_text(code)

    def action_next(self):
        """Show the next person of the audience."""
        self.ensure_one()
        people = self.campaign_id._audience()
        ids = people.ids or self.candidate_id.ids
        here = ids.index(self.candidate_id.id) if self.candidate_id.id in ids else -1
        self.candidate_id = ids[(here + 1) % len(ids)]
        return {
            **self.step_id.action_preview(),
            "res_id": self.id,
        }
