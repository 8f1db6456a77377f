from datetime import datetime, timedelta

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import format_date

from odoo.addons.recruit_campaigns.engine.smtp import Answer

from .common import TOKEN, CampaignsCommon


@tagged("post_install", "-at_install")
class TestPace(CampaignsCommon):
    """The sender keeps to the limits that campaigns set."""

    def setUp(self):
        super().setUp()
        self.campaign.tz = "UTC"

    def plan(self, now, campaign=None):
        """Claim what is due and let the planner decide; returns who leaves."""
        claimed = self._claim(now)
        leaving = claimed._plan_claimed(TOKEN, now)
        self.env.invalidate_all()
        return leaving

    def noon(self, days=1):
        """A moment some days ahead, far from midnight."""
        day = self._now().date() + timedelta(days=days)
        return datetime(day.year, day.month, day.day, 12)

    def held(self):
        return self.deliveries.search([("hold", "!=", False)], order="due_at, id")

    def test_what_a_sender_has_no_room_for_waits_for_the_next_day_with_a_reason(self):
        self.campaign.daily_limit = 1
        self.campaign.action_start()
        now = self.noon()
        self.assertEqual(len(self.plan(now)), 1)
        midnight = datetime(now.year, now.month, now.day) + timedelta(days=1)
        self.assertRecordValues(
            self.held(),
            [
                {
                    "state": "planned",
                    "due_at": midnight + timedelta(days=ahead),
                    "hold": "sender_full",
                    "reason": "officer@example.com has sent as much as may leave on "
                    "a day.",
                    "attempt_count": 0,
                }
                for ahead in range(2)
            ],
        )
        self.assertFalse(self.plan(now + timedelta(hours=1)))
        [second] = self.plan(midnight)
        self.assertEqual((second.hold, second.reason), (False, False))

    def test_messages_of_other_campaigns_count_for_a_sender(self):
        other = self._new_campaign(name="Other", tz="UTC")
        other.action_start()
        self.campaign.daily_limit = 3
        self.campaign.action_start()
        self.assertEqual(len(self.plan(self.noon())), 3)

    def test_messages_of_a_sender_leave_some_time_apart(self):
        self.campaign.gap_seconds = 120
        self.campaign.action_start()
        now = self.noon()
        self.assertEqual(len(self.plan(now)), 1)
        self.assertEqual(
            self.held().mapped("due_at"),
            [now + timedelta(minutes=2), now + timedelta(minutes=4)],
        )
        self.assertFalse(self.plan(now + timedelta(minutes=1)))
        self.assertEqual(len(self.plan(now + timedelta(minutes=2))), 1)

    def test_domain_gets_no_more_than_its_share_a_day(self):
        self.campaign.domain_limit = 2
        self.ann.email = "ann@example.net"
        self.campaign.action_start()
        self.assertEqual(len(self.plan(self.noon())), 3)
        third = self._new_campaign(name="Third", tz="UTC", domain_limit=2)
        third.action_start()
        self.assertEqual(self.plan(self.noon()).candidate_id, self.ann)
        self.assertEqual(set(self.held().mapped("hold")), {"domain_full"})

    def test_new_sender_begins_with_few_messages_and_takes_more_each_day(self):
        self.campaign.write({"warmup_first": 1, "warmup_growth": 100})
        self.campaign.action_start()
        self.assertEqual(self.campaign.warmup_on, self._now().date())
        self.assertEqual(len(self.plan(self._now())), 1)
        self.assertEqual(len(self.plan(self.noon())), 2)

    def test_person_gets_no_more_than_the_company_says_over_all_campaigns(self):
        self.env.company.write({"recruit_cap_count": 1, "recruit_cap_days": 7})
        self.campaign.action_start()
        now = self.noon()
        self.assertEqual(len(self.plan(now)), 3)
        other = self._new_campaign(name="Other", tz="UTC")
        other.action_start()
        self.assertFalse(self.plan(now + timedelta(hours=1)))
        self.assertEqual(set(self.held().mapped("due_at")), {now + timedelta(days=7)})
        self.assertIn("no more messages in 7 days than 1.", self.held()[0].reason)
        for values, count in (
            ({"cap_rule": "own", "cap_count": 1, "cap_days": 3}, 0),
            ({"cap_rule": "none"}, 3),
        ):
            other.write(values)
            self.held().due_at = now
            self.assertEqual(len(self.plan(now + timedelta(hours=2))), count)

    def test_message_that_is_too_late_is_skipped_and_its_person_goes_on(self):
        self.campaign.write({"late_rule": "skip", "late_hours": 24})
        self.campaign.action_start()
        now = self.noon(days=4)
        self.assertFalse(self.plan(now))
        self.assertRecordValues(
            self._delivery(self.ann),
            [{"state": "skipped", "reason": "It was more than 24 h late."}],
        )
        following = self._delivery(self.ann, self.second_step)
        self.assertEqual(following.due_at, now + timedelta(days=3))
        self.assertEqual(self._enrollment(self.ann).step_id, self.second_step)
        self.plan(now + timedelta(days=8))
        self.assertEqual(self._enrollment(self.ann).state, "finished")

    def test_message_that_is_tried_again_counts_once_and_one_unsent_not_at_all(self):
        self.campaign.daily_limit = 1
        self.campaign.action_start()
        now = self.noon()
        [letter] = self._letters(now)
        row = self.deliveries.browse(letter.delivery_id)
        row._fence(TOKEN, letter.address, now)
        row._record_answer(TOKEN, letter, Answer("RCPT", 451, "later"), now)
        later = row.due_at
        self.assertEqual(self.plan(later), row)
        row._give_back(TOKEN)
        self.assertFalse(self.env["recruit.campaign.departure"].search([]))

    def test_limits_are_sane_and_travel_with_a_copy(self):
        with self.assertRaises(ValidationError):
            self.campaign.daily_limit = -1
        limits = {
            "daily_limit": 7,
            "gap_seconds": 60,
            "domain_limit": 5,
            "warmup_first": 3,
            "warmup_growth": 10,
            "cap_rule": "own",
            "cap_count": 4,
            "cap_days": 9,
            "late_rule": "skip",
            "late_hours": 5,
        }
        self.campaign.write({**limits, "warmup_on": "2026-01-01"})
        copied = self.campaign.copy()
        self.assertEqual({name: copied[name] for name in limits}, limits)
        self.assertFalse(copied.warmup_on)

    def _many(self, count):
        return self.env["recruit.candidate"].create(
            [
                {
                    "name": f"P{n}",
                    "email": f"p{n}@{('example.org', 'example.net')[n % 2]}",
                    "categ_ids": [Command.link(self.tag.id)],
                }
                for n in range(count)
            ]
        )

    def _findings(self):
        return [*self.campaign._check_capacity(self.campaign._audience())]

    def _capacity(self, **values):
        """What the preflight says of the pace: its level and sentence."""
        self.campaign.write(values)
        [row] = self._findings()
        return row["level"], row["sentence"]

    def test_pace_that_takes_longer_than_a_year_is_said_before_the_start(self):
        self._many(200)
        self.campaign.daily_limit = 1
        with self.assertRaisesRegex(UserError, "more than a year"):
            self.campaign.action_start()

    def test_pace_is_reckoned_with_days_off_warm_up_domains_and_caps(self):
        self.assertFalse(self._findings(), "there is no limit")
        self._many(197)  # with the three others 400 messages
        self.campaign.tz = "UTC"
        self.assertEqual(self._capacity(daily_limit=2)[0], "ok")
        weekend = {day: False for day in ("mon", "tue", "wed", "thu", "fri")}
        level, sentence = self._capacity(**weekend)
        self.assertEqual(level, "stop")
        self.assertIn("of 400", sentence)
        self.assertEqual(self._capacity(daily_limit=4)[0], "ok")
        limits = {"warmup_first": 1, "warmup_growth": 0}
        self.assertEqual(self._capacity(**limits)[0], "stop")
        limits = {"warmup_first": 0, "domain_limit": 1, "daily_limit": 0}
        self.assertEqual(self._capacity(**limits)[0], "stop")
        limits = {"domain_limit": 2, "gap_seconds": 3600, "window_to": 4.0}
        self.assertEqual(self._capacity(**limits)[0], "ok")
        self.assertEqual(self._capacity(window_to=2.0)[0], "stop")
        limits = {"gap_seconds": 0, "domain_limit": 0, "cap_rule": "own"}
        self.assertEqual(self._capacity(**limits, cap_count=1, cap_days=90)[0], "ok")
        self.first_step.copy({"sequence": 30})
        self.second_step.copy({"sequence": 40})
        self.assertEqual(self._capacity(cap_days=122)[0], "stop")

    def test_messages_of_two_branches_are_not_counted_twice(self):
        self.assertEqual(self.campaign._most_messages(), 2)
        self.env["recruit.campaign.step"].create(
            {
                "campaign_id": self.campaign.id,
                "kind": "condition",
                "sequence": 15,
                "test": "clicked",
            }
        )
        end = self.env["recruit.campaign.step"].create(
            {"campaign_id": self.campaign.id, "kind": "end", "sequence": 25}
        )
        other = self.second_step.copy({"sequence": 30})
        condition = self.campaign._steps()[1]
        condition.no_step_id = other
        self.assertEqual(self.campaign._steps()[-2:], end | other)
        self.assertEqual(self.campaign._most_messages(), 2)

    def test_sender_that_sends_enough_comes_to_the_end_on_the_day_that_is_said(self):
        self._many(7)  # with the three others 20 messages
        self.campaign.write({"tz": "UTC", "daily_limit": 5})
        rows = self.campaign._foresee(self._now(), days=30)[0]
        last = max(row.at for row in rows if row.action == "send")
        with_delay = self.campaign._last_message_at(self._now())
        [row] = self._findings()
        self.assertIn(
            format_date(self.env, self._now().date() + timedelta(days=3)),
            row["sentence"],
        )
        self.assertGreaterEqual(last, with_delay)
        self.assertGreaterEqual(last.date(), self._now().date() + timedelta(days=3))
