from odoo.tests import BaseCase, tagged

from ..visiting.landing import (
    DIRECT,
    Origin,
    host_of,
    is_career_page,
    origin_of_link,
    origin_of_own_page,
    origin_of_referrer,
    read_landing,
    tell_landing,
)

HOST = "jobs.example.com"


@tagged("post_install", "-at_install")
class TestLanding(BaseCase):
    def test_a_link_names_its_origin_as_one_set(self):
        words = {"utm_source": "Indeed"}
        self.assertEqual(origin_of_link(words), Origin("Indeed", None, None))
        words = {"utm_source": "a", "utm_medium": "b", "utm_campaign": "c"}
        self.assertEqual(origin_of_link(words), Origin("a", "b", "c"))

    def test_a_link_of_nothing_but_blanks_names_none(self):
        for blank in ("", "   ", "\t", "\x00", "\ufffd", None):
            with self.subTest(blank=blank):
                self.assertFalse(origin_of_link({"utm_source": blank}))

    def test_the_mark_of_an_advertisement_stands_for_its_source(self):
        self.assertEqual(origin_of_link({"gclid": "x"}), Origin("Google", "cpc"))
        words = {"utm_source": "Paper", "gclid": "x"}
        self.assertEqual(origin_of_link(words).source, "Paper")

    def test_the_page_before_tells_where_it_was_another_site(self):
        for referrer, origin in (
            ("https://www.google.com/search?q=x", Origin("google.com", "referral")),
            (f"https://{HOST}:8069/jobs", Origin()),
            (f"https://{HOST.upper()}/jobs", Origin()),
            (None, Origin()),
            ("no address", Origin()),
            ("http://[broken", Origin()),
            ("android-app://com.linkedin", Origin("com.linkedin", "referral")),
        ):
            with self.subTest(referrer=referrer):
                self.assertEqual(origin_of_referrer(referrer, HOST), origin)

    def test_the_words_of_the_form_count_on_our_own_pages_alone(self):
        words = "/jobs/apply/x-1?utm_source=Fair&utm_campaign=Spring"
        self.assertEqual(
            origin_of_own_page(f"http://{HOST}{words}", HOST),
            Origin("Fair", None, "Spring"),
        )
        self.assertFalse(origin_of_own_page(f"http://evil.example{words}", HOST))
        self.assertFalse(origin_of_own_page(f"http://{HOST}/?utm_source=%20", HOST))
        many = "&".join(f"a{number}=1" for number in range(500))
        self.assertFalse(origin_of_own_page(f"http://{HOST}/?{many}", HOST))

    def test_a_landing_comes_from_elsewhere(self):
        other, own = "https://www.linkedin.com/feed", f"https://{HOST}/jobs"
        link = {"utm_source": "Fair"}
        for words, referrer, path, known, origin in (
            (link, own, "/shop", True, Origin("Fair")),
            ({}, other, "/jobs/x-1", True, Origin("linkedin.com", "referral")),
            ({}, other, "/shop", False, Origin()),
            ({}, None, "/jobs", False, DIRECT),
            ({}, None, "/jobs", True, Origin()),
            ({}, own, "/jobs/x-1", False, Origin()),
            ({}, None, "/", False, Origin()),
        ):
            with self.subTest(path=path, referrer=referrer, known=known):
                self.assertEqual(
                    read_landing(words, referrer, HOST, path, known), origin
                )

    def test_the_evidence_is_bounded(self):
        self.assertEqual(tell_landing("/jobs", "https://x.com/a"), "/jobs ← x.com")
        self.assertEqual(tell_landing("/jobs", None), "/jobs")
        self.assertEqual(len(tell_landing("/" + "x" * 5000, None)), 200)
        self.assertIsNone(host_of("http://[broken"))
        self.assertTrue(is_career_page("/jobs/weaver-1"))
        self.assertFalse(is_career_page("/jobsearch"))
