from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged

from odoo.addons.recruit_crm.tests.test_roles import SOURCER

from .common import ACCEPTED, TOKEN, CampaignsCommon


@tagged("post_install", "-at_install")
class TestVersion(CampaignsCommon):
    """Ann and the others have got the first message and wait for the second."""

    def setUp(self):
        super().setUp()
        self._send_all()
        self.env.invalidate_all()
        self.mine = self.campaign.with_user(self.officer)

    def _edit(self):
        """A new version; returns its steps."""
        self.mine.action_edit_steps()
        return self.mine._draft_steps()

    def _publish(self, choice):
        self.env["recruit.campaign.publish"].with_user(self.officer).create(
            {"campaign_id": self.campaign.id, "choice": choice}
        ).action_publish()
        self.env.invalidate_all()

    def _effect(self, choice):
        wizard = self.env["recruit.campaign.publish"].new(
            {"campaign_id": self.campaign.id, "choice": choice}
        )
        return str(wizard.effect)

    def _enroll_dora(self):
        dora = self.env["recruit.candidate"].create(
            {"name": "Dora", "email": "dora@example.com"}
        )
        self.campaign.enroll(dora.ids)
        return dora

    def test_steps_of_a_running_campaign_when_written_are_refused(self):
        step = self.second_step.with_user(self.officer)
        for change in (
            lambda: step.write({"delay": 9}),
            lambda: step.write({"subject": "Other"}),
            lambda: step.create({"campaign_id": self.campaign.id, "kind": "end"}),
            step.unlink,
        ):
            with self.assertRaisesRegex(UserError, "Choose Edit Steps"):
                change()

    def test_new_version_when_begun_is_a_copy_that_nobody_comes_to(self):
        hello, again = self._edit()
        self.assertEqual((hello | again).mapped("version"), [2, 2])
        self.assertEqual(hello.subject, self.first_step.subject)
        self.assertEqual(again.origin_id, self.second_step)
        again.subject = "Another word"
        self.assertEqual(self.second_step.subject, "Still there?")
        self.assertEqual(self.campaign.step_ids, self.first_step | self.second_step)
        dora = self._enroll_dora()
        self.assertEqual(self._enrollment(dora).step_id, self.first_step)
        self.assertEqual(len(self._edit()), 2, "there is one new version at a time")

    def test_new_version_when_discarded_leaves_nothing(self):
        steps = self._edit()
        self.mine.action_discard_steps()
        self.assertFalse(steps.exists())
        self.assertFalse(self.campaign.draft_version_id)

    def test_people_inside_when_they_finish_their_steps_get_them_as_they_were(self):
        _hello, again = self._edit()
        again.subject = "Another word"
        self._publish("finish")
        dora = self._enroll_dora()
        self.assertEqual(self._enrollment(dora).step_id.version, 2)
        self.assertEqual(self._delivery(self.ann, self.second_step).state, "planned")
        self._send_all(self._now() + timedelta(days=4))
        self.env.invalidate_all()
        self.assertEqual(self._delivery(self.ann, self.second_step).state, "sent")
        self.assertEqual(self._enrollment(self.ann).state, "finished")
        self.assertEqual(self._delivery(dora, again).version, 2)
        self.assertRecordValues(
            self.campaign.version_ids,
            [
                {"number": 2, "choice": "finish", "stayed_count": 3, "moved_count": 0},
                {"number": 1, "choice": False, "stayed_count": 0, "moved_count": 0},
            ],
        )

    def test_people_inside_when_they_move_go_on_with_the_new_steps(self):
        _hello, again = self._edit()
        again.write({"subject": "Another word", "delay": 10})
        self.assertIn(
            "“Another word” (3 waiting): they wait for it, and now for 10 days.",
            self._effect("move"),
        )
        before = self._delivery(self.ann, self.second_step)
        due = before.due_at
        self._publish("move")
        row = self._delivery(self.ann, again)
        self.assertEqual(row, before, "the same row waits for another step")
        self.assertEqual(row.due_at, due + timedelta(days=7))
        self.assertEqual(self._enrollment(self.ann).step_id, again)
        self.assertEqual(self.campaign.version, 2)

    def test_people_at_a_step_that_was_removed_go_on_with_the_next(self):
        hello, again = self._edit()
        last = again.copy({"version": 2, "active": False, "sequence": 30})
        again.unlink()
        last.origin_id = False
        self.assertIn("is gone: they get nothing more", self._effect("move"))
        third = self.env["recruit.campaign.step"].create(
            {
                "campaign_id": self.campaign.id,
                "kind": "end",
                "sequence": 40,
            }
        )
        third.sudo().write({"version": 1})
        twin = third.copy({"version": 2, "active": False, "origin_id": third.id})
        self.assertIn("is gone: they go on with", self._effect("move"))
        self._publish("move")
        self.assertEqual(self._enrollment(self.ann).step_id, twin)
        self.assertEqual(self._delivery(self.ann, twin).kind, "end")
        self.assertTrue(hello.active)

    def test_people_for_whom_nothing_is_left_have_finished(self):
        _hello, again = self._edit()
        again.unlink()
        self._publish("move")
        self.assertEqual(self._enrollment(self.ann).state, "finished")
        row = self._delivery(self.ann, self.second_step)
        self.assertEqual(row.state, "skipped")
        self.assertIn("no other follows", row.reason)
        self.assertEqual(self.campaign.version_ids[0].ended_count, 3)

    def test_message_on_its_way_when_people_move_leads_to_the_new_steps(self):
        dora = self._enroll_dora()
        pairs = self._in_flight()
        row, letter = pairs[dora]
        _hello, again = self._edit()
        self._publish("move")
        self.assertEqual(row.step_id, self.first_step, "she gets it as it was")
        row._record_answer(TOKEN, letter, ACCEPTED, self._now())
        self.env.invalidate_all()
        self.assertEqual(self._enrollment(dora).step_id, again)
        self.assertEqual(self._delivery(dora, again).state, "planned")

    def test_versions_after_each_other_send_stragglers_to_the_newest(self):
        dora = self._enroll_dora()
        row, letter = self._in_flight()[dora]
        self._edit()
        self._publish("move")
        _hello, newest = self._edit()
        self._publish("move")
        row._record_answer(TOKEN, letter, ACCEPTED, self._now())
        self.env.invalidate_all()
        self.assertEqual(newest.version, 3)
        self.assertEqual(self._enrollment(dora).step_id, newest)
        self.assertEqual(self._enrollment(self.ann).step_id, newest)

    def test_incomplete_version_when_published_is_refused_and_says_why(self):
        _hello, again = self._edit()
        again.body_html = False
        with self.assertRaisesRegex(UserError, "Step 2: it has no subject or no text"):
            self.mine.action_ask_publish()

    def test_step_of_one_version_when_led_to_another_is_refused(self):
        hello, _again = self._edit()
        with self.assertRaisesRegex(ValidationError, "another version"):
            hello.yes_step_id = self.second_step

    def test_sourcer_when_editing_the_steps_is_refused(self):
        sourcer = new_test_user(self.env, "version_sourcer", groups=SOURCER)
        with self.assertRaises(AccessError):
            self.campaign.with_user(sourcer).action_edit_steps()

    def test_draft_when_its_first_step_is_removed_lets_people_wait_for_the_next(self):
        draft = self._new_campaign(name="Draft", segment_id=False)
        draft.enroll(self.ann.ids)
        first, second = draft.step_ids
        first.with_user(self.officer).unlink()
        row = draft.enrollment_ids.delivery_ids
        self.assertEqual(row.step_id, second)
        with self.assertRaisesRegex(UserError, "add the step first"):
            second.with_user(self.officer).unlink()

    def test_step_put_before_the_first_of_a_draft_is_where_people_begin(self):
        draft = self._new_campaign(name="Draft", segment_id=False)
        draft.enroll(self.ann.ids)
        tag = self.env["recruit.campaign.step"].create(
            {
                "campaign_id": draft.id,
                "kind": "tag",
                "tag_id": self.tag.id,
                "sequence": 1,
            }
        )
        draft.action_start()
        row = draft.enrollment_ids.delivery_ids
        self.assertRecordValues(row, [{"step_id": tag.id, "kind": "tag"}])
        self.assertEqual(draft.enrollment_ids.step_id, tag)
