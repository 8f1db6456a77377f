from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import CampaignsCommon
from .dns_server import DnsServer
from .test_domain_check import GOOD, SPF


@tagged("post_install", "-at_install")
class TestPreflight(CampaignsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sourcer = new_test_user(
            cls.env, "preflight_sourcer", groups="recruit_crm.group_recruit_sourcer"
        )
        cls.params = cls.env["ir.config_parameter"]
        cls._ask("127.0.0.1:9")  # nobody there

    @classmethod
    def _ask(cls, server):
        cls.params.set_param("recruit_campaigns.dns", server)

    def _said(self, level, campaign=None):
        """The sentences of one level, in one text."""
        rows = (campaign or self.campaign)._preflight()
        return "\n".join(row["sentence"] for row in rows if row["level"] == level)

    def test_a_campaign_without_steps_is_told_and_not_started(self):
        empty = self._new_campaign(step_ids=[])
        empty.action_preflight()
        shown = str(empty.preflight_html)
        self.assertIn("It has no steps", shown)
        self.assertIn('role="img"', shown)  # for those who listen to the screen
        self.assertTrue(empty.preflight_at)
        with self.assertRaisesRegex(UserError, "It has no steps"):
            empty.action_start()

    def test_only_who_may_write_campaigns_checks_them(self):
        with self.assertRaises(AccessError):
            self.campaign.with_user(self.sourcer).action_preflight()

    def test_a_window_of_zero_minutes_is_told_before_the_start(self):
        self.campaign.write({"window_from": 8.0, "window_to": 8.001})
        self.assertIn("zero minutes", self._said("stop"))
        with self.assertRaisesRegex(UserError, "zero minutes"):
            self.campaign.action_start()
        self.campaign.window_to = 8.25
        self.assertIn("only 15 min", self._said("warning"))

    def test_a_pace_that_cannot_finish_in_a_year_is_told_before_the_start(self):
        self.second_step.write({"delay": 11, "delay_unit": "months"})
        self.assertIn("the last is on", self._said("ok"))
        self.second_step.delay = 13
        self.assertIn("within a year", self._said("stop"))
        with self.assertRaisesRegex(UserError, "within a year"):
            self.campaign.action_start()

    def test_missing_values_are_counted_by_field_and_a_fallback_helps(self):
        self.first_step.body_html = (
            '<p><t t-out="object.city"/> <t t-out="object.country_id.name"/></p>'
        )
        self.ann.city = "Bonn"
        self.people.country_id = self.env.ref("base.de")
        said = self._said("warning")
        self.assertIn("Step 1 waits: City is missing for 2 of 3.", said)
        self.assertNotIn("Country", said)
        self.first_step.body_html = '<p><t t-out="object.city">your town</t></p>'
        self.assertNotIn("City", self._said("warning"))

    def test_people_without_consent_are_counted_with_the_reason(self):
        self.env.company.recruit_consent_rule = "all"
        self.ben._give_consent("marketing", "form")
        self.assertIn("Who gets it: 1 of 3.", self._said("ok"))
        self.assertIn("Left out: 2 (Has given no valid consent)", self._said("warning"))

    def test_the_link_to_unsubscribe_should_be_https(self):
        self.params.set_param("web.base.url", "http://hr.example.com")
        self.assertIn("does not begin with https", self._said("warning"))
        self.params.set_param("web.base.url", "https://hr.example.com")
        self.assertNotIn("https", self._said("warning"))

    def test_the_domain_of_the_sender_is_looked_up_when_asked_and_kept(self):
        self.assertIn("has not been looked up", self._said("warning"))
        with DnsServer(GOOD) as dns:
            self._ask("{}:{}".format(*dns.address))
            self.campaign.action_preflight()
        said = self._said("ok")
        for words in ("SPF says who", "DKIM key is published (s1)", "DMARC has"):
            self.assertIn(words, said)
        domain = self.env["recruit.sender.domain"]._of("x@example.com")
        self.assertEqual(len(domain), 1)
        self.assertIn("SPF", domain.summary)

    def test_a_domain_in_disorder_warns_and_stops_who_writes_to_many(self):
        with DnsServer({"example.com": (SPF,)}) as dns:
            self._ask("{}:{}".format(*dns.address))
            self.campaign.action_preflight()
        self.assertIn("It has no DMARC policy", self._said("warning"))
        self.campaign.action_start()
        rows = list(self.campaign._check_sender_domain(501))
        self.assertIn("stop", {row["level"] for row in rows})

    def test_without_an_answer_nothing_is_known_and_that_is_said(self):
        self.campaign.action_preflight()
        self.assertIn("has not been looked up", self._said("warning"))

    def test_what_other_checks_find_stops_the_start_too(self):
        self.campaign.step_ids = [Command.clear()]
        self.assertTrue(self.campaign._preflight_stops())
        self.assertEqual(self.campaign.preflight_rows[0]["level"], "stop")
