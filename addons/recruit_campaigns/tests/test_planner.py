from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.recruit_campaigns.planner import decide
from odoo.addons.recruit_campaigns.planner.ledger import Ledger, Slots
from odoo.addons.recruit_campaigns.planner.rules import (
    Cap,
    Late,
    Pace,
    Person,
    Ramp,
    Rules,
    Stop,
)
from odoo.addons.recruit_campaigns.planner.walk import STOPPED, Waiting, foresee
from odoo.addons.recruit_campaigns.timing.wall import to_wall
from odoo.addons.recruit_campaigns.timing.window import Window

UTC = ZoneInfo("UTC")
MONDAY = datetime(2026, 11, 23, 9)
OFFICE = Window(time(9), time(17), frozenset(range(5)))
ZONES = [ZoneInfo(name) for name in ("UTC", "Asia/Tokyo", "America/New_York")]


def person(key=1, **values):
    values = {"zone": UTC, "sender_zone": UTC, "domain": "example.com", **values}
    return Person(key, sender=values.pop("sender", "ann@example.org"), **values)


def ledger_for(*rules_of, people=()):
    ledger = Ledger()
    for rules in rules_of:
        for one in people or [person()]:
            ledger.watched.update(decide.lanes(one, rules.pace))
    return ledger


def judge(rules, ledger=None, now=MONDAY, due_at=None, hold=None, **values):
    row = decide.Row(person(**values), due_at or now, hold)
    return decide.decide(row, rules, ledger or ledger_for(rules), now)


@tagged("post_install", "-at_install")
class TestPlanner(BaseCase):
    """Send now, hold until, skip."""

    def test_message_that_nothing_keeps_leaves_now(self):
        self.assertEqual(judge(Rules()), ("send", MONDAY, None, None))

    def test_who_is_away_waits_for_the_first_open_hour_after_the_return(self):
        verdict = judge(Rules(OFFICE), away_until=datetime(2026, 11, 28))
        self.assertEqual(verdict[:3], ("hold", datetime(2026, 11, 30, 9), "away"))

    def test_message_in_the_night_waits_for_the_morning(self):
        verdict = judge(Rules(OFFICE), now=MONDAY - timedelta(hours=3))
        self.assertEqual(verdict[:3], ("hold", MONDAY, "shut"))

    def test_sender_who_has_sent_enough_goes_on_the_next_working_day(self):
        rules = Rules(OFFICE, Pace(daily=2))
        ledger = ledger_for(rules)
        friday = datetime(2026, 11, 27, 10)
        verdicts = [judge(rules, ledger, now=friday) for _message in range(5)]
        self.assertEqual([one.action for one in verdicts], ["send"] * 2 + ["hold"] * 3)
        monday, tuesday = datetime(2026, 11, 30, 9), datetime(2026, 12, 1, 9)
        self.assertEqual([one.at for one in verdicts[2:]], [monday, monday, tuesday])
        self.assertEqual({one.reason for one in verdicts[2:]}, {"sender_full"})

    def test_message_of_another_campaign_takes_room_of_a_sender_who_is_limited(self):
        rules = Rules(pace=Pace(daily=1))
        ledger = ledger_for(rules)
        self.assertEqual(judge(Rules(), ledger).action, "send")
        self.assertEqual(judge(rules, ledger).reason, "sender_full")

    def test_messages_of_a_sender_leave_some_time_apart(self):
        rules = Rules(pace=Pace(gap=timedelta(seconds=90)))
        ledger = ledger_for(rules)
        moments = [judge(rules, ledger).at for _message in range(4)]
        apart = [timedelta(seconds=90 * n) for n in range(4)]
        self.assertEqual(moments, [MONDAY + one for one in apart])

    def test_whose_turn_comes_a_second_late_does_not_queue_again(self):
        rules = Rules(pace=Pace(gap=timedelta(seconds=90)))
        ledger = ledger_for(rules)
        for _message in range(3):
            judge(rules, ledger)
        now = MONDAY + timedelta(seconds=91)
        due = MONDAY + timedelta(seconds=90)
        verdict = judge(rules, ledger, now=now, due_at=due, hold="gap")
        self.assertEqual(verdict.action, "send")

    def test_domain_that_got_enough_waits_and_others_do_not(self):
        rules = Rules(pace=Pace(domain_daily=1))
        other = person(domain="example.net")
        ledger = ledger_for(rules, people=[person(), other])
        self.assertEqual(judge(rules, ledger).action, "send")
        verdict = judge(rules, ledger)
        self.assertEqual(verdict[:3], ("hold", datetime(2026, 11, 24), "domain_full"))
        self.assertEqual(judge(rules, ledger, domain="example.net").action, "send")

    def test_new_sender_takes_more_each_day_up_to_the_ceiling(self):
        ramp = Ramp(20, 50, MONDAY.date())
        pace = Pace(daily=60, ramp=ramp)
        days = [MONDAY.date() + timedelta(days=n) for n in (-1, 0, 1, 2, 3, 4000)]
        self.assertEqual([pace.most(day) for day in days], [20, 20, 30, 45, 60, 60])

    def test_person_who_got_two_in_a_week_waits_until_the_first_is_a_week_ago(self):
        rules = Rules(OFFICE, cap=Cap(2, 7))
        ledger = ledger_for(rules)
        got = [MONDAY - timedelta(days=5), MONDAY - timedelta(days=1)]
        ledger.remember(1, got)
        verdict = judge(rules, ledger)
        self.assertEqual(verdict[:3], ("hold", MONDAY + timedelta(days=2), "capped"))
        self.assertEqual(judge(rules, ledger, key=2).action, "send")

    def test_message_that_is_too_late_is_skipped_or_sent_as_was_chosen(self):
        due = MONDAY - timedelta(hours=30)
        for skips, action in ((True, "skip"), (False, "send")):
            late = Rules(late=Late(timedelta(hours=24), skips))
            self.assertEqual(judge(late, due_at=due).action, action)
        in_time = Rules(late=Late(timedelta(hours=48), skips=True))
        self.assertEqual(judge(in_time, due_at=due).action, "send")

    def test_slots_are_never_nearer_than_the_gap(self):
        @given(st.lists(st.integers(0, 500), max_size=60), st.integers(1, 20))
        @settings(max_examples=200, deadline=None)
        def check(starts, gap):
            slots, taken = Slots(), []
            for number, start in enumerate(starts):
                if number == 40:  # some time has passed
                    passed = MONDAY + timedelta(seconds=100)
                    slots.forget(passed)
                    taken = [one for one in taken if one > passed]
                wanted = MONDAY + timedelta(seconds=start)
                moment = slots.free(wanted, timedelta(seconds=gap))
                near = [t for t in taken if abs((t - moment).total_seconds()) < gap]
                self.assertFalse(near)
                self.assertEqual(moment, self._brute_slot(wanted, taken, gap))
                slots.add(moment)
                taken.append(moment)

        check()

    @staticmethod
    def _brute_slot(wanted, taken, gap):
        moment = wanted
        while any(abs((one - moment).total_seconds()) < gap for one in taken):
            moment += timedelta(seconds=1)
        return moment


@st.composite
def worlds(draw):
    """Some campaigns with limits and the people in them: `foresee`'s arguments."""
    rules = [
        Rules(
            draw(st.sampled_from([Window(), OFFICE])),
            Pace(
                daily=draw(st.sampled_from([0, 1, 3, 10])),
                gap=timedelta(seconds=draw(st.sampled_from([0, 60, 1800]))),
                domain_daily=draw(st.sampled_from([0, 2, 5])),
                ramp=draw(st.sampled_from([None, Ramp(1, 50, MONDAY.date())])),
            ),
            draw(st.sampled_from([None, Cap(1, 2), Cap(2, 7)])),
            draw(st.sampled_from([None, Late(timedelta(hours=4), skips=True)])),
        )
        for _campaign in range(draw(st.integers(1, 3)))
    ]
    steps = {
        10 * n + k: Stop(10 * n + k, one, draw(st.integers(0, 3)), unit)
        for n, one in enumerate(rules)
        for k, unit in enumerate(("days", "hours", "business_days"))
    }
    people = [
        person(
            key,
            zone=draw(st.sampled_from(ZONES)),
            sender=draw(st.sampled_from(["ann@example.org", "ben@example.org"])),
            domain=draw(st.sampled_from(["example.com", "example.net"])),
            stopped=draw(st.sampled_from([None, None, None, "hired"])),
            away_until=draw(st.sampled_from([None, MONDAY + timedelta(days=2)])),
        )
        for key in range(draw(st.integers(1, 12)))
    ]
    waiting = [
        Waiting(
            one, n, steps[10 * n], MONDAY + timedelta(hours=draw(st.integers(-9, 9)))
        )
        for one in people
        for n in range(len(rules))
    ]
    return waiting, steps


class Sequence:
    """Steps by their keys, one after another; who is asked says no.

    :param lacking: pairs of a person and a step from whose message something is missing
    """

    def __init__(self, steps, lacking=(), yes=()):
        self.steps, self.lacking, self.yes = steps, lacking, yes

    def lacks(self, one):
        return (one.person.key, one.stop.key) in self.lacking

    def says_yes(self, one):
        return one.person.key in self.yes

    def following(self, key, says_yes):
        return self.steps.get(key + (2 if says_yes else 1))


@tagged("post_install", "-at_install")
class TestWalk(BaseCase):
    """The days ahead."""

    def walk(self, waiting, steps, days=14):
        horizon = MONDAY + timedelta(days=days)
        return list(foresee(waiting, Sequence(steps), Ledger(), MONDAY, horizon))

    def test_steps_follow_each_other_with_their_delays(self):
        rules = Rules(OFFICE)
        steps = {1: Stop(1, rules), 2: Stop(2, rules, 5), 3: Stop(3, rules, 2, "weeks")}
        rows = self.walk([Waiting(person(), 7, steps[1], MONDAY)], steps)
        self.assertEqual(
            rows,
            [
                (1, 7, 1, MONDAY, MONDAY, "send", None),
                (1, 7, 2, *[MONDAY + timedelta(days=7)] * 2, "send", None),
            ],
        )

    def test_who_gets_nothing_any_more_is_skipped_once(self):
        steps = {1: Stop(1, Rules()), 2: Stop(2, Rules(), 1)}
        waiting = [Waiting(person(stopped="hired"), 7, steps[1], MONDAY)]
        [row] = self.walk(waiting, steps)
        self.assertEqual((row.action, row.reason), ("skip", STOPPED))

    def test_what_is_held_beyond_the_days_shown_stands_there_as_held(self):
        steps = {1: Stop(1, Rules())}
        away = person(away_until=MONDAY + timedelta(days=30))
        [row] = self.walk([Waiting(away, 7, steps[1], MONDAY)], steps)
        self.assertEqual((row.action, row.reason), ("hold", "away"))

    def test_message_that_lacks_something_waits_and_nothing_follows_it(self):
        steps = {1: Stop(1, Rules()), 2: Stop(2, Rules(), 1)}
        waiting = [Waiting(person(key), 7, steps[1], MONDAY) for key in (1, 2)]
        world = Sequence(steps, lacking={(2, 1)})
        rows = list(foresee(waiting, world, Ledger(), MONDAY, MONDAY + timedelta(14)))
        self.assertEqual(
            [(row.person, row.step, row.action, row.reason) for row in rows],
            [(1, 1, "send", None), (2, 1, "hold", "lacking"), (1, 2, "send", None)],
        )

    def test_who_stays_at_a_step_goes_on_when_the_stay_began_long_enough_ago(self):
        day = timedelta(days=1)
        steps = {1: Stop(1, Rules(), stay=5 * day), 2: Stop(2, Rules(), 1)}
        steps[3] = Stop(3, Rules(), 1)
        waiting = [
            Waiting(person(1), 7, steps[1], MONDAY),
            Waiting(person(2), 7, steps[1], MONDAY, since=MONDAY - 3 * day),
            Waiting(person(3), 7, steps[1], MONDAY),
        ]
        world = Sequence(steps, yes={3})
        rows = list(foresee(waiting, world, Ledger(), MONDAY, MONDAY + 14 * day))
        self.assertEqual(
            [(row.person, row.step, (row.at - MONDAY).days) for row in rows][3:],
            [(3, 3, 1), (2, 2, 3), (2, 3, 4), (1, 2, 6), (1, 3, 7)],
        )

    def test_who_waits_for_a_day_goes_on_as_it_begins_where_the_person_is(self):
        day = MONDAY.date() + timedelta(days=3)
        steps = {1: Stop(1, Rules(), stay=timedelta(), until=day), 2: Stop(2, Rules())}
        rows = self.walk([Waiting(person(), 7, steps[1], MONDAY)], steps)
        self.assertEqual(
            to_wall(rows[1].at, person().zone), datetime.combine(day, time())
        )

    def test_whatever_campaigns_ask_for_no_limit_is_ever_exceeded(self):
        @given(worlds())
        @settings(max_examples=150, deadline=None)
        def check(world):
            waiting, steps = world
            people = {one.person.key: one.person for one in waiting}
            rows = self.walk(waiting, steps)
            sent = [row for row in rows if row.action == "send"]
            self.assertEqual(
                len({(row.person, row.campaign, row.step) for row in rows}), len(rows)
            )
            self.check_limits(sent, people, steps)

        check()

    def check_limits(self, sent, people, steps):
        """Each message, as it left, was within each limit of its own campaign."""
        by_sender, by_domain = defaultdict(list), Counter()
        by_person = defaultdict(list)
        for row in sent:
            one, rules = people[row.person], steps[row.step].rules
            self.assertGreaterEqual(row.at, row.due_at)
            self.assertFalse(one.stopped)
            self.assertGreaterEqual(row.at, one.away_until or row.at)
            self.assertTrue(open_then(rules.window, row.at, one.zone))
            moments = by_sender[one.sender]
            day = row.at.date()
            most = rules.pace.most(day)
            today = len(moments) - bisect_left(moments, datetime.combine(day, time()))
            self.assertTrue(most is None or today < most)
            if moments and rules.pace.gap:
                self.assertGreaterEqual(row.at - moments[-1], rules.pace.gap)
            domain = one.domain, day
            limit = rules.pace.domain_daily
            self.assertTrue(not limit or by_domain[domain] < limit)
            if rules.cap:
                got = by_person[row.person]
                since = row.at - timedelta(days=rules.cap.days)
                self.assertLess(len(got) - bisect_right(got, since), rules.cap.count)
            moments.append(row.at)
            by_domain[domain] += 1
            by_person[row.person].append(row.at)


def open_then(window, moment, zone):
    wall = to_wall(moment, zone)
    closes = window.closes or time.max
    return window.works(wall.date()) and window.opens <= wall.time() <= closes
