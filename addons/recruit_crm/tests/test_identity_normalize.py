from odoo.tests import BaseCase, tagged

from odoo.addons.recruit_crm.identity.limits import too_long
from odoo.addons.recruit_crm.identity.normalize import normalize, usable_emails

EQUAL = {
    ("email", "ann@example.com"): (
        "ann@example.com",
        " Ann@Example.COM ",
        '"Lee, Ann" <ANN@example.com>',
        "ann@example.com, other@example.com",
    ),
    ("linkedin", "ann-lee"): (
        "https://www.linkedin.com/in/ann-lee/",
        "http://fr.linkedin.com/in/Ann-Lee?trk=public",
        "linkedin.com/in/ann-lee",
        "www.linkedin.com/in/ann-lee/en",
        "in/ann-lee",
        " ann-lee ",
        "@ann-lee",
        "/in/ann-lee/",
        "in/ann-lee?trk=x",
        "https://www.linkedin.com/in/ann-lee#about",
        "https://m.linkedin.com/mwlite/in/ann-lee",
        "HTTPS://WWW.LINKEDIN.COM/IN/ANN-LEE/",
        "https://www.linkedin.com/in/ann-lee/details/experience/",
    ),
    ("email", "ann+jobs@example.com"): ("Ann+Jobs@example.com",),
    ("email", "ann@xn--mnchen-3ya.example"): (
        "ann@münchen.example",
        "Ann@MÜNCHEN.example",
        "ann@xn--mnchen-3ya.example",
    ),
    ("linkedin", "müller-7"): ("https://www.linkedin.com/in/m%C3%BCller-7",),
    ("github", "annlee"): (
        "https://github.com/AnnLee",
        "github.com/annlee/some-project",
        "annlee",
        "@AnnLee",
        "git@github.com:AnnLee/loom.git",
        "https://annlee.github.io/loom",
    ),
    ("phone", "+3270123456"): ("+32 70 12 34 56", "+32(70)123456"),
    ("phone", "070123456"): ("070/12.34.56",),
    ("external", "A-17"): (" A-17 ", "A-17"),
}
WORTHLESS = {
    "email": ("", None, "ann", "ann@", "@example.com", "ann@localhost", "a b@c d"),
    "linkedin": ("", None, "https://evil.example.com/in/ann", "https://linkedin.com/")
    + ("https://www.linkedin.com/company/acme", "linkedin.com/feed/update/7"),
    "github": ("", "https://gitlab.com/ann", "https://notgithub.com/ann"),
    "phone": ("", None, "call me"),
    "external": ("", "  ", None),
}


@tagged("post_install", "-at_install")
class TestIdentityNormalize(BaseCase):
    def test_spellings_of_one_identity_have_one_normal_form(self):
        for (kind, norm), spellings in EQUAL.items():
            for spelling in spellings:
                with self.subTest(kind=kind, spelling=spelling):
                    self.assertEqual(normalize(kind, spelling), norm)

    def test_a_normal_form_is_its_own_normal_form(self):
        for kind, norm in EQUAL:
            with self.subTest(kind=kind, norm=norm):
                self.assertEqual(normalize(kind, norm), norm)

    def test_text_that_identifies_nobody_has_no_normal_form(self):
        for kind, texts in WORTHLESS.items():
            for text in texts:
                with self.subTest(kind=kind, text=text):
                    self.assertEqual(normalize(kind, text), "")

    def test_an_absurd_email_is_refused_at_once(self):
        self.assertEqual(normalize("email", "a" * 10_000_000 + "@example.com"), "")

    def test_of_several_addresses_each_counts_once_and_names_count_not_at_all(self):
        for text, addresses in (
            ("", []),
            (None, []),
            ("ann@localhost; nobody", []),
            ("Ann <ann@example.com>", ["ann@example.com"]),
            ("a@example.com b@example.com;A@example.com", ["a@example.com"]),
            ("ann@work.com <jobs@board.com>", ["jobs@board.com"]),
            ('"Lee, ann@work.com" <jobs@board.com>', ["jobs@board.com"]),
            ("a@example.com, " * 1000, []),
        ):
            with self.subTest(text=text and text[:40]):
                self.assertEqual(usable_emails(text)[:1], addresses)
        self.assertEqual(
            usable_emails("Ann <a@example.com>; b@example.com"),
            ["a@example.com", "b@example.com"],
        )

    def test_an_unknown_kind_is_an_error(self):
        with self.assertRaises(KeyError):
            normalize("fax", "1234")

    def test_too_long_names_the_field_the_length_and_the_limit(self):
        self.assertEqual(too_long({"name": "x" * 201}), [("name", 201, 200)])
        self.assertEqual(too_long({"name": "x" * 200, "email": False, "color": 3}), [])
