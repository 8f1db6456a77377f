from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.recruit_campaigns.engine.smtp import Answer

from .common import TOKEN, CampaignsCommon

REPLY = """From: Ann Lee <ann@example.com>
To: catchall@example.com
Subject: Re: Hello Ann
Message-ID: <{number}@mail.example.com>
In-Reply-To: {message_id}
References: {message_id}
{header}
Yes, tell me more.
"""


@tagged("post_install", "-at_install")
class TestResponse(CampaignsCommon):
    def setUp(self):
        super().setUp()
        self._send_all()
        self.row = self._delivery(self.ann)

    def _receive(self, header="", number=1):
        text = REPLY.format(
            message_id=self.row.message_id, header=header, number=number
        )
        self.env["mail.thread"].message_process(False, text)
        self.env.invalidate_all()

    def _uncertain(self):
        """A message to Ben whose answer never came."""
        later = self._later(days=4)
        row, letter = self._in_flight(later)[self.ben]
        row._record_answer(TOKEN, letter, Answer("dot", None), later)
        return row, later

    def test_reply_when_received_lands_in_the_chatter_and_ends_the_campaign(self):
        self._receive()
        reply = self.ann.message_ids.filtered(
            lambda one: "tell me more" in (one.body or "")
        )
        self.assertEqual(reply.parent_id, self.row.mail_message_id)
        self.assertEqual(self.row.trace_id.trace_status, "reply")
        self.assertEqual(self.first_step.replied_count, 1)
        self.assertEqual(self._enrollment(self.ann).exit_reason, "replied")
        self.assertEqual(self._delivery(self.ann, self.second_step).reason, "Replied")
        self.assertEqual(self.ann.state, "engaged")
        touch = self.ann.touch_ids.filtered(lambda one: one.kind == "replied")
        self.assertEqual(touch.campaign_id, self.campaign.utm_campaign_id)

    def test_second_reply_when_received_is_kept_and_counted_once(self):
        self._receive()
        self._receive(number=2)
        touches = self.ann.touch_ids.filtered(lambda one: one.kind == "replied")
        self.assertEqual(len(touches), 1)

    def test_out_of_office_answer_when_received_ends_nothing(self):
        self._receive(header="Auto-Submitted: auto-replied\n")
        self.assertEqual(self._enrollment(self.ann).state, "active")
        self.assertEqual(self.row.trace_id.trace_status, "sent")

    def test_click_when_it_comes_is_a_touch_of_the_campaign_once_for_each_link(self):
        tracker = self.env["link.tracker"].search(
            [("campaign_id", "=", self.campaign.utm_campaign_id.id)]
        )
        for _time in range(2):
            self.row._on_click(tracker)
        touch = self.ann.touch_ids.filtered(lambda one: one.kind == "clicked")
        self.assertEqual(len(touch), 1)
        self.assertEqual(touch.campaign, "Weavers for Berlin")
        self.assertEqual(touch.medium, "Email")
        self.assertEqual(touch.evidence, "https://example.com/jobs")
        self.assertTrue(self.row.trace_id.links_click_datetime)
        self.assertEqual(self.first_step.clicked_count, 1)
        self.assertFalse(tracker.link_click_ids.filtered("ip"), "no address is kept")
        self.assertEqual(self._enrollment(self.ann).state, "active")

    def test_opened_message_when_it_was_uncertain_is_certain(self):
        row, _later = self._uncertain()
        row.trace_id.set_opened()
        self.assertRecordValues(
            row,
            [
                {
                    "state": "sent",
                    "reason": "It was sent: something came back from the person's "
                    "mailbox.",
                }
            ],
        )
        self.assertEqual(row.trace_id.trace_status, "open")
        self.assertEqual(self._enrollment(self.ben).state, "finished")

    def test_uncertain_message_when_a_day_has_passed_counts_as_sent(self):
        row, later = self._uncertain()
        self.deliveries._settle_overdue(later)
        self.assertEqual(row.state, "uncertain")
        self.deliveries._settle_overdue(later.replace(year=later.year + 1))
        self.assertEqual(row.state, "sent")
        self.assertIn("taken for sent", row.reason)

    def test_uncertain_message_when_reaped_is_kept_in_the_chatter(self):
        later = self._later(days=4)
        row, _letter = self._in_flight(later)[self.ben]
        self.deliveries._reap(1, self._now())
        self.assertFalse(row.mail_message_id)
        self.deliveries._keep_missing_messages(later)
        self.assertEqual(row.mail_message_id.message_id, row.message_id)
        self.assertEqual(row.mail_message_id.res_id, self.ben.id)

    def test_uncertain_message_when_a_recruiter_decides_goes_on_or_out_again(self):
        row, later = self._uncertain()
        officer_row = row.with_user(self.officer)
        with self.assertRaisesRegex(UserError, "“Failed”"):
            officer_row.action_retry()
        officer_row.action_send_again()
        self.assertEqual(row.state, "planned")
        self.assertIn(row, self._claim(later))

    def test_uncertain_message_when_taken_for_sent_finishes_the_person(self):
        row, _later = self._uncertain()
        row.with_user(self.officer).action_assume_sent()
        self.assertEqual(row.state, "sent")
        self.assertEqual(self._enrollment(self.ben).state, "finished")

    def test_failed_message_when_tried_again_brings_the_person_back(self):
        later = self._later(days=4)
        row, letter = self._in_flight(later)[self.ben]
        row._record_answer(TOKEN, letter, Answer("dot", 554, "spam"), later)
        self.assertEqual(self._enrollment(self.ben).state, "exited")
        row.with_user(self.officer).action_retry()
        self.env.invalidate_all()
        self.assertEqual((row.state, row.attempt_count), ("planned", 0))
        self.assertRecordValues(
            self._enrollment(self.ben), [{"state": "active", "exit_reason": False}]
        )
