from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ..ledger.channels import Rule, compile_word, find_channel
from ..ledger.words import clean_text, clean_word
from .common import RecruitCrmCommon


@tagged("post_install", "-at_install")
class TestChannel(RecruitCrmCommon):
    def _channel_of(self, kind="visit", **words):
        touch = self._candidate()._log_touch(kind, **words)
        return touch.channel_id.complete_name

    def test_words_of_links_find_their_channel(self):
        self.assertEqual(self._channel_of(source="LinkedIn"), "Social media / LinkedIn")
        self.assertEqual(
            self._channel_of(source="linkedin jobs, Ghent"),
            "Job boards / LinkedIn Jobs",
        )
        self.assertEqual(
            self._channel_of(source="www.google.be", medium="referral"),
            "Search engines / Organic search",
        )
        self.assertEqual(
            self._channel_of(source="google", medium="CPC"),
            "Search engines / Paid search",
        )
        self.assertEqual(
            self._channel_of(source="Career Site"), "Our own channels / Career site"
        )
        self.assertEqual(
            self._channel_of(source="Ghent University"),
            "Events / Schools and universities",
        )

    def test_a_kind_finds_its_channel_where_no_word_does(self):
        self.assertEqual(self._channel_of("sourced"), "Sourcing / Sourced by us")
        self.assertEqual(self._channel_of("referral"), "Referrals / Employee referrals")

    def test_what_no_rule_knows_is_shown_as_unknown(self):
        self.assertEqual(self._channel_of(source="Qwx"), "Unknown")
        self.assertEqual(self._channel_of("application"), "Unknown")

    def test_steps_of_our_own_have_no_channel(self):
        self.assertFalse(self._channel_of("note"))

    def test_a_new_rule_holds_from_the_next_touch_on(self):
        before = self._candidate()._log_touch("visit", source="Jobindex")
        board = self.env["recruit.channel"].create(
            {
                "name": "Jobindex",
                "parent_id": self.env.ref("recruit_crm.recruit_channel_job_board").id,
            }
        )
        rule = self.env["recruit.channel.rule"].create(
            {"source": "jobindex*", "channel_id": board.id}
        )
        after = self._candidate()._log_touch("visit", source="JobIndex.dk")
        self.assertEqual(after.channel_id, board)
        self.assertEqual(before.channel_id.complete_name, "Unknown")
        rule.unlink()
        self.assertEqual(self._channel_of(source="Jobindex"), "Unknown")

    def test_the_tree_has_three_levels_and_no_more(self):
        channel = self.env.ref("recruit_crm.recruit_channel_linkedin")
        name = channel.create({"name": "Spring", "parent_id": channel.id})
        self.assertEqual(
            (channel.parent_id.level, channel.level, name.level),
            ("type", "channel", "name"),
        )
        self.assertEqual(name.type_id, channel.parent_id)
        self.assertEqual(channel.parent_id.type_id, channel.parent_id)
        with self.assertRaisesRegex(ValidationError, "three levels"):
            channel.create({"name": "Too deep", "parent_id": name.id})
        with self.assertRaises(UserError):
            channel.parent_id.parent_id = name

    def test_a_channel_in_use_is_archived_and_not_deleted(self):
        channel = self.env["recruit.channel"].create({"name": "Radio"})
        self._candidate()._log_touch("call", channel_id=channel.id)
        with self.assertRaisesRegex(UserError, "Archive"):
            channel.unlink()
        with self.assertRaisesRegex(UserError, "stays"):
            self.env.ref("recruit_crm.recruit_channel_unknown").unlink()
        self.assertEqual(channel.touch_count, 1)
        channel.name = "Radio and podcasts"
        self.assertEqual(channel.touch_count, 1)

    def test_every_channel_counts_what_is_below_it(self):
        social = self.env.ref("recruit_crm.recruit_channel_social")
        before = social.touch_count
        self._candidate()._log_touch("visit", source="LinkedIn")
        self._candidate()._log_touch("visit", source="Facebook")
        social.invalidate_recordset()
        self.assertEqual(social.touch_count, before + 2)

    def test_the_first_rule_that_fits_decides(self):
        rules = [
            Rule("", compile_word("a*c"), None, 1),
            Rule("visit", None, compile_word("cpc"), 2),
            Rule("visit", None, None, 3),
        ]
        for words, channel in (
            (("call", "ABC", None), 1),
            (("visit", "abcd", "CPC "), 2),
            (("visit", None, None), 3),
            (("call", None, "cpc"), None),
            (("call", "a.c", ""), 1),
            (("call", "x(", "["), None),
        ):
            with self.subTest(words=words):
                self.assertEqual(find_channel(rules, *words), channel)

    def test_words_of_strangers_become_short_lines_of_text(self):
        for word, clean in (
            ("LinkedIn", "LinkedIn"),
            ("  a \t b\n", "a b"),
            ("   ", None),
            ("", None),
            (False, None),
            ("nul\x00byte", "nul byte"),
            ("half \ud800 pair", "half pair"),
            ("bad \ufffd\ufffd bytes", "bad bytes"),
            ("x" * 2000, "x" * 99 + "…"),
            (7, "7"),
        ):
            with self.subTest(word=word):
                self.assertEqual(clean_word(word), clean)
        self.assertEqual(clean_text("one\r\ntwo\x00 "), "one\ntwo")
