from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import RecruitCrmCommon

ODD_NAMES = {
    "right to left": "ليلى حداد",
    "emoji": "Ann 👩‍💻 Lee",
    "html": "<script>alert(1)</script><b>Ann</b>",
    "quotes": "O'Neill; DROP TABLE recruit_candidate; --",
    "percent": "100% %s {name}",
}


@tagged("post_install", "-at_install")
class TestBadValues(RecruitCrmCommon):
    def test_odd_names_are_kept_as_they_are_written(self):
        for about, name in ODD_NAMES.items():
            with self.subTest(about):
                candidate = self._candidate(name)
                candidate.invalidate_recordset()
                self.assertEqual(candidate.display_name, name)
                found = self.env["recruit.candidate"].search([("name", "=", name)])
                self.assertEqual(found, candidate)

    def test_html_in_a_name_is_told_escaped(self):
        candidate = self._candidate(ODD_NAMES["html"])
        candidate.user_id = self.user_officer
        candidate.message_post(body=candidate.name)
        self.assertNotIn("<script>", candidate.message_ids[:1].body)
        application = self._apply(name=ODD_NAMES["html"], email="odd@example.com")
        self.assertEqual(application.candidate_id.name, ODD_NAMES["html"])

    def test_names_that_are_none_are_answered_with_a_sentence(self):
        for name in ("", "   ", "\n\t", "x" * 10_000, "Ann\0Lee"):
            with self.subTest(name=name[:10]), self.assertRaises(ValidationError):
                self._candidate(name)
        with self.assertRaises(ValidationError):
            self._candidate().name = "  "

    def test_an_application_with_a_bad_name_still_finds_its_person(self):
        for number, name in enumerate(("   ", "x" * 10_000)):
            with self.subTest(name=name[:5]):
                application = self._apply(name, f"bad{number}@example.com")
                self.assertTrue(application.candidate_id.name.strip())

    def test_a_phone_without_a_country_is_kept_and_found(self):
        candidate = self._candidate(phone="070 12 34 56")
        found = self.env["recruit.candidate"].find_person("070/12.34.56")
        self.assertEqual(found, candidate)

    def test_a_phone_without_digits_is_answered_with_a_sentence(self):
        with self.assertRaises(ValidationError):
            self._candidate(phone="call me")
        application = self._apply(partner_phone="call me")
        self.assertFalse(application.candidate_id.phone)

    def test_of_several_emails_each_becomes_an_identity(self):
        candidate = self._candidate(
            email="Ann Lee <Ann@Example.com>; ann+jobs@example.com, ann@münchen.example"
        )
        self.assertEqual(candidate.email, "ann@example.com")
        self.assertEqual(
            set(candidate.identity_ids.mapped("value_norm")),
            {
                "ann@example.com",
                "ann+jobs@example.com",
                "ann@xn--mnchen-3ya.example",
            },
        )
        candidate.email = "lee@example.com, ann.lee@example.com"
        self.assertEqual(candidate.email, "lee@example.com")
        self.assertIn(
            "ann.lee@example.com", candidate.identity_ids.mapped("value_norm")
        )

    def test_of_several_emails_a_bad_or_taken_one_is_named(self):
        self._candidate("Ben", email="ben@example.com")
        for text, named in (
            ("ann@example.com, lee@nowhere", "lee@nowhere"),
            ("ann@example.com, ben@example.com", "Ben"),
        ):
            with self.subTest(text), self.assertRaisesRegex(ValidationError, named):
                self._candidate(email=text)

    def test_a_person_is_found_by_everything_that_points_at_them(self):
        candidate = self._candidate(
            email="ann@example.com",
            phone="+32 470 12 34 56",
            linkedin_profile="https://www.linkedin.com/in/Ann-Lee/",
            github_profile="https://github.com/AnnLee",
        )
        find_person = self.env["recruit.candidate"].find_person
        for text in (
            " ANN@example.com",
            "+32470123456",
            "fr.linkedin.com/in/ann-lee?trk=x",
            "git@github.com:AnnLee/loom.git",
        ):
            with self.subTest(text):
                self.assertEqual(find_person(text), candidate)
        for text in ("", "ben@example.com", "x" * 10_000):
            with self.subTest(text[:20]):
                self.assertFalse(find_person(text))
