from datetime import timedelta

from freezegun import freeze_time

from odoo import Command
from odoo.tests import tagged

from .fortnight import FortnightCommon

HOURS = {"window_from": 9.0, "window_to": 17.0, "sat": False, "sun": False}
FORTNIGHT = timedelta(days=14)


def mail(number, body="<p>News</p>", **values):
    return {"delay": 1, "subject": f"Message {number}", "body_html": body, **values}


@tagged("post_install", "-at_install")
class TestForecastFortnight(FortnightCommon):
    """Everything that can keep a message back, at once: the forecast knows it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        crafts = cls.env["hr.skill.type"].create(
            {
                "name": "Crafts",
                "skill_ids": [Command.create({"name": "Weaving"})],
                "skill_level_ids": [
                    Command.create({"name": "Good", "level_progress": 80})
                ],
            }
        )
        cls.skill = crafts.skill_ids

    def new_world(self, **values):
        """24 people and a campaign that asks them things.

        Some lack a city, have the skill, are away, want no mail, or want none yet.
        """
        people = self.tagged_people(24, city="Bonn")
        people[::6].city = False
        for person in people[::4]:
            person.skill_ids = [
                Command.create({"skill_id": self.skill.id, "level": 80})
            ]
        people[1]._hold_mail(self._later(days=3), "Away")
        people[2].recruiting_opt_out = True
        people[3].snoozed_until = self._later(days=30)
        steps = [
            mail(1, delay=0),
            {"kind": "condition", "test": "clicked", "wait_days": 2, "delay": 0},
            mail(2, '<p>In <t t-out="object.city"/>.</p>'),
            {"kind": "condition", "test": "skill", "skill_id": self.skill.id},
            mail(3, '<p><t t-out="object.personal_line"/></p>', needs_line=True),
            {"kind": "wait", "wait_for": "event", "event": "replied", "wait_days": 1},
            mail(4, '<p>In <t t-out="object.city">your town</t>.</p>'),
        ]
        campaign = self._new_campaign(
            step_ids=[
                Command.create({"sequence": number, "delay_unit": "days", **step})
                for number, step in enumerate(steps)
            ],
            **values,
        )
        clicked, skilled = campaign._steps()[1], campaign._steps()[3]
        clicked.no_step_id = campaign._steps()[2]
        skilled.no_step_id = campaign._steps()[5]
        return campaign, people

    def start(self, campaign, now):
        with freeze_time(now):
            campaign.action_start()
        self.env.flush_all()

    def test_draft_with_everything_at_once_does_what_was_foreseen(self):
        campaign, people = self.new_world(
            daily_limit=9,
            cap_rule="own",
            cap_count=2,
            cap_days=5,
            domain_limit=8,
            holdout_percent=10,
            **HOURS,
        )
        now = self._now()
        seen = self.foresee(campaign, now)
        self.start(campaign, now)
        self.run_sender(now, now + FORTNIGHT)
        self.check_equal(seen, campaign)
        reasons = {reason for _person, _step, reason in self.held(campaign)}
        self.assertIn("lacking", reasons)
        self.assertFalse(
            [row for row in seen if row.person == people[2].id and row.action == "send"]
        )

    def test_campaign_on_its_way_does_what_is_foreseen_in_the_middle_of_it(self):
        campaign, people = self.new_world(gap_seconds=600, **HOURS)
        now = self._now()
        self.start(campaign, now)
        middle = now + timedelta(days=6)
        self.run_sender(now, middle)
        with freeze_time(middle - timedelta(minutes=1)):
            self.say_things(campaign, people)
            self.env.flush_all()
        seen = self.foresee(campaign, middle)
        self.run_sender(middle, middle + FORTNIGHT)
        self.check_equal(seen, campaign, since=middle)

    def say_things(self, campaign, people):
        """Links are followed, lines are written, values filled in, mail refused."""
        for person in people[4:24:5]:
            person._log_touch("clicked", campaign_id=campaign.utm_campaign_id.id)
        waiting = self.deliveries.search([("campaign_id", "=", campaign.id)])
        for row in waiting.filtered("waits_for_line")[:2]:
            row._write_line("We met in Bonn.")
        people[6].city = "Ulm"
        people[7].recruiting_opt_out = True
        people[8]._hold_mail(self._later(days=40), "On leave")
        for person in people[9:21:2]:
            person._hold_mail(self._later(days=4), "At a fair")

    def test_person_without_an_owner_is_foreseen_as_held(self):
        people = self.tagged_people(6)
        people[:2].user_id = self.officer
        self.officer.with_user(self.officer).action_allow_recruit_sending()
        campaign = self._new_campaign(
            sender_policy="owner", sender_fallback="hold", **HOURS
        )
        now = self._now()
        seen = self.foresee(campaign, now)
        self.start(campaign, now)
        self.run_sender(now, now + FORTNIGHT)
        self.check_equal(seen, campaign)
        self.assertEqual(
            {row.reason for row in seen if row.action == "hold"}, {"no_sender"}
        )

    def test_each_wording_waits_for_its_own_values(self):
        self.tagged_people(12)
        campaign = self._new_campaign()
        campaign.step_ids[0].action_add_variant()
        second = campaign.step_ids[0].variant_ids[1]
        second.body_html = '<p>In <t t-out="object.city"/>.</p>'
        now = self._now()
        seen = self.foresee(campaign, now)
        self.start(campaign, now)
        self.run_sender(now, now + FORTNIGHT)
        self.check_equal(seen, campaign)
        rows = self.deliveries.search([("campaign_id", "=", campaign.id)])
        self.assertEqual(rows.filtered("missing").variant_id, second)

    def test_screens_name_what_is_missing_and_who_lacks_it(self):
        (self.ann + self.ben).city = "Bonn"
        self.campaign.step_ids[0].body_html = '<p>In <t t-out="object.city"/>.</p>'
        mine = self.campaign.with_user(self.officer)
        [reason] = mine.read_forecast()["reasons"]
        self.assertIn("Missing for this person: City.", reason["reason"])
        limits = {name: reason[name] for name in ("action", "hold", "missing", "stop")}
        action = mine.action_view_forecast_people(**limits)
        rows = self.env["recruit.campaign.forecast"].search(action["domain"])
        self.assertEqual(rows.candidate_id, self.clara)
        self.assertEqual(rows.reason, reason["reason"])

    def test_forecast_on_the_form_follows_every_edit_of_the_steps(self):
        mine = self.campaign.with_user(self.officer)

        def total():
            days = mine.read_forecast()["days"]
            return sum(day["send"] for day in days), sum(day["hold"] for day in days)

        self.assertEqual(total(), (6, 0))
        self.campaign.step_ids[0].body_html = '<p><t t-out="object.city"/></p>'
        self.assertEqual(total(), (0, 3))
        self.campaign.step_ids[0].with_user(self.officer).unlink()
        self.assertEqual(total(), (3, 0))
        self.campaign.segment_id = False
        self.assertEqual(total(), (0, 0))
