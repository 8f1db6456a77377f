from odoo.tests import HttpCase, tagged

from odoo.addons.recruit_campaigns.engine.message import with_sender

from .common import CampaignsCommon
from .test_engine_message import unstuffed


@tagged("post_install", "-at_install")
class TestMeasuring(HttpCase, CampaignsCommon):
    """Opens and clicks are measured of nobody who must agree to it and did not."""

    def _mails(self):
        """{address: the message as it leaves}"""
        return {
            letter.address: unstuffed(
                with_sender(letter.author_from, letter.lines)
            ).decode()
            for letter in self._letters()
        }

    def test_a_letter_is_measured_where_nobody_has_to_agree(self):
        mail = self._mails()[self.ann.email]
        self.assertIn("/recruit/open/", mail)
        self.assertIn("/recruit/click/", mail)

    def test_who_took_it_back_gets_no_pixel_and_links_that_are_nobodys(self):
        self.ann._give_consent("tracking", "form")
        self.ann._withdraw_consent("tracking", "page")
        mails = self._mails()
        mine = mails[self.ann.email]
        self.assertNotIn("/recruit/open/", mine)
        self.assertRegex(mine, r"/recruit/click/\w+/-\W")
        self.assertIn("/recruit/unsubscribe/", mine)
        self.assertIn("/recruit/open/", mails[self.ben.email])

    def test_where_a_company_asks_for_consent_only_who_gave_it_is_measured(self):
        self.env.company.recruit_tracking_rule = "all"
        self.ben._give_consent("tracking", "form")
        self.assertEqual(self.people._unmeasured(), self.people - self.ben)

    def test_where_some_countries_ask_the_others_are_measured(self):
        france = self.env.ref("base.fr")
        self.env.company.recruit_tracking_rule = "countries"
        self.env.company.recruit_tracking_country_ids = france
        self.ann.country_id = france
        self.assertEqual(self.people._unmeasured(), self.ann)

    def test_what_is_opened_and_clicked_after_the_withdrawal_is_not_kept(self):
        self._send_all()
        row = self._delivery(self.ann)
        self.ann._withdraw_consent("tracking", "phone")
        self.env.flush_all()
        self.url_open(f"/recruit/open/{row._token('open')}")
        self.env.invalidate_all()
        self.assertFalse(row.event_ids)
        self.assertNotEqual(row.trace_id.trace_status, "open")
        other = self._delivery(self.ben)
        self.url_open(f"/recruit/open/{other._token('open')}")
        self.env.invalidate_all()
        self.assertTrue(other.event_ids)
