import random
from datetime import datetime, timedelta

from psycopg2 import Error

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import RecruitCrmCommon

DAY = datetime(2024, 1, 1, 9, 0, 0)


@tagged("post_install", "-at_install")
class TestTouch(RecruitCrmCommon):
    def test_a_touch_is_neither_changed_nor_deleted(self):
        touch = self._candidate()._log_touch("note", evidence="Met at the fair")
        for attempt in (
            lambda: touch.write({"evidence": "Never met"}),
            lambda: touch.sudo().write({"kind": "hired"}),
            touch.unlink,
            touch.sudo().unlink,
        ):
            with self.assertRaises(UserError):
                attempt()
        self.assertEqual(touch.evidence, "Met at the fair")

    def test_nobody_has_the_right_to_change_a_touch(self):
        touch = self._candidate()._log_touch("note")
        for user in (self.user_officer, self.user_manager):
            for operation in ("write", "unlink"):
                self.assertFalse(touch.with_user(user).has_access(operation))

    def test_raw_sql_cannot_change_the_ledger_either(self):
        touch = self._candidate()._log_touch("note", evidence="Met", job_id=self.job.id)
        self.env.flush_all()
        for statement in (
            "UPDATE recruit_touch SET evidence = 'Never met' WHERE id = %s",
            "UPDATE recruit_touch SET occurred_at = now() WHERE id = %s",
            "UPDATE recruit_touch SET job_id = NULL, evidence = NULL WHERE id = %s",
            "DELETE FROM recruit_touch WHERE id = %s",
            "TRUNCATE recruit_touch CASCADE -- %s",
        ):
            with (
                self.subTest(statement=statement),
                mute_logger("odoo.sql_db"),
                self.assertRaisesRegex(Error, "append-only"),
                self.env.cr.savepoint(flush=False),
            ):
                self.env.cr.execute(statement, [touch.id])
        touch.invalidate_recordset()
        self.assertEqual(touch.evidence, "Met")

    def test_a_deleted_source_leaves_its_name_in_the_touch(self):
        source = self.env["utm.source"].create({"name": "Fair of 2024"})
        touch = self._candidate()._log_touch("event", source_id=source.id)
        self.assertEqual(touch.source, "Fair of 2024")
        source.unlink()
        touch.invalidate_recordset()
        self.assertFalse(touch.source_id)
        self.assertEqual(touch.source, "Fair of 2024")

    def test_the_first_touch_is_the_earliest_in_whatever_order_touches_arrive(self):
        dice = random.Random(17)
        for _round in range(25):
            candidate = self._candidate()
            logged = []
            for _touch in range(dice.randint(1, 8)):
                moment = DAY + timedelta(days=dice.randint(0, 6))
                touch = candidate._log_touch("note", occurred_at=moment)
                logged.append((moment, touch.id))
                self.assertEqual(candidate.first_touch_id.id, min(logged)[1])
                self.assertEqual(candidate.last_touch_at, max(logged)[0])

    def test_touches_of_one_batch_move_the_first_touch_once(self):
        one, two = self._candidate("One"), self._candidate("Two")
        values = [
            {"candidate_id": one.id, "kind": "note", "occurred_at": DAY},
            {"candidate_id": two.id, "kind": "note", "occurred_at": DAY},
            {
                "candidate_id": one.id,
                "kind": "call",
                "occurred_at": DAY - timedelta(days=3),
            },
        ]
        touches = self.env["recruit.touch"].create(values)
        self.assertEqual(one.first_touch_id, touches[2])
        self.assertEqual(one.last_touch_at, DAY)
        self.assertEqual(two.first_touch_id, touches[1])

    def test_a_later_touch_moves_the_last_contact_alone(self):
        candidate = self._candidate(source="Fair", first_seen_at=DAY)
        first = candidate.first_touch_id
        candidate._log_touch(
            "call", occurred_at=DAY + timedelta(days=5), source="Phone"
        )
        self.assertEqual(candidate.first_touch_id, first)
        self.assertEqual(candidate.first_source, "Fair")
        self.assertEqual(candidate.last_touch_at, DAY + timedelta(days=5))

    def test_one_dedupe_key_records_one_contact(self):
        candidate = self._candidate()
        first = candidate._log_touch("clicked", dedupe_key="click:1")
        again = candidate._log_touch("clicked", dedupe_key="click:1")
        self.assertEqual(first, again)
        pair = self.env["recruit.touch"]._log(
            [
                {"candidate_id": candidate.id, "kind": "call", "dedupe_key": "k"},
                {"candidate_id": candidate.id, "kind": "call", "dedupe_key": "k"},
            ]
        )
        self.assertEqual(len(pair), 1)
        self.assertEqual(candidate.touch_count, 2)

    def test_a_touch_opens_its_document_while_that_exists(self):
        application = self._apply()
        touch = application.candidate_id.touch_ids
        self.assertEqual(touch.action_open_document()["res_id"], application.id)
        application.unlink()
        with self.assertRaisesRegex(UserError, "no longer exists"):
            touch.action_open_document()
