from unittest import TestCase

from odoo.addons.recruit_campaigns.domain_check import wire
from odoo.addons.recruit_campaigns.domain_check.records import check_domain
from odoo.addons.recruit_campaigns.domain_check.resolver import (
    NoAnswerError,
    Resolver,
    read_servers,
)

from .dns_server import DnsServer

SPF = "v=spf1 include:_spf.example.net -all"
KEY = "v=DKIM1; k=rsa; p=MIGfMA0"
DMARC = "v=DMARC1; p=none; rua=mailto:x@example.com"
GOOD = {
    "example.com": ("some-site-proof=1", SPF),
    "s1._domainkey.example.com": (KEY,),
    "_dmarc.example.com": (DMARC,),
}
# What is published, the address of bounces -> the codes of SPF, DKIM, DMARC, alignment.
CASES = (
    (GOOD, "example.com", "good good good good"),
    (GOOD, "mail.example.com", "missing good good good"),
    ({**GOOD, "relay.net": (SPF,)}, "relay.net", "good good good different"),
    ({**GOOD, "example.com": ()}, "example.com", "missing good good good"),
    ({**GOOD, "example.com": (SPF, SPF)}, "example.com", "several good good good"),
    (
        {**GOOD, "example.com": ("v=spf1 +all",)},
        "example.com",
        "everybody good good good",
    ),
    (
        {**GOOD, "example.com": ("v=spf1 " + "include:x.net " * 11 + "-all",)},
        "example.com",
        "too_long good good good",
    ),
    (
        {**GOOD, "s1._domainkey.example.com": ()},
        "example.com",
        "good missing good good",
    ),
    (
        {**GOOD, "s1._domainkey.example.com": ("v=DKIM1; p=",)},
        "example.com",
        "good revoked good good",
    ),
    ({**GOOD, "_dmarc.example.com": ()}, "example.com", "good good missing good"),
    (
        {**GOOD, "_dmarc.example.com": (DMARC, DMARC)},
        "example.com",
        "good good several good",
    ),
    (
        {**GOOD, "_dmarc.example.com": ("v=DMARC1; p=please",)},
        "example.com",
        "good good broken good",
    ),
    (
        {
            **GOOD,
            "b.example.com": (SPF,),
            "_dmarc.example.com": ("v=DMARC1; p=reject; aspf=s",),
        },
        "b.example.com",
        "good good good different",
    ),
)


class TestDomainCheck(TestCase):
    def test_each_state_of_a_domain_is_named(self):
        for records, envelope, codes in CASES:
            with self.subTest(codes):
                found = check_domain(
                    "example.com", envelope, lambda name, r=records: r.get(name, ())
                )
                self.assertEqual(" ".join(one.code for one in found), codes)
                self.assertEqual(
                    [one.is_good for one in found],
                    [one.code == "good" for one in found],
                )

    def test_a_domain_below_has_the_policy_of_the_one_above(self):
        found = check_domain(
            "jobs.example.com", "jobs.example.com", lambda name: GOOD.get(name, ())
        )
        self.assertEqual(found[2].code, "good")

    def test_a_named_selector_is_the_one_that_counts(self):
        records = {"only._domainkey.example.com": (KEY,)}
        found = check_domain(
            "example.com",
            "example.com",
            lambda name: records.get(name, ()),
            ["only"],
        )
        self.assertEqual((found[1].code, found[1].detail), ("good", "only"))


class TestResolver(TestCase):
    def test_texts_come_from_a_real_server_whole_even_when_they_are_long(self):
        long = "v=DKIM1; p=" + "A" * 2000
        with DnsServer(
            {"a.example": ("one", "two " * 100), "b.example": (long,)}
        ) as dns:
            resolver = Resolver([dns.address], seconds=5)
            self.assertEqual(resolver.texts("a.example"), ("one", "two " * 100))
            self.assertEqual(resolver.texts("b.example"), (long,))
            self.assertEqual(resolver.texts("none.example"), ())
            self.assertEqual(dns.zone.asked.count("b.example"), 2, "UDP, then TCP")

    def test_a_server_that_fails_or_is_silent_is_no_answer(self):
        with DnsServer({"bad.example": None}) as dns:
            with self.assertRaises(NoAnswerError):
                Resolver([dns.address], seconds=5).texts("bad.example")
            gone = dns.address
        with self.assertRaises(NoAnswerError):
            Resolver([gone], seconds=0.5).texts("a.example")
        with self.assertRaises(NoAnswerError):
            Resolver([]).texts("a.example")

    def test_an_answer_to_something_else_is_refused(self):
        with DnsServer({"a.example": ("x",)}) as dns:
            good = dns.zone.answer(wire.question(7, "a.example"))
        self.assertEqual(wire.answer(7, "a.example", good).texts, ("x",))
        for number, name, data in (
            (8, "a.example", good),
            (7, "b.example", good),
            (7, "a.example", good[:20]),
            (7, "a.example", b""),
            (7, "a.example", good[:12]),
            (7, "a.example", wire.question(7, "a.example")),
            (7, "a.example", good[:-3]),
            (7, "a.example", good[:27] + b"\x3f" * 200),
        ):
            with self.subTest(data=data):
                try:
                    self.assertNotEqual(wire.answer(number, name, data).texts, ("x",))
                except wire.BadAnswerError:
                    continue

    def test_a_name_that_is_none_is_not_asked_for(self):
        for name in ("", "a..b", "x" * 64 + ".com", "a." * 130):
            with self.subTest(name), self.assertRaises(ValueError):
                wire.question(1, name)

    def test_servers_are_those_of_the_setting_or_the_machine(self):
        self.assertEqual(read_servers("127.0.0.1:5353"), [("127.0.0.1", 5353)])
        self.assertEqual(read_servers("9.9.9.9"), [("9.9.9.9", 53)])
        self.assertEqual(read_servers(None, "/there/is/no/file"), [])
