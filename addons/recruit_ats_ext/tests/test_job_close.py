from odoo.exceptions import UserError
from odoo.tests import tagged

from .common_interview import InterviewCase


@tagged("post_install", "-at_install")
class TestJobClose(InterviewCase):
    def setUp(self):
        super().setUp()
        self.bob = self.apply("Bob")
        self.eve = self.apply("Eve", self.first_stage)
        card = self.card(self.officer, self.bob)
        card.recommendation = "strong_yes"
        card.action_submit()

    def sheet(self):
        action = self.job.with_user(self.officer).action_ask_close()
        return (
            self.env["recruit.job.close"]
            .with_user(self.officer)
            .browse(action["res_id"])
        )

    def test_the_sheet_ranks_finalists_and_keeps_the_others_apart(self):
        sheet = self.sheet()
        self.assertEqual(
            sheet.line_ids.applicant_id.ids, [self.bob.id, self.applicant.id]
        )
        self.assertEqual(sheet.line_ids.mapped("score"), [2.0, 0.0])
        self.assertTrue(all(sheet.line_ids.mapped("is_medal")))
        self.assertEqual(sheet.other_ids, self.eve)

    def test_closing_refuses_each_as_decided_and_archives_the_job(self):
        sheet = self.sheet()
        best, second = sheet.line_ids
        best.note = "First call"
        second.write({"disposition_type": "withdrew", "is_medal": False})
        answer = sheet.action_close_job()
        everybody = self.bob | self.applicant | self.eve
        self.assertEqual(set(answer["params"]["ids"]), set(everybody.ids))
        self.assertEqual(set(everybody.mapped("application_status")), {"refused"})
        self.assertEqual(self.bob.medal_ids.note, "First call")
        self.assertEqual(self.bob.medal_ids.score, 2)
        self.assertFalse(self.applicant.medal_ids)
        self.assertEqual(self.applicant.disposition_ids.disposition_type, "withdrew")
        self.assertFalse(self.eve.medal_ids)
        self.assertFalse(self.job.active)

    def test_who_was_refused_in_another_window_meanwhile_is_left_alone(self):
        sheet = self.sheet()
        self.refuse(self.bob, self.spam)
        sheet.action_close_job()
        self.assertEqual(self.bob.refuse_reason_id, self.spam)
        self.assertEqual(len(self.bob.disposition_ids), 1)

    def test_the_hired_one_is_not_on_the_sheet(self):
        self.bob.stage_id = self.hired_stage
        self.assertNotIn(self.bob, self.sheet().line_ids.applicant_id)

    def test_a_job_without_anybody_in_process_says_so(self):
        with self.assertRaisesRegex(UserError, "Nobody is in process"):
            self.next_job.action_ask_close()
