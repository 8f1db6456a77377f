from datetime import timedelta

from odoo import Command
from odoo.tests import new_test_user, tagged

from .common import RecruitCrmCommon
from .common_match import MatchCommon

SOURCER = "recruit_crm.group_recruit_sourcer"


@tagged("post_install", "-at_install")
class TestCandidateJobs(MatchCommon, RecruitCrmCommon):
    """The jobs of a candidate: where there is none, it says why."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for number in range(12):  # a skill that everybody has tells nothing
            cls._knows(f"Other {number}", {cls.skills[5]: 60})
        cls.opening = cls._opening({cls.skills[0]: 60}, match_threshold=10)
        cls.ann = cls._knows("Ann Lee", {cls.skills[0]: 60})
        cls._refresh(cls.opening)
        cls.sourcer = new_test_user(cls.env, "jobs_sourcer", groups=SOURCER)

    def _note(self, person=None):
        """What a sourcer reads; what the comparison finds says the same."""
        person = (person or self.ann).with_user(self.sourcer)
        self.env.flush_all()
        self.env.invalidate_all()
        action = person.action_find_jobs()
        found = self.env["recruit.match"].search(action["domain"]).job_id
        if person.jobs_note:
            self.assertNotIn(self.opening, found)
            self.assertIn(person.jobs_note.split("%")[0][:20], str(action["help"]))
        else:
            self.assertEqual(found, self.opening)
        return person.jobs_note or ""

    def test_who_is_offered_jobs_reads_no_reason(self):
        self.assertFalse(self._note())

    def test_who_is_in_process_reads_for_which_job(self):
        self._apply("Ann Lee", self.ann.email, self.other_job)
        self.assertEqual(self.ann.state, "in_process")
        self.assertIn("In process for Smith", self._note())

    def test_whatever_keeps_jobs_from_somebody_is_said(self):
        tomorrow = self.env["recruit.clock"].now() + timedelta(days=1)
        for values, words in (
            ({"active": False}, "archive"),
            ({"state": "hired"}, "Works here"),
            ({"state": "employee"}, "Works here"),
            ({"state": "in_process"}, "In process for a job"),
            ({"state": "do_not_contact"}, "not to be contacted"),
            ({"email": False}, "No e-mail address"),
            ({"snoozed_until": tomorrow.date()}, "Snoozed until"),
            ({"skill_ids": [Command.clear()]}, "No skill is known"),
        ):
            with self.subTest(values=values), self.cr.savepoint() as undo:
                self.ann.write(values)
                self.assertIn(words, self._note())
                undo.rollback()

    def test_a_job_that_somebody_was_dismissed_for_is_named(self):
        match = self.env["recruit.match"].search(
            [("candidate_id", "=", self.ann.id), ("job_id", "=", self.opening.id)]
        )
        match._decide("dismissed")
        self.assertIn(f"dismissed for it: {self.opening.name}", self._note())
        self.opening.no_of_recruitment = 0
        self.env.invalidate_all()
        self.assertFalse(self.ann.jobs_note)

    def test_a_job_that_somebody_applied_for_since_it_opened_is_named(self):
        self._refuse(self._apply("Ann Lee", self.ann.email, self.opening))
        self.assertIn(f"applied for already: {self.opening.name}", self._note())
