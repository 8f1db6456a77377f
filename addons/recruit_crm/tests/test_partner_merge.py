from odoo.tests import tagged

from .common_merge import MergeCommon


@tagged("post_install", "-at_install")
class TestPartnerMerge(MergeCommon):
    """Odoo's own merge of contacts (B10, B11)."""

    def setUp(self):
        super().setUp()
        self.partners = self.env["res.partner"].create(
            [
                {"name": "Ann", "email": "ann@example.com"},
                {"name": "Ann L.", "email": "ann.lee@example.org"},
            ]
        )
        self.ann, self.copy = self._pair()
        self.ann.partner_id, self.copy.partner_id = self.partners

    def _merge_partners(self):
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge(self.partners.ids, self.partners[0])
        self.env.invalidate_all()

    def test_candidates_are_neither_lost_nor_crossed(self):
        for person in (self.ann, self.copy):
            application = self._apply("Ann", person.email)
            self.assertEqual(application.candidate_id, person)
            person._log_touch("note")
        before = [
            (one.email, one.identity_ids.ids, one.applicant_ids.ids, one.touch_ids.ids)
            for one in (self.ann, self.copy)
        ]
        self._merge_partners()
        after = [
            (one.email, one.identity_ids.ids, one.applicant_ids.ids, one.touch_ids.ids)
            for one in (self.ann, self.copy)
        ]
        self.assertEqual(before, after)
        self.assertEqual((self.ann | self.copy).partner_id, self.partners[0])
        self.assertEqual(
            (self.ann | self.copy).applicant_ids.mapped("email_from"),
            ["ann@example.com", "ann.lee@example.org"],
        )

    def test_candidates_of_one_contact_are_suggested_to_a_recruiter(self):
        self._merge_partners()
        pair = self.env["recruit.duplicate"].search(
            [("candidate_id", "=", self.ann.id), ("other_id", "=", self.copy.id)]
        )
        self.assertEqual((pair.state, pair.reasons), ("open", "same contact"))

    def test_a_merge_of_candidates_can_be_undone_after_one_of_their_contacts(self):
        self.ann.partner_id = False
        merge = self.ann._merge(self.copy)
        self.assertEqual(self.ann.partner_id, self.partners[1])
        self._merge_partners()
        self.assertEqual(self.ann.partner_id, self.partners[0])
        merge.action_undo()
        self.assertFalse(self.ann.partner_id)
        self.assertEqual(self.copy.partner_id, self.partners[0])
