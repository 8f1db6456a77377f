import email
import email.policy
from itertools import chain, product, zip_longest

from odoo.tests import BaseCase, tagged
from odoo.tools import mute_logger

from odoo.addons.recruit_campaigns.engine.text import Form, is_plain, slot
from odoo.addons.recruit_campaigns.engine.wording import (
    Links,
    Texts,
    Wording,
    mark_body,
)
from odoo.addons.recruit_campaigns.models import recruit_campaign_variant_wording

from .common import CampaignsCommon
from .test_engine_message import unstuffed

BODIES = (
    '<p>Dear <t t-out="object.name"/>, <b><t t-out="object.city"/></b>!</p>',
    '<p>In <span t-out="object.city">your town</span>: '
    '<a href="https://example.com/j?a=1&amp;b=2"><t t-out="object.first_name"/></a>'
    "</p>",
    '<p>.</p><pre>\n.dots\n  <t t-out="object.headline"/>\n</pre>'
    '<a href="/unsubscribe_from_list">Enough, <t t-out="object.name">you</t>?</a>',
    "<p>No placeholder, a line that is long " + "and long " * 40 + "</p>"
    '<img src="/web/image/1"/><h1>é ü 漢</h1>',
    '<table><tr><td><t t-out="object.country_id.name"/></td></tr></table>'
    '<p><t t-out="object.name"/><t t-out="object.name"/></p>',
)
SUBJECTS = ("Hello", "Hi {{ object.first_name }} of {{ object.city ||| your town }}")
VALUES = (
    "Ann Lee",
    "Zoë <b>& 'Co' \"x\"",
    "&lt; &amp;amp; =20",
    "two  blanks",
    " at the ends ",
    ".",
    "x" * 90,
    "\ue000odd\ue001",
    "漢字",
)


@tagged("post_install", "-at_install")
class TestWording(CampaignsCommon):
    """A message that is taken apart once reads as if it were rendered for each."""

    def _links(self):
        return Links(
            "https://hr.example.com", lambda purpose: purpose.replace(":", "-")
        )

    def _read(self, texts):
        message = email.message_from_bytes(
            unstuffed(texts.body), policy=email.policy.default
        )
        return (
            texts.subject,
            _put_together(texts.kept),
            [part.get_content() for part in message.iter_parts()],
        )

    def _texts(self, variant, person, links, wordings):
        return variant._write_texts(variant._source(), person, links, wordings)

    def _wordings(self, wordings):
        return [one for one in wordings.values() if isinstance(one, Wording)]

    def test_any_text_and_any_value_when_filled_in_reads_as_the_renderer_writes_it(
        self,
    ):
        country = self.env["res.country"].search([], limit=1)
        variant, links = self.first_step.variant_id, self._links()
        taken_apart = 0
        for body, subject in product(BODIES, SUBJECTS):
            self.first_step.write({"body_html": body, "subject": subject})
            wordings = {}
            for number, value in enumerate((*VALUES, False)):
                self.ann.write(
                    {
                        "name": value or "Ann",
                        "city": value if number % 2 else "Bonn",
                        "headline": value,
                        "country_id": country.id if number % 3 else False,
                    }
                )
                fast = self._texts(variant, self.ann, links, wordings)
                slow = Texts.of(variant._render_pages(self.ann, links))
                self.assertEqual(self._read(fast), self._read(slow), (body, value))
            taken_apart += bool(self._wordings(wordings))
        self.assertEqual(taken_apart, len(BODIES) * len(SUBJECTS))

    def test_text_whose_letter_differs_from_the_renderers_is_rendered_for_each(self):
        wordings, links = {}, self._links()
        variant = self.first_step.variant_id
        with mute_logger(recruit_campaign_variant_wording.__name__):
            self.patch(Form, "fill", lambda _form, _values: "something else")
            self._texts(variant, self.ann, links, wordings)
        self.assertFalse(self._wordings(wordings))
        self.assertIn(None, wordings.values())

    def test_links_when_the_campaign_starts_are_made_once_for_all_letters(self):
        trackers = self.env["link.tracker"]
        self.campaign.with_user(self.officer).action_start()
        made = trackers.search([("campaign_id", "=", self.campaign.utm_campaign_id.id)])
        self.assertEqual(made.mapped("url"), ["https://example.com/jobs"])
        before = trackers.search_count([])
        self.assertTrue(self._letters())
        self.assertEqual(trackers.search_count([]), before)

    def test_text_when_changed_is_taken_apart_anew(self):
        wordings, links = {}, self._links()
        variant = self.first_step.variant_id
        self._texts(variant, self.ann, links, wordings)
        self.first_step.subject = "Another"
        texts = self._texts(variant, self.ben, links, wordings)
        self.assertEqual(texts.subject, "Another")
        self.assertEqual(len(self._wordings(wordings)), 2)


def _put_together(filled):
    pairs = zip_longest(filled.pieces, filled.values, fillvalue="")
    return "".join(chain.from_iterable(pairs))


@tagged("post_install", "-at_install")
class TestEngineWording(BaseCase):
    def test_value_that_tools_might_change_is_not_plain(self):
        for value in ("", " a", "a ", "a  b", "a\nb", "a\tb", "a\xa0b", slot("x")):
            with self.subTest(value=value):
                self.assertFalse(is_plain(value))
        for value in ("a", "a b", "<b>&amp;</b>", "ü", "."):
            with self.subTest(value=value):
                self.assertTrue(is_plain(value))

    def test_text_with_any_other_logic_is_not_simple(self):
        for html in (
            '<t t-if="object.name">x</t>',
            '<a t-att-href="object.name">x</a>',
            '<t t-out="object.name + 1"/>',
            "<p>{{ object.name }}</p>",
            '<t t-foreach="object" t-as="x"/>',
        ):
            with self.subTest(html=html):
                self.assertEqual(mark_body(html), ("", set()))
