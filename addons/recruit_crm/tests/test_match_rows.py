from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import RecruitCrmCommon
from .common_match import MatchCommon

SHOWN = {
    "job_id": {"fields": {"display_name": {}}},
    "candidate_id": {"fields": {"display_name": {}}},
    "is_first": {},
    "state": {},
    "score": {},
    "skills": {},
    "history": {},
    "reasons": {},
    "unreachable_reason": {},
}


@tagged("post_install", "-at_install")
class TestMatchRows(MatchCommon, RecruitCrmCommon):
    """The stored matches: opened by people, moved by a merge."""

    def _opened(self, job):
        """The list of a job, and how many statements it took."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        found = (
            self.env["recruit.match"]
            .with_user(self.user_officer)
            .web_search_read([("job_id", "=", job.id)], SHOWN, limit=80)
        )
        return found["records"], self.env.cr.sql_log_count - before

    def test_a_long_list_opens_with_as_few_statements_as_a_short_one(self):
        wanted = {self.skills[0]: 60, self.skills[1]: 60}
        for number in range(3):
            self._knows(f"Few {number}", {self.skills[0]: 80, self.skills[1]: 80})
        job = self._opening(wanted)
        self._refresh(job)
        self._opened(job)
        short, few = self._opened(job)
        for number in range(30):
            self._knows(f"Many {number}", {self.skills[0]: 80, self.skills[1]: 80})
        self._refresh(job)
        long, many = self._opened(job)
        self.assertEqual((len(short), len(long)), (3, 33))
        self.assertTrue(all(row["reasons"] for row in long))
        self.assertLessEqual(many, few)
        self.assertLessEqual(many, 20)

    def _pair(self):
        """Two records of one person, each matched with the same job."""
        ann = self._knows("Ann Lee", {self.skills[0]: 80})
        copy = self._knows("Ann Margaret Lee", {self.skills[0]: 60})
        job = self._opening({self.skills[0]: 60})
        self._refresh(job)
        self.assertEqual(self._listed(job), ann | copy)
        return ann, copy, job

    def test_of_two_matches_of_one_person_a_merge_leaves_one(self):
        ann, copy, job = self._pair()
        ann._merge(copy)
        self._refresh(job)
        matches = self.env["recruit.match"].search([("job_id", "=", job.id)])
        self.assertRecordValues(matches, [{"candidate_id": ann.id}])

    def test_who_was_dismissed_is_not_offered_again_after_a_merge(self):
        ann, copy, job = self._pair()
        job.match_ids.filtered(lambda one: one.candidate_id == copy)._decide(
            "dismissed", dismiss_reason="pay"
        )
        ann._merge(copy)
        self._refresh(job)
        self.assertFalse(self._listed(job))

    def test_the_computations_follow_the_person(self):
        ann, copy, _job = self._pair()
        logs = self.env["recruit.match.log"].search([("candidate_id", "=", copy.id)])
        self.assertTrue(logs)
        ann._merge(copy)
        self.assertEqual(logs.exists().candidate_id, ann)

    def test_an_undone_merge_gives_each_their_matches_and_computations_back(self):
        ann, copy, job = self._pair()
        job.match_ids.filtered(lambda one: one.candidate_id == copy)._decide(
            "dismissed", dismiss_reason="pay"
        )
        logs = self.env["recruit.match.log"].search([("candidate_id", "=", copy.id)])
        ann._merge(copy).action_undo()
        self._refresh(job)
        self.assertEqual(logs.exists().candidate_id, copy)
        self.assertEqual(self._listed(job), ann)
        dismissed = job.match_ids.filtered(lambda one: one.state == "dismissed")
        self.assertRecordValues(
            dismissed, [{"candidate_id": copy.id, "dismiss_reason": "pay"}]
        )

    def test_matches_of_another_company_are_seen_by_nobody_here(self):
        there = self.env["res.company"].create({"name": "Weavers Abroad"})
        self._knows("Far Away", {self.skills[0]: 80}, company_id=there.id)
        job = self._opening({self.skills[0]: 60}, company_id=there.id)
        self._refresh(job)
        self.assertTrue(job.match_ids.log_id)
        for model in ("recruit.match", "recruit.match.log", "recruit.match.recipe"):
            with self.subTest(model=model):
                found = self.env[model].with_user(self.user_officer).search([])
                self.assertNotIn(job, found.sudo().job_id)

    def test_an_interviewer_and_an_employee_read_no_match(self):
        _ann, _copy, job = self._pair()
        for group in (
            "hr_recruitment.group_hr_recruitment_interviewer",
            "base.group_user",
        ):
            user = new_test_user(self.env, group, groups=group)
            for records in (job.match_ids, job.match_ids.log_id):
                with self.subTest(group=group), self.assertRaises(AccessError):
                    records.with_user(user).read(["candidate_id"])
