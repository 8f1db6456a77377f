import email
import email.policy
import re

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.recruit_campaigns.engine.message import with_sender
from odoo.addons.recruit_campaigns.engine.wording import Links
from odoo.addons.recruit_campaigns.models import recruit_campaign_delivery_letter

from .common import TOKEN, CampaignsCommon
from .test_engine_message import unstuffed

LETTER_LOG = recruit_campaign_delivery_letter.__name__


@tagged("post_install", "-at_install")
class TestLetter(CampaignsCommon):
    def _read(self, letter):
        message = email.message_from_bytes(
            unstuffed(with_sender(letter.author_from, letter.lines)),
            policy=email.policy.default,
        )
        text, html = message.iter_parts()
        return message, text.get_content(), html.get_content()

    def _letter(self, person):
        return next(one for one in self._letters() if one.address == person.email)

    def test_letter_when_written_is_made_out_to_one_person(self):
        message, text, html = self._read(self._letter(self.clara))
        self.assertEqual(message["Subject"], "Hello Clara")
        self.assertEqual(message["To"].addresses[0].display_name, "Clara Díaz")
        self.assertEqual(message["To"].addresses[0].addr_spec, "clara@example.com")
        self.assertEqual(message["Message-ID"], self._delivery(self.clara).message_id)
        self.assertIn("Dear Clara Díaz", text)
        self.assertIn("Dear Clara Díaz", html)

    def test_name_with_markup_when_written_is_shown_as_it_is(self):
        self.ann.name = "<b>Ann</b> & Co"
        _message, _text, html = self._read(self._letter(self.ann))
        self.assertIn("Dear &lt;b&gt;Ann&lt;/b&gt; &amp; Co", html)

    def test_links_when_written_are_tracked_once_for_all_and_signed_for_each(self):
        letters = self._letters()
        tracker = self.env["link.tracker"].search(
            [("url", "=", "https://example.com/jobs")]
        )
        self.assertEqual(len(tracker), 1)
        self.assertEqual(tracker.campaign_id, self.campaign.utm_campaign_id)
        self.assertEqual(tracker.title, "look")
        tokens = set()
        for letter in letters:
            _message, _text, html = self._read(letter)
            self.assertNotIn("https://example.com/jobs", html)
            code, token = re.search(r"/recruit/click/(\w+)/([\w-]+)", html).groups()
            self.assertEqual(code, tracker.code)
            row = self.deliveries._from_token(f"click:{code}", token)
            self.assertEqual(row.id, letter.delivery_id)
            tokens.add(token)
        self.assertEqual(len(tokens), 3)

    def test_letter_without_an_unsubscribe_link_when_written_gets_one(self):
        message, text, html = self._read(self._letter(self.ann))
        url = message["List-Unsubscribe"].strip("<>")
        self.assertIn(url, html)
        self.assertIn(url, text)
        self.assertEqual(
            self.deliveries._from_token("unsubscribe", url.rpartition("/")[2]),
            self._delivery(self.ann),
        )

    def test_unsubscribe_placeholder_when_written_is_the_persons_own_link(self):
        self.first_step.body_html = (
            '<p>Hi. <a href="/unsubscribe_from_list">Enough?</a></p>'
        )
        message, _text, html = self._read(self._letter(self.ann))
        self.assertEqual(html.count(message["List-Unsubscribe"].strip("<>")), 1)
        self.assertNotIn("unsubscribe_from_list", html)

    def test_letter_when_written_has_one_trace_of_its_mailing(self):
        row = self.deliveries.browse(self._letter(self.ann).delivery_id)
        self.assertRecordValues(
            row.trace_id,
            [
                {
                    "mass_mailing_id": self.first_step.variant_id.mailing_id.id,
                    "model": "recruit.candidate",
                    "res_id": self.ann.id,
                    "email": "ann@example.com",
                    "message_id": row.message_id,
                    "trace_status": "outgoing",
                }
            ],
        )

    def test_letter_that_cannot_be_written_stops_no_other(self):
        self.ann.name = "Ann\nBcc: all@example.com"
        self.env.cr.execute(
            "UPDATE recruit_candidate SET email = 'bén@example.com', "
            "email_normalized = 'bén@example.com' WHERE id = %s",
            [self.ben.id],
        )
        self.env.invalidate_all()
        with mute_logger(LETTER_LOG):
            letters = self._letters()
        self.assertEqual([one.address for one in letters], ["clara@example.com"])
        for person in (self.ann, self.ben):
            self.assertRecordValues(
                self._delivery(person),
                [{"state": "failed", "reason": "The message could not be written."}],
            )
            self.assertTrue(self._delivery(person).smtp_text)
            self.assertEqual(self._enrollment(person).exit_reason, "not_delivered")

    def test_text_made_unsafe_behind_our_back_when_written_is_never_evaluated(self):
        # an editor of templates may do this in Email Marketing
        self.first_step.variant_id.mailing_id.subject = "{{ object.env.cr.dbname }}"
        with mute_logger(LETTER_LOG):
            self.assertFalse(self._letters())
        self.assertEqual(self._delivery(self.ann).state, "failed")
        self.assertIn("not allowed", self._delivery(self.ann).smtp_text)

    def test_letter_of_a_campaign_with_its_own_reply_address_when_written_says_so(self):
        self.campaign.reply_to = "Jobs <jobs@example.com>"
        message, _text, _html = self._read(self._letter(self.ann))
        self.assertEqual(message["Reply-To"].addresses[0].addr_spec, "jobs@example.com")

    def test_message_when_sent_is_kept_in_the_chatter(self):
        row = self._send_all().filtered(lambda row: row.candidate_id == self.ann)
        message = self.ann.message_ids.filtered(
            lambda one: one.message_id == row.message_id
        )
        self.assertEqual(row.mail_message_id, message)
        self.assertEqual(message.subject, "Hello Ann")
        self.assertEqual(message.author_id, self.officer.partner_id)
        self.assertIn("Dear Ann Lee", message.body)
        self.assertNotIn("/recruit/open/", message.body)

    def test_messages_when_recorded_together_are_kept_each_with_its_own_values(self):
        self.ben.name = "Ben  Okafor & Sons"  # two blanks: his is rendered
        self.clara.name = 'Clara "C" <b>Díaz</b>'
        rows = self._in_flight()
        sequels = [letter.sequel for _row, letter in rows.values()]
        self.deliveries._record_accepted(TOKEN, sequels, self._now())
        self.env.invalidate_all()
        links = Links("https://hr.example.com", str)
        for person, (row, _letter) in rows.items():
            pages = self.first_step.variant_id._render_pages(person, links)
            self.assertEqual(str(row.mail_message_id.body), pages.kept)
        bodies = [row.mail_message_id.body for row, _letter in rows.values()]
        self.assertEqual(len(set(bodies)), 3)

    def test_message_that_was_skipped_is_not_kept_in_the_chatter(self):
        claimed = self._claim()
        self._enrollment(self.ann).action_exit()
        claimed._let_leave(TOKEN, self._now())
        self.assertFalse(self._delivery(self.ann).mail_message_id)
        self.assertFalse(self._delivery(self.ann).trace_id)
