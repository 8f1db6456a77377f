from datetime import timedelta

from odoo.tests import tagged
from odoo.tools import SQL

from .common_interview import InterviewCase


@tagged("post_install", "-at_install")
class TestMedalLoop(InterviewCase):
    def row(self):
        self.env.flush_all()
        return self.env["recruit.medal.loop"].search(
            [("candidate_id", "=", self.candidate.id)]
        )

    def applied(self, applicant, days_ago):
        """Move an application into the past; the ORM does not write create_date."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE hr_applicant SET create_date = %s WHERE id = %s",
                self.now - timedelta(days=days_ago),
                applicant.id,
            )
        )
        applicant.invalidate_recordset(["create_date"])

    def test_a_medal_that_nobody_acted_upon_counts_as_one_and_nothing_else(self):
        self.refuse(self.applicant)
        row = self.row()
        self.assertEqual(row.medals, 1)
        self.assertFalse(row.contacted or row.answered or row.applied or row.hired)
        self.assertFalse(row.days_saved)

    def test_each_step_of_the_way_back_is_counted_with_the_days_it_saved(self):
        for name, days_ago in (("Cold", 40), ("Entered after the hire", -400)):
            cold = self.apply(name, job_id=self.next_job.id)
            self.applied(cold, days_ago)
            cold.stage_id = self.hired_stage
        self.refuse(self.applicant)
        self.candidate._log_touch("call")
        self.candidate._log_touch("replied")
        again = self.candidate._create_application(self.next_job)
        self.applied(again, days_ago=10)
        self.card(self.officer, again).action_submit()
        again.stage_id = self.hired_stage
        row = self.row()
        steps = ("contacted", "answered", "applied", "interviewed", "hired")
        self.assertEqual([row[step] for step in steps], [1] * 5)
        self.assertAlmostEqual(row.days_to_hire, 10, delta=0.1)
        self.assertAlmostEqual(row.days_saved, 30, delta=0.5)
