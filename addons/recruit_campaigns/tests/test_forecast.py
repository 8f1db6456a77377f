from datetime import timedelta

from freezegun import freeze_time

from odoo import Command
from odoo.tests import tagged

from .fortnight import FortnightCommon

LINES = [
    {"sequence": n, "delay": n, "subject": f"Message {n}", "body_html": "<p>News</p>"}
    for n in range(1, 4)
]


@tagged("post_install", "-at_install")
class TestForecast(FortnightCommon):
    """The forecast is what the sender then does."""

    def check_fortnight(self, values):
        self.tagged_people(24)
        campaign = self._new_campaign(
            step_ids=[Command.create(line) for line in LINES], **values
        )
        now = self._now()
        seen = self.foresee(campaign, now)
        with freeze_time(now):
            campaign.action_start()
        self.env.flush_all()
        self.run_sender(now, now + timedelta(days=14))
        self.check_equal(seen, campaign)

    def test_draft_without_limits_does_what_was_foreseen(self):
        self.ann._hold_mail(self._later(days=3), "Away")
        self.ben.snoozed_until = self._later(days=30)
        self.check_fortnight({"window_from": 9.0, "window_to": 17.0, "sat": False})

    def test_draft_with_a_daily_limit_does_what_was_foreseen(self):
        self.check_fortnight({"window_from": 9.0, "window_to": 17.0, "daily_limit": 5})

    def test_draft_with_a_gap_and_a_warm_up_does_what_was_foreseen(self):
        self.check_fortnight(
            {"gap_seconds": 900, "warmup_first": 3, "warmup_growth": 50, "tz": "UTC"}
        )

    def test_draft_with_a_cap_and_a_limit_of_domains_does_what_was_foreseen(self):
        self.check_fortnight(
            {
                "cap_rule": "own",
                "cap_count": 1,
                "cap_days": 5,
                "domain_limit": 6,
                "window_from": 8.0,
                "window_to": 12.0,
            }
        )

    def test_running_campaigns_that_share_a_sender_do_what_was_foreseen(self):
        self.tagged_people(10)
        self.env.company.write({"recruit_cap_count": 2, "recruit_cap_days": 7})
        values = {
            "step_ids": [Command.create(line) for line in LINES],
            "daily_limit": 6,
            "tz": "UTC",
        }
        first = self._new_campaign(name="First", **values)
        second = self._new_campaign(name="Second", **values)
        first.action_start()
        second.action_start()
        now = self._later(minutes=2)
        seen = [self.foresee(one, now) for one in (first, second)]
        self.run_sender(now, now + timedelta(days=14))
        for campaign, rows in zip((first, second), seen, strict=True):
            self.assertEqual(self.foreseen(rows), self.done(campaign))

    def test_draft_is_foreseen_for_people_who_wait_in_other_campaigns_too(self):
        limits = {"daily_limit": 50, "tz": "UTC"}
        other = self._new_campaign(name="Other", **limits)
        other.step_ids.write({"delay": 5})
        other.action_start()
        draft = self._new_campaign(name="Draft", **limits)
        rows = self.foresee(draft, self._now())
        self.assertEqual({row.person for row in rows}, set(self.people.ids))

    def test_forecast_is_kept_for_the_screens_with_its_reasons(self):
        self.ann._hold_mail(self._later(days=3), "On holiday")
        self.ben.recruiting_opt_out = True
        self.campaign.with_user(self.officer)._keep_forecast()
        rows = self.env["recruit.campaign.forecast"].search(
            [("campaign_id", "=", self.campaign.id)]
        )
        first = {
            row.candidate_id: row for row in rows if row.step_id == self.first_step
        }
        self.assertEqual(first[self.ann].reason, "On holiday")
        self.assertEqual(first[self.ann].action, "send")
        self.assertEqual(first[self.ben].action, "skip")
        self.assertEqual(first[self.ben].reason, "Unsubscribed from recruiting mail")
        self.assertEqual(first[self.clara].action, "send")
        self.assertEqual(len(rows), 5)
        self.campaign._keep_forecast()
        self.assertEqual(
            self.env["recruit.campaign.forecast"].search_count(
                [("campaign_id", "=", self.campaign.id)]
            ),
            5,
        )

    def test_strip_tells_days_and_reasons_and_looks_again_when_asked(self):
        self.ann._hold_mail(self._later(days=3), "On holiday")
        self.ben.recruiting_opt_out = True
        mine = self.campaign.with_user(self.officer)
        told = mine.read_forecast()
        totals = {
            name: sum(day[name] for day in told["days"])
            for name in ("send", "later", "skip")
        }
        self.assertEqual(totals, {"send": 3, "later": 1, "skip": 1})
        self.assertEqual(
            {row["reason"]: row["count"] for row in told["reasons"]},
            {"The person is away": 1, "Unsubscribed from recruiting mail": 1},
        )
        self.second_step.delay = 30
        again = mine.read_forecast(again=True)
        self.assertEqual(sum(day["send"] for day in again["days"]), 1)
        [name] = {
            day.display_name
            for day in self.env["recruit.campaign.forecast.day"].search(
                [("campaign_id", "=", self.campaign.id), ("action", "=", "skip")]
            )
        }
        self.assertIn("1 not to get", name)

    def test_people_behind_a_column_are_those_it_counts(self):
        self.ben.recruiting_opt_out = True
        self.campaign.read_forecast()
        action = self.campaign.action_view_forecast_people(action="skip", hold=False)
        rows = self.env["recruit.campaign.forecast"].search(action["domain"])
        self.assertEqual(rows.candidate_id, self.ben)
        self.campaign.action_view_forecast()

    def test_closed_campaign_and_one_without_steps_have_no_forecast(self):
        self.assertFalse(self._new_campaign(step_ids=[]).read_forecast())
