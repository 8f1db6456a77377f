from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common_interview import INTERVIEWER, InterviewCase


@tagged("post_install", "-at_install")
class TestScorecard(InterviewCase):
    def test_opening_a_scorecard_copies_the_kit(self):
        card = self.card(self.ina)
        self.assertEqual(card.kit_id, self.kit)
        self.assertIn("Can she grind?", card.purpose)
        self.assertEqual(card.answer_ids.mapped("name"), ["Why lenses?"])
        grinding = card.rating_ids.filtered("is_focus")
        self.assertEqual(grinding.name, "Grinding")
        self.assertEqual(grinding.anchors, {"5": "Flawless"})
        self.assertEqual(grinding.skill_id, self.skill)

    def test_opening_it_again_opens_the_same_scorecard(self):
        self.assertEqual(self.card(self.ina), self.card(self.ina))

    def test_editing_the_kit_leaves_a_scorecard_in_progress_alone(self):
        card = self.card(self.ina)
        self.kit.attribute_ids[0].unlink()
        self.grinding.write({"name": "Milling", "anchor_5": "Good"})
        self.kit.question_ids.name = "Why glass?"
        self.assertEqual(card.rating_ids.mapped("name"), ["Grinding", "Patience"])
        self.assertEqual(card.rating_ids[0].anchors, {"5": "Flawless"})
        self.assertEqual(card.answer_ids.name, "Why lenses?")

    def test_without_a_kit_the_skills_of_the_job_are_rated(self):
        self.kit.active = False
        self.env["recruit.interview.kit"].search(
            [("job_id", "=", False)]
        ).active = False
        level = self.skill.skill_type_id.skill_level_ids
        self.job.job_skill_ids = [
            Command.create(
                {
                    "skill_id": self.skill.id,
                    "skill_type_id": self.skill.skill_type_id.id,
                    "skill_level_id": level.id,
                }
            )
        ]
        self.assertEqual(self.card(self.ina).rating_ids.skill_id, self.skill)

    def test_submitting_twice_is_one_submission(self):
        card = self.card(self.ina)
        card.action_submit()
        first = card.submitted_at
        card.action_submit()
        self.assertEqual((card.state, card.submitted_at), ("submitted", first))

    def test_a_submitted_scorecard_stays_as_it_is(self):
        card = self.card(self.ina)
        card.action_submit()
        for record, values in (
            (card, {"recommendation": "yes"}),
            (card.rating_ids[0], {"rating": "5"}),
            (card.answer_ids, {"answer": "x"}),
        ):
            with self.assertRaisesRegex(UserError, "stays as it is"):
                record.write(values)

    def test_nobody_sets_the_facts_of_a_scorecard_by_hand(self):
        card = self.card(self.ina)
        for values in ({"state": "submitted"}, {"interviewer_id": self.ivo.id}):
            with self.assertRaises(AccessError):
                card.write(values)
        with self.assertRaises(AccessError):
            card.rating_ids[0].write({"is_focus": False})
        with self.assertRaises(AccessError):
            card.write({"rating_ids": [Command.create({"name": "Charm"})]})

    def test_nobody_submits_or_writes_the_scorecard_of_somebody_else(self):
        card = self.card(self.ina)
        for user in (self.ivo, self.officer):
            with self.assertRaises(AccessError):
                card.with_user(user).action_submit()
            with self.assertRaises(AccessError):
                card.with_user(user).write({"notes": "x"})

    def test_a_submitted_scorecard_cannot_be_deleted(self):
        card = self.card(self.ina)
        card.action_submit()
        with self.assertRaisesRegex(UserError, "evidence"):
            card.sudo().unlink()

    def test_submitting_proves_the_rated_skills(self):
        card = self.card(self.ina)
        card.rating_ids.filtered("skill_id").rating = "4"
        card.action_submit()
        proven = self.candidate.skill_ids.filtered(
            lambda line: line.skill_id == self.skill
        )
        self.assertEqual((proven.level, proven.provenance), (75, "interview"))
        self.assertEqual(proven.proven_on, card.interview_at.date())

    def test_who_is_invited_gets_a_scorecard_and_who_leaves_loses_an_empty_one(self):
        meeting = self.meeting(self.ina | self.ivo)
        cards = meeting.scorecard_ids
        self.assertEqual(cards.interviewer_id, self.ina | self.ivo)
        written = cards.filtered(lambda card: card.interviewer_id == self.ina)
        written.with_user(self.ina).notes = "Sharp eyes"
        meeting.partner_ids = [Command.set(self.officer.partner_id.ids)]
        self.assertEqual(meeting.scorecard_ids.interviewer_id, self.ina | self.officer)
        self.assertFalse(written.is_on_panel)
        written.with_user(self.ina).action_submit()
        self.assertEqual(written.state, "submitted")

    def test_moving_the_meeting_moves_when_the_scorecard_is_due(self):
        meeting = self.meeting(self.ina)
        meeting.write(
            {
                "start": meeting.start + timedelta(days=2),
                "stop": meeting.stop + timedelta(days=2),
            }
        )
        self.assertEqual(
            meeting.scorecard_ids.due_at, meeting.stop + timedelta(hours=1)
        )

    def test_a_colleague_without_recruiting_rights_who_is_invited_may_read(self):
        emil = new_test_user(self.env, "emil", "base.group_user")
        meeting = self.meeting(emil)
        self.assertIn(emil, self.applicant.interviewer_ids)
        action = meeting.with_user(emil).action_open_scorecard()
        self.assertEqual(action["res_id"], meeting.scorecard_ids.id)

    def test_an_interviewer_is_reminded_once_until_the_scorecard_is_in(self):
        past = self.now - timedelta(days=1)
        meeting = self.meeting(self.ina, start=past)
        scorecards = self.env["recruit.scorecard"]
        scorecards._to_remind(10)._remind()
        self.assertFalse(scorecards._to_remind(10))
        activity = self.applicant.activity_ids
        self.assertEqual(activity.user_id, self.ina)
        meeting.scorecard_ids.with_user(self.ina).action_submit()
        self.assertFalse(self.applicant.activity_ids)

    def test_a_colleague_who_applied_gets_no_scorecard_of_their_own(self):
        carl = new_test_user(self.env, "carl", INTERVIEWER, email="carl@example.com")
        applicant = self.apply("Carl", interviewer_ids=(carl | self.ina).ids)
        meeting = self.meeting(carl | self.ina, applicant=applicant)
        self.assertEqual(meeting.scorecard_ids.interviewer_id, self.ina)
        with self.assertRaisesRegex(UserError, "about yourself"):
            applicant.with_user(carl).action_open_scorecard()
