from datetime import timedelta

from psycopg2.errors import CheckViolation

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import TOKEN, CampaignsCommon


@tagged("post_install", "-at_install")
class TestEntry(CampaignsCommon):
    """Entering while it runs, again, not at all; and who no longer matches."""

    def _rounds(self, person):
        return self._enrollment(person).sorted("round").mapped("state")

    def _follow(self):
        self.env.flush_all()
        while self.campaign._follow_audience():
            pass
        self.env.invalidate_all()

    def _new_weaver(self, name="Dora"):
        return self.env["recruit.candidate"].create(
            {
                "name": name,
                "email": f"{name.lower()}@example.com",
                "categ_ids": self.tag.ids,
            }
        )

    def _finish(self, person, days_ago=0):
        moment = self._now() - timedelta(days=days_ago)
        inside = self._enrollment(person).filtered(lambda one: one.state == "active")
        inside.delivery_ids.write(
            {"state": "sent", "finished_at": moment, "sent_at": moment}
        )
        inside.write({"state": "finished", "finished_at": moment})

    def test_newcomer_enters_a_running_campaign_that_lets_newcomers_in(self):
        self.campaign.enroll_newcomers = True
        self.campaign.action_start()
        dora = self._new_weaver()
        self._follow()
        self.assertEqual(self._rounds(dora), ["active"])
        self.assertEqual(len(self._delivery(dora)), 1)

    def test_newcomer_stays_outside_where_newcomers_do_not_enter(self):
        self.campaign.action_start()
        dora = self._new_weaver()
        self._follow()
        self.assertFalse(self._rounds(dora))

    def test_newcomers_beyond_a_batch_enter_with_the_next_one(self):
        self.campaign.enroll_newcomers = True
        self.campaign.action_start()
        for name in ("Dora", "Emil", "Fay"):
            self._new_weaver(name)
        self.env.flush_all()
        self.assertEqual(self.campaign._enroll_newcomers(2), 2)
        self.assertEqual(self.campaign._enroll_newcomers(2), 1)
        self.assertEqual(self.campaign.enrollment_count, 6)

    def test_cron_follows_every_running_campaign_though_one_is_broken(self):
        self.campaign.enroll_newcomers = True
        self.campaign.action_start()
        other = self._new_campaign(enroll_newcomers=True)
        other.action_start()
        broken = self._new_campaign(enroll_newcomers=True, on_mismatch="leave")
        broken.action_start()
        broken.segment_id = self.env["recruit.segment"].create({"name": "Empty"})
        self._break(broken.segment_id)
        dora = self._new_weaver()
        self.env.flush_all()
        with self.enter_registry_test_mode():
            cron = self.env.ref("recruit_campaigns.ir_cron_enroll_newcomers")
            cron.method_direct_trigger()
        self.assertEqual(dora.enrollment_ids.campaign_id, self.campaign | other)
        self.assertEqual(set(broken.enrollment_ids.mapped("state")), {"active"})

    def _break(self, segment):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE recruit_segment SET tree = %s WHERE id = %s",
            ['{"group": "all", "items": [{"field": "no such field"}]}', segment.id],
        )
        self.env.invalidate_all()

    def test_who_was_inside_never_enters_again_unless_it_is_said(self):
        self.campaign.action_start()
        self._finish(self.ann, days_ago=400)
        self.assertEqual(self.campaign.enroll(self.ann.ids)["enrolled"], [])
        self.assertEqual(self._rounds(self.ann), ["finished"])

    def test_who_was_inside_enters_again_after_so_many_days(self):
        self.campaign.write({"reentry": "after", "reentry_days": 30})
        self.campaign.enroll_newcomers = True
        self.campaign.action_start()
        self._finish(self.ann, days_ago=31)
        self._finish(self.ben, days_ago=29)
        self._follow()
        self.assertEqual(self._rounds(self.ann), ["finished", "active"])
        self.assertEqual(self._rounds(self.ben), ["finished"])
        answer = self.campaign.enroll(self.ben.ids)
        self.assertIn("less than 30 days ago", answer["skipped"][0]["reason"])
        self.assertEqual(len(self._delivery(self.ann)), 2, "a message for each round")

    def test_each_time_means_that_somebody_left_the_segment_and_came_back(self):
        self.campaign.write({"reentry": "each_time", "enroll_newcomers": True})
        self.campaign.action_start()
        self._finish(self.ann)
        self._follow()
        self.assertEqual(self._rounds(self.ann), ["finished"], "never left")
        self.ann.categ_ids = False
        self._follow()
        self.ann.categ_ids = self.tag
        self._follow()
        self.assertEqual(self._rounds(self.ann), ["finished", "active"])
        self._follow()
        self.assertEqual(self._rounds(self.ann), ["finished", "active"])

    def test_each_time_means_each_event(self):
        campaign = self._new_campaign(
            audience="event", entry_event="refused", reentry="each_time"
        )
        campaign.action_start()
        self.ann._record_event("refused")
        self.ann._record_event("refused")
        self.assertEqual(len(campaign.enrollment_ids), 1, "inside already")
        self.assertEqual(campaign.enrollment_ids.state, "active", "it begins with it")
        campaign.enrollment_ids._exit("replied")
        self.ann._record_event("refused")
        second = campaign.enrollment_ids.filtered(lambda one: one.state == "active")
        self.assertEqual(second.round, 1)
        second._exit("by_hand")
        self.ann._record_event("refused")
        self.assertEqual(len(campaign.enrollment_ids), 2, "taken out by a recruiter")
        campaign.enroll(self.ann.ids)
        self.assertEqual(len(campaign.enrollment_ids), 3, "a recruiter puts them back")

    def test_who_no_longer_matches_goes_on_or_leaves_as_chosen(self):
        self.campaign.action_start()
        self.ann.categ_ids = False
        self._follow()
        self.assertEqual(self._rounds(self.ann), ["active"])
        self.campaign.on_mismatch = "leave"
        self._follow()
        self.assertEqual(self._enrollment(self.ann).exit_reason, "left_audience")
        self.assertEqual(self._delivery(self.ann).state, "skipped")
        self.assertEqual(self._rounds(self.ben), ["active"])

    def test_who_was_picked_by_hand_stays_though_they_never_matched(self):
        self.campaign.on_mismatch = "leave"
        self.campaign.action_start()
        stranger = self.env["recruit.candidate"].create(
            {"name": "Emil", "email": "emil@example.com"}
        )
        self.campaign.enroll(stranger.ids)
        self._follow()
        self.assertEqual(self._rounds(stranger), ["active"])

    def test_message_to_somebody_who_just_left_the_segment_is_not_prepared(self):
        self.campaign.on_mismatch = "leave"
        self.campaign.action_start()
        self.ann.categ_ids = False
        letters = self._letters()
        self.assertEqual(len(letters), 2)
        self.assertEqual(self._enrollment(self.ann).exit_reason, "left_audience")

    def test_who_leaves_the_segment_while_the_message_is_written_is_not_sent_it(self):
        letters = self._letters()
        self.ann.categ_ids = False
        self.env.flush_all()
        self.assertEqual(self.deliveries._still_matching(letters), letters)
        self.campaign.on_mismatch = "leave"
        self.deliveries._held_by(TOKEN)._give_back(TOKEN)
        self.ann.categ_ids = self.tag
        letters = self._letters()
        self.ann.categ_ids = False
        self.env.flush_all()
        still = self.deliveries._still_matching(letters)
        people = {self.deliveries.browse(one.delivery_id).candidate_id for one in still}
        self.assertEqual(people, {self.ben, self.clara})

    def test_held_out_people_get_nothing_and_stay_the_same(self):
        people = self.env["recruit.candidate"].create(
            [{"name": f"P{n}", "email": f"p{n}@example.com"} for n in range(200)]
        )
        self.campaign.holdout_percent = 50
        self.campaign.action_start()
        answer = self.campaign.enroll(people.ids)
        held_out = self.campaign.enrollment_ids.filtered(
            lambda one: one.state == "held_out" and one.candidate_id in people
        )
        self.assertTrue(60 < len(held_out) < 140)
        self.assertFalse(held_out.delivery_ids)
        self.assertEqual(held_out.mapped("finished_at"), held_out.mapped("enrolled_at"))
        self.assertEqual(len(answer["enrolled"]) + len(held_out), 200)
        self.assertIn(
            "Held out, to compare with.", {one["reason"] for one in answer["skipped"]}
        )
        self.campaign.reentry = "each_time"
        again = self.campaign._draw_held_out(people.ids)
        self.assertEqual(again, set(held_out.candidate_id.ids))

    def test_more_than_half_held_out_is_refused(self):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaisesRegex(CheckViolation, "holdout_check"),
        ):
            self.campaign.holdout_percent = 51
            self.campaign.flush_recordset()

    def test_refused_person_halts_and_goes_on_when_a_recruiter_says_so(self):
        self.campaign.action_start()
        self.ann._record_event("refused")
        row = self._enrollment(self.ann)
        self.assertRecordValues(row, [{"state": "paused", "exit_reason": "refused"}])
        self.assertEqual(self._delivery(self.ann).state, "skipped")
        self.assertEqual(self._send_all().candidate_id, self.ben | self.clara)
        row.with_user(self.officer).action_go_on()
        self.assertRecordValues(row, [{"state": "active", "exit_reason": False}])
        self.assertEqual(self._send_all().candidate_id, self.ann)

    def test_halted_person_who_applies_leaves_for_good(self):
        self.campaign.action_start()
        self.ann._record_event("refused")
        self.ann._record_event("applied")
        self.assertRecordValues(
            self._enrollment(self.ann), [{"state": "exited", "exit_reason": "applied"}]
        )

    def test_person_halted_after_a_message_goes_on_with_the_next_one(self):
        pairs = self._in_flight()
        self.ann._record_event("refused")
        row, letter = pairs[self.ann]
        row._mark_sent([letter.sequel], self._now(), row.claim_token)
        self.env.invalidate_all()
        self.assertFalse(self._delivery(self.ann, self.second_step))
        self._enrollment(self.ann).action_go_on()
        self.assertEqual(self._delivery(self.ann, self.second_step).state, "planned")

    def test_person_who_must_not_be_mailed_cannot_go_on(self):
        self.campaign.action_start()
        self.ann.recruiting_opt_out = True
        with self.assertRaisesRegex(UserError, "Ann Lee cannot go on: Unsubscribed"):
            self._enrollment(self.ann).action_go_on()
