from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import new_test_user, tagged

from .common import RecruitCrmCommon
from .common_match import MatchCommon

SOURCER = "recruit_crm.group_recruit_sourcer"


@tagged("post_install", "-at_install")
class TestMatchShortlist(MatchCommon, RecruitCrmCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ann = cls._knows("Ann Lee", {cls.skills[0]: 60, cls.skills[1]: 60})
        cls.ben = cls._knows("Ben Okafor", {cls.skills[0]: 60})
        # skills that everybody has tell nothing: others have others
        for number in range(12):
            cls._knows(f"Other {number}", {cls.skills[5]: 60})
        cls.asked = {cls.skills[0]: 60, cls.skills[1]: 60}
        cls.opening = cls._opening(cls.asked, match_threshold=10)
        cls._refresh()

    def _match(self, candidate, job=None):
        return self.env["recruit.match"].search(
            [
                ("candidate_id", "=", candidate.id),
                ("job_id", "=", (job or self.opening).id),
            ]
        )

    def test_a_job_that_opens_lists_who_fits_the_best_first(self):
        self.assertEqual(self._listed(self.opening), self.ann | self.ben)
        self.assertEqual(self.opening.match_count, 2)

    def test_the_recruiter_gets_the_shortlist_as_an_activity_once(self):
        activity = self.opening.activity_ids
        self.assertEqual(len(activity), 1)
        self.assertIn("Ann Lee", activity.note)
        self._refresh()
        self.assertEqual(len(self.opening.activity_ids), 1)
        self.opening.no_of_recruitment = 0
        self.opening.no_of_recruitment = 2
        self._refresh()
        self.assertEqual(len(self.opening.activity_ids), 2)

    def test_the_activity_names_people_as_they_are_written(self):
        self.ann.name = "Ann <b>Lee</b>"
        self.opening.no_of_recruitment = 0
        self.opening.no_of_recruitment = 2
        self._refresh()
        note = self.opening.activity_ids.sorted("id")[-1].note
        self.assertIn("Ann &lt;b&gt;Lee&lt;/b&gt;", note)
        self.assertNotIn("and others", note)

    def test_a_job_that_closes_forgets_its_suggestions_and_keeps_decisions(self):
        self._match(self.ben)._decide("dismissed")
        self.opening.no_of_recruitment = 0
        self._refresh(self.opening)
        self.assertEqual(self.opening.match_ids.candidate_id, self.ben)

    def test_threshold_and_cap_of_the_job_hold(self):
        self.opening.match_cap = 1
        self._refresh()
        self.assertEqual(self._listed(self.opening), self.ann)
        self.opening.match_cap = 50
        self.opening.match_threshold = self._match(self.ann).score
        self._refresh()
        self.assertEqual(self._listed(self.opening), self.ann)

    def test_people_whom_no_job_is_offered_to_are_left_out(self):
        reasons = {
            "employee": {"state": "employee"},
            "in process": {"state": "in_process"},
            "do not contact": {"state": "do_not_contact"},
            "no address": {"email": False},
            "snoozed": {"snoozed_until": "2999-01-01"},
            "archived": {"active": False},
        }
        for number, (reason, values) in enumerate(reasons.items()):
            with self.subTest(reason=reason):
                who = self._knows(f"Out {number}", dict.fromkeys(self.skills[:2], 100))
                who.write(values)
                self._refresh()
                self.assertNotIn(who, self._listed(self.opening))

    def test_who_may_be_somebody_ranked_before_is_left_out(self):
        pair = (self.ann | self.ben).sorted("id")
        self.env["recruit.duplicate"].create(
            {
                "candidate_id": pair[0].id,
                "other_id": pair[1].id,
                "reason_codes": "phone",
            }
        )
        self._refresh()
        self.assertEqual(self._listed(self.opening), self.ann)

    def test_who_applied_since_the_job_opened_is_left_out(self):
        application = self.ann._create_application(self.opening)
        self._refuse(application)
        self._refresh()
        self.assertNotIn(self.ann, self._listed(self.opening))

    def test_a_must_have_vetoes(self):
        self.opening.match_must_ids = self.skills[1]
        self._refresh()
        self.assertEqual(self._listed(self.opening), self.ann)

    def test_a_must_have_has_to_be_among_the_expected_skills(self):
        with self.assertRaises(ValidationError):
            self.opening.match_must_ids = self.skills[4]

    def test_a_dismissal_is_remembered_and_can_be_taken_back(self):
        wizard = self.env["recruit.match.dismiss"].create(
            {"match_ids": self._match(self.ann).ids, "reason": "place", "note": "Far"}
        )
        wizard.action_dismiss()
        self._refresh()
        self.assertEqual(self._listed(self.opening), self.ben)
        match = self._match(self.ann)
        self.assertEqual((match.state, match.dismiss_note), ("dismissed", "Far"))
        match.action_suggest_again()
        self._refresh()
        self.assertEqual(self._listed(self.opening), self.ann | self.ben)

    def test_adding_to_the_job_makes_one_application_and_contacts_nobody(self):
        mails = self.env["mail.mail"].search_count([])
        self._match(self.ann).action_add_to_job()
        application = self.ann.application_ids
        self.assertEqual(application.job_id, self.opening)
        self.assertEqual(self._match(self.ann).applicant_id, application)
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)

    def test_people_who_change_come_and_go_without_ranking_everybody(self):
        self.ben.skill_ids.unlink()
        new = self._knows("New One", self.asked)
        self.env.flush_all()
        self.env["recruit.match"]._refresh_people(
            self.env["recruit.match.due"]._take(500)
        )
        self.assertEqual(self._listed(self.opening), self.ann | new)

    def test_a_changed_job_is_due_and_gets_another_version(self):
        recipes = self.env["recruit.match.recipe"]
        before = recipes._of(self.opening)
        self.assertFalse(self.opening.match_due)
        self.assertEqual(recipes._of(self.opening), before)
        self.opening.match_skills = 90
        self.assertTrue(self.opening.match_due)
        after = recipes._of(self.opening)
        self.assertEqual(after.number, before.number + 1)
        self.assertEqual(self.opening.match_recipe_ids, after | before)
        versions = self.opening.match_recipe_ids.sorted("number")
        self.assertEqual(versions.mapped("w_skills"), [60, 90])
        self.assertFalse(before.is_current)
        self.opening.job_skill_ids[0].unlink()
        self.assertTrue(self.opening.match_due)
        self.assertEqual(len(recipes._of(self.opening).want_ids), 1)

    def test_what_was_shown_can_be_computed_again_after_everything_changed(self):
        match = self._match(self.ann)
        log, points = match.log_id, match.points
        self.ann.skill_ids.level = 10
        self.opening.match_skills = 90
        self._refresh()
        self.assertEqual(log._replay().points, points)
        self.assertEqual(match.action_replay()["params"]["type"], "success")

    def test_an_unchanged_score_is_not_logged_again(self):
        logs = self.env["recruit.match.log"].search_count([])
        self._refresh()
        self.assertEqual(self.env["recruit.match.log"].search_count([]), logs)

    def test_logs_are_let_go_of_after_a_year_unless_they_are_shown(self):
        match = self._match(self.ann)
        old = match.log_id.copy({"computed_at": "2001-01-01 00:00:00"})
        match.log_id.computed_at = "2001-01-01 00:00:00"
        self.env["recruit.match.log"]._forget_old()
        self.assertFalse(old.exists())
        self.assertTrue(match.log_id.exists())

    def test_the_reasons_are_told_in_words(self):
        reasons = self._match(self.ben).reasons
        self.assertIn("1 of 2 skills", reasons)
        self.assertIn(f"Not known: {self.skills[1].name}", reasons)

    def test_a_job_without_skills_finds_nobody(self):
        empty = self._opening({})
        self._refresh()
        self.assertFalse(empty.match_ids)
        self.assertFalse(empty.match_due)

    def test_bad_weights_are_refused(self):
        for values in (
            {"match_skills": 0},
            {"match_location": -1},
            {"match_history": 101},
            {"match_cap": 0},
            {"match_cap": 251},
            {"match_threshold": 101},
        ):
            with self.subTest(values=values), self.assertRaises(ValidationError):
                self.opening.write(values)

    def test_two_hundred_skills_and_a_level_of_zero_are_ranked(self):
        levels = self.skill_type.skill_level_ids
        zero = levels.create(
            {"name": "None", "level_progress": 0, "skill_type_id": self.skill_type.id}
        )
        many = self.env["hr.skill"].create(
            [
                {"name": f"Many {number}", "skill_type_id": self.skill_type.id}
                for number in range(200)
            ]
        )
        wide = self._opening({}, match_threshold=0)
        wide.job_skill_ids = [
            Command.create(
                {
                    "skill_id": skill.id,
                    "skill_level_id": zero.id,
                    "skill_type_id": self.skill_type.id,
                }
            )
            for skill in many
        ]
        who = self._knows("Wide One", dict.fromkeys(many[:100], 0))
        self._refresh()
        self.assertIn(who, self._listed(wide))

    def test_the_jobs_for_a_person_are_kept_with_their_reasons(self):
        action = self.ben.action_find_jobs()
        found = self.env["recruit.match"].search(action["domain"])
        self.assertEqual(found.job_id, self.opening)
        self.assertTrue(found.reasons)
        self.assertIn(self.opening.name, self.ann.why_now)

    def test_a_sourcer_works_with_matches_and_writes_none(self):
        user = new_test_user(self.env, "match_sourcer", groups=SOURCER)
        match = self._match(self.ann).with_user(user)
        self.assertTrue(match.reasons)
        with self.assertRaises(AccessError):
            match.score = 1
        self.env["recruit.match.dismiss"].with_user(user).create(
            {"match_ids": match.ids, "reason": "other"}
        ).action_dismiss()
        self.assertEqual(match.decided_by_id, user)

    def test_time_alone_changes_the_score_at_night(self):
        match = self._match(self.ann)
        self.ann.skill_ids.proven_on = self.env["recruit.clock"].now() - timedelta(3000)
        self._refresh()
        self.assertLess(match.skills, 100)
