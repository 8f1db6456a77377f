import re
from html import escape

import lxml.html
from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools.mail import URL_SKIP_PROTOCOL_REGEX

from odoo.addons.link_tracker.tools.html import find_links_with_urls_and_labels

from ..engine.text import without_placeholders

UNSUBSCRIBE = "/unsubscribe_from_list"  # the placeholder of native mailings
CLICK = "/recruit/click/"

# Odoo parses `{{ }}` in quadratic time: 16 kB of braces take 7 seconds.
SUBJECT_LIMIT = 255

_CLICK_MARK = re.compile(CLICK + r"(\w+)/-")
_UNSUBSCRIBE_LINK = re.compile(r"(?:https?://[^\s\"'<>/]+)?" + UNSUBSCRIBE)


class RecruitCampaignVariant(models.Model):
    """One wording of a step. Its mailing holds the text and the native statistics.

    The mailing itself is never queued: its domain finds nobody. The engine sends.
    """

    _name = "recruit.campaign.variant"
    _inherit = ["recruit.campaign.content"]
    _description = "Step Variant"
    _order = "step_id, id"

    step_id = fields.Many2one(
        "recruit.campaign.step", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="step_id.company_id", store=True)
    mailing_id = fields.Many2one(
        "mailing.mailing", required=True, ondelete="restrict", index=True
    )

    _mailing_unique = models.UniqueIndex(
        "(mailing_id)", "A mailing belongs to one variant."
    )

    @api.depends("mailing_id.subject")
    def _compute_display_name(self):
        for variant in self:
            # sudo: the text of a readable variant
            subject = variant.sudo().mailing_id.subject
            variant.display_name = without_placeholders(subject)

    def _wording(self):
        return self

    @api.model_create_multi
    def create(self, vals_list):
        """Create each variant with its mailing.

        Beside its own fields it takes `subject` and `body_html`.
        """
        mailings = [
            self._create_mailing(vals["step_id"], vals.pop("subject", None), body)
            for vals, body in [
                (vals, vals.pop("body_html", None)) for vals in vals_list
            ]
        ]
        return super().create(
            [
                {**vals, "mailing_id": mailing.id}
                for vals, mailing in zip(vals_list, mailings, strict=True)
            ]
        )

    def _create_mailing(self, step_id, subject, body):
        campaign = self.env["recruit.campaign.step"].browse(step_id).campaign_id
        self._check_content(subject, body)
        subject = subject or self.env._("Untitled message")
        # sudo: recruiters write messages without the rights of marketing; the content
        # is checked above
        return (
            self.env["mailing.mailing"]
            .sudo()
            .create(
                {
                    # the name of the UTM source; it stays when the subject changes
                    "name": f"{campaign.name}: {subject}",
                    "subject": subject,
                    "body_arch": body,
                    "body_html": body,
                    "mailing_model_id": self.env["ir.model"]._get_id(
                        "recruit.candidate"
                    ),
                    "mailing_domain": "[('id', '=', 0)]",
                    "campaign_id": campaign.utm_campaign_id.id,
                    # native mailings need one; the engine takes the campaign's own
                    "email_from": campaign.email_from or self.env.user.name,
                    "user_id": campaign.user_id.id,
                    "reply_to_mode": "update",
                }
            )
        )

    def _write_subject(self, subject):
        """Replace the subject; the name by which clicks are counted stays.

        :raises ValidationError: for a placeholder that is not allowed
        """
        self._check_content(subject, None)
        name = self._writable_mailing().name
        self._writable_mailing().write(
            {"name": name, "subject": subject or self.env._("Untitled message")}
        )

    def _write_body(self, body):
        """Replace the text, for the native editor and for sending.

        :raises ValidationError: for a placeholder that is not allowed
        """
        self._check_content(None, body)
        self._writable_mailing().write({"body_arch": body, "body_html": body})

    def _writable_mailing(self):
        self.ensure_one()
        self.check_access("write")
        return self.sudo().mailing_id  # sudo: see `_create_mailing`

    def _check_content(self, subject, body):
        """Refuse what is not on the list of placeholders: nothing is ever evaluated."""
        if len(subject or "") > SUBJECT_LIMIT:
            raise ValidationError(
                self.env._(
                    "The subject is longer than %s characters. Shorten it.",
                    SUBJECT_LIMIT,
                )
            )
        if self._has_unsafe_content(subject, body):
            raise ValidationError(
                self.env._(
                    "The message uses a placeholder that campaigns do not allow. "
                    "These are allowed: %s",
                    ", ".join(
                        sorted(
                            self.env[
                                "recruit.candidate"
                            ].mail_allowed_qweb_expressions()
                        )
                    ),
                )
            )

    def _has_unsafe_content(self, subject, body):
        render, model = self.env["mail.render.mixin"], "recruit.candidate"
        return render._has_unsafe_expression_template_inline_template(
            subject or "", model
        ) or render._has_unsafe_expression_template_qweb(body or "", model)

    # ----------------------------------------------------------------- rendering

    def _render(self, candidates):
        """Subject and tracked body for each candidate: {id: (subject, html)}.

        The body still holds the marks that `_personalize` replaces.

        :raises UserError: where the text cannot be rendered for one of them
        """
        self.ensure_one()
        mailing = self.sudo().mailing_id  # sudo: the sender reads what it sends
        if self._has_unsafe_content(mailing.subject, mailing.body_html):
            raise UserError(
                self.env._("The message uses a placeholder that is not allowed.")
            )
        subjects = mailing._render_template(
            mailing.subject, "recruit.candidate", candidates.ids
        )
        bodies = self._render_body(mailing, self._tracked_body(mailing), candidates)
        return {
            id_: (" ".join(subjects[id_].split()), bodies[id_])
            for id_ in candidates.ids
        }

    def _render_body(self, mailing, body, candidates):
        return mailing._render_template(
            body,
            "recruit.candidate",
            candidates.ids,
            engine="qweb",
            options={"post_process": True},
        )

    def _tracked_body(self, mailing):
        """The body with each link replaced by its tracker and a mark for the token.

        Links are shortened once for all recipients, on the text before rendering.
        """
        if not mailing.body_html:
            return ""
        root = lxml.html.fragment_fromstring(mailing.body_html, create_parent="div")
        nodes, links = find_links_with_urls_and_labels(
            root,
            mailing.get_base_url(),
            skip_regex=rf"^{URL_SKIP_PROTOCOL_REGEX}",
            skip_list=[UNSUBSCRIBE],
        )
        values = mailing._get_link_tracker_values()
        trackers = self.env["link.tracker"].search_or_create(
            # with a title the tracker does not fetch the page to find one
            [
                {**values, **link, "title": link["label"] or link["url"]}
                for link in links
            ]
            if links
            else []
        )
        for node, tracker in zip(nodes, trackers, strict=True):
            node.set("href", f"{CLICK}{tracker.code}/-")
        return Markup(lxml.html.tostring(root, encoding="unicode", method="xml"))

    @api.model
    def _personalize(self, html, links):
        """Put the links of one recipient in place of the marks.

        :param links: the person's `Links`
        :return: the HTML of the message, as the person is to read it
        """
        html = _CLICK_MARK.sub(
            lambda mark: f"{CLICK}{mark[1]}/{self._click_token(links, mark[1])}",
            str(html),
        )
        unsubscribe = escape(links.url("unsubscribe"))
        html, found = _UNSUBSCRIBE_LINK.subn(lambda _mark: unsubscribe, html)
        if not found:
            html += self._footer(links)
        return html

    def _click_token(self, links, code):
        """What makes a link the person's; of who is not measured it is nobody's."""
        return links.sign(f"click:{code}") if links.measured else "-"

    def _footer(self, links):
        """Why, and the two ways to change that: choose, or leave."""
        why = self.env._("You get this because we know you from recruiting.")
        ways = (
            (links.url("preferences"), self.env._("Choose what you get")),
            (links.url("unsubscribe"), self.env._("Unsubscribe")),
        )
        anchors = " &middot; ".join(
            f'<a href="{escape(url)}">{escape(text)}</a>' for url, text in ways
        )
        return (
            '<p style="color:#6b7280;font-size:12px;margin-top:32px">'
            f"{escape(why)} {anchors}</p>"
        )
