from unittest import TestCase

from odoo.addons.recruit_crm.identity.match import (
    NAME_AND_EMPLOYER,
    NAME_AND_PLACE,
    SAME_CONTACT,
    SAME_PHONE,
    Person,
    employer_key,
    groups,
    name_key,
    place_key,
    reasons,
)


class TestMatch(TestCase):
    def test_spellings_of_one_name_have_one_key(self):
        for one, other in (
            ("Edward Norton", "Eddy Norton"),
            ("Lee, Ann", "ann LEE"),
            ("Dr. Jürgen Müller", "Juergen Mueller"),
            ("José Álvarez", "Jose Alvarez"),
            ("Ann M. Lee", "Ann Lee"),
            ("Seán O'Brien", "Sean O’Brien"),
            ("Bill Weiß", "William Weiss"),
        ):
            with self.subTest(one=one):
                self.assertTrue(name_key(one))
                self.assertEqual(name_key(one), name_key(other))

    def test_other_people_have_another_key(self):
        keys = {
            name_key(name)
            for name in (
                "Ann Lee",
                "Anna Leeds",
                "Ann Li",
                "Ben Lee",
                "李 小龙",
                "أحمد علي",
            )
        }
        self.assertEqual(len(keys), 6)

    def test_one_word_alone_is_like_nobody(self):
        for name in ("Ann", "", None, "Dr. Lee", "  ", "😀 😀", "<b>", "A. B."):
            with self.subTest(name=name):
                self.assertEqual(name_key(name), "")

    def test_an_employer_is_read_from_a_headline(self):
        self.assertEqual(employer_key("Data engineer at Acme, Inc."), "acme")
        self.assertEqual(employer_key("Weaver @ ACME"), "acme")
        self.assertEqual(employer_key("Engineer bei Acme GmbH"), "acme")
        self.assertEqual(employer_key("Data engineer"), "")
        self.assertEqual(employer_key("Data engineer at Acme", "Loom Ltd."), "loom")
        self.assertEqual(employer_key(None), "")

    def test_spellings_of_a_place_have_one_key(self):
        self.assertEqual(place_key("Zürich"), place_key("ZUERICH"))
        self.assertEqual(place_key(None), "")

    def test_a_like_name_alone_is_no_reason(self):
        self.assertEqual(reasons(Person(name="ann lee"), Person(name="ann lee")), ())

    def test_unknown_values_are_equal_to_nothing(self):
        self.assertEqual(reasons(Person(), Person()), ())

    def test_each_reason_is_told_the_strongest_first(self):
        person = Person(frozenset({"+1555"}), "ann lee", "acme", "ghent", 7)
        self.assertEqual(
            reasons(person, person),
            (SAME_PHONE, SAME_CONTACT, NAME_AND_EMPLOYER, NAME_AND_PLACE),
        )

    def test_whom_pairs_connect_is_one_group(self):
        self.assertEqual(
            groups([(1, 2), (5, 6), (3, 2), (3, 9)]), [[1, 2, 3, 9], [5, 6]]
        )
        self.assertEqual(groups([]), [])
