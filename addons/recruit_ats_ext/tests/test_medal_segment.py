from odoo.tests import tagged

from .common import AtsCase


@tagged("post_install", "-at_install")
class TestMedalSegment(AtsCase):
    def segment(self, operator="open"):
        rule = {"field": "medal", "operator": operator}
        return self.env["recruit.segment"].create(
            {"name": "Medallists", "tree": {"group": "all", "items": [rule]}}
        )

    def test_given_an_open_medal_then_its_owner_is_in_the_segment(self):
        finalist = self.refuse(self.apply("Ann")).candidate_id
        other = self.refuse(self.apply("Bob", self.first_stage)).candidate_id
        people = self.env["recruit.candidate"].search(
            self.segment()._candidate_domain()
        )
        self.assertIn(finalist, people)
        self.assertNotIn(other, people)

    def test_given_a_closed_medal_then_its_owner_is_not_in_the_segment(self):
        finalist = self.refuse(self.apply("Ann"))
        finalist.medal_ids.action_close()
        people = self.env["recruit.candidate"].search(
            self.segment()._candidate_domain()
        )
        self.assertNotIn(finalist.candidate_id, people)

    def test_given_a_negated_rule_then_medallists_are_left_out(self):
        finalist = self.refuse(self.apply("Ann")).candidate_id
        domain = self.segment("none")._candidate_domain()
        self.assertNotIn(finalist, self.env["recruit.candidate"].search(domain))
