from datetime import datetime, timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import BaseCase, tagged

from ..ledger.rows import find_problem, parse_moment
from .common import RecruitCrmCommon

DAY = datetime(2024, 1, 1, 9, 0, 0)


@tagged("post_install", "-at_install")
class TestTouchRecord(RecruitCrmCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.touches = cls.env["recruit.touch"].with_user(cls.user_officer)

    def _statuses(self, rows):
        return [answer["status"] for answer in self.touches.record(rows)]

    def test_a_call_that_is_repeated_records_nothing_twice(self):
        rows = [
            {
                "key": "fair/1",
                "kind": "event",
                "email": "Ann@Example.com",
                "name": "Ann Lee",
                "occurred_at": "2024-01-01T10:00:00+01:00",
                "source": "Fair of Ghent",
                "evidence": "Badge 1",
            },
            {"key": "fair/2", "kind": "event", "email": "bob@example.com"},
        ]
        first = self.touches.record(rows)
        self.assertEqual([one["status"] for one in first], ["recorded", "recorded"])
        again = self.touches.record(rows)
        self.assertEqual([one["status"] for one in again], ["known", "known"])
        self.assertEqual(
            [one["touch_id"] for one in first], [one["touch_id"] for one in again]
        )
        ann = self.env["recruit.candidate"].browse(first[0]["candidate_id"])
        self.assertEqual(ann.email_normalized, "ann@example.com")
        touch = ann.first_touch_id
        self.assertEqual(touch.occurred_at, DAY)
        self.assertEqual(touch.channel_id.complete_name, "Events / Fairs and meetups")
        self.assertEqual((touch.user_id, touch.verified), (self.user_officer, False))

    def test_a_key_is_one_touch_within_a_call_too(self):
        row = {"key": "k", "kind": "call", "email": "ann@example.com"}
        self.assertEqual(self._statuses([row, row]), ["recorded", "known"])

    def test_a_bad_row_is_refused_with_a_reason_and_stops_no_other(self):
        ann = self._candidate(email="ann@example.com")
        good = {"key": "good", "kind": "call", "candidate_id": ann.id}
        later = f"{self.env['recruit.clock'].now() + timedelta(days=1)}"
        for bad, reason in (
            ("text", "no touch"),
            ({**good, "key": ""}, "key"),
            ({**good, "key": "x" * 201}, "200"),
            ({**good, "kind": "telepathy"}, "kind"),
            ({**good, "verified": True}, "verified"),
            ({**good, "candidate_id": 10**8}, "candidate"),
            ({**good, "candidate_id": "1"}, "candidate"),
            ({**good, "candidate_id": 2**40}, "candidate"),
            ({"key": "a", "kind": "call", "name": "Ann Lee"}, "email"),
            ({**good, "occurred_at": "yesterday"}, "ISO"),
            ({**good, "occurred_at": later}, "future"),
            ({**good, "occurred_at": "1850-01-01"}, "existed"),
            ({**good, "job_id": 10**8}, "job"),
        ):
            with self.subTest(bad=bad):
                refused, recorded = self.touches.record([bad, good])
                self.assertEqual(refused["status"], "refused")
                self.assertIn(reason, refused["reason"])
                self.assertFalse(refused["touch_id"])
                self.assertIn(recorded["status"], ("recorded", "known"))

    def test_one_key_of_two_companies_is_two_contacts(self):
        row = {"key": "k", "kind": "call", "email": "ann@example.com"}
        self.touches.record([row])
        self.user_officer.company_ids |= self.other_company
        there = self.touches.with_company(self.other_company)
        self.assertEqual(there.record([row])[0]["status"], "recorded")

    def test_a_person_of_another_company_is_nobody_here(self):
        hidden = self._candidate("Hidden", company_id=self.other_company.id)
        row = {"key": "k", "kind": "call", "candidate_id": hidden.id}
        self.assertEqual(self._statuses([row]), ["refused"])
        self.assertFalse(hidden.touch_ids)

    def test_who_may_log_no_touches_records_none(self):
        row = {"key": "k", "kind": "call", "email": "ann@example.com"}
        for user in (self.user_interviewer, self.user_employee):
            with self.assertRaises(AccessError):
                self.touches.with_user(user).record([row])

    def test_a_call_is_bounded(self):
        for rows in ("text", {"key": "k"}, [{}] * 1001):
            with self.assertRaisesRegex(UserError, "1000|1,000"):
                self.touches.record(rows)
        self.assertEqual(self.touches.record([]), [])

    def test_a_merged_person_leads_to_the_one_who_was_kept(self):
        ann, copy = self._candidate(), self._candidate("Ann L.")
        ann._merge(copy)
        row = {"key": "k", "kind": "call", "candidate_id": copy.id}
        self.assertEqual(self.touches.record([row])[0]["candidate_id"], ann.id)


@tagged("post_install", "-at_install")
class TestRows(BaseCase):
    def test_a_moment_is_utc_in_whatever_offset_it_comes(self):
        for text, moment in (
            ("2024-01-01 09:00:00", DAY),
            ("2024-01-01T10:00:00+01:00", DAY),
            ("2024-01-01T09:00:00.9Z", DAY),
            ("2024-01-01", DAY.replace(hour=0)),
            ("yesterday", None),
            ("9999-12-31T23:00:00-10:00", None),
            (5, None),
            ({}, None),
        ):
            with self.subTest(text=text):
                self.assertEqual(parse_moment(text), moment)

    def test_a_good_row_has_no_problem(self):
        row = {"key": "k", "kind": "call", "email": "a@b.example"}
        self.assertIsNone(find_problem(row, {"call"}))
        self.assertEqual(find_problem({**row, 5: 6}, {"call"}), ("unknown_field", "5"))
