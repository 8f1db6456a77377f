from odoo.tests import tagged

from .common import CampaignsCommon


@tagged("post_install", "-at_install")
class TestExit(CampaignsCommon):
    def setUp(self):
        super().setUp()
        self.campaign.action_start()
        self.env.flush_all()

    def _assert_left(self, reason, words):
        self.env.invalidate_all()
        self.assertRecordValues(
            self._enrollment(self.ann), [{"state": "exited", "exit_reason": reason}]
        )
        self.assertRecordValues(
            self._delivery(self.ann), [{"state": "skipped", "reason": words}]
        )
        self.assertEqual(self._enrollment(self.ben).state, "active")

    def _apply(self):
        job = self.env["hr.job"].create({"name": "Weaver"})
        return self.env["hr.applicant"].create(
            {
                "partner_name": "Ann Lee",
                "email_from": "ann@example.com",
                "job_id": job.id,
            }
        )

    def test_person_who_applies_leaves_with_that_reason(self):
        self._apply()
        self._assert_left("applied", "Applied for a job")

    def test_person_who_is_hired_leaves_with_that_reason(self):
        self.ann._record_event("hired")
        self._assert_left("hired", "Was hired or is employed here")

    def test_person_who_is_not_to_be_contacted_leaves_with_that_reason(self):
        self.ann.state = "do_not_contact"
        self._assert_left("do_not_contact", "Marked as do not contact")

    def test_person_who_is_archived_leaves_with_that_reason(self):
        self.ann.active = False
        self._assert_left("archived", "Is archived")

    def test_person_whose_address_is_blacklisted_leaves_at_once(self):
        self.env["mail.blacklist"]._add("ann@example.com")
        self._assert_left("blacklisted", "The address is on the company's blacklist")
        self.env["mail.blacklist"]._remove("ann@example.com")
        other = self._new_campaign(name="Second")
        self.assertEqual(other.enroll(self.ann.ids)["enrolled"], self.ann.ids)
        self.env["mail.blacklist"]._add("ann@example.com")
        self.assertEqual(
            set(self.ann.enrollment_ids.mapped("exit_reason")), {"blacklisted"}
        )

    def test_person_who_is_snoozed_leaves_and_enters_none_until_that_day(self):
        self.ann.action_snooze(self._later(days=30).date())
        self._assert_left("snoozed", "Is snoozed")
        self.assertIn("Snoozed until", self.ann.unreachable_reason)
        other = self._new_campaign(name="Second")
        answer = other.with_user(self.officer).enroll(self.ann.ids)
        self.assertEqual(answer["skipped"][0]["reason"], "Is snoozed")
        self.ann.action_wake()
        self.assertFalse(self.ann.unreachable_reason)
        self.assertEqual(other.enroll(self.ann.ids)["enrolled"], self.ann.ids)

    def test_person_who_loses_the_address_leaves_with_that_reason(self):
        self.ann.email = False
        self._assert_left("no_address", "Has no valid e-mail address")

    def test_person_who_unsubscribes_leaves_every_campaign_at_once(self):
        other = self._new_campaign(name="Second")
        other.action_start()
        self.ann._opt_out(self._delivery(self.ann))
        self._assert_left("unsubscribed", "Unsubscribed from recruiting mail")
        self.assertEqual(
            self.ann.enrollment_ids.mapped("exit_reason"), ["unsubscribed"] * 2
        )
        self.assertTrue(self.ann.recruiting_opt_out_at)
        self.assertFalse(self.ann.is_blacklisted, "other mail of the company goes on")
        self.assertEqual(
            self.ann.unreachable_reason, "Unsubscribed from recruiting mail."
        )

    def test_person_taken_out_by_hand_leaves_with_that_reason(self):
        self._enrollment(self.ann).with_user(self.officer).action_exit()
        self._assert_left("by_hand", "Taken out by a recruiter")

    def test_person_with_an_interview_booked_leaves_with_that_reason(self):
        job = self.env["hr.job"].create({"name": "Weaver"})
        application = self.env["hr.applicant"].create(
            {"partner_name": "Ann Lee", "email_from": self.ann.email, "job_id": job.id}
        )
        self._enrollment(self.ann).action_go_on()
        self.env["calendar.event"].create(
            {
                "name": "Interview",
                "start": self._later(days=2),
                "stop": self._later(days=2, hours=1),
                "applicant_id": application.id,
            }
        )
        self._assert_left("interview_booked", "Has an interview")

    def test_person_who_is_erased_leaves_with_that_reason(self):
        self.ann._record_event("erased")
        self._assert_left("erased", "Was erased")

    def test_person_who_is_merged_leaves_with_that_reason_before_the_next_message(self):
        self.ben._merge(self.ann)
        self._letters()
        self._assert_left("merged", "Is one with another candidate now")

    def test_person_who_left_when_something_else_happens_keeps_the_first_reason(self):
        self._apply()
        self.ann._record_event("hired")
        self._assert_left("applied", "Applied for a job")

    def test_other_change_of_a_person_is_no_exit(self):
        self.ann.write({"name": "Ann B. Lee", "email": "ann.lee@example.com"})
        self.assertEqual(self._enrollment(self.ann).state, "active")
