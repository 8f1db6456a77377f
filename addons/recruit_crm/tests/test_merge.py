from datetime import datetime, timedelta

from psycopg2 import Error

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_merge import MergeCommon

DAY = datetime(2024, 3, 1, 9, 0, 0)


@tagged("post_install", "-at_install")
class TestMerge(MergeCommon):
    def test_everything_that_points_at_the_merged_person_follows(self):
        ann, copy = self._pair()
        self._furnish(copy)
        before = self._pointing_at(copy)
        self.assertGreaterEqual(len(before), 12)
        ann._merge(copy)
        after = self._pointing_at(ann)
        self.assertEqual(before.keys() - after.keys(), set())
        self.assertFalse(self._pointing_at(copy))

    def _furnish(self, person):
        """Refer to this person from everywhere that this database knows."""
        application = self._apply("Ann", person.email)
        self.assertEqual(application.candidate_id, person)
        person.categ_ids = self.tag
        person._add_to_pool(self.pool)
        person.skill_ids = [Command.create({"skill_id": self.weaving.id})]
        person.message_subscribe(self.user_officer.partner_id.ids)
        person.message_post(body="Met at the fair", attachments=[("cv.txt", b"CV")])
        person.activity_schedule("mail.mail_activity_data_todo", summary="Call")
        self.env["hr.employee"].create({"name": "Ann", "candidate_id": person.id})
        self.env["calendar.event"].create(
            {
                "name": "Interview",
                "start": DAY,
                "stop": DAY + timedelta(hours=1),
                "res_model_id": self.env["ir.model"]._get_id("recruit.candidate"),
                "res_id": person.id,
            }
        )
        self.env["mail.scheduled.message"].create(
            {
                "model": "recruit.candidate",
                "res_id": person.id,
                "author_id": self.env.user.partner_id.id,
                "scheduled_date": DAY + timedelta(days=9000),
            }
        )
        self.env["ir.model.data"].create(
            {
                "module": "__import__",
                "name": "ann",
                "model": "recruit.candidate",
                "res_id": person.id,
            }
        )

    def test_an_external_id_leads_to_the_survivor_at_once(self):
        ann, copy = self._pair()
        self.env["ir.model.data"].create(
            {
                "module": "__import__",
                "name": "copy",
                "model": "recruit.candidate",
                "res_id": copy.id,
            }
        )
        self.assertEqual(self.env.ref("__import__.copy"), copy)
        ann._merge(copy)
        self.assertEqual(self.env.ref("__import__.copy"), ann)

    def test_what_is_empty_is_filled_and_what_is_filled_stays(self):
        ann, copy = self._pair(
            phone="+32470123456", city="Ghent", headline="Weaver", state="engaged"
        )
        ann.city = "Bruges"
        ann._merge(copy)
        self.assertEqual(ann.name, "Ann Lee")
        self.assertEqual(ann.email, "ann@example.com")
        self.assertEqual(ann.city, "Bruges")
        self.assertEqual(ann.phone, "+32470123456")
        self.assertEqual(ann.phone_sanitized, "+32470123456")
        self.assertEqual(ann.headline, "Weaver")
        self.assertEqual(ann.state, "engaged")

    def test_who_asked_for_silence_is_left_in_peace_after_a_merge(self):
        ann, copy = self._pair(state="do_not_contact")
        ann.state = "in_process"
        ann._merge(copy)
        self.assertEqual(ann.state, "do_not_contact")

    def test_both_addresses_find_the_survivor(self):
        ann, copy = self._pair(linkedin_profile="linkedin.com/in/annlee")
        ann._merge(copy)
        find = self.env["recruit.candidate"]._find_by_identity
        self.assertEqual(find("email", "ann@example.com"), ann)
        self.assertEqual(find("email", "ANN.LEE@example.org"), ann)
        self.assertEqual(find("linkedin", "linkedin.com/in/annlee"), ann)
        self.assertEqual(self._apply("A", "ann.lee@example.org").candidate_id, ann)

    def test_of_one_skill_the_better_proof_is_kept(self):
        ann, copy = self._pair(
            skill_ids=[
                Command.create(
                    {"skill_id": skill.id, "level": 70, "provenance": "tested"}
                )
                for skill in (self.weaving, self.forging, self.baking)
            ]
        )
        ann.skill_ids = [
            Command.create({"skill_id": self.weaving.id, "level": 90}),
            Command.create(
                {"skill_id": self.forging.id, "level": 40, "provenance": "interview"}
            ),
        ]
        ann._merge(copy)
        known = {line.skill_id: (line.level, line.provenance) for line in ann.skill_ids}
        self.assertEqual(
            known,
            {
                self.weaving: (70, "tested"),
                self.forging: (40, "interview"),
                self.baking: (70, "tested"),
            },
        )

    def test_one_open_stay_in_a_pool_remains_and_dates_from_the_first(self):
        ann, copy = self._pair()
        ann._add_to_pool(self.pool)
        copy._add_to_pool(self.pool, "Nearly hired").joined_at = DAY
        copy._add_to_pool(self.other_pool)
        ann._merge(copy)
        open_stays = ann.member_ids.filtered(lambda one: not one.left_at)
        self.assertEqual(open_stays.pool_id, self.pool | self.other_pool)
        self.assertEqual(len(open_stays), 2)
        self.assertEqual(min(open_stays.mapped("joined_at")), DAY)
        self.assertEqual(len(ann.member_ids), 3)
        self.assertEqual(self.pool.member_count, 1)

    def test_one_native_card_remains_in_the_pools_of_both(self):
        ann, copy = self._pair()
        ann._add_to_pool(self.pool)
        copy._add_to_pool(self.other_pool)
        ann._merge(copy)
        card = ann._talent_cards()[ann]
        self.assertEqual(card.talent_pool_ids, self.pool | self.other_pool)
        cards = ann.applicant_ids.filtered("talent_pool_ids")
        self.assertEqual(cards.filtered("active"), card)
        ann.member_ids.filtered(lambda one: one.pool_id == self.pool).action_leave()
        self.assertEqual(ann.pool_ids, self.other_pool)

    def test_who_is_in_a_pool_follows_a_merge_and_comes_back_with_its_undo(self):
        ann, copy = self._pair()
        application = self._apply("Ann", ann.email)
        copy._add_to_pool(self.pool)
        self.assertFalse(application.is_applicant_in_pool)
        merge = ann._merge(copy)
        self.assertTrue(application.is_applicant_in_pool)
        merge.action_undo()
        self.assertFalse(application.is_applicant_in_pool)

    def test_the_first_touch_is_the_earliest_of_both(self):
        ann, copy = self._pair()
        late = ann._log_touch("call", occurred_at=DAY + timedelta(days=3))
        early = copy._log_touch("event", occurred_at=DAY, source="Fair")
        merge = ann._merge(copy)
        self.assertEqual(ann.first_touch_id, early)
        self.assertEqual(ann.last_touch_at, DAY + timedelta(days=3))
        ann._log_touch("note", occurred_at=DAY + timedelta(days=1))
        merge.action_undo()
        self.assertEqual(copy.first_touch_id, early)
        self.assertEqual(ann.first_touch_id.occurred_at, DAY + timedelta(days=1))
        self.assertEqual(ann.last_touch_at, late.occurred_at)

    def test_a_touch_is_sealed_again_after_a_merge(self):
        ann, copy = self._pair()
        touch = copy._log_touch("note")
        ann._merge(copy)
        for statement in (
            "UPDATE recruit_touch SET candidate_id = %(copy)s WHERE id = %(touch)s",
            "UPDATE recruit_touch SET evidence = 'no' WHERE id = %(touch)s",
        ):
            with (
                self.subTest(statement=statement),
                mute_logger("odoo.sql_db"),
                self.assertRaisesRegex(Error, "append-only"),
                self.env.cr.savepoint(flush=False),
            ):
                self.env.cr.execute(statement, {"copy": copy.id, "touch": touch.id})

    def test_a_merge_may_change_the_person_of_a_touch_and_nothing_else(self):
        ann, _copy = self._pair()
        touch = ann._log_touch("note")
        self.env.flush_all()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaisesRegex(Error, "append-only"),
            self.env.cr.savepoint(flush=False),
        ):
            self.env["recruit.merge"]._unlock_ledger(True)
            self.env.cr.execute(
                "UPDATE recruit_touch SET evidence = 'no' WHERE id = %s", [touch.id]
            )

    def test_a_picture_is_taken_over_where_there_is_none(self):
        pixel = (
            b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGD4DwABBAEA"
            b"X+XDSwAAAABJRU5ErkJggg=="
        )
        ann, copy = self._pair(image_1920=pixel)
        picture = copy.image_1920
        merge = ann._merge(copy)
        self.assertEqual(ann.image_1920, picture)
        merge.action_undo()
        self.assertFalse(ann.image_1920)
        ann.image_1920 = pixel
        merge = ann._merge(copy)
        self.assertEqual(copy.image_1920, picture)
        self.assertTrue(ann.image_1920)

    def test_three_people_become_one_in_one_go(self):
        ann, copy = self._pair(city="Ghent")
        third = self._candidate("A. Lee", email="al@example.net", phone="+32470123456")
        ann._merge(copy | third)
        self.assertEqual((ann.city, ann.phone), ("Ghent", "+32470123456"))
        self.assertEqual(len(ann.identity_ids), 4)

    def test_people_who_cannot_be_merged_are_told_why_and_stay_as_they_are(self):
        ann, copy = self._pair()
        elsewhere = self._candidate(company_id=self.other_company.id)
        shared = self._candidate(company_id=False)
        gone = self._candidate()
        gone.unlink()
        merged = self._candidate("Old", email="old@example.com")
        ann._merge(merged)
        before = self._dump()
        for first, others, message in (
            (ann, ann, "with itself"),
            (ann, ann | copy, "with itself"),
            (ann, ann.browse(), "at least two"),
            (ann, elsewhere, "one company"),
            (ann, copy | shared, "one company"),
            (ann, gone, "no longer exists"),
            (ann, merged, "merged into Ann Lee already"),
            (merged, copy, "merged into Ann Lee already"),
        ):
            with (
                self.subTest(message=message),
                self.assertRaisesRegex(UserError, message),
            ):
                first._merge(others)
        self._assert_same(before, self._dump())
