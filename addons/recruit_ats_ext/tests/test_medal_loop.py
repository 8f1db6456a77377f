from datetime import timedelta

from odoo.tests import tagged

from .common_interview import InterviewCase


@tagged("post_install", "-at_install")
class TestMedalLoop(InterviewCase):
    def row(self):
        self.env.flush_all()
        return self.env["recruit.medal.loop"].search(
            [("candidate_id", "=", self.candidate.id)]
        )

    def test_a_medal_that_nobody_acted_upon_counts_as_one_and_nothing_else(self):
        self.refuse(self.applicant)
        row = self.row()
        self.assertEqual(row.medals, 1)
        self.assertFalse(row.contacted or row.answered or row.applied or row.hired)
        self.assertFalse(row.days_saved)

    def test_each_step_of_the_way_back_is_counted_with_the_days_it_saved(self):
        cold = self.apply("Cold", job_id=self.next_job.id)
        cold.create_date = self.now - timedelta(days=40)
        cold.stage_id = self.hired_stage
        self.refuse(self.applicant)
        self.candidate._log_touch("call")
        self.candidate._log_touch("replied")
        again = self.candidate._create_application(self.next_job)
        again.create_date = self.now - timedelta(days=10)
        self.card(self.officer, again).action_submit()
        again.stage_id = self.hired_stage
        row = self.row()
        steps = ("contacted", "answered", "applied", "interviewed", "hired")
        self.assertEqual([row[step] for step in steps], [1] * 5)
        self.assertAlmostEqual(row.days_to_hire, 10, delta=0.1)
        self.assertAlmostEqual(row.days_saved, 30, delta=0.5)
