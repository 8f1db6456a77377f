from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import CampaignsCommon


@tagged("post_install", "-at_install")
class TestCampaign(CampaignsCommon):
    def test_campaign_when_created_owns_a_utm_campaign_of_its_name(self):
        self.assertEqual(self.campaign.utm_campaign_id.title, "Weavers for Berlin")
        self.assertEqual(self.campaign.email_from, self.officer.email_formatted)

    def test_draft_when_started_enrolls_the_segment_and_plans_the_first_message(self):
        self.campaign.action_start()
        self.assertEqual(self.campaign.state, "running")
        self.assertEqual(self.campaign.enrollment_ids.candidate_id, self.people)
        deliveries = self.campaign.enrollment_ids.delivery_ids
        self.assertEqual(deliveries.step_id, self.first_step)
        self.assertEqual(set(deliveries.mapped("state")), {"planned"})
        self.assertEqual(self.campaign.active_count, 3)
        self.assertEqual(self.first_step.waiting_count, 3)

    def test_campaign_without_anything_when_started_names_every_obstacle(self):
        empty = self.env["recruit.campaign"].create(
            {"name": "Nothing", "email_from": "no address"}
        )
        with self.assertRaisesRegex(UserError, "no steps") as refusal:
            empty.action_start()
        for reason in ("no audience", "no sender"):
            self.assertIn(reason, str(refusal.exception))

    def test_segment_without_people_when_started_is_an_obstacle(self):
        self.people.categ_ids = False
        with self.assertRaisesRegex(UserError, "Nobody is in the audience"):
            self.campaign.action_start()

    def test_broken_segment_when_started_is_an_obstacle_that_says_why(self):
        source = self.env["utm.source"].create({"name": "Fair"})
        rule = {"field": "source", "operator": "none_of", "value": source.ids}
        self.segment.tree = {"group": "all", "items": [rule]}
        source.unlink()
        with self.assertRaisesRegex(UserError, "segment is broken.*no longer exists"):
            self.campaign.action_start()

    def test_message_without_text_when_started_is_an_obstacle(self):
        self.second_step.body_html = "<p><br/></p>"
        with self.assertRaisesRegex(UserError, "Step 2 has no subject or no text"):
            self.campaign.action_start()

    def test_running_campaign_when_started_again_is_refused(self):
        self.campaign.action_start()
        with self.assertRaisesRegex(UserError, "running already"):
            self.campaign.action_start()

    def test_enroll_when_repeated_changes_nothing_and_says_why(self):
        self.campaign.action_start()
        dora = self.env["recruit.candidate"].create(
            {"name": "Dora", "email": "dora@example.com"}
        )
        answer = self.campaign.enroll([dora.id, self.ann.id])
        self.assertEqual(answer["enrolled"], dora.ids)
        self.assertEqual(
            answer["skipped"],
            [
                {
                    "candidate_id": self.ann.id,
                    "reason": "Enrolled in this campaign before.",
                }
            ],
        )
        self.assertEqual(self.campaign.enroll(dora.ids)["enrolled"], [])
        self.assertEqual(len(self._enrollment(dora).delivery_ids), 1)

    def test_enroll_when_somebody_is_unreachable_says_the_reason_of_each(self):
        self.campaign.action_start()
        new = self.env["recruit.candidate"].create
        cases = {
            new({"name": "No address"}): "Has no valid e-mail address",
            new(
                {"name": "Silent", "email": "s@example.com", "state": "do_not_contact"}
            ): "Marked as do not contact",
            new(
                {"name": "Colleague", "email": "c@example.com", "state": "employee"}
            ): "Was hired or is employed here",
            new(
                {"name": "Out", "email": "o@example.com", "recruiting_opt_out": True}
            ): "Unsubscribed from recruiting mail",
            new(
                {"name": "Gone", "email": "g@example.com", "active": False}
            ): "Is archived",
            new(
                {
                    "name": "Elsewhere",
                    "email": "e@example.com",
                    "company_id": self.other_company.id,
                }
            ): "Belongs to another company",
            new(
                {"name": "Listed", "email": "l@example.com"}
            ): "The address is on the company's blacklist",
        }
        self.env["mail.blacklist"]._add("l@example.com")
        asked = [candidate.id for candidate in cases]
        answer = self.campaign.enroll([*asked, 0])
        self.assertEqual(answer["enrolled"], [])
        self.assertEqual(
            {line["candidate_id"]: line["reason"] for line in answer["skipped"]},
            {
                0: "There is no such candidate.",
                **{candidate.id: reason for candidate, reason in cases.items()},
            },
        )

    def test_people_picked_for_a_draft_wait_until_it_starts(self):
        self.campaign.segment_id = False
        self.campaign.enroll(self.ann.ids)
        self.env.flush_all()
        self.assertFalse(self.deliveries._claim_due(1, self._now(), 50))
        self.assertEqual(self._claim().candidate_id, self.ann)

    def test_enroll_when_nothing_can_be_sent_is_refused(self):
        with self.assertRaisesRegex(UserError, "Add a message"):
            self._new_campaign(step_ids=False).enroll(self.ann.ids)
        self.campaign.action_close()
        with self.assertRaisesRegex(UserError, "is closed"):
            self.campaign.enroll(self.ann.ids)

    def test_sender_without_an_address_when_writing_a_message_is_no_error(self):
        self.officer.email = False
        campaign = self._new_campaign(user_id=self.officer.id)
        self.assertFalse(campaign.email_from)
        with self.assertRaisesRegex(UserError, "no sender"):
            campaign.action_start()

    def test_new_match_when_enrolled_later_joins_those_inside(self):
        self.campaign.action_start()
        dora = self.env["recruit.candidate"].create(
            {"name": "Dora", "email": "dora@example.com", "categ_ids": self.tag.ids}
        )
        self.campaign.action_enroll_segment()
        self.assertEqual(self._enrollment(dora).state, "active")
        self.assertEqual(self.campaign.enrollment_count, 4)

    def test_paused_campaign_when_claimed_gives_nothing_until_it_is_resumed(self):
        self.campaign.action_start()
        self.campaign.action_pause()
        self.assertFalse(self._claim())
        self.campaign.action_resume()
        self.assertEqual(len(self._claim()), 3)

    def test_closed_campaign_when_tidied_up_lets_everybody_leave(self):
        self.campaign.action_start()
        self.campaign.action_close()
        self.assertFalse(self._claim())
        left = self.env["recruit.campaign.enrollment"]._leave_closed_campaigns(10)
        self.assertEqual(left, 3)
        self.assertEqual(
            set(self.campaign.enrollment_ids.mapped("exit_reason")),
            {"campaign_closed"},
        )
        deliveries = self.campaign.enrollment_ids.delivery_ids
        self.assertEqual(set(deliveries.mapped("state")), {"skipped"})
        self.assertEqual(set(deliveries.mapped("reason")), {"The campaign was closed"})

    def test_campaign_when_copied_takes_its_messages_and_no_people(self):
        self.campaign.action_start()
        copy = self.campaign.copy()
        self.assertEqual(copy.state, "draft")
        self.assertFalse(copy.enrollment_ids)
        self.assertEqual(
            copy.step_ids.mapped("subject"), self.campaign.step_ids.mapped("subject")
        )
        self.assertNotEqual(copy.utm_campaign_id, self.campaign.utm_campaign_id)
        self.assertFalse(
            copy.step_ids.variant_ids.mailing_id
            & self.campaign.step_ids.variant_ids.mailing_id
        )

    def test_used_campaign_when_deleted_is_kept(self):
        self.campaign.action_start()
        with self.assertRaisesRegex(UserError, "Archive the campaign instead"):
            self.campaign.unlink()

    def test_draft_when_deleted_takes_its_mailings_along(self):
        mailings = self.campaign.step_ids.variant_ids.mailing_id
        self.campaign.step_ids.unlink()
        self.campaign.unlink()
        self.assertFalse(mailings.exists())
