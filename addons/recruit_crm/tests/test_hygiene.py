from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tests import tagged

from odoo.addons.recruit_crm.hygiene.checks import REGISTRY, Check, register
from odoo.addons.recruit_crm.hygiene.mentions import mentioned

from .common import RecruitCrmCommon


@tagged("post_install", "-at_install")
class TestHygiene(RecruitCrmCommon):
    def setUp(self):
        super().setUp()
        self.hygiene = self.env["recruit.hygiene"].with_user(self.user_officer)
        self.people = self.env["recruit.candidate"].with_user(self.user_officer)

    def _cards(self):
        return {card["code"]: card for card in self.hygiene.recount()["cards"]}

    def _found(self, code):
        return self.people.search(self.hygiene.open_check(code)["domain"])

    def test_each_card_counts_the_people_of_its_list(self):
        now = self.env["recruit.clock"].now()
        bare = self._candidate("Ann Lee", phone="+1 555 010 7788")
        self._candidate(
            "Anna Li",
            phone="+1 555 010 7788",
            email="anna@example.com",
            city="Ghent",
            user_id=self.user_officer.id,
            skill_ids=[Command.create({"skill_id": self.weaving.id})],
        )
        old = self._candidate("Ben", email="ben@example.com")
        old._log_touch("call", occurred_at=now - timedelta(days=900))
        board = self.hygiene.recount()
        cards = {card["code"]: card for card in board["cards"]}
        self.assertEqual(board["minutes"], 0)
        self.assertEqual(board["total"], self.people.search_count([]))
        for code in cards.keys() - {"duplicates"}:
            with self.subTest(check=code):
                self.assertEqual(cards[code]["count"], len(self._found(code)))
                share = 100 * cards[code]["count"] / board["total"]
                self.assertEqual(cards[code]["share"], round(share, 1))
        for code in ("unreachable", "missing_skills", "missing_owner"):
            self.assertIn(bare, self._found(code))
        self.assertIn(old, self._found("stale"))
        self.assertEqual(cards["duplicates"]["count"], 2)
        opened = self.hygiene.open_check("duplicates")
        self.assertEqual(opened["res_model"], "recruit.duplicate")

    def test_the_board_keeps_one_count_a_day_and_shows_where_it_goes(self):
        self._candidate("Zoe")
        before = self._cards()["missing_owner"]["count"]
        rows = self.env["recruit.hygiene"].search([])
        for row in rows:
            row.day -= timedelta(days=3)
        self._candidate("Ann")
        self._cards()
        card = self._cards()["missing_owner"]
        self.assertEqual(card["trend"], [before, before + 1])
        for row in rows:
            row.day -= timedelta(days=500)
        self.env["recruit.hygiene"]._cron_count()
        self.assertFalse(rows.exists())

    def test_nobody_sees_figures_or_people_of_another_company(self):
        before = self._cards()["missing_owner"]["count"]
        self._candidate("Ann", company_id=self.other_company.id)
        self._candidate("Shared", company_id=False)
        self.assertEqual(self._cards()["missing_owner"]["count"], before + 1)
        self.assertNotIn("Ann", self._found("missing_owner").mapped("name"))

    def test_who_is_no_sourcer_sees_no_board(self):
        for user in (self.user_employee, self.user_interviewer):
            board = self.env["recruit.hygiene"].with_user(user)
            with self.assertRaises(AccessError):
                board.recount()
            with self.assertRaises(AccessError):
                board.board()

    def test_an_unknown_check_is_said_to_be_one(self):
        with self.assertRaisesRegex(UserError, "no check “gremlins”"):
            self.hygiene.open_check("gremlins")

    def test_another_addon_adds_a_check_by_one_class(self):
        @register
        class Nameless(Check):
            code = "called_bob"

            def label(self, env):
                return "Called Bob"

            def words(self, env):
                return "Too many Bobs."

            def domain(self, candidates):
                return Domain("name", "=", "Bob")

        self.addCleanup(REGISTRY.pop, "called_bob")
        bob = self._candidate("Bob")
        self.assertEqual(self._cards()["called_bob"]["count"], 1)
        self.assertEqual(self._found("called_bob"), bob)
        self.assertEqual(Nameless.severity, "warning")

    def test_skills_are_read_from_applications_and_documents(self):
        person = self._candidate("Ann", email="ann@example.com")
        document = self.env["ir.attachment"].create(
            {
                "name": "cv.txt",
                "res_model": "recruit.candidate",
                "res_id": person.id,
                "raw": b"Ten years of weaving, and some Baking. Never forgings.",
                "mimetype": "text/plain",
            }
        )
        nobody = self._candidate("Ben")
        mine = (person | nobody).with_user(self.user_officer)
        self.assertIn("one person", mine.action_read_skills()["params"]["message"])
        self.assertEqual(person.skill_ids.skill_id, self.weaving | self.baking)
        self.assertEqual(set(person.skill_ids.mapped("provenance")), {"cv"})
        self.assertEqual(
            person.skill_ids.evidence_ids.mapped("res_id"), [document.id] * 2
        )
        mine.action_read_skills()
        self.assertEqual(len(person.skill_ids.evidence_ids), 2)

    def test_an_address_is_taken_from_applications_where_it_is_nobodys(self):
        self._candidate("Owner", email="taken@example.com")
        ann, ben = self._candidate("Ann"), self._candidate("Ben")
        for person, email in ((ann, "ann@example.com"), (ben, "taken@example.com")):
            application = self._apply(person.name, email=False, candidate_id=person.id)
            self.env.flush_all()
            self.env.cr.execute(
                "UPDATE hr_applicant SET email_from = %s WHERE id = %s",
                (email, application.id),
            )
        self.env.invalidate_all()
        (ann | ben).with_user(self.user_officer).action_find_address()
        self.assertEqual(ann.email_normalized, "ann@example.com")
        self.assertFalse(ben.email)

    def test_a_location_is_taken_from_the_contact(self):
        contact = self.env["res.partner"].create({"name": "Ann", "city": "Ghent"})
        ann, ben = self._candidate(partner_id=contact.id), self._candidate("Ben")
        told = (ann | ben).action_find_location()
        self.assertEqual([ann.city, ben.city], ["Ghent", False])
        self.assertEqual(told["params"]["type"], "success")

    def test_a_check_is_planned_once_for_the_owner(self):
        ann = self._candidate(user_id=self.user_manager.id)
        ben = self._candidate("Ben")
        mine = (ann | ben).with_user(self.user_officer)
        mine.action_plan_check()
        self.assertEqual(ann.activity_ids.user_id, self.user_manager)
        self.assertEqual(ben.activity_ids.user_id, self.user_officer)
        self.assertEqual(mine.action_plan_check()["params"]["type"], "warning")
        self.assertEqual(len((ann | ben).activity_ids), 2)

    def test_several_owners_share_the_people_in_turn(self):
        people = self._candidate("A") | self._candidate("B") | self._candidate("C")
        wizard = self.env["recruit.candidate.assign"].create(
            {
                "candidate_ids": [Command.set(people.ids)],
                "user_ids": [Command.set((self.user_officer | self.user_manager).ids)],
            }
        )
        wizard.action_assign()
        self.assertEqual(
            sorted(len(share) for share in people.grouped("user_id").values()), [1, 2]
        )
        with self.assertRaisesRegex(UserError, "Choose who"):
            people._assign_owners(self.env["res.users"])

    def test_words_are_found_whole_in_their_own_spelling(self):
        names = ["Java", "JavaScript", "C++", "C", "Machine Learning", ".NET"]
        text = "Java and c++; MACHINE\nlearning with .net."
        self.assertEqual(
            mentioned(text, names), {"Java", "C++", "Machine Learning", ".NET"}
        )
        self.assertEqual(mentioned("", names), set())
