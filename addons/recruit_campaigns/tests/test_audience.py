from functools import partial

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import TOKEN, CampaignsCommon


@tagged("post_install", "-at_install")
class TestAudience(CampaignsCommon):
    """Who a campaign is for: a segment, a pool, an event, or people by hand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pool = cls.env["hr.talent.pool"].create({"name": "Weavers we know"})
        cls.job = cls.env["hr.job"].create({"name": "Weaver"})
        cls.other_tag = cls.env["hr.applicant.category"].create({"name": "Dyers"})

    def _begun_by(self, event, **values):
        campaign = self._new_campaign(
            audience="event", entry_event=event, segment_id=False, **values
        )
        campaign.action_start()
        return campaign

    def _apply(self, person, job=None):
        return self.env["hr.applicant"].create(
            {
                "partner_name": person.name,
                "email_from": person.email,
                "job_id": (job or self.job).id,
            }
        )

    def test_members_of_a_pool_are_enrolled_and_nobody_else(self):
        self.ann._add_to_pool(self.pool)
        self.ben._add_to_pool(self.pool).action_leave()
        campaign = self._new_campaign(audience="pool", pool_id=self.pool.id)
        self.assertEqual(campaign.audience_count, 1)
        campaign.action_start()
        self.assertEqual(campaign.enrollment_ids.candidate_id, self.ann)
        self.assertEqual(campaign.enrollment_ids.origin, "audience")

    def test_segment_narrows_a_pool(self):
        (self.ann | self.ben)._add_to_pool(self.pool)
        self.ben.categ_ids = False
        campaign = self._new_campaign(audience="pool", pool_id=self.pool.id)
        campaign.action_start()
        self.assertEqual(campaign.enrollment_ids.candidate_id, self.ann)

    def test_confidential_pool_is_refused_as_an_audience(self):
        self.pool.write(
            {"pool_manager": self.officer.id, "confidential": True},
        )
        with self.assertRaisesRegex(ValidationError, "Pick its people by hand"):
            self._new_campaign(audience="pool", pool_id=self.pool.id)

    def test_pool_that_becomes_confidential_lets_nobody_in(self):
        self.ann._add_to_pool(self.pool)
        campaign = self._new_campaign(audience="pool", pool_id=self.pool.id)
        self.pool.write({"pool_manager": self.officer.id, "confidential": True})
        self.assertFalse(campaign._audience())

    def test_campaign_for_people_by_hand_starts_with_those_alone(self):
        campaign = self._new_campaign(audience="people", segment_id=False)
        with self.assertRaisesRegex(UserError, "Pick people"):
            campaign.action_start()
        wizard = self.env["recruit.campaign.add"].create(
            {
                "candidate_ids": [Command.set(self.ann.ids)],
                "campaign_id": campaign.id,
            }
        )
        wizard.action_add()
        campaign.action_start()
        self.assertRecordValues(
            campaign.enrollment_ids, [{"candidate_id": self.ann.id, "origin": "hand"}]
        )

    def test_each_event_begins_the_campaign_that_waits_for_it(self):
        person = self.ann
        cases = {
            "applied": lambda: self._apply(person),
            "joined_pool": lambda: person._add_to_pool(self.pool),
            "tag_added": lambda: person.write(
                {"categ_ids": [Command.link(self.other_tag.id)]}
            ),
        }
        # of other addons, too; a hire is another test
        for event in sorted(person._event_labels().keys() - {"hired"}):
            with self.subTest(event=event):
                campaign = self._begun_by(event)
                self.assertFalse(campaign.enrollment_ids)
                happens = cases.get(event, partial(person._record_event, event))
                happens()
                self.assertRecordValues(
                    campaign.enrollment_ids,
                    [{"candidate_id": person.id, "origin": "event", "state": "active"}],
                )

    def test_hire_begins_a_campaign_that_ends_with_the_employment(self):
        other = self._begun_by("applied")
        campaign = self._begun_by("hired")
        self.ann._record_event("hired")
        self.assertEqual(campaign.enrollment_ids.state, "active")
        self.assertEqual(other.enroll(self.ann.ids)["enrolled"], [])
        self.env.flush_all()
        claimed = self.deliveries._claim_due(TOKEN, self._now(), 50)
        row = claimed.filtered(lambda one: one.campaign_id == campaign)
        [letter] = self._letters_of(row)
        self.assertTrue(row._fence(TOKEN, letter.address, self._now()))
        self.ann.state = "employee"
        self.assertEqual(claimed._stopped()[row.id], "hired")

    def test_event_of_another_job_pool_or_tag_begins_nothing(self):
        other_job = self.env["hr.job"].create({"name": "Dyer"})
        other_pool = self.env["hr.talent.pool"].create({"name": "Dyers"})
        waiting = (
            self._begun_by("applied", entry_job_id=other_job.id)
            | self._begun_by("joined_pool", pool_id=other_pool.id)
            | self._begun_by("tag_added", entry_tag_id=self.other_tag.id)
        )
        self.ben.categ_ids = False
        self.ben.categ_ids = self.tag
        self.ann._add_to_pool(self.pool)
        self._apply(self.ann)
        self.assertFalse(waiting.enrollment_ids)
        self._apply(self.ben, other_job)
        self.ben._add_to_pool(other_pool)
        self.ben.categ_ids |= self.other_tag
        self.assertEqual(
            waiting.enrollment_ids.mapped("candidate_id"), self.ben, "each of the three"
        )
        self.assertEqual(len(waiting.enrollment_ids), 3)

    def test_event_outside_of_the_segment_begins_nothing(self):
        campaign = self._new_campaign(audience="event", entry_event="applied")
        campaign.action_start()
        self.ben.categ_ids = False
        self._apply(self.ben)
        self._apply(self.ann)
        self.assertEqual(campaign.enrollment_ids.candidate_id, self.ann)

    def test_application_ends_other_campaigns_and_begins_its_own(self):
        self.campaign.action_start()
        waiting = self._begun_by("applied")
        self._apply(self.ann)
        self.assertEqual(self._enrollment(self.ann).exit_reason, "applied")
        self.assertEqual(waiting.enrollment_ids.state, "active")

    def test_paused_or_draft_campaign_is_begun_by_nothing(self):
        draft = self._new_campaign(audience="event", entry_event="applied")
        paused = self._begun_by("applied")
        paused.action_pause()
        self._apply(self.ann)
        self.assertFalse((draft | paused).enrollment_ids)

    def test_event_that_no_app_knows_is_an_obstacle(self):
        campaign = self._new_campaign(audience="event")
        with self.assertRaisesRegex(UserError, "Choose the event"):
            campaign.action_start()
        campaign.flush_recordset()
        self.env.cr.execute(
            "UPDATE recruit_campaign SET entry_event = 'eclipse' WHERE id = %s",
            [campaign.id],
        )
        campaign.invalidate_recordset()
        with self.assertRaisesRegex(UserError, "an app was removed"):
            campaign.action_start()

    def test_settings_of_the_audience_are_in_a_copy(self):
        values = {
            "audience": "event",
            "entry_event": "joined_pool",
            "pool_id": self.pool.id,
            "entry_job_id": self.job.id,
            "entry_tag_id": self.tag.id,
            "enroll_newcomers": True,
            "reentry": "after",
            "reentry_days": 30,
            "holdout_percent": 10,
            "on_mismatch": "leave",
        }
        copy = self._new_campaign(**values).copy()
        self.assertEqual(
            {
                name: copy[name].id if name.endswith("_id") else copy[name]
                for name in values
            },
            values,
        )
