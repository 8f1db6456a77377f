import random
from datetime import datetime, timedelta

from psycopg2 import Error

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import RecruitCrmCommon

DAY = datetime(2024, 1, 1, 9, 0, 0)


@tagged("post_install", "-at_install")
class TestTouchLedger(RecruitCrmCommon):
    def _triple(self, touch):
        return touch.source, touch.medium, touch.campaign

    def test_a_kind_says_who_made_the_contact_and_what_is_proved(self):
        ann = self._candidate()
        for kind, direction, verified in (
            ("application", "inbound", False),
            ("visit", "inbound", True),
            ("call", "outbound", False),
            ("hired", "internal", True),
        ):
            touch = ann._log_touch(kind)
            with self.subTest(kind=kind):
                self.assertEqual(touch.direction, direction)
                self.assertEqual(touch.verified, verified)

    def test_an_unknown_kind_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "no kind of touch"):
            self._candidate()._log_touch("telepathy")

    def test_words_that_are_given_are_one_set_and_mix_with_no_link(self):
        source = self.env["utm.source"].create({"name": "Paper of today"})
        campaign = self.env["utm.campaign"].create({"name": "Drive of another day"})
        touch = self._candidate()._log_touch(
            "visit", source="Fair", source_id=source.id, campaign_id=campaign.id
        )
        self.assertEqual(self._triple(touch), ("Fair", False, False))

    def test_words_are_linked_to_records_that_exist_and_make_none(self):
        source = self.env["utm.source"].create({"name": "Paper of Ghent"})
        counts = [
            self.env[model].search_count([])
            for model in ("utm.source", "utm.medium", "utm.campaign")
        ]
        touch = self._candidate()._log_touch(
            "visit", source="paper OF ghent", medium="never heard", campaign="no such"
        )
        self.assertEqual(touch.source_id, source)
        self.assertFalse(touch.medium_id or touch.campaign_id)
        self.assertEqual(
            self._triple(touch), ("paper OF ghent", "never heard", "no such")
        )
        self.assertEqual(
            counts,
            [
                self.env[model].search_count([])
                for model in ("utm.source", "utm.medium", "utm.campaign")
            ],
        )

    def test_odd_words_are_bounded_and_never_a_crash(self):
        touch = self._candidate()._log_touch(
            "visit",
            source="x" * 2000,
            medium="   ",
            campaign="nul\x00 and \ud800",
            evidence="e" * 5000 + "\x00",
        )
        self.assertEqual(self._triple(touch), ("x" * 99 + "…", False, "nul and"))
        self.assertEqual(len(touch.evidence), 2000)

    def test_a_touch_to_come_and_one_before_our_time_are_refused(self):
        ann = self._candidate()
        now = self.env["recruit.clock"].now()
        for moment in (now + timedelta(hours=1), datetime(1890, 1, 1)):
            with self.subTest(moment=moment), self.assertRaises(ValidationError):
                ann._log_touch("call", occurred_at=moment)
        touch = ann._log_touch("call", occurred_at=now + timedelta(minutes=3))
        self.assertLessEqual(touch.occurred_at, self.env["recruit.clock"].now())

    def test_a_user_proves_nothing_and_signs_with_their_own_name(self):
        ann = self._candidate()
        touch = (
            self.env["recruit.touch"]
            .with_user(self.user_officer)
            .create(
                {
                    "candidate_id": ann.id,
                    "kind": "visit",
                    "verified": True,
                    "user_id": self.user_manager.id,
                    "recorded_at": "2001-01-01 00:00:00",
                }
            )
        )
        self.assertFalse(touch.verified)
        self.assertEqual(touch.user_id, self.user_officer)
        self.assertGreater(touch.recorded_at.year, 2020)

    def test_a_correction_stands_for_the_touch_and_keeps_it(self):
        ann = self._candidate()
        wrong = ann._log_touch("event", source="Fair", occurred_at=DAY)
        right = wrong._correct(
            "It was the meetup", source="Meetup", occurred_at=DAY + timedelta(days=9)
        )
        self.assertEqual((wrong.source, right.source), ("Fair", "Meetup"))
        self.assertEqual((wrong.counts, right.counts), (False, True))
        self.assertEqual(right.reason, "It was the meetup")
        self.assertEqual(right.kind, "event")
        self.assertEqual(ann.first_touch_id, right)
        counting = self.env["recruit.touch"].search(
            [("candidate_id", "=", ann.id), ("counts", "=", True)]
        )
        self.assertEqual(counting, right)

    def test_a_withdrawn_touch_leaves_the_one_before_it(self):
        ann = self._candidate()
        false = ann._log_touch("call", occurred_at=DAY)
        true = ann._log_touch("call", occurred_at=DAY + timedelta(days=1))
        false._correct("The call was with somebody else", withdraw=True)
        self.assertEqual(ann.first_touch_id, true)
        self.assertEqual(len(ann.touch_ids), 3)

    def test_a_correction_can_move_a_touch_to_the_right_person(self):
        ann, bob = self._candidate(), self._candidate("Bob Ray")
        badge = ann._log_touch("event", occurred_at=DAY)
        own = ann._log_touch("call", occurred_at=DAY + timedelta(days=1))
        moved = badge._correct("The badge was Bob's", candidate_id=bob.id)
        self.assertEqual((ann.first_touch_id, bob.first_touch_id), (own, moved))

    def test_a_touch_is_corrected_once_and_with_a_reason(self):
        touch = self._candidate()._log_touch("call")
        for reason in ("", "  ", None):
            with self.assertRaisesRegex(UserError, "Say why"):
                touch._correct(reason)
        correction = touch._correct("Typo", evidence="Told of the plant")
        with self.assertRaisesRegex(UserError, "already"):
            touch._correct("Again")
        self.assertTrue(correction._correct("Another typo").counts)

    def test_who_may_not_see_a_touch_cannot_correct_it_away(self):
        hidden = self._candidate("Hidden", company_id=self.other_company.id)
        touch = hidden._log_touch("call")
        ann = self._candidate()
        mine = self.env["recruit.touch"].with_user(self.user_officer)
        with self.assertRaises(AccessError):
            mine.create(
                {
                    "candidate_id": ann.id,
                    "kind": "call",
                    "corrects_id": touch.id,
                    "reason": "To void it",
                }
            )

    def test_the_dialog_corrects_what_was_changed_alone(self):
        ann = self._candidate()
        touch = ann._log_touch("event", source="Fair", medium="Badge", occurred_at=DAY)
        wizard = (
            self.env["recruit.touch.correct"]
            .with_user(self.user_officer)
            .with_context(default_touch_id=touch.id)
            .create({"reason": "Wrong fair", "source": "Fair of Ghent"})
        )
        self.assertEqual(wizard.occurred_at, DAY)
        correction = self.env["recruit.touch"].browse(wizard.action_correct()["res_id"])
        self.assertEqual(self._triple(correction), ("Fair of Ghent", "Badge", False))
        self.assertEqual(correction.occurred_at, DAY)
        self.assertEqual(correction.user_id, self.user_officer)

    def test_the_first_touch_is_brute_force_through_merges_undos_and_corrections(self):
        dice = random.Random(5)
        people = self.env["recruit.candidate"].create(
            [{"name": f"Person {number}"} for number in range(5)]
        )
        merges = self.env["recruit.merge"]
        for _step in range(150):
            alive = people.filtered("active")
            one = dice.choice(alive)
            action = dice.random()
            if action < 0.6:
                moment = DAY + timedelta(hours=dice.randint(0, 90))
                one._log_touch(dice.choice(("call", "visit")), occurred_at=moment)
            elif action < 0.8:
                touch = one.touch_ids.filtered("counts")[:1]
                if touch:
                    moment = DAY + timedelta(hours=dice.randint(0, 90))
                    person = dice.choice(alive)
                    touch._correct(
                        "Wrong",
                        dice.random() < 0.4,
                        occurred_at=moment,
                        candidate_id=person.id,
                    )
            elif action < 0.9 and len(alive) > 1:
                merges |= one._merge(dice.choice(alive - one))
            elif merges:
                merges[-1]._undo()
                merges -= merges[-1]
            self._check_first_touches(people)

    def _check_first_touches(self, people):
        self.env.flush_all()
        people.invalidate_recordset()
        everything = self.env["recruit.touch"].search([])
        corrected = everything.corrects_id
        for person in people:
            counting = everything.filtered(
                lambda one, own=person: (
                    one.candidate_id == own
                    and one not in corrected
                    and not one.withdrawn
                )
            )
            first = min(counting, key=lambda one: (one.occurred_at, one.id), default=0)
            self.assertEqual(person.first_touch_id.id or 0, first and first.id)

    def test_a_forgotten_person_leaves_a_row_that_says_nothing_of_them(self):
        ann = self._candidate()
        touch = ann._log_touch(
            "visit",
            source="LinkedIn",
            evidence="ann@example.com read /jobs/weaver",
            occurred_at=DAY,
            dedupe_key="mail:ann@example.com",
            res_model=ann._name,
            res_id=ann.id,
        )
        touch._pseudonymize()
        self.assertEqual(
            touch.read(["evidence", "res_id", "dedupe_key", "source", "occurred_at"]),
            [
                {
                    "id": touch.id,
                    "evidence": False,
                    "res_id": 0,
                    "dedupe_key": False,
                    "source": "LinkedIn",
                    "occurred_at": DAY,
                }
            ],
        )

    def test_the_database_unlocks_one_purpose_and_nothing_else(self):
        touch = self._candidate()._log_touch("note", evidence="Met", source="Fair")
        self.env.flush_all()
        for purpose, change in (
            ("merge", "evidence = NULL"),
            ("classify", "candidate_id = candidate_id + 1"),
            ("classify", "source = 'Other'"),
            ("forget", "evidence = 'Never met'"),
            ("forget", "source = NULL"),
            ("", "channel_id = 1"),
        ):
            with (
                self.subTest(purpose=purpose, change=change),
                mute_logger("odoo.sql_db"),
                self.assertRaisesRegex(Error, "append-only"),
                self.env.cr.savepoint(flush=False),
            ):
                touch._unlock(purpose)
                self.env.cr.execute(
                    f"UPDATE recruit_touch SET {change} WHERE id = %s",  # noqa: S608
                    [touch.id],
                )

    def test_a_batch_is_recorded_with_a_fixed_number_of_queries(self):
        people = self.env["recruit.candidate"].create(
            [{"name": f"Person {number}"} for number in range(40)]
        )
        rows = [
            {
                "candidate_id": person.id,
                "kind": "visit",
                "source": "LinkedIn",
                "dedupe_key": f"test:{person.id}",
            }
            for person in people
        ]
        self.env["recruit.touch"]._log(rows[:1])
        start = self.env.cr.sql_log_count
        self.env["recruit.touch"]._log(rows[1:5])
        few = self.env.cr.sql_log_count - start
        start = self.env.cr.sql_log_count
        self.env["recruit.touch"]._log(rows[5:])
        self.assertLessEqual(self.env.cr.sql_log_count - start, few)

    def test_touches_can_be_logged_for_many_by_the_dialog(self):
        people = self._candidate() | self._candidate("Bob Ray")
        self.env["recruit.candidate.touch"].with_user(self.user_officer).create(
            {"candidate_ids": [Command.set(people.ids)], "kind": "referral"}
        ).action_log()
        self.assertEqual(people.touch_ids.mapped("kind"), ["referral", "referral"])
