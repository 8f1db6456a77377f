from datetime import datetime, time, timedelta

from psycopg2 import IntegrityError

from odoo import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.recruit_campaigns.timing.wall import to_utc, to_wall
from odoo.addons.recruit_campaigns.timing.zones import first_zone

from .common import TOKEN, CampaignsCommon

ALWAYS = {"window_from": 0.0, "window_to": 24.0}


@tagged("post_install", "-at_install")
class TestCampaignWindow(CampaignsCommon):
    """Messages leave in the window, by the clock of the person."""

    def due(self, person):
        return self.deliveries.search([("candidate_id", "=", person.id)]).due_at

    def wall(self, person, tz):
        return to_wall(self.due(person), first_zone([tz]))

    def test_each_person_is_written_to_in_the_window_of_their_own_clock(self):
        self.ann.tz, self.ben.tz = "Asia/Tokyo", "America/New_York"
        self.officer.tz = "Europe/Berlin"
        self.campaign.write({"window_from": 9.0, "window_to": 9.5})
        self.campaign.action_start()
        for person, tz in (
            (self.ann, "Asia/Tokyo"),
            (self.ben, "America/New_York"),
            (self.clara, "Europe/Berlin"),
        ):
            with self.subTest(tz=tz):
                wall = self.wall(person, tz).time()
                self.assertTrue(time(9) <= wall < time(9, 30), wall)
        self.assertEqual(len({self.due(one) for one in self.people}), 3)

    def test_one_clock_for_all_overrules_that_of_the_person(self):
        self.ann.tz = "Asia/Tokyo"
        self.campaign.write(
            {"window_from": 9.0, "window_to": 9.5, "tz": "Europe/Berlin"}
        )
        self.campaign.action_start()
        self.assertEqual(self.due(self.ann), self.due(self.ben))
        self.assertEqual(self.wall(self.ann, "Europe/Berlin").hour, 9)

    def test_messages_that_are_late_wait_for_the_window_and_are_never_sent_outside(
        self,
    ):
        self.campaign.write({**ALWAYS, "tz": "UTC"})
        now = self._moment()
        shut = {"window_from": 0.0, "window_to": 0.5}
        if now.hour == 0:
            shut = {"window_from": 12.0, "window_to": 13.0}
        self.campaign.write(shut)
        claimed = self._claim(now)
        self.assertFalse(claimed._plan_claimed(TOKEN, now))
        claimed.invalidate_recordset()
        self.assertEqual(set(claimed.mapped("state")), {"planned"})
        self.assertEqual(set(claimed.mapped("attempt_count")), {0})
        opens = to_utc(
            max(claimed.mapped("due_at")).date(),
            time(int(self.campaign.window_from)),
            first_zone([]),
        )
        self.assertEqual(set(claimed.mapped("due_at")), {opens})

    def test_public_holidays_of_the_company_are_left_out(self):
        calendar = self.env.company.resource_calendar_id
        calendar.tz = "UTC"
        start = datetime.combine(self._now().date() + timedelta(days=1), time.min)
        calendar.global_leave_ids = [
            Command.create(
                {
                    "name": "Carnival",
                    "date_from": start,
                    "date_to": start + timedelta(days=1, hours=23),
                }
            )
        ]
        self.campaign.tz = "UTC"
        opens = self.campaign._opens_at(start + timedelta(hours=9), False)
        self.assertEqual(opens, start + timedelta(days=2))
        self.campaign.skip_holidays = False
        opens = self.campaign._opens_at(start + timedelta(hours=9), False)
        self.assertEqual(opens, start + timedelta(hours=9))

    def test_a_step_after_business_days_skips_the_weekend(self):
        self.campaign.write({**ALWAYS, "sat": False, "sun": False, "tz": "UTC"})
        self.second_step.write({"delay": 2, "delay_unit": "business_days"})
        friday = datetime(2026, 11, 20, 10)
        self.assertEqual(
            self.second_step._due_after(friday, False), datetime(2026, 11, 24, 10)
        )

    def test_a_window_of_no_minutes_or_no_day_is_refused(self):
        for values in (
            {"window_from": 9.0, "window_to": 9.0},
            {"window_from": -1.0},
            {"window_to": 25.0},
            dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), False),
        ):
            with (
                self.subTest(values=values),
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):
                self.campaign.write(values)
                self.env.flush_all()
