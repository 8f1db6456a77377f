from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.recruit_crm.models.recruit_segment_size import COUNTED

from .common import RecruitCrmCommon


@tagged("post_install", "-at_install")
class TestSegmentList(RecruitCrmCommon):
    """In which segments somebody is, as their form shows it."""

    def _segment(self, name, city):
        rule = {"field": "city", "operator": "is", "value": city}
        return self.env["recruit.segment"].create(
            {"name": name, "tree": {"group": "all", "items": [rule]}}
        )

    def _listed(self, candidate):
        known = {one["id"]: one for one in candidate.list_segments()}
        return [known[one] for one in known if one in self.segments.ids]

    def test_every_segment_is_listed_those_with_the_person_first(self):
        away, home = self._segment("A: Bruges", "Bruges"), self._segment("B", "Ghent")
        self.segments = away | home
        ann = self._candidate("Ann", city="Ghent").with_user(self.user_officer)
        self.assertEqual(
            [(one["name"], one["inside"]) for one in self._listed(ann)],
            [("B", True), ("A: Bruges", False)],
        )
        self.assertIn("Ghent", self._listed(ann)[0]["sentence"])

    def test_who_is_archived_is_in_no_segment_and_their_form_opens(self):
        self.segments = self._segment("Ghent", "Ghent")
        ann = self._candidate("Ann", city="Ghent", active=False)
        inside = self._listed(ann)[0]["inside"]
        told = self.segments.explain_candidate(ann.id)["inside"]
        self.assertEqual(inside, told)

    def test_who_reads_no_segments_gets_no_list(self):
        ann = self._candidate("Ann")
        for user in (self.user_employee, self.user_interviewer):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                ann.with_user(user).list_segments()

    def test_a_list_says_how_many_are_in_and_counts_big_ones_so_far_alone(self):
        segment = self._segment("Ypres", "Ypres")
        self.assertEqual(segment.size_text, "0")
        for number in range(3):
            self._candidate(f"Ann {number}", city="Ypres")
        self.env.invalidate_all()
        self.assertEqual(segment.with_user(self.user_officer).size_text, "3")
        self.assertEqual(segment._say_size(COUNTED), "10,000")
        self.assertEqual(segment._say_size(COUNTED + 1), "10,000+")
