from datetime import datetime, timedelta

from odoo.exceptions import ValidationError
from odoo.tests import new_test_user, tagged

from .common import RecruitCrmCommon

DAY = datetime(2024, 1, 1, 9, 0, 0)


@tagged("post_install", "-at_install")
class TestTouchEnds(RecruitCrmCommon):
    """The first touch of a person, the last one of each application."""

    def _moves(self, person):
        moves = self.env["recruit.touch.move"].search(
            [("candidate_id", "in", person.ids)]
        )
        return [(one.from_touch_id, one.to_touch_id) for one in moves.sorted("id")]

    def test_a_first_touch_that_moves_leaves_a_line_and_the_first_one_none(self):
        ann = self._candidate()
        late = ann._log_touch("call", occurred_at=DAY)
        self.assertFalse(self._moves(ann))
        ann._log_touch("call", occurred_at=DAY + timedelta(days=1))
        self.assertFalse(self._moves(ann))
        early = ann._log_touch("event", occurred_at=DAY - timedelta(days=1))
        self.assertEqual(self._moves(ann), [(late, early)])
        right = early._correct("Of another year", occurred_at=DAY + timedelta(days=9))
        self.assertEqual(self._moves(ann), [(late, early), (early, late)])
        self.assertTrue(right.counts)

    def test_an_undone_merge_gives_each_their_own_first_touch_again(self):
        ann, copy = self._candidate(), self._candidate("Ann L.")
        late = ann._log_touch("call", occurred_at=DAY)
        early = copy._log_touch("call", occurred_at=DAY - timedelta(days=1))
        merge = ann._merge(copy)
        self.assertEqual(ann.first_touch_id, early)
        merge._undo()
        self.assertEqual((ann.first_touch_id, copy.first_touch_id), (late, early))
        self.assertFalse(self._moves(ann | copy))

    def test_the_timeline_tells_of_the_move(self):
        ann = self._candidate()
        ann._log_touch("call", occurred_at=DAY)
        ann._log_touch("event", source="Fair", occurred_at=DAY - timedelta(days=1))
        titles = [entry["title"] for entry in ann.timeline()["entries"]]
        self.assertIn("First contact is now: Event · Fair", titles)

    def test_nobody_writes_the_audit(self):
        for group, rights in (
            ("hr_recruitment.group_hr_recruitment_manager", "r"),
            ("hr_recruitment.group_hr_recruitment_interviewer", ""),
        ):
            user = new_test_user(self.env, f"move_{rights}", groups=group)
            mine = self.env["recruit.touch.move"].with_user(user)
            for operation in ("read", "write", "create", "unlink"):
                self.assertEqual(mine.has_access(operation), operation[0] in rights)

    def test_each_application_keeps_its_own_last_touch(self):
        ann = self._candidate(email="ann@example.com")
        visit = ann._log_touch("visit", source="LinkedIn")
        first = self._apply()
        self.assertEqual(first.last_touch_id, visit)
        click = ann._log_touch("clicked", source="Spring letter")
        second = self._apply(job=self.other_job)
        self.assertEqual(second.last_touch_id, click)
        self.assertEqual(first.last_touch_id, visit)
        self.assertEqual(ann.first_touch_id, visit)

    def test_an_application_that_names_its_source_brought_itself(self):
        ann = self._candidate(email="ann@example.com")
        ann._log_touch("visit", source="LinkedIn")
        paper = self.env["utm.source"].create({"name": "Paper"})
        application = self._apply(source_id=paper.id)
        self.assertEqual(application.last_touch_id.kind, "application")
        self.assertEqual(application.last_touch_id.source, "Paper")

    def test_an_application_out_of_nowhere_is_its_own_last_touch(self):
        application = self._apply()
        self.assertEqual(application.last_touch_id.kind, "application")
        self.assertEqual(application.last_touch_id.channel_id.complete_name, "Unknown")

    def test_a_contact_that_becomes_known_later_takes_its_place(self):
        application = self._apply()
        now = self.env["recruit.clock"].now()
        application.candidate_id._log_touch("hired", occurred_at=now)
        self.assertEqual(application.last_touch_id.kind, "application")
        badge = application.candidate_id._log_touch(
            "event", occurred_at=now - timedelta(days=3)
        )
        self.assertEqual(application.last_touch_id, badge)
        badge._correct("Another person's badge", withdraw=True)
        self.assertEqual(application.last_touch_id.kind, "application")

    def test_a_rediscovered_person_was_gone_to(self):
        ann = self._candidate(email="ann@example.com")
        application = ann._create_application(self.job)
        touch = ann.touch_ids
        self.assertEqual((touch.kind, touch.direction), ("rediscovered", "outbound"))
        self.assertEqual(
            touch.channel_id.complete_name, "Our own channels / Talent pool"
        )
        self.assertEqual(application.last_touch_id, touch)

    def test_no_contact_is_older_than_the_company(self):
        self.env.company.recruit_founded_on = "2020-06-01"
        ann = self._candidate()
        with self.assertRaisesRegex(ValidationError, "since 2020-06-01"):
            ann._log_touch("call", occurred_at=datetime(2020, 5, 31, 23, 0))
        self.assertTrue(ann._log_touch("call", occurred_at=datetime(2020, 6, 1)))

    def test_a_rule_of_today_explains_what_was_unknown(self):
        ann = self._candidate()
        unknown = ann._log_touch("visit", source="Jobindex")
        other = ann._log_touch("visit", source="Qwx")
        known = ann._log_touch("visit", source="LinkedIn")
        channel = self.env.ref("recruit_crm.recruit_channel_other_board")
        rule = self.env["recruit.channel.rule"].create(
            {"source": "jobindex*", "channel_id": channel.id, "sequence": 1}
        )
        self.env["recruit.channel.rule"].create(
            {"source": "linkedin", "channel_id": channel.id, "sequence": 1}
        )
        rule.with_user(self.user_manager).action_explain_unknown()
        self.assertEqual(unknown.channel_id, channel)
        self.assertEqual(other.channel_id.complete_name, "Unknown")
        self.assertEqual(known.channel_id.complete_name, "Social media / LinkedIn")
        with self.assertRaises(Exception) as refusal:
            rule.with_user(self.user_officer).action_explain_unknown()
        self.assertIn("not allowed", str(refusal.exception))
