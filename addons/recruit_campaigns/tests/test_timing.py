import zoneinfo
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.recruit_campaigns.timing.delay import UNITS, due_at
from odoo.addons.recruit_campaigns.timing.wall import to_utc, to_wall
from odoo.addons.recruit_campaigns.timing.window import (
    NeverOpenError,
    Window,
    next_open,
)
from odoo.addons.recruit_campaigns.timing.zones import UTC_ZONE, first_zone

BERLIN = ZoneInfo("Europe/Berlin")
OFFICE = Window(time(9), time(17), frozenset(range(5)))
ALL_ZONES = sorted(zoneinfo.available_timezones())
# Two years of local dates, which hold every clock change of two years.
FIRST_DAY, DAYS = date(2026, 1, 1), 731


def clock_changes(zone):
    """The local dates around which `zone` changes its offset in the two years."""
    days = [FIRST_DAY + timedelta(days=ahead) for ahead in range(DAYS)]
    offsets = [datetime.combine(day, time(12), tzinfo=zone).utcoffset() for day in days]
    return [
        day + timedelta(days=shift)
        for day, before, after in zip(days[1:], offsets, offsets[1:], strict=False)
        if before != after
        for shift in (-1, 0, 1)
    ]


def brute_force_open(moment, window, zone):
    """The first open minute, by looking at a clock every minute."""
    for minute in range(60 * 24 * 12):
        candidate = moment + timedelta(minutes=minute)
        wall = to_wall(candidate, zone)
        inside = window.opens <= wall.time() and (
            window.closes is None or wall.time() < window.closes
        )
        if inside and window.works(wall.date()):
            return candidate
    return None


def clocks_go_back(moment, zone):
    """Whether clocks in `zone` are set back in the twelve days after `moment`."""
    hours = [to_wall(moment + timedelta(hours=hour), zone) for hour in range(24 * 13)]
    return any(
        later - before < timedelta(hours=1)
        for before, later in zip(hours, hours[1:], strict=False)
    )


@tagged("post_install", "-at_install")
class TestTiming(BaseCase):
    def test_nine_in_the_morning_in_every_zone_comes_once_a_local_date(self):
        for name in ALL_ZONES:
            zone, last = ZoneInfo(name), None
            for ahead in range(DAYS):
                day = FIRST_DAY + timedelta(days=ahead)
                moment = to_utc(day, time(9), zone)
                if to_wall(moment, zone) != datetime.combine(day, time(9)):
                    self.fail(f"{name} {day}: {to_wall(moment, zone)}")
                if last is not None and moment <= last:
                    self.fail(f"{name} {day} does not follow the day before")
                last = moment

    def test_any_quarter_of_an_hour_near_a_change_is_itself_or_ends_the_gap(self):
        for name in ALL_ZONES:
            zone = ZoneInfo(name)
            for day in clock_changes(zone):
                last = None
                for quarter in range(96):
                    at = time(quarter // 4, quarter % 4 * 15)
                    moment = to_utc(day, at, zone)
                    if to_wall(moment, zone) != datetime.combine(day, at):
                        # the second before still lies on the other side of the gap
                        gap = to_wall(moment, zone) - to_wall(
                            moment - timedelta(seconds=1), zone
                        )
                        self.assertGreater(gap, timedelta(minutes=15), (name, day, at))
                    self.assertGreaterEqual(moment, last or moment, (name, day, at))
                    last = moment

    def test_a_wall_time_that_is_skipped_means_the_first_moment_after_the_gap(self):
        self.assertEqual(
            to_utc(date(2026, 3, 29), time(2, 30), BERLIN), datetime(2026, 3, 29, 1)
        )

    def test_a_wall_time_that_comes_twice_means_the_first(self):
        self.assertEqual(
            to_utc(date(2026, 10, 25), time(2, 30), BERLIN),
            datetime(2026, 10, 25, 0, 30),
        )

    def test_friday_evening_outside_the_window_means_monday_when_it_opens(self):
        self.assertEqual(
            next_open(datetime(2026, 11, 20, 18), OFFICE, UTC_ZONE),
            datetime(2026, 11, 23, 9),
        )

    def test_holidays_on_friday_and_monday_move_a_message_to_tuesday(self):
        holidays = frozenset({date(2026, 4, 3), date(2026, 4, 6)})
        easter = Window(time(9), time(17), OFFICE.weekdays, holidays)
        self.assertEqual(
            next_open(datetime(2026, 4, 2, 20), easter, UTC_ZONE),
            datetime(2026, 4, 7, 9),
        )
        self.assertEqual(
            due_at(datetime(2026, 4, 2, 10), 1, "business_days", easter, UTC_ZONE),
            datetime(2026, 4, 7, 10),
        )

    def test_half_a_year_that_ends_on_a_sunday_goes_on_to_monday(self):
        self.assertEqual(
            due_at(datetime(2026, 3, 1, 10), 6, "months", OFFICE, UTC_ZONE),
            datetime(2026, 9, 1, 10),
        )
        self.assertEqual(
            due_at(datetime(2026, 5, 8, 10), 6, "months", OFFICE, UTC_ZONE),
            datetime(2026, 11, 9, 9),
        )

    def test_days_keep_the_wall_time_and_hours_do_not_when_clocks_change(self):
        friday = datetime(2026, 3, 27, 9)  # 10:00 in Berlin, winter time
        always = Window()
        self.assertEqual(
            due_at(friday, 3, "days", always, BERLIN), datetime(2026, 3, 30, 8)
        )
        self.assertEqual(
            due_at(friday, 72, "hours", always, BERLIN), datetime(2026, 3, 30, 9)
        )

    def test_a_window_without_a_minute_or_a_day_is_said_to_never_open(self):
        for shut in (Window(time(9), time(9)), Window(weekdays=frozenset())):
            with self.subTest(window=shut), self.assertRaises(NeverOpenError):
                next_open(datetime(2026, 1, 1), shut, UTC_ZONE)

    def test_zone_of_the_person_then_the_sender_then_the_company_counts(self):
        self.assertEqual(first_zone([None, "Europe/Berlin", "Asia/Tokyo"]), BERLIN)
        self.assertEqual(first_zone(["Mars/Base", "../etc/passwd", ""]), UTC_ZONE)

    @settings(max_examples=60, deadline=None)
    @given(
        moment=st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 1)).map(
            lambda moment: moment.replace(second=0, microsecond=0)
        ),
        opens=st.integers(0, 22),
        length=st.integers(1, 5),
        weekdays=st.frozensets(st.integers(0, 6), min_size=1),
        zone=st.sampled_from(ALL_ZONES),
    )
    def test_next_open_is_the_minute_that_a_watched_clock_gives(
        self, moment, opens, length, weekdays, zone
    ):
        closes = time(opens + length) if opens + length < 24 else None
        window = Window(time(opens), closes, weekdays)
        zone = ZoneInfo(zone)
        # An hour that comes twice: the watched clock counts it twice, we once.
        assume(not clocks_go_back(moment, zone))
        self.assertEqual(
            next_open(moment, window, zone), brute_force_open(moment, window, zone)
        )

    @given(
        after=st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)),
        count=st.integers(0, 60),
        unit=st.sampled_from(UNITS),
        zone=st.sampled_from(ALL_ZONES),
    )
    def test_a_step_is_due_in_its_window_and_never_before_its_delay_began(
        self, after, count, unit, zone
    ):
        due = due_at(after, count, unit, OFFICE, ZoneInfo(zone))
        wall = to_wall(due, ZoneInfo(zone))
        self.assertGreaterEqual(due, after)
        self.assertTrue(OFFICE.works(wall.date()))
        self.assertTrue(OFFICE.opens <= wall.time() < OFFICE.closes)
        self.assertIsNone(due.tzinfo)
