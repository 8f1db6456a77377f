from freezegun import freeze_time

from odoo import Command

from odoo.addons.recruit_campaigns.planner.walk import STOPPED

from .common import ACCEPTED, TOKEN, CampaignsCommon

DONE = {"sent": "send", "skipped": "skip", "done": "take"}


class FortnightCommon(CampaignsCommon):
    """The forecast beside what the sender does, every mail server accepting."""

    def tagged_people(self, count, **values):
        zones = ["Europe/Berlin", "America/New_York", "Asia/Tokyo", False]
        return self.env["recruit.candidate"].create(
            [
                {
                    "name": f"Person {n}",
                    "email": f"p{n}@{('example.com', 'example.net')[n % 2]}",
                    "tz": zones[n % len(zones)],
                    "categ_ids": [Command.link(self.tag.id)],
                    **values,
                }
                for n in range(count)
            ]
        )

    def foresee(self, campaign, now):
        self.env.flush_all()
        return campaign._foresee(now)[0]

    def run_sender(self, now, until):
        """Let the sender and the other steps work from moment to moment."""
        with freeze_time(now) as clock:
            while now < until:
                clock.move_to(now)
                while self.work(now):
                    self.env.invalidate_all()
                nearest = self.deliveries.search(
                    [("state", "=", "planned")], order="due_at", limit=1
                )
                self.assertFalse(nearest.due_at and nearest.due_at <= now)
                now = nearest.due_at or until

    def work(self, now):
        """One batch of each worker; returns what was due."""
        claimed, _front = self.deliveries._claim_next(TOKEN, now, 7)
        for letter in self._letters_of(claimed, now):
            row = self.deliveries.browse(letter.delivery_id)
            self.assertTrue(row._fence(TOKEN, letter.address, now))
            row._record_answer(TOKEN, letter, ACCEPTED, now)
        steps = self.deliveries._due_steps(7, now)
        steps._take_steps(now)
        return claimed | steps

    def done(self, campaign, since=None):
        """What became of each message and step: who, which, what and when."""
        rows = self.deliveries.search(
            [("campaign_id", "=", campaign.id), ("state", "in", list(DONE))]
        )
        return sorted(
            (row.candidate_id.id, row.step_id.id, DONE[row.state], moment)
            for row in rows
            if not since or row.finished_at >= since
            for moment in [row.began_at or row.finished_at]
        )

    def foreseen(self, rows):
        return sorted(
            (row.person, row.step, row.action, row.at)
            for row in rows
            if row.action != "hold" and row.reason != STOPPED
        )

    def held(self, campaign):
        """What still waits for a reason: who, which and why."""
        rows = self.deliveries.search(
            [("campaign_id", "=", campaign.id), ("state", "=", "planned")]
        )
        return sorted(
            (row.candidate_id.id, row.step_id.id, row.hold or "lacking")
            for row in rows
            if row.hold or row.missing
        )

    def foreseen_holds(self, rows):
        return sorted(
            (row.person, row.step, row.reason) for row in rows if row.action == "hold"
        )

    def check_equal(self, seen, campaign, since=None):
        self.assertTrue(self.foreseen(seen))
        self.assertEqual(self.foreseen(seen), self.done(campaign, since))
        self.assertEqual(self.foreseen_holds(seen), self.held(campaign))
