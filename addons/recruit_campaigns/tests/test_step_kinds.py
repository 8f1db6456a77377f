from datetime import timedelta

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.recruit_crm.models.recruit_candidate import OFFICER

from ..steps.kind import REGISTRY, StepKind, done, register
from .common import CampaignsCommon

STEPS = "odoo.addons.recruit_campaigns.models.recruit_campaign_delivery_steps"


@tagged("post_install", "-at_install")
class TestStepKinds(CampaignsCommon):
    """A step of each kind stands before the second message."""

    def _insert(self, kind, sequence=15, **values):
        """A new step of the campaign; between its two messages by default."""
        return self.env["recruit.campaign.step"].create(
            {
                "campaign_id": self.campaign.id,
                "kind": kind,
                "sequence": sequence,
                **values,
            }
        )

    def _take(self, **delta):
        """Take what is due then, and all that is due at once after it."""
        self.env.flush_all()
        now = self._now() + timedelta(**delta)
        while rows := self.deliveries._due_steps(100, now):
            rows._take_steps(now)
            self.env.invalidate_all()

    def _start_and_come_to(self, step):
        """Everybody gets the first message, and stands before the step."""
        self._send_all()
        self.env.invalidate_all()
        return self._delivery(self.ann, step)

    def _assert_row(self, row, **values):
        self.assertRecordValues(row, [values])

    # -------------------------------------------------------------------- pools etc.

    def test_pool_step_when_taken_makes_members_and_goes_on(self):
        pool = self.env["hr.talent.pool"].create({"name": "Weavers we know"})
        step = self._insert("pool", pool_id=pool.id)
        row = self._start_and_come_to(step)
        self._assert_row(row, state="planned", kind="pool")
        self._take()
        self._assert_row(row, state="done", reason="In the pool “Weavers we know”.")
        self.assertEqual(pool.member_ids.candidate_id, self.people)
        self.assertEqual(self._delivery(self.ann, self.second_step).state, "planned")
        self.assertEqual(self._enrollment(self.ann).step_id, self.second_step)

    def test_pool_that_is_gone_when_its_step_is_due_is_passed_over(self):
        pool = self.env["hr.talent.pool"].create({"name": "Soon gone"})
        row = self._start_and_come_to(self._insert("pool", pool_id=pool.id))
        pool.unlink()
        self._take()
        self._assert_row(row, state="skipped", reason="Its pool is gone.")
        self.assertTrue(self._delivery(self.ann, self.second_step))

    def test_tag_step_when_taken_tags_everybody(self):
        tag = self.env["hr.applicant.category"].create({"name": "Wrote to"})
        self._start_and_come_to(self._insert("tag", tag_id=tag.id))
        self._take()
        for person in self.people:
            self.assertIn(tag, person.categ_ids)

    def test_notify_step_when_taken_tells_the_owner_else_the_sender(self):
        owner = new_test_user(self.env, "owner", groups=OFFICER)
        self.ann.user_id = owner
        step = self._insert("notify", note="<p>Have a look</p>")
        row = self._start_and_come_to(step)
        self._take()
        self._assert_row(row, state="done", reason=f"{owner.name} was notified.")
        told = self.env["mail.message"].search(
            [("model", "=", "recruit.candidate"), ("body", "like", "Have a look")]
        )
        self.assertEqual(told.notified_partner_ids, (owner | self.officer).partner_id)

    def test_end_when_reached_finishes_the_person(self):
        self.second_step.unlink()
        row = self._start_and_come_to(self._insert("end"))
        self._take()
        self._assert_row(row, state="done")
        self.assertEqual(self._enrollment(self.ann).state, "finished")

    # ------------------------------------------------------------------------- tasks

    def test_task_when_due_is_an_activity_that_the_sequence_waits_for(self):
        step = self._insert("task", summary="Call", wait_days=5)
        row = self._start_and_come_to(step)
        self._take()
        self._assert_row(
            row,
            state="planned",
            reason=f"Waits until {self.officer.name} has done the task.",
        )
        activity = self.ann.activity_ids
        self.assertRecordValues(
            activity, [{"summary": "Call", "user_id": self.officer.id}]
        )
        self._take(days=4)
        self.assertEqual(row.state, "planned")
        self.assertEqual(len(self.ann.activity_ids), 1)
        activity.with_user(self.officer).action_feedback("She is glad")
        self._take()
        self._assert_row(
            row, state="done", reason=f"{self.officer.name} did it. She is glad"
        )
        self.assertEqual(self._enrollment(self.ann).step_id, self.second_step)
        self.assertEqual(self._enrollment(self.ben).step_id, step, "Ben still waits")

    def test_task_that_nobody_does_holds_nobody_longer_than_its_days(self):
        row = self._start_and_come_to(self._insert("task", wait_days=5))
        self._take()
        self._take(days=5, seconds=1)
        self._assert_row(
            row, state="done", reason="The task was not done in 5 days; it stays."
        )
        self.assertTrue(self.ann.activity_ids)

    def test_who_is_away_comes_to_no_step_before_they_are_back(self):
        tag = self.env["hr.applicant.category"].create({"name": "Wrote to"})
        row = self._start_and_come_to(self._insert("tag", tag_id=tag.id))
        back = self._later(days=9)
        self.ann.sudo().write({"mail_hold_until": back, "mail_hold_reason": "Away"})
        self._take()
        self._assert_row(row, state="planned", reason="Away", hold="away", due_at=back)
        self.assertIn(tag, self.ben.categ_ids)
        self.assertNotIn(tag, self.ann.categ_ids)
        self._take(days=9, seconds=1)
        self._assert_row(row, state="done", hold=False)
        self.assertIn(tag, self.ann.categ_ids)

    def test_task_waits_until_who_is_away_is_back_unless_it_is_done_before(self):
        row = self._start_and_come_to(self._insert("task", wait_days=2))
        self._take()
        self.ann._hold_mail(self._later(days=9), "Away")
        self._take(days=3)
        self._assert_row(row, state="planned", reason="Away")
        self.ann.activity_ids.with_user(self.officer).action_feedback()
        self._take()
        self._assert_row(row, state="done", hold=False)

    def test_who_is_released_comes_to_the_step_now(self):
        row = self._start_and_come_to(self._insert("task"))
        self.ann._hold_mail(self._later(days=9), "Away")
        self._take()
        self.assertFalse(self.ann.activity_ids)
        self.ann.action_release_mail()
        self._take()
        self.assertTrue(self.ann.activity_ids)
        self.assertFalse(row.hold)

    def test_who_is_halted_comes_to_no_step_until_they_may_go_on(self):
        row = self._start_and_come_to(self._insert("task"))
        self.ann._record_event("refused")
        self._take()
        self._assert_row(row, state="skipped")
        self.assertFalse(self.ann.activity_ids)
        self._enrollment(self.ann).action_go_on()
        self._take()
        self._assert_row(row, state="planned")
        self.assertTrue(self.ann.activity_ids)

    def test_task_that_is_removed_when_waited_for_lets_the_person_go_on(self):
        row = self._start_and_come_to(self._insert("task"))
        self._take()
        self.ann.activity_ids.unlink()
        self._take()
        self._assert_row(row, state="done")
        self.assertIn("removed the task", row.reason)

    def test_task_without_days_is_not_waited_for(self):
        row = self._start_and_come_to(self._insert("task", wait_days=0))
        self._take()
        self._assert_row(row, state="done")
        self.assertTrue(self.ann.activity_ids)

    def test_task_of_a_person_who_leaves_is_taken_away(self):
        row = self._start_and_come_to(self._insert("task"))
        self._take()
        self.ann._record_event("replied")
        self.env.invalidate_all()
        self._assert_row(row, state="skipped", reason="Replied")
        self.assertFalse(self.ann.activity_ids)
        self.assertTrue(self.ben.activity_ids)

    # -------------------------------------------------------------------------- waits

    def test_wait_for_a_date_holds_people_until_that_day_begins(self):
        day = self._later(days=20).date()
        step = self._insert("wait", wait_for="date", wait_until=day)
        row = self._start_and_come_to(step)
        self._take(days=18)
        self._assert_row(row, state="planned")
        self._take(days=21)
        self._assert_row(row, state="done")

    def test_wait_for_a_click_ends_at_once_for_who_clicks(self):
        step = self._insert("wait", wait_for="event", event="clicked", wait_days=7)
        row = self._start_and_come_to(step)
        self._take()
        self._assert_row(row, state="planned", reason="Waits: follows a link")
        self._click(self.ann)
        self._take()
        self._assert_row(row, state="done", reason="It happened: follows a link.")
        self.assertEqual(self._delivery(self.ben, step).state, "planned")
        self._take(days=7, seconds=1)
        self._assert_row(
            self._delivery(self.ben, step),
            state="done",
            reason="It did not happen in 7 days.",
        )

    def _click(self, person):
        tracker = self.env["link.tracker"].search_or_create(
            [{"url": "https://example.com/jobs", "title": "Jobs"}]
        )
        self._delivery(person)._on_click(tracker)

    # --------------------------------------------------------------------- conditions

    def _branching(self, **values):
        """A condition: yes goes to the second message, no to an end."""
        condition = self._insert("condition", sequence=12, **values)
        end = self._insert("end", sequence=30)
        condition.write({"yes_step_id": self.second_step.id, "no_step_id": end.id})
        return condition, end

    def test_condition_on_a_click_waits_for_yes_and_says_no_in_the_end(self):
        condition, end = self._branching(test="clicked", wait_days=3)
        self._start_and_come_to(condition)
        self._take()
        self._click(self.ann)
        self._take()
        self._assert_row(
            self._delivery(self.ann, condition), state="done", branch="yes"
        )
        self.assertEqual(self._enrollment(self.ann).step_id, self.second_step)
        self._take(days=3, seconds=1)
        self._assert_row(self._delivery(self.ben, condition), state="done", branch="no")
        self.assertEqual(self._enrollment(self.ben).state, "finished")
        self.assertEqual(self._delivery(self.ben, end).state, "done")

    def test_click_in_another_campaign_is_no_yes(self):
        condition, _end = self._branching(test="clicked", wait_days=0)
        self._start_and_come_to(condition)
        self.ann._log_touch("clicked", source="Elsewhere")
        self._take()
        self.assertEqual(self._delivery(self.ann, condition).branch, "no")

    def test_conditions_on_the_person_mean_what_segments_mean(self):
        skill_type = self.env["hr.skill.type"].create(
            {
                "name": "Crafts",
                "skill_ids": [Command.create({"name": "Weaving"})],
                "skill_level_ids": [
                    Command.create({"name": "Good", "level_progress": 60})
                ],
            }
        )
        skill = skill_type.skill_ids
        self.env["recruit.candidate.skill"].create(
            {"candidate_id": self.ann.id, "skill_id": skill.id, "level": 60}
        )
        self.ann.state = "engaged"
        other = self.segment.copy({"name": "Others"})
        cases = {
            "skill": {"skill_id": skill.id, "skill_level": 60},
            "state": {"person_state": "engaged"},
            "in_segment": {"segment_id": other.id},
        }
        self.ben.categ_ids = False
        for test, values in cases.items():
            with self.subTest(test=test):
                step = self._insert("condition", test=test, **values)
                self.assertFalse(step._kind().problems(step))
                fits = step._who_fits(self.people)
                self.assertIn(self.ann, fits)
                self.assertNotIn(self.ben, fits)
                self.assertTrue(step.display_name)

    def test_condition_that_breaks_holds_people_and_says_why(self):
        condition, _end = self._branching(
            test="in_segment", segment_id=self.segment.copy({"name": "Gone"}).id
        )
        row = self._start_and_come_to(condition)
        condition.segment_id.unlink()
        self._take()
        self._assert_row(row, state="planned")
        self.assertIn("The condition is broken", row.reason)

    # -------------------------------------------------------------------- the sequence

    def test_step_that_leads_backward_when_saved_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "run in a circle"):
            self.second_step.yes_step_id = self.first_step
        condition, end = self._branching(test="clicked")
        with self.assertRaisesRegex(ValidationError, "run in a circle"):
            end.sequence = 1
        self.assertEqual(condition._next_steps(), self.second_step | end)

    def test_step_that_leads_to_another_campaign_when_saved_is_refused(self):
        other = self._new_campaign(name="Second")
        with self.assertRaisesRegex(ValidationError, "another campaign"):
            self.first_step.yes_step_id = other.step_ids[1]

    def test_campaign_with_unfinished_steps_when_started_says_what_each_lacks(self):
        self._insert("pool")
        self._insert("condition", test="skill")
        self.first_step.yes_step_id = self.second_step
        with self.assertRaises(UserError) as refusal:
            self.campaign.action_start()
        for reason in (
            "Step 2: choose a pool.",
            "Step 3: fill in “Skill”.",
            "Step 2: nobody comes to it.",
        ):
            self.assertIn(reason, str(refusal.exception))

    def test_copy_of_a_campaign_leads_as_the_original(self):
        _condition, _end = self._branching(test="clicked")
        copy = self.campaign.copy()
        first, condition, second, end = copy._steps()
        self.assertEqual(condition.kind, "condition")
        self.assertEqual(condition.yes_step_id, second)
        self.assertEqual(condition.no_step_id, end)
        self.assertEqual(first._next_step(), condition)

    def test_step_when_it_is_to_become_another_kind_is_refused(self):
        with self.assertRaisesRegex(UserError, "stays what it is"):
            self.first_step.kind = "end"

    def test_messages_and_other_steps_are_taken_by_their_own_crons_only(self):
        pool = self.env["hr.talent.pool"].create({"name": "Weavers"})
        self._insert("pool", pool_id=pool.id, sequence=1)
        self.campaign.action_start()
        self.env.flush_all()
        now = self._now()
        self.assertFalse(self.deliveries._claim_due(1, now, 50))
        self._take()
        self.assertFalse(self.deliveries._due_steps(50, now))
        self.assertEqual(len(self.deliveries._claim_due(1, self._now(), 50)), 3)

    def test_paused_campaign_takes_no_step_and_unreachable_people_leave(self):
        self.second_step.unlink()
        row = self._start_and_come_to(self._insert("end"))
        self.campaign.action_pause()
        self._take()
        self.assertEqual(row.state, "planned")
        self.campaign.action_resume()
        self.env.cr.execute(
            "UPDATE recruit_candidate SET recruiting_opt_out = TRUE WHERE id = %s",
            [self.ann.id],
        )
        self.env.invalidate_all()
        self._take()
        self._assert_row(
            row, state="skipped", reason="Unsubscribed from recruiting mail"
        )
        self.assertEqual(self._enrollment(self.ben).state, "finished")

    def test_step_that_breaks_for_one_person_stops_nobody_else(self):
        self._register_brittle()
        step = self._insert("brittle")
        self._start_and_come_to(step)
        with mute_logger(STEPS):
            self._take()
        states = {person: self._delivery(person, step).state for person in self.people}
        self.assertEqual(
            states, {self.ann: "failed", self.ben: "done", self.clara: "done"}
        )
        self.assertEqual(self._enrollment(self.ann).exit_reason, "step_failed")
        self.assertIn("unexpected problem", self._delivery(self.ann, step).reason)
        self._delivery(self.ann, step).action_retry()
        self.assertEqual(self._enrollment(self.ann).state, "active")
        self.assertEqual(self._delivery(self.ann, step).state, "planned")

    def _register_brittle(self):
        @register
        class Brittle(StepKind):
            name = "brittle"
            icon = "fa-bomb"

            def label(self, env):
                return "Brittle"

            def say(self, step):
                return "Breaks for Ann"

            def take(self, step, rows, now):
                rows.env.cr.execute(
                    "SELECT 1 / (id - %s) FROM recruit_candidate WHERE id = ANY(%s)",
                    [self.breaks_for, rows.candidate_id.ids],
                )
                return dict.fromkeys(rows, done("It held."))

        Brittle.breaks_for = self.ann.id
        self.addCleanup(REGISTRY.pop, "brittle")
