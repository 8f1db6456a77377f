from odoo.tests import tagged

from .common import RecruitCrmCommon


@tagged("post_install", "-at_install")
class TestHeard(RecruitCrmCommon):
    def _channel(self, name):
        return self.env.ref(f"recruit_crm.recruit_channel_{name}")

    def _verdict(self, heard, observed):
        """What the report says of an answer and the source of a first touch."""
        email = f"{heard}.{observed}@example.com"
        ann = self._candidate(f"{heard} {observed}", email=email)
        if observed:
            ann._log_touch("visit", source=observed)
        application = self._apply(email=email, heard_channel_id=self._channel(heard).id)
        self.env.flush_all()
        return self.env["recruit.heard"].browse(application.id).verdict

    def test_answers_are_compared_with_the_first_touch(self):
        for heard, observed, verdict in (
            ("linkedin", "LinkedIn", "agree"),
            ("social", "LinkedIn", "agree"),
            ("facebook", "LinkedIn", "type"),
            ("employee_referral", "LinkedIn", "disagree"),
            ("linkedin", "Qwx", "unseen"),
            ("linkedin", "", "unseen"),
        ):
            with self.subTest(heard=heard, observed=observed):
                self.assertEqual(self._verdict(heard, observed), verdict)

    def test_the_first_answer_is_kept_of_the_person_and_each_of_its_application(self):
        linkedin, fair = self._channel("linkedin"), self._channel("job_fair")
        first = self._apply(heard_channel_id=linkedin.id)
        second = self._apply(heard_channel_id=fair.id)
        self.assertEqual(first.candidate_id, second.candidate_id)
        self.assertEqual(first.candidate_id.heard_channel_id, linkedin)
        self.assertEqual(second.heard_channel_id, fair)

    def test_an_answer_moves_neither_first_touch_nor_source(self):
        ann = self._candidate(email="ann@example.com")
        touch = ann._log_touch("visit", source="LinkedIn")
        application = self._apply(heard_channel_id=self._channel("job_fair").id)
        self.assertEqual(ann.first_touch_id, touch)
        self.assertFalse(application.source_id)

    def test_the_report_opens_its_rows_and_stays_in_its_company(self):
        application = self._apply(
            email="ben@example.com",
            company_id=self.other_company.id,
            heard_channel_id=self._channel("linkedin").id,
        )
        self.env.flush_all()
        report = self.env["recruit.heard"]
        row = report.browse(application.id)
        action = row.action_open_candidate()
        self.assertEqual(action["res_id"], application.candidate_id.id)
        mine = report.with_user(self.user_officer)
        self.assertFalse(mine.search([("applicant_id", "=", application.id)]))
        groups = report.formatted_read_group(
            [], ["heard_type_id", "observed_type_id"], ["__count"]
        )
        self.assertTrue(groups)
