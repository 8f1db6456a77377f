from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import TOKEN, CampaignsCommon


@tagged("post_install", "-at_install")
class TestTopic(CampaignsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.jobs, cls.events = cls.env["recruit.topic"].create(
            [{"name": "Jobs"}, {"name": "Events"}]
        )
        cls.campaign.topic_id = cls.jobs

    def _left(self, person):
        self.env.invalidate_all()
        return self._enrollment(person).exit_reason

    def test_who_declines_a_topic_leaves_its_campaigns_and_keeps_the_others(self):
        other = self._new_campaign(name="Meetup", topic_id=self.events.id)
        other.action_start()
        self.campaign.action_start()
        self.ann._decline(topic=self.jobs)
        self.assertEqual(self._left(self.ann), "topic_declined")
        self.assertEqual(self._delivery(self.ann).reason, "Wants no mail on this topic")
        self.assertEqual(
            other.enrollment_ids.filtered(
                lambda one: one.candidate_id == self.ann
            ).state,
            "active",
        )
        self.assertFalse(self.ann.unreachable_reason)
        self.assertFalse(self.ann.recruiting_opt_out)
        self.assertFalse(self.ann.is_blacklisted)
        self.assertEqual(self.jobs.optout_count, 1)

    def test_who_declined_a_topic_or_campaign_is_not_enrolled_and_told_why(self):
        self.ann._decline(topic=self.jobs)
        self.ben._decline(campaign=self.campaign)
        self.campaign.action_start()
        self.assertEqual(self.campaign.enrollment_ids.candidate_id, self.clara)
        said = self.campaign.with_user(self.officer).enroll((self.ann + self.ben).ids)
        self.assertEqual(
            {one["candidate_id"]: one["reason"] for one in said["skipped"]},
            {
                self.ann.id: "Wants no mail on this topic",
                self.ben.id: "Unsubscribed from this campaign",
            },
        )

    def test_who_declines_between_the_claim_and_the_dot_gets_nothing(self):
        for what in ({"topic": self.jobs}, {"campaign": self.campaign}):
            with self.subTest(what), self.cr.savepoint() as undo:
                letter = next(
                    one
                    for one in self._letters()
                    if one.address == self.ann.email_normalized
                )
                row = self.deliveries.browse(letter.delivery_id)
                self.env["recruit.optout"]._open(
                    self.ann, next(iter(what)), "page", **what
                )
                self.assertFalse(row._fence(TOKEN, letter.address, self._now()))
                undo.rollback()
                self.env.invalidate_all()

    def test_the_topic_of_a_running_campaign_when_changed_counts_at_once(self):
        self.ann._decline(topic=self.events)
        self.campaign.action_start()
        self.assertFalse(self._left(self.ann))
        self.campaign.topic_id = self.events
        self.env.flush_all()
        stopped = self._delivery(self.ann)._stopped()
        self.assertEqual(list(stopped.values()), ["topic_declined"])

    def test_declining_twice_is_as_good_as_once_and_can_be_taken_back(self):
        for _time in range(2):
            self.ann._decline(topic=self.jobs)
        self.assertEqual(len(self.ann.optout_ids), 1)
        self.assertEqual(self.ann.touch_ids.mapped("kind"), ["unsubscribed"])
        self.ann._accept(self.jobs)
        self.assertTrue(self.ann.optout_ids.ended_at)
        self.campaign.action_start()
        self.assertEqual(self._enrollment(self.ann).state, "active")

    def test_all_recruiting_mail_when_declined_has_its_history(self):
        self._send_all()
        self.ann._opt_out(self._delivery(self.ann), "reply")
        row = self.ann.optout_ids
        self.assertEqual((row.scope, row.how, row.ended_at), ("all", "reply", False))
        self.ann._give_consent("marketing", "meeting")
        self.assertTrue(row.ended_at)
        self.ann.with_user(self.officer).recruiting_opt_out = True
        self.assertEqual(
            self.ann.optout_ids.sorted("id").mapped("how"), ["reply", "by_hand"]
        )

    def test_a_merge_keeps_what_either_had_declined_once(self):
        (self.ann + self.ben)._decline(topic=self.jobs)
        self.ben._decline(topic=self.events)
        self.ann._merge(self.ben)
        self.env.invalidate_all()
        mine = self.ann.optout_ids.filtered(lambda one: not one.ended_at)
        self.assertEqual(mine.topic_id, self.jobs + self.events)
        self.assertEqual(len(mine), 2)

    def test_a_topic_that_somebody_declined_is_archived_not_deleted(self):
        self.ann._decline(topic=self.events)
        with self.assertRaisesRegex(UserError, "Archive it"):
            self.events.unlink()

    def test_mail_about_a_running_application_goes_on(self):
        self.ann._decline(topic=self.jobs)
        self.ann.recruiting_opt_out = True
        job = self.env["hr.job"].create({"name": "Weaver"})
        application = self.env["hr.applicant"].create(
            {
                "job_id": job.id,
                "partner_name": "Ann Lee",
                "email_from": "ann@example.com",
                "candidate_id": self.ann.id,
            }
        )
        mail = self.env["mail.mail"].create(
            {
                "model": application._name,
                "res_id": application.id,
                "email_to": application.email_from,
                "subject": "Your interview",
            }
        )
        self.assertEqual(mail.state, "outgoing")
        self.assertFalse(
            self.env["mail.blacklist"].search([("email", "=", "ann@example.com")])
        )

    def test_a_copy_of_a_campaign_is_about_the_same_topic(self):
        self.assertEqual(self.campaign.copy().topic_id, self.jobs)
