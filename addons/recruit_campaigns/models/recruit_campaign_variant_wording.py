import logging
from functools import reduce
from operator import getitem

from odoo import models
from odoo.tools import SQL, html2plaintext
from odoo.tools.rendering_tools import parse_inline_template

from ..engine.text import slot
from ..engine.wording import (
    Pages,
    Texts,
    Wording,
    are_plain,
    mark_body,
    mark_subject,
)

_logger = logging.getLogger(__name__)

LINK_LOCKS = 0x72634C31  # two keys; the second is the variant


class RecruitCampaignVariant(models.Model):
    """Write the same message to many: taken apart once, then only filled in.

    The renderer of Odoo stays the judge. The text with slots goes through it and
    through every other tool once, and the first letter that comes out must be the one
    that comes out without slots. A text for which it is not is rendered for each
    person.
    """

    _inherit = "recruit.campaign.variant"

    def _source(self):
        """What the letters of this wording are made of, as it stands now."""
        mailing = self.sudo().mailing_id  # sudo: the sender reads what it sends
        return self.id, mailing.subject, mailing.body_html

    def _write_texts(self, source, candidate, links, wordings):
        """Subject, kept HTML and body of the message for one person.

        :param source: what `_source` returned
        :param candidate: what the placeholders speak of
        :param links: the person's `Links`
        :param dict wordings: what is taken apart already; it is added to
        :raises UserError: where the text cannot be rendered
        """
        source = (*source, links.base_url, links.measured)
        if source not in wordings:
            self._lock_links()
            wordings[source] = self._placeholders()
        values = {
            placeholder: self._value_of(placeholder, candidate)
            for placeholder in wordings[source] or ()
        }
        blank = frozenset(one for one, value in values.items() if value == "")
        filled = {one: value for one, value in values.items() if one not in blank}
        if wordings[source] is None or not are_plain(filled.values()):
            return Texts.of(self._render_pages(candidate, links))
        if (source, blank) not in wordings:
            wordings[source, blank] = self._prove_wording(
                candidate, links, filled, blank
            )
        if not (wording := wordings[source, blank]):
            return Texts.of(self._render_pages(candidate, links))
        return wording.texts(filled, links.sign)

    def _make_trackers(self):
        """Make what counts the clicks on the links of these, before anybody writes.

        :raises UserError: for a link that leads nowhere
        """
        for variant in self.sudo():  # sudo: who starts a campaign may count its clicks
            variant._lock_links()
            variant._tracked_body(variant.mailing_id)

    def _lock_links(self):
        """Let nobody else make the trackers of the links until this transaction ends.

        Two workers that came to a new text at the same moment each made them, and those
        of the second were refused, and its messages with them.
        """
        self.env.cr.execute(
            SQL("SELECT pg_advisory_xact_lock(%s, %s)", LINK_LOCKS, self.id)
        )

    def _placeholders(self):
        """The placeholders of a simple text; None for any other."""
        mailing = self.sudo().mailing_id  # sudo: the sender reads what it sends
        if self._has_unsafe_content(mailing.subject, mailing.body_html):
            return None
        body, in_body = mark_body(self._tracked_body(mailing))
        if not body:
            return None
        _subject, in_subject = mark_subject(parse_inline_template(mailing.subject))
        return in_body | in_subject

    def _value_of(self, placeholder, candidate):
        """As the renderer reads it: a missing value is the default."""
        try:
            value = reduce(getitem, placeholder.path.split("."), candidate)
        except KeyError:
            value = None
        return value or placeholder.default

    def _prove_wording(self, candidate, links, values, blank):
        """The message with slots if it writes the renderer's own letter, else None."""
        wording = Wording(self._pages_with_slots(candidate, links, blank))
        if wording.pages(values, links.sign) == self._render_pages(candidate, links):
            return wording
        _logger.info("%s is rendered for each person: it is not simple", self)
        return None

    def _pages_with_slots(self, candidate, links, blank):
        mailing = self.sudo().mailing_id  # sudo: the sender reads what it sends
        body, _found = mark_body(self._tracked_body(mailing), blank)
        subject, _found = mark_subject(parse_inline_template(mailing.subject), blank)
        html = self._render_body(mailing, body, candidate)[candidate.id]
        return self._pages(subject, html, links._replace(sign=slot))

    def _render_pages(self, candidate, links):
        """The same by Odoo's renderer alone, for any text and any value."""
        return self._pages(*self._render(candidate)[candidate.id], links)

    def _pages(self, subject, html, links):
        page = self._personalize(html, links)
        pixel = ""
        if links.measured:
            pixel = f'<img src="{links.url("open")}" width="1" height="1" alt=""/>'
        return Pages(
            subject,
            self._as_kept(html),
            html2plaintext(page),
            f"<html><body>{page}{pixel}</body></html>",
        )

    def _as_kept(self, html):
        """The HTML as the chatter keeps it."""
        messages = self.env["mail.message"]
        return str(messages._fields["body"].convert_to_cache(html, messages))
