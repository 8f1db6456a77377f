import random
from datetime import datetime, timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import RecruitCrmCommon

KINDS = ("touch", "application", "message", "meeting", "pool", "state", "consent")
START = datetime(2024, 1, 1)


@tagged("post_install", "-at_install")
class TestTimeline(RecruitCrmCommon):
    def setUp(self):
        super().setUp()
        self.random = random.Random(20261122)
        self.ann = self._candidate(email="ann@example.com")

    def _moment(self):
        """A moment out of few, so that many entries share one."""
        return START + timedelta(hours=self.random.randrange(12))

    def _message(self, record, body="Hello", **values):
        return self.env["mail.message"].create(
            {
                "model": record._name,
                "res_id": record.id,
                "message_type": "comment",
                "body": body,
                "date": self._moment(),
                **values,
            }
        )

    def _random_history(self, size):
        """Entries of every source, at random and often equal moments."""
        application = self._apply()
        makers = (
            lambda: self.ann._log_touch(
                self.random.choice(("call", "refused", "joined_pool")),
                occurred_at=self._moment(),
            ),
            lambda: self._message(self.random.choice((self.ann, application))),
            self._meeting,
            self._stay,
            self._state_change,
            self._apply,
            self._consent,
        )
        for _number in range(size):
            self.random.choice(makers)()
        self.env.flush_all()

    def _meeting(self):
        start = self._moment()
        return self.env["calendar.event"].create(
            {
                "name": "Coffee",
                "start": start,
                "stop": start + timedelta(hours=1),
                "res_model_id": self.env["ir.model"]._get_id("recruit.candidate"),
                "res_id": self.ann.id,
            }
        )

    def _stay(self):
        member = self.ann._add_to_pool(self.pool)
        member.write({"joined_at": self._moment(), "left_at": self._moment()})

    def _state_change(self):
        return self.env["recruit.state.change"].create(
            {
                "candidate_id": self.ann.id,
                "from_state": "new",
                "to_state": "engaged",
                "event": "hand",
                "changed_at": self._moment(),
                "user_id": self.env.uid,
            }
        )

    def _consent(self):
        moment = self._moment()
        self.ann._give_consent("marketing", "form", given_at=moment)

    def _pages(self, limit, kinds=None, person=None):
        person = person or self.ann
        page = person.timeline(limit, None, kinds)
        entries = page["entries"]
        while page["next"]:
            page = person.timeline(limit, page["next"], kinds)
            entries += page["entries"]
        return entries

    def _brute_force(self):
        """All moments of all that happened, read one by one, newest first."""
        env, own = self.env, [("candidate_id", "=", self.ann.id)]
        touches = env["recruit.touch"].search(own)
        told = touches.filtered(
            lambda one: (
                one.kind != "joined_pool"
                and one.res_model != "calendar.event"
                and (one.kind, one.res_model) != ("application", "hr.applicant")
            )
        )
        stays = env["recruit.pool.member"].search(own)
        tries = self.ann.application_ids
        messages = env["mail.message"].search(
            [
                ("message_type", "in", ("comment", "email", "email_outgoing")),
                "|",
                "&",
                ("model", "=", "recruit.candidate"),
                ("res_id", "=", self.ann.id),
                "&",
                ("model", "=", "hr.applicant"),
                ("res_id", "in", self.ann.applicant_ids.ids),
            ]
        )
        moments = [
            *told.mapped("occurred_at"),
            *stays.mapped("joined_at"),
            *stays.filtered("left_at").mapped("left_at"),
            *tries.mapped("create_date"),
            *messages.mapped("date"),
            *env["calendar.event"].search([("name", "=", "Coffee")]).mapped("start"),
            *env["recruit.state.change"].search(own).mapped("changed_at"),
            *env["recruit.touch.move"].search(own).mapped("moved_at"),
            *env["recruit.consent"].search(own).mapped("given_at"),
        ]
        moments = [moment.replace(microsecond=0) for moment in moments]
        return sorted(moments, reverse=True)

    def test_pages_of_any_size_tell_all_that_brute_force_finds_in_its_order(self):
        self._random_history(60)
        expected = [moment.isoformat(" ") for moment in self._brute_force()]
        for limit in (1, 7, 200):
            with self.subTest(limit=limit):
                entries = self._pages(limit)
                self.assertEqual([entry["at"] for entry in entries], expected)
                keys = [entry["key"] for entry in entries]
                self.assertEqual(len(set(keys)), len(keys), "nothing twice")

    def test_the_chips_split_the_timeline_without_rest(self):
        self._random_history(40)
        everything = [entry["key"] for entry in self._pages(200)]
        split = {kind: self._pages(9, [kind]) for kind in KINDS}
        for kind, entries in split.items():
            self.assertTrue(entries, kind)
            self.assertEqual({entry["kind"] for entry in entries}, {kind})
        found = [entry["key"] for entries in split.values() for entry in entries]
        self.assertEqual(sorted(found), sorted(everything))

    def test_a_new_entry_on_top_shifts_no_later_page(self):
        self._random_history(20)
        before = self._pages(5)
        first = self.ann.timeline(5)
        self.ann._log_touch("call")
        second = self.ann.timeline(5, first["next"])
        self.assertEqual(first["entries"] + second["entries"], before[:10])

    def test_what_the_person_agreed_to_and_took_back_is_told(self):
        self.ann._give_consent("pool", "form", evidence="Sheet 4")
        self.ann._withdraw_consent("pool", "phone")
        self.ann._withdraw_consent("marketing", "mail")
        told = [(one["title"], one["text"]) for one in self._pages(9, ["consent"])]
        self.assertEqual(
            sorted(told),
            [
                ("Agreed: Talent pools", "Sheet 4"),
                ("Objected: Messages about jobs", "E-mail"),
                ("Took back: Talent pools", "Phone"),
            ],
        )

    def test_a_message_is_told_as_plain_text(self):
        self._message(self.ann, body="<p>See <b>you</b> &lt;soon&gt;</p>")
        (entry,) = self._pages(5, ["message"])
        self.assertEqual(entry["text"], "See *you* <soon>")

    def test_an_application_is_told_once_with_its_outcome(self):
        application = self._apply()
        self._refuse(application)
        titles = [one["title"] for one in self._pages(9, ["application"])]
        self.assertEqual(sorted(titles), ["Applied for Weaver", "Refused"])
        self.assertFalse(self._pages(9, ["touch"]))

    def test_an_interviewer_reads_of_own_applications_alone(self):
        own, other = self._apply(), self._apply(job=self.other_job)
        own.interviewer_ids = self.user_interviewer
        self._message(own, "Seen")
        self._message(other, "Hidden")
        self.ann._log_touch("call")
        self.ann._add_to_pool(self.pool)
        ann = self.ann.with_user(self.user_interviewer)
        entries = self._pages(9, person=ann)
        self.assertEqual(
            {entry["kind"] for entry in entries}, {"application", "message"}
        )
        texts = {entry["text"] for entry in entries if entry["kind"] == "message"}
        self.assertEqual(texts, {"Seen"})
        links = [one["link"] for one in entries if one["kind"] == "application"]
        self.assertEqual(links, [["hr.applicant", own.id]])

    def test_an_application_of_a_hidden_company_is_not_told(self):
        self.ann.company_id = False
        hidden = self._apply(company_id=self.other_company.id)
        hidden.candidate_id = self.ann
        self._message(hidden, "Hidden")
        ann = self.ann.with_user(self.user_officer)
        kinds = ["application", "message"]
        self.assertFalse(self._pages(9, kinds, person=ann))

    def test_a_private_meeting_of_somebody_else_keeps_its_subject(self):
        meeting = self._meeting()
        meeting.write(
            {
                "privacy": "private",
                "user_id": self.user_manager.id,
                "partner_ids": [Command.set(self.user_manager.partner_id.ids)],
                "location": "A secret place",
            }
        )
        self.env.flush_all()
        self.env.invalidate_all()
        ann = self.ann.with_user(self.user_officer)
        told = str(self._pages(9, ["meeting"], person=ann))
        self.assertNotIn("Coffee", told)
        self.assertNotIn("secret", told)

    def test_who_may_not_read_the_person_reads_no_timeline(self):
        for user in (self.user_employee, self.user_interviewer):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.ann.with_user(user).timeline()

    def test_chips_are_those_of_the_sources_that_are_installed(self):
        chips = self.ann.timeline(1)["kinds"]
        self.assertLessEqual(set(KINDS), set(chips))
        self.assertEqual("campaign" in chips, "recruit.campaign.enrollment" in self.env)

    def test_an_unknown_place_is_answered_with_a_sentence(self):
        for place in ("x", [1], ["yesterday", 1, 1], {"a": 1}, [None, 1, 1]):
            with self.subTest(place=place), self.assertRaises(UserError):
                self.ann.timeline(5, place)

    def test_a_long_history_costs_no_more_queries_than_a_short_one(self):
        def cost():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.ann.with_user(self.user_officer).timeline(200)
            return self.env.cr.sql_log_count - before

        self._random_history(12)
        cost()
        few = cost()
        self._random_history(80)
        many = cost()
        self.assertLessEqual(many, few + 2)
        self.assertLessEqual(many, 60)
