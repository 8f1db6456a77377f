from odoo.exceptions import UserError, ValidationError
from odoo.tests import new_test_user, tagged

from odoo.addons.recruit_crm.tests.test_roles import SOURCER

from .common import CampaignsCommon


@tagged("post_install", "-at_install")
class TestBuilder(CampaignsCommon):
    """What the builder shows and does, without a browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mine = cls.campaign.with_user(cls.officer)

    def _cards(self):
        self.env.invalidate_all()
        return self.mine.get_builder()["steps"]

    def _kinds(self):
        return [card["kind"] for card in self._cards()]

    def _ways(self):
        """Where people go from each step: [{way: number of the step}]."""
        return [
            {way: to["number"] for way, to in card["ways"].items()}
            for card in self._cards()
        ]

    def test_step_when_added_stands_last(self):
        step_id = self.mine.builder_add("mail")
        cards = self._cards()
        self.assertEqual(cards[-1]["id"], step_id)
        self.assertEqual((cards[-1]["delay"], cards[-1]["delay_unit"]), (3, "days"))
        self.assertIn("no subject or no text", cards[-1]["problems"][0])

    def test_step_when_added_behind_an_end_stands_before_it(self):
        self.mine.builder_add("end")
        self.mine.builder_add("tag")
        self.assertEqual(self._kinds(), ["mail", "mail", "tag", "end"])

    def test_step_when_put_before_another_is_on_every_way_that_led_there(self):
        self.first_step.yes_step_id = self.second_step
        self.mine.builder_add("tag", before_id=self.second_step.id)
        self.assertEqual(self._kinds(), ["mail", "tag", "mail"])
        self.assertEqual(self._ways(), [{"yes": 2}, {"yes": 3}, {"yes": 0}])

    def test_step_on_the_no_branch_stands_beside_the_line(self):
        condition = self.mine.builder_add("condition", before_id=self.second_step.id)
        self.mine.builder_add("task", unless_id=condition)
        self.assertEqual(self._kinds(), ["mail", "condition", "task", "mail"])
        self.assertEqual(
            self._ways(),
            [{"yes": 2}, {"yes": 4, "no": 3}, {"yes": 4}, {"yes": 0}],
        )
        self.assertEqual(
            [card["beside"] for card in self._cards()], [False, False, True, False]
        )
        self.mine.builder_add("tag", unless_id=condition)
        self.assertEqual(self._kinds(), ["mail", "condition", "tag", "task", "mail"])
        self.assertEqual(self._ways()[1:3], [{"yes": 5, "no": 3}, {"yes": 4}])

    def test_no_branch_of_the_last_condition_leaves_yes_an_end(self):
        condition = self.mine.builder_add("condition")
        self.mine.builder_add("task", unless_id=condition)
        self.assertEqual(self._kinds(), ["mail", "mail", "condition", "end", "task"])
        self.assertEqual(self._ways()[2:], [{"yes": 4, "no": 5}, {}, {"yes": 0}])
        self.assertTrue(all(card["is_reached"] for card in self._cards()))

    def test_steps_when_moved_stand_in_the_new_order(self):
        self.mine.builder_move([self.second_step.id, self.first_step.id])
        self.assertEqual(
            [card["id"] for card in self._cards()],
            [self.second_step.id, self.first_step.id],
        )

    def test_move_that_leads_somebody_backward_is_refused_and_changes_nothing(self):
        self.first_step.yes_step_id = self.second_step
        before = self._cards()
        refused = self.assertRaisesRegex(ValidationError, "run in a circle")
        with refused, self.env.cr.savepoint():
            self.mine.builder_move([self.second_step.id, self.first_step.id])
        self.assertEqual(self._cards(), before)

    def test_move_of_steps_that_are_no_longer_there_is_refused(self):
        with self.assertRaisesRegex(UserError, "steps have changed"):
            self.mine.builder_move([self.second_step.id])

    def test_figures_when_people_are_inside_tell_where_they_are(self):
        self._send_all()
        first, second = self._cards()
        self.assertEqual((first["sent"], first["waiting"]), (3, 0))
        self.assertEqual((second["sent"], second["waiting"]), (0, 3))
        self.mine.action_edit_steps()
        builder = self.mine.get_builder()
        self.assertTrue(builder["is_draft"])
        self.assertEqual(builder["version"], 2)
        _first, second = builder["steps"]
        self.assertEqual(second["waiting"], 3, "they wait at the original")
        self.assertEqual(second["people_at"], self.second_step.ids)

    def test_running_campaign_when_built_upon_asks_for_a_version(self):
        self.campaign.action_start()
        builder = self.mine.get_builder()
        self.assertFalse(builder["may_edit"])
        self.assertTrue(builder["may_begin"])
        with self.assertRaisesRegex(UserError, "Choose Edit Steps"):
            self.mine.builder_add("tag")
        self.mine.action_edit_steps()
        self.mine.builder_add("tag")
        self.assertEqual(self._kinds(), ["mail", "mail", "tag"])
        self.assertEqual(len(self.campaign.step_ids), 2)

    def test_sourcer_when_looking_sees_the_steps_and_may_not_build(self):
        sourcer = new_test_user(self.env, "builder_sourcer", groups=SOURCER)
        builder = self.campaign.with_user(sourcer).get_builder()
        self.assertEqual(len(builder["steps"]), 2)
        self.assertFalse(builder["may_edit"] or builder["may_begin"])
