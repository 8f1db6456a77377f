from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import CampaignsCommon

PEOPLE = 40


@tagged("post_install", "-at_install")
class TestVariant(CampaignsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.crowd = cls.env["recruit.candidate"].create(
            [
                {
                    "name": f"Person {number}",
                    "email": f"person{number}@example.com",
                    "categ_ids": cls.tag.ids,
                }
                for number in range(PEOPLE)
            ]
        )
        cls.first_step.action_add_variant()
        cls.one, cls.two = cls.first_step.variant_ids
        cls.two.subject = "A shorter hello"
        cls.env.flush_all()

    def _subjects(self):
        rows = self._send_all()
        return {row.candidate_id: row.mail_message_id.subject for row in rows}

    def test_wordings_when_sent_go_to_about_half_of_the_people_each(self):
        subjects = self._subjects()
        short = [who for who, text in subjects.items() if text == "A shorter hello"]
        # one true draw in 10,000 lies outside
        self.assertTrue(9 <= len(short) <= 34, len(short))
        rows = self.deliveries.search([("step_id", "=", self.first_step.id)])
        for row in rows:
            with self.subTest(person=row.candidate_id.name):
                self.assertEqual(row.variant_id, row._wording())
                self.assertEqual(
                    row.variant_id == self.two,
                    row.mail_message_id.subject == "A shorter hello",
                )
                self.assertEqual(
                    row.trace_id.mass_mailing_id, row.variant_id.mailing_id
                )

    def test_person_when_asked_for_again_gets_the_same_wording(self):
        secret = self.deliveries._secrets("database.secret")[0]
        drawn = [self.first_step._variant_for(one, secret) for one in self.crowd]
        self.assertEqual(
            drawn, [self.first_step._variant_for(one, secret) for one in self.crowd]
        )

    def test_message_that_failed_when_a_winner_is_chosen_keeps_its_wording(self):
        rows = self._claim()
        rows._ensure_identity(self._now())
        before = {row: row.variant_id for row in rows}
        loser = self.one
        self.assertIn(loser, before.values())
        self.two.action_use_for_rest()
        self.env.flush_all()
        self.assertEqual({row: row._wording() for row in rows}, before)

    def test_winner_when_chosen_is_what_everybody_gets_from_then_on(self):
        self.two.action_use_for_rest()
        self.assertEqual(set(self._subjects().values()), {"A shorter hello"})

    def test_winner_when_taken_back_lets_all_go_out_again(self):
        self.two.action_use_for_rest()
        self.first_step.action_test_all()
        subjects = set(self._subjects().values())
        self.assertLessEqual({"Hello Person", "A shorter hello"}, subjects)

    def test_click_in_one_wording_counts_for_that_wording(self):
        self.two.body_html = '<p><a href="https://example.com/two">two</a></p>'
        rows = self._send_all()
        row = rows.filtered(lambda one: one.variant_id == self.two)[:1]
        self.assertEqual(row._trackers().mapped("url"), ["https://example.com/two"])
        self.assertEqual(
            row._touch_values()["source_id"], self.two.mailing_id.source_id.id
        )

    def test_campaign_when_copied_takes_all_wordings_and_no_winner(self):
        self.two.action_use_for_rest()
        self.first_step.winner_auto = True
        copy = self.campaign.copy().step_ids[0]
        self.assertEqual(
            copy.variant_ids.mapped("subject"), [self.one.subject, self.two.subject]
        )
        self.assertEqual(copy.variant_ids.mapped("letter"), ["A", "B"])
        self.assertFalse(copy.winner_id)
        self.assertTrue(copy.winner_auto)
        self.assertFalse(
            copy.variant_ids.mailing_id
            & self.campaign.step_ids[0].variant_ids.mailing_id
        )

    def test_new_version_goes_on_with_the_wording_chosen_for_the_rest(self):
        self.campaign.action_start()
        self.two.action_use_for_rest()
        self.campaign.action_edit_steps()
        step = self.campaign._draft_steps()[0]
        self.assertEqual(len(step.variant_ids), 2)
        self.assertEqual(step.winner_id, step.variant_ids[1])

    def test_wording_in_use_is_not_changed_under_the_people(self):
        self.campaign.action_start()
        mine = self.two.with_user(self.officer)
        for change in (
            lambda: mine.write({"subject": "Another"}),
            mine.action_delete,
            mine.step_id.action_add_variant,
        ):
            with self.assertRaises(UserError):
                change()
        mine.action_use_for_rest()
        self.assertEqual(self.first_step.winner_id, self.two)

    def test_wording_that_people_got_is_kept_and_another_one_may_go(self):
        self.first_step.action_add_variant()
        unused = self.first_step.variant_ids[2]
        mailing = unused.mailing_id
        unused.action_delete()
        self.assertFalse(mailing.exists())
        self._send_all()
        with self.assertRaises(UserError):
            self.two.action_delete()

    def test_winner_of_another_step_is_refused(self):
        with self.assertRaises(ValidationError):
            self.first_step.winner_id = self.second_step.variant_id

    def test_sixth_wording_is_refused(self):
        for _number in range(3):
            self.first_step.action_add_variant()
        with self.assertRaises(UserError):
            self.first_step.action_add_variant()

    def test_placeholder_that_is_not_allowed_is_refused_in_each_wording(self):
        with self.assertRaises(ValidationError):
            self.two.body_html = '<t t-out="object.env">x</t>'
