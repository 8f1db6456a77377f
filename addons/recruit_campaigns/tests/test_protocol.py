from datetime import timedelta

import psycopg2

from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.recruit_campaigns.engine.decide import BACKOFF
from odoo.addons.recruit_campaigns.engine.smtp import Answer
from odoo.addons.recruit_campaigns.models.recruit_campaign import (
    CAMPAIGN_LOCKS,
    PERSON_LOCKS,
)
from odoo.addons.recruit_campaigns.models.recruit_campaign_delivery_rescue import (
    WORKER_LOCKS,
)

from .common import ACCEPTED, TOKEN, CampaignsCommon


@tagged("post_install", "-at_install")
class TestProtocol(CampaignsCommon):
    # --------------------------------------------------------------------- claim

    def test_due_messages_when_claimed_are_taken_once_the_longest_waiting_first(self):
        self.campaign.action_start()
        due = {self.ann: -1, self.ben: -3, self.clara: -2}
        for person, hours in due.items():
            self._delivery(person).due_at = self._later(hours=hours)
        claimed = self._claim(limit=2)
        self.assertEqual(claimed.candidate_id, self.ben | self.clara)
        self.assertEqual(claimed[0].candidate_id, self.ben)
        self.assertEqual(set(claimed.mapped("claim_token")), {TOKEN})
        self.assertEqual(self._claim().candidate_id, self.ann)
        self.assertFalse(self._claim())

    def test_queue_when_read_from_its_front_begins_anew_at_its_end(self):
        self.campaign.action_start()
        for hours, person in enumerate((self.ann, self.ben, self.clara)):
            self._delivery(person).due_at = self._later(hours=hours - 9)
        now = self._moment()
        got, front = self.deliveries._claim_next(TOKEN, now, 1)
        self.assertEqual(got.candidate_id, self.ann)
        got._give_back(TOKEN)
        got, front = self.deliveries._claim_next(TOKEN, now, 1, front)
        self.assertEqual(got.candidate_id, self.ben, "what was given back comes last")
        got, front = self.deliveries._claim_next(TOKEN, now, 2, front)
        self.assertEqual(got.candidate_id, self.clara)
        got, front = self.deliveries._claim_next(TOKEN, now, 2, front)
        self.assertEqual(got.candidate_id, self.ann)
        self.assertFalse(self.deliveries._claim_next(TOKEN, now, 2, front)[0])

    def test_message_of_tomorrow_when_claimed_today_stays(self):
        self.campaign.action_start()
        self._delivery(self.ann).due_at = self._later(days=1)
        self.assertEqual(self._claim().candidate_id, self.ben | self.clara)
        self.assertEqual(self._claim(self._later(days=1)).candidate_id, self.ann)

    def test_claimed_message_when_given_back_counts_no_try(self):
        claimed = self._claim()
        claimed._give_back(TOKEN)
        self.assertEqual(set(claimed.mapped("state")), {"planned"})
        self.assertEqual(set(claimed.mapped("attempt_count")), {0})

    def test_message_of_another_worker_when_given_back_stays_claimed(self):
        claimed = self._claim()
        claimed._give_back(TOKEN + 1)
        self.assertEqual(set(claimed.mapped("state")), {"claimed"})

    # --------------------------------------------------------------------- fence

    def test_claimed_message_when_fenced_twice_passes_once(self):
        row, letter = self._in_flight()[self.ann]
        self.assertEqual(row.state, "in_flight")
        self.assertFalse(row._fence(TOKEN, letter.address, self._now()))

    def test_fence_when_anything_says_stop_does_not_open(self):
        stops = {
            "other worker": lambda row: row.write({"claim_token": TOKEN + 1}),
            "left": lambda row: row.enrollment_id.write(
                {
                    "state": "exited",
                    "exit_reason": "by_hand",
                    "finished_at": self._now(),
                }
            ),
            "paused": lambda row: row.campaign_id.write({"state": "paused"}),
            "closed": lambda row: row.campaign_id.write({"state": "closed"}),
            "new address": lambda row: row.candidate_id.write(
                {"email": "new@example.com"}
            ),
            "blacklisted": lambda row: self.env["mail.blacklist"]._add(
                "ann@example.com"
            ),
        }
        self._letters()
        row = self._delivery(self.ann)
        for name, stop in stops.items():
            with self.subTest(stop=name), self.env.cr.savepoint() as savepoint:
                stop(row)
                self.env.flush_all()
                self.assertFalse(row._fence(TOKEN, "ann@example.com", self._now()))
                savepoint.rollback()
                self.env.invalidate_all(flush=False)
        self.assertTrue(row._fence(TOKEN, "ann@example.com", self._now()))

    def test_stopped_messages_when_taken_out_get_their_reasons(self):
        claimed = self._claim()
        self.env["mail.blacklist"]._add("ann@example.com")
        self._enrollment(self.ben).action_exit()
        self.env.flush_all()
        wanted = claimed._take_out_stopped(TOKEN, self._now())
        self.assertEqual(wanted.candidate_id, self.clara)
        self.assertRecordValues(
            self._delivery(self.ann) + self._delivery(self.ben),
            [
                {
                    "state": "skipped",
                    "reason": "The address is on the company's blacklist",
                },
                {"state": "skipped", "reason": "Taken out by a recruiter"},
            ],
        )
        self.assertEqual(self._enrollment(self.ann).exit_reason, "blacklisted")

    def test_messages_of_a_paused_campaign_when_taken_out_go_back(self):
        claimed = self._claim()
        self.campaign.action_pause()
        self.env.flush_all()
        self.assertFalse(claimed._take_out_stopped(TOKEN, self._now()))
        self.assertEqual(set(claimed.mapped("state")), {"planned"})
        self.assertEqual(set(self.campaign.enrollment_ids.mapped("state")), {"active"})

    def test_person_being_stopped_when_locked_for_the_dot_is_left_alone(self):
        letters = self._letters()
        letter = next(one for one in letters if one.address == self.ann.email)
        keys = letter.lock_keys
        self.deliveries._prepare_statements()
        self.addCleanup(self.env.cr.execute, "DEALLOCATE ALL")
        swap = self.deliveries._swap_locks
        with self.env.registry.cursor() as other:
            other.execute(SQL("SELECT pg_advisory_xact_lock(%s, %s)", *keys[1]))
            self.assertFalse(swap([], [letter]))
            self.assertFalse(self._locks_held(), "the campaign's lock must be free")
            other.rollback()
            self.assertEqual(swap([], [letter]), [letter])
            other.execute(SQL("SELECT pg_try_advisory_xact_lock(%s, %s)", *keys[1]))
            self.assertEqual(other.fetchone(), (False,), "the stop has to wait")
            swap(keys, [])
            other.execute(SQL("SELECT pg_try_advisory_xact_lock(%s, %s)", *keys[1]))
            self.assertEqual(other.fetchone(), (True,))

    def test_letters_when_fenced_together_pass_each_for_itself(self):
        letters = self._letters()
        self.deliveries._prepare_statements()
        self.addCleanup(self.env.cr.execute, "DEALLOCATE ALL")
        self._enrollment(self.ben).action_exit()
        self.env.flush_all()
        passed = self.deliveries._fence_letters(TOKEN, self._now(), letters)
        rows = self.deliveries.browse(passed)
        self.assertEqual(rows.candidate_id, self.ann | self.clara)
        self.env.invalidate_all()
        self.assertEqual(set(rows.mapped("state")), {"in_flight"})

    def test_acceptance_when_committed_with_the_next_fence_waits_to_be_recorded(self):
        letters = self._letters()
        self.deliveries._prepare_statements()
        self.addCleanup(self.env.cr.execute, "DEALLOCATE ALL")
        now = self._now()
        self.deliveries._fence_letters(TOKEN, now, letters[:1])
        self.deliveries._fence_letters(
            TOKEN, now, letters[1:2], [(letters[0], ACCEPTED)]
        )
        self.env.invalidate_all()
        rows = self.deliveries.browse([one.delivery_id for one in letters])
        self.assertEqual(rows.mapped("state"), ["accepted", "in_flight", "claimed"])
        sequels = self.deliveries._reap(1, now)
        self.env.invalidate_all()
        self.assertEqual(rows.mapped("state"), ["accepted", "uncertain", "planned"])
        self.deliveries._record_accepted(1, sequels, now)
        self.assertEqual(rows[0].state, "sent")
        self.assertEqual(rows[0].smtp_code, 250)
        self.assertEqual(rows[0].mail_message_id.message_id, rows[0].message_id)
        self.assertTrue(self._delivery(rows[0].candidate_id, self.second_step))

    def _locks_held(self):
        """Those before a dot."""
        self.env.cr.execute(
            "SELECT classid FROM pg_locks WHERE locktype = 'advisory' "
            "AND pid = pg_backend_pid() AND classid IN %s",
            [(CAMPAIGN_LOCKS, PERSON_LOCKS)],
        )
        return self.env.cr.fetchall()

    # -------------------------------------------------------------------- record

    def test_accepted_message_when_recorded_plans_the_next_one(self):
        now = self._moment()
        row, letter = self._in_flight(now)[self.ann]
        row._record_answer(TOKEN, letter, ACCEPTED, now)
        self.assertRecordValues(
            row,
            [
                {
                    "state": "sent",
                    "sent_at": now,
                    "finished_at": now,
                    "smtp_code": 250,
                    "reason": False,
                    "claim_token": 0,
                }
            ],
        )
        self.assertEqual(row.trace_id.trace_status, "sent")
        following = self._delivery(self.ann, self.second_step)
        self.assertEqual(following.state, "planned")
        self.assertEqual(following.due_at, now + timedelta(days=3))
        self.assertEqual(self._enrollment(self.ann).step_id, self.second_step)

    def test_last_message_when_recorded_finishes_the_person(self):
        self._send_all()
        later = self._later(days=4)
        self._send_all(later)
        self.assertRecordValues(
            self._enrollment(self.ann), [{"state": "finished", "finished_at": later}]
        )
        self.assertEqual(self.campaign.finished_count, 3)
        self.assertEqual(self.campaign.sent_count, 6)

    def test_accepted_message_when_recorded_twice_plans_one_next_message(self):
        now = self._moment()
        row, letter = self._in_flight(now)[self.ann]
        for _time in range(2):
            row._record_answer(TOKEN, letter, ACCEPTED, now)
        self.assertEqual(len(self._enrollment(self.ann).delivery_ids), 2)
        self.assertEqual(
            len(
                self.ann.message_ids.filtered(lambda m: m.message_id == row.message_id)
            ),
            1,
        )

    def test_next_message_when_deleted_meanwhile_lets_the_person_finish(self):
        now = self._moment()
        row, letter = self._in_flight(now)[self.ann]
        self.second_step.unlink()
        self.env.flush_all()
        row._record_answer(TOKEN, letter, ACCEPTED, now)
        self.assertEqual(row.state, "sent")
        self.assertEqual(self._enrollment(self.ann).state, "finished")

    def test_person_who_left_while_in_flight_when_recorded_gets_no_next_message(self):
        row, letter = self._in_flight()[self.ann]
        self._enrollment(self.ann).action_exit()
        self.assertEqual(row.state, "in_flight", "the dot may have been sent")
        row._record_answer(TOKEN, letter, ACCEPTED, self._now())
        self.assertEqual(row.state, "sent")
        self.assertFalse(self._delivery(self.ann, self.second_step))
        self.assertEqual(self._enrollment(self.ann).state, "exited")

    def test_message_asked_to_wait_when_recorded_waits_longer_each_time(self):
        now = self._moment()
        later = Answer("RCPT", 451, "4.7.1 greylisted")
        for wait in BACKOFF:
            claimed = self._claim(now).filtered(lambda r: r.candidate_id == self.ann)
            [letter] = self._letters_of(claimed, now)
            claimed._record_answer(TOKEN, letter, later, now)
            self.assertEqual(claimed.state, "retry")
            self.assertEqual(claimed.due_at, now + wait)
            now += wait
        claimed = self._claim(now).filtered(lambda r: r.candidate_id == self.ann)
        [letter] = self._letters_of(claimed, now)
        claimed._record_answer(TOKEN, letter, later, now)
        self.assertRecordValues(
            claimed,
            [
                {
                    "state": "failed",
                    "reason": "The mail server did not take it in two days.",
                    "smtp_text": "4.7.1 greylisted",
                }
            ],
        )

    def test_greylisted_message_when_tried_again_keeps_its_message_id_and_is_sent(self):
        now = self._moment()
        row, letter = self._in_flight(now)[self.ann]
        message_id, trace = row.message_id, row.trace_id
        row._record_answer(TOKEN, letter, Answer("dot", 451, "later"), now)
        self.assertEqual(row.reason, "The mail server asked to try again later.")
        pairs = self._in_flight(now + BACKOFF[0])
        row, letter = pairs[self.ann]
        self.assertEqual((row.message_id, row.trace_id), (message_id, trace))
        row._record_answer(TOKEN, letter, ACCEPTED, now + BACKOFF[0])
        self.assertEqual((row.state, row.attempt_count), ("sent", 2))

    def test_refused_address_when_recorded_lets_the_person_leave(self):
        row, letter = self._in_flight()[self.ann]
        row._record_answer(
            TOKEN, letter, Answer("RCPT", 550, "no such user"), self._now()
        )
        self.assertRecordValues(
            row,
            [{"state": "failed", "reason": "The mail server refused the address."}],
        )
        self.assertEqual(row.trace_id.failure_type, "mail_email_invalid")
        self.assertEqual(self._enrollment(self.ann).exit_reason, "not_delivered")

    def test_silence_after_the_dot_when_recorded_is_uncertain_and_not_sent_again(self):
        row, letter = self._in_flight()[self.ann]
        row._record_answer(TOKEN, letter, Answer("dot", None), self._now())
        self.assertEqual(row.state, "uncertain")
        self.assertFalse(row.finished_at)
        self.assertNotIn(row, self._claim(self._later(days=30)))

    # -------------------------------------------------------------------- rescue

    def test_rows_of_a_dead_worker_when_reaped_go_back_or_become_uncertain(self):
        pairs = self._in_flight()
        flying, claimed = pairs[self.ann][0], pairs[self.ben][0]
        claimed.state = "claimed"
        self.env.flush_all()
        self.deliveries._reap(1, self._now())
        self.assertRecordValues(
            flying + claimed,
            [
                {
                    "state": "uncertain",
                    "reason": "The sending process ended before the answer came.",
                },
                {"state": "planned", "reason": False},
            ],
        )

    def test_rows_of_a_living_worker_when_reaped_stay(self):
        claimed = self._claim()
        with self.env.registry.cursor() as other:
            other.execute(SQL("SELECT pg_advisory_lock(%s, %s)", WORKER_LOCKS, TOKEN))
            self.deliveries._reap(1, self._now())
            self.assertEqual(set(claimed.mapped("state")), {"claimed"})
            other.execute(SQL("SELECT pg_advisory_unlock_all()"))
        self.deliveries._reap(1, self._now())
        self.env.invalidate_all()
        self.assertEqual(set(claimed.mapped("state")), {"planned"})

    def test_worker_that_was_taken_for_dead_when_it_gets_the_answer_records_it(self):
        row, letter = self._in_flight()[self.ann]
        self.deliveries._reap(1, self._now())
        row._record_answer(TOKEN, letter, ACCEPTED, self._now())
        self.assertEqual(row.state, "sent")

    def test_session_when_opened_is_alive_until_it_is_closed(self):
        token = self.deliveries._open_session()
        with self.env.registry.cursor() as other:
            lock = SQL("SELECT pg_try_advisory_xact_lock(%s, %s)", WORKER_LOCKS, token)
            other.execute(lock)
            self.assertEqual(other.fetchone(), (False,))
            self.deliveries._close_session()
            other.execute(lock)
            self.assertEqual(other.fetchone(), (True,))

    # ------------------------------------------------------- the database itself

    def test_database_when_asked_to_break_a_rule_refuses(self):
        self.campaign.action_start()
        row = self._delivery(self.ann)
        breaks = {
            "the same message twice": lambda: row.copy({"message_id": False}),
            "final without an end": lambda: row.write({"state": "sent"}),
            "an end without a final state": lambda: row.write(
                {"finished_at": self._now()}
            ),
            "failed without a reason": lambda: row.write(
                {"state": "failed", "finished_at": self._now()}
            ),
            "a second run": row.enrollment_id.copy,
            "out without a reason": lambda: row.enrollment_id.write(
                {"state": "exited", "finished_at": self._now()}
            ),
            "active with an end": lambda: row.enrollment_id.write(
                {"finished_at": self._now()}
            ),
        }
        for name, act in breaks.items():
            with (
                self.subTest(rule=name),
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.IntegrityError),
                self.env.cr.savepoint(),
            ):
                act()
                self.env.flush_all()
            self.env.invalidate_all(flush=False)
