from odoo import Command
from odoo.tests import Form, tagged

from .common_merge import MergeCommon
from .test_bad_values import ODD_NAMES

LINKEDIN = (
    "https://www.linkedin.com/in/ann-lee/",
    "http://fr.linkedin.com/in/Ann-Lee?trk=public",
    "linkedin.com/in/ann-lee",
    "www.linkedin.com/in/ann-lee/en",
    "in/ann-lee",
    " ann-lee ",
    "@ann-lee",
    "https://www.linkedin.com/in/ann-lee#about",
    "https://m.linkedin.com/mwlite/in/ann-lee",
    "HTTPS://WWW.LINKEDIN.COM/IN/ANN-LEE/",
)
EMAILS = (
    "ann+jobs@münchen.example",
    " ANN+JOBS@MÜNCHEN.EXAMPLE ",
    '"Lee, Ann" <Ann+Jobs@xn--mnchen-3ya.example>',
)


@tagged("post_install", "-at_install")
class TestBadInputPeople(MergeCommon):
    """What forms, sheets and hands bring in, all the way to the person.

    The values by themselves: test_bad_values.py and test_identity_normalize.py; what
    a merge refuses: test_merge.py and test_merge_undo.py.
    """

    def test_ten_spellings_of_a_profile_are_applications_of_one_person(self):
        people = {
            self._apply(email=False, linkedin_profile=spelling).candidate_id
            for spelling in LINKEDIN
        }
        self.assertEqual(len(people), 1)
        self.assertEqual(people.pop().application_count, len(LINKEDIN))

    def test_spellings_of_an_address_are_one_person_and_a_plus_makes_another(self):
        people = {self._apply(email=spelling).candidate_id for spelling in EMAILS}
        self.assertEqual(len(people), 1)
        plain = self._apply(email="ann@münchen.example").candidate_id
        self.assertNotIn(plain, people)

    def test_several_addresses_in_the_field_of_an_application_find_one_person(self):
        first = self._apply(email="Ann Lee <ann@example.com>; ann.lee@example.org")
        for address in ("ann@example.com", "ann.lee@example.org"):
            with self.subTest(address):
                again = self._apply(email=address, job=self.other_job)
                self.assertEqual(again.candidate_id, first.candidate_id)

    def test_two_spellings_of_a_number_without_a_country_are_suggested(self):
        ann = self._candidate(phone="070 12 34 56")
        twin = self._candidate("Ann L.", phone="070/123456")
        pair = self.env["recruit.duplicate"].search([("other_id", "=", twin.id)])
        self.assertEqual(pair.candidate_id, ann)

    def test_people_with_odd_names_are_merged_shown_and_put_back(self):
        for number, (about, name) in enumerate(ODD_NAMES.items()):
            with self.subTest(about):
                kept = self._candidate(name, email=f"kept{number}@example.com")
                copy = self._candidate(f"{name} II", city="Ghent")
                form = Form(
                    self.env["recruit.candidate.merge"].with_context(
                        default_candidate_ids=[Command.set((kept | copy).ids)],
                        default_primary_id=kept.id,
                    )
                )
                lines = {line.label: line for line in form.save().line_ids}
                self.assertEqual(lines["Name"].kept, name)
                self.assertIn(name, lines["City"].origin)
                form.record.action_merge()
                self.assertEqual((kept.name, kept.city), (name, "Ghent"))
                copy.action_undo_merge()
                self.assertEqual((copy.name, kept.city), (f"{name} II", False))
