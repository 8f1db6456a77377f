from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common_interview import INTERVIEWER, InterviewCase


@tagged("post_install", "-at_install")
class TestScorecardVisibility(InterviewCase):
    """Nobody sees the scorecards of others before submitting their own."""

    def setUp(self):
        super().setUp()
        exporters = self.env.ref("base.group_allow_export")
        self.env.ref("base.group_user").implied_ids |= exporters
        self.inas = self.card(self.ina)
        self.inas.write({"recommendation": "strong_yes", "notes": "<p>Wonderful</p>"})
        self.inas.rating_ids[0].write({"rating": "5", "note": "Spotless"})
        self.inas.action_submit()

    def sees(self, user):
        """Whether a user finds Ina's scorecard in any of the ways there are."""
        cards = self.env["recruit.scorecard"].with_user(user)
        domain = [("candidate_id", "=", self.candidate.id)]
        ways = [
            self.inas in cards.search(domain),
            bool(cards.search_count([("recommendation", "=", "strong_yes")])),
            bool(cards.search([("rating_ids.rating", "=", "5")])),
            bool(
                cards._read_group(
                    [*domain, ("interviewer_id", "=", self.ina.id)], [], ["__count"]
                )[0][0]
            ),
            bool(
                self.env["recruit.scorecard.rating"]
                .with_user(user)
                .search_count([("note", "=", "Spotless")])
            ),
            self._summarized(user),
            self._exported(user),
        ]
        self.assertEqual(len(set(ways)), 1, ways)
        return ways[0]

    def _summarized(self, user):
        try:
            applicant = self.applicant.with_user(user)
            return "Grinding" in str(applicant.scorecard_summary)
        except AccessError:
            return False

    def _exported(self, user):
        try:
            return "Wonderful" in str(
                self.inas.with_user(user).export_data(["notes"])["datas"]
            )
        except AccessError:
            return False

    def test_who_still_owes_a_scorecard_sees_nothing_of_the_others(self):
        ivos = self.card(self.ivo)
        self.assertFalse(self.sees(self.ivo))
        told = str(self.applicant.with_user(self.ivo).scorecard_summary)
        self.assertIn('role="status"', told)  # for those who listen to the screen
        ivos.action_submit()
        self.assertTrue(self.sees(self.ivo))

    def test_an_officer_who_is_on_the_panel_waits_like_everybody(self):
        self.assertTrue(self.sees(self.officer))
        card = self.card(self.officer)
        self.assertFalse(self.sees(self.officer))
        card.action_submit()
        self.assertTrue(self.sees(self.officer))

    def test_a_scorecard_owed_for_another_application_of_the_person_counts(self):
        again = self.apply("Ann", job_id=self.next_job.id, interviewer_ids=self.ivo.ids)
        self.assertEqual(again.candidate_id, self.candidate)
        self.card(self.ivo, again)
        self.assertFalse(self.sees(self.ivo))

    def test_drafts_are_seen_by_their_interviewer_alone(self):
        draft = self.card(self.ivo)
        draft.notes = "Hm"
        for user in (self.ina, self.officer):
            self.assertNotIn(
                draft, self.env["recruit.scorecard"].with_user(user).search([])
            )
            with self.assertRaises(AccessError):
                draft.with_user(user).read(["notes"])

    def test_an_interviewer_of_other_jobs_sees_nothing(self):
        self.assertFalse(self.sees(new_test_user(self.env, "nele", INTERVIEWER)))

    def test_a_colleague_who_applied_never_sees_what_is_said_of_them(self):
        user = new_test_user(self.env, "anna", INTERVIEWER, email="ann@example.com")
        applicant = self.apply("Ann", job_id=self.next_job.id)
        applicant.interviewer_ids = self.ina
        self.job.interviewer_ids |= user
        self.next_job.interviewer_ids |= user
        self.card(self.ina, applicant).action_submit()
        cards = self.env["recruit.scorecard"].with_user(user).search([])
        self.assertFalse(cards.filtered(lambda one: one.applicant_id == applicant))

    def test_who_is_hired_and_gets_a_login_never_sees_what_was_said_of_them(self):
        user = new_test_user(self.env, "annette", INTERVIEWER)
        self.job.interviewer_ids |= user
        self.assertTrue(self.sees(user))
        self.env["hr.employee"].create(
            {"name": "Ann", "user_id": user.id, "candidate_id": self.candidate.id}
        )
        self.env.invalidate_all()
        self.assertFalse(self.sees(user))

    def test_how_many_are_in_is_no_secret(self):
        self.card(self.ivo)
        self.assertEqual(self.applicant.with_user(self.ivo).scorecard_status, "1 / 2")
        rows = self.env["recruit.scorecard.status"].with_user(self.officer)
        self.env.flush_all()
        self.assertEqual(
            sorted(
                rows.search([("applicant_id", "=", self.applicant.id)]).mapped("rate")
            ),
            [0, 100],
        )

    def test_another_company_sees_nothing(self):
        company = self.env["res.company"].create({"name": "Branch"})
        officer = new_test_user(
            self.env,
            "otto",
            "hr_recruitment.group_hr_recruitment_user",
            company_id=company.id,
            company_ids=company.ids,
        )
        self.applicant.company_id = self.env.company
        self.inas.sudo().company_id = self.env.company
        self.assertFalse(
            self.env["recruit.scorecard"].with_user(officer).search_count([])
        )

    def _proofs(self, user):
        """What a user finds of what the scorecards proved: levels and words."""
        return [
            self.env["recruit.candidate.skill"]
            .with_user(user)
            .search_count([("candidate_id", "=", self.candidate.id)]),
            self.env["recruit.skill.evidence"]
            .with_user(user)
            .search_count([("words", "=", "Spotless")]),
        ]

    def test_who_owes_a_scorecard_learns_no_rating_from_the_proven_skills(self):
        for user in (self.ivo, self.officer):
            with self.subTest(user=user.login):
                owed = self.card(user)
                self.assertEqual(self._proofs(user), [0, 0])
                owed.action_submit()
                self.assertEqual(self._proofs(user), [1, 1])
        self.assertEqual(self._proofs(self.ina), [1, 1])

    def test_a_colleague_never_learns_their_rating_from_their_skills(self):
        self.assertEqual(self._proofs(self.officer), [1, 1])
        self.env["hr.employee"].create(
            {
                "name": "Ann",
                "user_id": self.officer.id,
                "candidate_id": self.candidate.id,
            }
        )
        self.env.invalidate_all()
        self.assertEqual(self._proofs(self.officer), [0, 0])

    def test_who_owes_a_scorecard_reads_no_summary_by_way_of_a_medal(self):
        owed = self.card(self.officer)
        medal = self.env["recruit.medal"].create(
            {
                "candidate_id": self.candidate.id,
                "applicant_id": self.applicant.id,
                "medal_on": self.now.date(),
            }
        )
        self.env.flush_all()
        for submitted in (False, True):
            if submitted:
                owed.action_submit()
            self.env.invalidate_all()
            shown = medal.with_user(self.officer).scorecard_summary
            self.assertEqual("Grinding" in str(shown), submitted)

    def test_who_owes_a_scorecard_learns_no_score_from_a_medal_or_the_closing(self):
        sheets = self.env["recruit.job.close"].with_user(self.officer)
        owed = self.card(self.officer)
        self.assertEqual(sheets._open_for(self.job).line_ids.score, 0)
        medal = self._refused_by_officer()
        for submitted in (False, True):
            if submitted:
                owed.action_submit()
            self.env.invalidate_all()
            mine = medal.with_user(self.officer)
            found = mine.search([("candidate_id", "=", self.candidate.id)])
            self.assertEqual(found, medal if submitted else medal.browse())
            self.assertEqual(mine.has_access("read"), submitted)

    def test_who_owes_a_scorecard_may_refuse_and_take_it_back(self):
        self.card(self.officer)
        medal = self._refused_by_officer()
        self.applicant.with_user(self.officer).action_unarchive()
        self.assertEqual(medal.state, "closed")

    def _refused_by_officer(self):
        """The medal of Ann, with the strong yes of Ina, whom the officer refuses."""
        dialogs = self.env["applicant.get.refuse.reason"].with_user(self.officer)
        dialogs.with_context(active_test=False).create(
            {
                "applicant_ids": [Command.set(self.applicant.ids)],
                "refuse_reason_id": self.preferred.id,
                "is_medal": True,
                "send_mail": False,
            }
        ).action_refuse_reason_apply()
        self.assertEqual(self.applicant.medal_ids.score, 2)
        return self.applicant.medal_ids

    def test_who_owes_a_scorecard_sees_no_match_that_speaks_of_the_rating(self):
        recipe = self._recipe()
        self.env["recruit.skill.rarity"]._count()
        matches = self.env["recruit.match"]
        [row] = [
            row
            for row in matches._best_of(recipe, 50)
            if row["id"] == self.candidate.id
        ]
        match = matches._keep(recipe, [row])
        self.assertIn("interview", match.reasons.lower())
        owed = self.card(self.officer)
        for submitted in (False, True):
            if submitted:
                owed.action_submit()
            self.env.invalidate_all()
            for one in (match, match.log_id):
                mine = one.with_user(self.officer)
                self.assertEqual(mine.has_access("read"), submitted)
                self.assertEqual(bool(mine.search([("id", "=", one.id)])), submitted)

    def _recipe(self):
        """A job that asks for what Ann was rated in, and whom nothing keeps from it."""
        self.applicant.active = False
        self.candidate.state = "nurturing"
        levels = self.skill.skill_type_id.skill_level_ids
        line = {
            "skill_id": self.skill.id,
            "skill_type_id": self.skill.skill_type_id.id,
            "skill_level_id": levels.id,
        }
        self.next_job.write(
            {"no_of_recruitment": 1, "job_skill_ids": [Command.create(line)]}
        )
        return self.env["recruit.match.recipe"]._of(self.next_job)
