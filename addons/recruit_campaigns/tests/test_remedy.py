from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from .common import TOKEN, CampaignsCommon


@tagged("post_install", "-at_install")
class TestRemedy(CampaignsCommon):
    """What a recruiter does about a message that did not leave, in one click."""

    def setUp(self):
        super().setUp()
        self.campaign.action_start()
        self.env.flush_all()

    def _row(self):
        self.env.invalidate_all()
        return self._delivery(self.ann).with_user(self.officer)

    def _fail(self, failure_type):
        claimed = self._claim()
        claimed._ensure_identity(self._now())
        row = claimed.filtered(lambda one: one.candidate_id == self.ann)
        row._fail(TOKEN, self._now(), "message_refused", failure_type)

    def test_refused_address_leads_to_the_candidate(self):
        self._fail("mail_email_invalid")
        row = self._row()
        self.assertEqual(row.remedy, "address")
        self.assertEqual(row.action_remedy()["res_id"], self.ann.id)

    def test_refused_message_is_tried_again(self):
        self._fail("mail_smtp")
        self.assertEqual(self._row().remedy, "retry")
        self._row().action_remedy()
        self.assertEqual(self._row().state, "planned")
        self.assertEqual(self._enrollment(self.ann).state, "active")

    def test_missing_address_leads_to_the_candidate(self):
        self.ann.email = False
        self.assertEqual(self._row().remedy, "address")

    def test_who_is_away_need_not_be_waited_for(self):
        self.ann._hold_mail(self._now() + timedelta(days=3), "Away")
        self._claim()._let_leave(TOKEN, self._now())
        self.ann.mail_hold_until = self._now() + timedelta(days=3)
        row = self._row()
        row.sudo().hold = "away"
        self.assertEqual(row.remedy, "release")
        row.action_remedy()
        self.assertFalse(self.ann.mail_hold_until)

    def test_who_halted_goes_on(self):
        self.ann._record_event("refused")
        self.assertEqual(self._row().remedy, "go_on")
        self._row().action_remedy()
        self.assertEqual(self._row().state, "planned")

    def test_message_without_a_sender_leads_to_who_decides(self):
        self.campaign.write({"sender_policy": "owner", "sender_fallback": "hold"})
        self._letters()
        row = self._row()
        self.assertEqual(row.remedy, "sender")
        self.assertEqual(row.action_remedy()["res_model"], "recruit.candidate")
        self.ann.user_id = self.officer
        self._letters()
        self.assertEqual(self._row().action_remedy()["res_model"], "recruit.campaign")

    def test_what_waits_by_itself_has_no_remedy(self):
        row = self._row()
        self.assertFalse(row.remedy)
        with self.assertRaisesRegex(UserError, "Nothing can be done"):
            row.action_remedy()

    def test_word_of_the_person_is_not_argued_with(self):
        self.ann.recruiting_opt_out = True
        self.assertFalse(self._row().remedy)

    def test_several_are_helped_in_one_click_each_in_its_way(self):
        claimed = self._claim()
        claimed._ensure_identity(self._now())
        by_person = {row.candidate_id: row for row in claimed}
        now = self._now()
        by_person[self.ann]._fail(TOKEN, now, "message_refused", "mail_smtp")
        by_person[self.ben]._give_back(TOKEN)
        self.ben._record_event("refused")
        self.env.invalidate_all()
        rows = claimed.with_user(self.officer)
        self.assertEqual(
            [by_person[one].remedy for one in self.people], ["retry", "go_on", False]
        )
        self.assertTrue(rows.action_remedy())
        self.env.invalidate_all()
        left = by_person[self.ann] | by_person[self.ben]
        self.assertEqual(set(left.mapped("state")), {"planned"})

    def test_several_people_to_complete_are_a_list_and_two_windows_are_one_too_many(
        self,
    ):
        (self.ann | self.ben).email = False
        self.env.invalidate_all()
        rows = (self._delivery(self.ann) | self._delivery(self.ben)).with_user(
            self.officer
        )
        action = rows.action_remedy()
        self.assertEqual(action["res_model"], "recruit.candidate")
        self.assertEqual(set(action["domain"][0][2]), {self.ann.id, self.ben.id})
        self.clara._withdraw_consent("marketing", "phone")
        self.env.invalidate_all()
        rows |= self._delivery(self.clara)
        with self.assertRaisesRegex(UserError, "different things"):
            rows.action_remedy()

    def test_outbox_opens_on_what_needs_somebody_else_on_what_is_to_leave(self):
        mine = self.deliveries.with_user(self.officer)
        others = self.deliveries.search([("campaign_id", "!=", self.campaign.id)])
        others.unlink()
        self.assertEqual(mine._open_outbox()["context"], {"search_default_open": 1})
        self.assertFalse(mine.search([("needs_attention", "=", True)]))
        self._fail("mail_smtp")
        self.env.invalidate_all()
        self.assertTrue(self._row().needs_attention)
        self.assertFalse(self._delivery(self.ben).needs_attention)
        action = mine._open_outbox()
        self.assertEqual(action["context"], {"search_default_attention": 1})
        needy = mine.search([("needs_attention", "=", True)])
        self.assertEqual(needy.candidate_id, self.ann)
        self.assertIn(
            self._delivery(self.ben), mine.search([("needs_attention", "!=", True)])
        )
        self.campaign.action_close()
        self.env.invalidate_all()
        self.assertFalse(mine.search([("needs_attention", "=", True)]))

    def test_outbox_opens_for_whoever_sees_its_menu(self):
        sourcer = new_test_user(
            self.env, "outbox_sourcer", groups="recruit_crm.group_recruit_sourcer"
        )
        menu = self.env.ref("recruit_campaigns.recruit_campaign_delivery_menu")
        action = menu.action.with_user(sourcer).run()
        self.assertEqual(action["res_model"], "recruit.campaign.delivery")

    def test_message_that_lacks_a_value_leads_to_who_lacks_it(self):
        self.first_step.body_html = '<p><t t-out="object.city"/></p>'
        self.assertFalse(self._letters())
        self.assertEqual(self._row().remedy, "complete")
        self.assertTrue(self._row().needs_attention)
        self.assertEqual(self._row().action_remedy()["res_id"], self.ann.id)

    def test_campaigns_are_in_the_timeline_of_the_person(self):
        self._enrollment(self.ann)._exit("by_hand")
        page = self.ann.with_user(self.officer).timeline(kinds=["campaign"])
        self.assertEqual(
            [entry["title"] for entry in page["entries"]],
            [
                "Left the campaign Weavers for Berlin",
                "Entered the campaign Weavers for Berlin",
            ],
        )
        self.assertEqual(page["entries"][0]["text"], "Taken out by a recruiter")
