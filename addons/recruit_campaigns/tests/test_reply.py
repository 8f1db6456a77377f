from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.recruit_crm.models.recruit_candidate import OFFICER

from .common import CampaignsCommon


@tagged("post_install", "-at_install")
class TestReply(CampaignsCommon):
    """What a recruiter makes of an answer, in one click."""

    def setUp(self):
        super().setUp()
        self._send_all()
        self.row = self._delivery(self.ann)
        self.reply = self._reply(self.row)

    def _reply(self, row, number=1):
        self.env["recruit.campaign.reply"]._keep(
            row,
            {
                "message_id": f"<{number}@example.com>",
                "email_from": "Ann <ann@example.com>",
                "subject": "Re: Hello Ann",
                "body": "<p>Hello</p>",
            },
        )
        replies = self.env["recruit.campaign.reply"].search([], order="id desc")
        return replies[:1].with_user(self.officer)

    def _activity(self):
        return self.env["mail.activity"].search(
            [("res_model", "=", "recruit.candidate"), ("res_id", "=", self.ann.id)]
        )

    def test_interested_plans_an_activity_for_today(self):
        self.reply.action_interested()
        activity = self._activity()
        self.assertEqual(activity.user_id, self.officer)
        self.assertEqual(activity.date_deadline, self._now().date())
        self.assertIn("speak", activity.summary)
        self.assertEqual(self.reply.judged_by_id, self.officer)

    def test_later_snoozes_for_three_months(self):
        self.reply.action_later()
        self.assertEqual(
            self.ann.snoozed_until, self._now().date() + timedelta(days=90)
        )

    def test_not_interested_notes_why_and_leaves_in_peace(self):
        action = self.reply.action_ask_why_not()
        self.assertEqual(action["res_id"], self.reply.id)
        self.reply.with_context(recruit_reason="place").action_not_interested()
        self.assertEqual(self.reply.not_interested_reason, "place")
        self.assertEqual(self.reply.sentiment, "not_interested")
        self.assertGreater(
            self.ann.snoozed_until, self._now().date() + timedelta(days=170)
        )
        self.assertFalse(self.ann.recruiting_opt_out)

    def test_who_wants_no_more_messages_is_unsubscribed(self):
        self.reply.action_not_interested("silence")
        self.assertTrue(self.ann.recruiting_opt_out)
        self.assertFalse(self.env["mail.blacklist"].search([]))

    def test_wrong_person_makes_the_address_dead_and_asks_for_the_right_one(self):
        self.reply.action_wrong_person()
        dead = self.env["recruit.mail.suppression"].search([])
        self.assertEqual((dead.email, dead.reason), ("ann@example.com", "wrong_person"))
        self.assertTrue(self._activity())
        dead.with_user(self.officer).action_revive()
        self.assertFalse(self.ann.unreachable_reason)

    def test_answer_that_comes_twice_is_one(self):
        self._reply(self.row)
        self.assertEqual(self.env["recruit.campaign.reply"].search_count([]), 1)

    def test_reply_opens_its_candidate(self):
        action = self.reply.action_open_candidate()
        self.assertEqual(action["res_id"], self.ann.id)

    def test_campaign_counts_its_replies_and_opens_them(self):
        self.assertEqual(self.campaign.reply_count, 1)
        domain = self.campaign.action_view_replies()["domain"]
        self.assertEqual(self.reply.sudo().search(domain), self.reply.sudo())
        domain = self.campaign.action_view_complaints()["domain"]
        self.assertFalse(self.env["recruit.campaign.event"].search(domain))

    # --------------------------------------------------------------------- access

    def _one_of_each(self):
        event = self.env["recruit.campaign.event"]._record("opened", self.ann, self.row)
        self.env["recruit.mail.suppression"]._suppress("x@example.com", "bounced")
        self.env["recruit.mail.domain"]._slow_down("x@example.com", "spam")
        return [
            event,
            self.reply.sudo(),
            self.env["recruit.mail.suppression"].search([]),
            self.env["recruit.mail.domain"].search([]),
        ]

    def test_recruiter_of_another_company_sees_nothing(self):
        stranger = new_test_user(
            self.env,
            "stranger",
            groups=OFFICER,
            company_id=self.other_company.id,
            company_ids=self.other_company.ids,
        )
        self.env["recruit.campaign.event"]._record("opened", self.ann, self.row)
        for name in ("recruit.campaign.event", "recruit.campaign.reply"):
            self.assertFalse(self.env[name].with_user(stranger).search([]))
        with self.assertRaises(AccessError):
            self.reply.with_user(stranger).action_interested()
        with self.assertRaises(AccessError):
            self.ann.with_user(stranger).action_release_mail()

    def test_employee_can_use_no_button(self):
        nobody = new_test_user(self.env, "nobody", groups="base.group_user")
        dead, domain = self._one_of_each()[2:]
        for act in (
            self.reply.with_user(nobody).action_interested,
            self.reply.with_user(nobody).action_later,
            self.reply.with_user(nobody).action_not_interested,
            self.reply.with_user(nobody).action_wrong_person,
            self.ann.with_user(nobody).action_release_mail,
            dead.with_user(nobody).action_revive,
            domain.with_user(nobody).action_resume,
        ):
            with self.subTest(act=act.__name__), self.assertRaises(AccessError):
                act()

    def test_event_is_kept_as_it_was_seen(self):
        event = self._one_of_each()[0]
        for mine in (event.with_user(self.officer), event.sudo()):
            with self.subTest(su=mine.env.su), self.assertRaises(UserError):
                mine.write({"kind": "replied"})
        with self.assertRaises(UserError):
            event.with_user(self.officer).unlink()

    def test_events_are_forgotten_after_thirteen_months(self):
        event = self._one_of_each()[0]
        event._gc_events()
        self.assertTrue(event.exists())
        self.env.cr.execute(
            "UPDATE recruit_campaign_event"
            " SET occurred_at = now() - interval '400 days'"
        )
        self.env.invalidate_all()
        event._gc_events()
        self.assertFalse(event.exists())
