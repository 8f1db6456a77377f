from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .common import OFFICER, RecruitCrmCommon

SECRET = "Project Nightingale"


@tagged("post_install", "-at_install")
class TestPoolConfidential(RecruitCrmCommon):
    """Attacks of an officer, and of an administrator, on a pool they do not manage."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.insider = cls._new_user("crm_insider", OFFICER)
        cls.secret = (
            cls.env["hr.talent.pool"]
            .with_user(cls.insider)
            .create({"name": SECRET, "confidential": True})
            .sudo()
        )
        cls.ann = cls._candidate(email="ann@example.com")
        cls.ann.with_user(cls.insider)._add_to_pool(cls.secret, "Our next CEO")
        cls.outsiders = (cls.user_officer, cls.user_manager)
        for user in cls.outsiders:
            user.group_ids += cls.env.ref("base.group_allow_export")
        cls.env.flush_all()
        cls.env.invalidate_all()

    def _as(self, model, user):
        self.env.invalidate_all()
        return self.env[model].with_user(user)

    def test_its_managers_see_all_of_it(self):
        pool = self.secret.with_user(self.insider)
        self.assertEqual(pool.display_name, SECRET)
        self.assertEqual(pool.member_count, 1)
        self.assertEqual(self.ann.with_user(self.insider).pool_ids, pool)
        self.secret.manager_ids = self.user_officer
        self.assertEqual(
            self._as("hr.talent.pool", self.user_officer).name_search(SECRET),
            [(self.secret.id, SECRET)],
        )

    def test_no_list_search_count_or_name_search_shows_it(self):
        for user in (*self.outsiders, self.user_interviewer):
            Pool = self._as("hr.talent.pool", user)
            domain = [("id", "=", self.secret.id)]
            with self.subTest(user=user.login):
                self.assertFalse(Pool.search(domain))
                self.assertEqual(Pool.search_count(domain), 0)
                self.assertFalse(Pool.name_search("Nightingale"))
                self.assertFalse(Pool._read_group(domain, ["pool_manager"]))
                with self.assertRaises(AccessError):
                    Pool.browse(self.secret.id).read(["name"])
                with self.assertRaises(AccessError):
                    Pool.browse(self.secret.id).action_open_board()

    def test_no_row_that_hangs_on_it_shows(self):
        self.env["recruit.pool.removal"]._remember(self.secret, self._candidate("Ben"))
        self.env["recruit.pool.newcomer"].create(
            {
                "pool_id": self.secret.id,
                "candidate_id": self._candidate("Cleo").id,
                "proposed_at": "2024-01-01",
            }
        )
        for model in ("member", "stage", "newcomer", "removal"):
            for user in self.outsiders:
                Rows = self._as(f"recruit.pool.{model}", user)
                row = Rows.sudo().search([("pool_id", "=", self.secret.id)], limit=1)
                with self.subTest(model=model, user=user.login):
                    self.assertTrue(row)
                    self.assertFalse(Rows.search([("pool_id", "=", self.secret.id)]))
                    self.assertFalse(Rows.search([("pool_id.name", "=", SECRET)]))
                    self.assertFalse(
                        Rows._read_group(
                            [("id", "in", row.ids)], ["pool_id"], ["__count"]
                        )
                    )
                    with self.assertRaises(AccessError):
                        row.with_user(user).read()
                    with self.assertRaises(AccessError):
                        row.with_user(user).write({"write_uid": user.id})

    def test_the_candidate_does_not_tell(self):
        for user in self.outsiders:
            ann = self._as("recruit.candidate", user).browse(self.ann.id)
            with self.subTest(user=user.login):
                shown = ann.read(["pool_ids", "pool_count", "member_ids", "why_now"])
                self.assertFalse(shown[0]["pool_ids"])
                self.assertEqual(shown[0]["pool_count"], 0)
                self.assertFalse(shown[0]["member_ids"])
                self.assertNotIn(SECRET, shown[0]["why_now"] or "")
                exported = ann.export_data(
                    ["name", "pool_ids/name", "member_ids/reason"]
                )
                self.assertNotIn(SECRET, str(exported))
                self.assertNotIn("CEO", str(exported))

    def test_no_search_of_candidates_finds_who_is_inside(self):
        for user in self.outsiders:
            Candidate = self._as("recruit.candidate", user)
            inside = self.secret.sudo().member_ids.ids
            for domain in (
                [("pool_ids", "in", self.secret.ids)],
                [("pool_ids", "any", [("id", "=", self.secret.id)])],
                [("pool_ids.name", "ilike", "Nightingale")],
                [("pool_ids", "ilike", "Nightingale")],
                [("member_ids.pool_id", "=", self.secret.id)],
                [("member_ids.reason", "=", "Our next CEO")],
                [("member_ids.stage_id.pool_id", "=", self.secret.id)],
                [("member_ids", "!=", False)],
                [("member_ids", "in", inside)],
                ["!", ("member_ids", "=", False)],
                [("pool_ids", "!=", False)],
            ):
                with self.subTest(user=user.login, domain=domain):
                    found = Candidate.search(domain + [("id", "=", self.ann.id)])
                    self.assertFalse(found)
            for domain in (
                [("pool_ids", "not in", self.secret.ids)],
                [("pool_ids", "=", False)],
                [("member_ids", "=", False)],
                [("member_ids", "not in", inside)],
            ):
                with self.subTest(user=user.login, domain=domain):
                    kept = Candidate.search(domain + [("id", "=", self.ann.id)])
                    self.assertTrue(kept)

    def test_no_native_screen_tells(self):
        self.assertFalse(self.ann.applicant_ids)
        application = self._apply()
        self.assertEqual(application.candidate_id, self.ann)
        for user in self.outsiders:
            applicant = self._as("hr.applicant", user).browse(application.id)
            shown = applicant.read(["talent_pool_ids", "talent_pool_count"])[0]
            self.assertFalse(shown["talent_pool_ids"])
            self.assertFalse(shown["talent_pool_count"])
        with self.assertRaisesRegex(ValidationError, "no native talents"):
            self.env["hr.applicant"].with_user(self.insider).create(
                {"partner_name": "X", "talent_pool_ids": self.secret.ids}
            )

    def test_no_segment_asks_who_is_inside(self):
        tree = self._tree(self._rule("pool", "any_of", self.secret.ids))
        for user in self.outsiders:
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as("recruit.segment", user).create({"name": "Spy", "tree": tree})
        theirs = (
            self.env["recruit.segment"]
            .with_user(self.insider)
            .create({"name": "Inside", "tree": tree})
        )
        self.assertEqual(theirs.candidate_count, 1)
        for user in self.outsiders:
            Segment = self._as("recruit.segment", user)
            self.assertFalse(Segment.search([("id", "=", theirs.id)]))
            ann = self._as("recruit.candidate", user).browse(self.ann.id)
            self.assertNotIn(theirs.id, ann.read(["segment_ids"])[0]["segment_ids"])
            with self.assertRaises(AccessError):
                ann.search([("segment_ids", "in", theirs.ids)])

    def test_an_own_segment_does_not_outlive_the_pool_turning_confidential(self):
        tree = self._tree(self._rule("pool", "any_of", self.pool.ids))
        mine = (
            self.env["recruit.segment"]
            .with_user(self.user_officer)
            .create({"name": "Mine", "tree": tree})
        )
        self.pool.write({"pool_manager": self.insider.id, "confidential": True})
        self.assertFalse(
            self._as("recruit.segment", self.user_officer).search(
                [("id", "=", mine.id)]
            )
        )

    def test_a_link_to_it_shows_another_name(self):
        for user in self.outsiders:
            # what read() does for a many2one: the name with all rights of the system
            self.env.invalidate_all()
            name = self.secret.with_user(user).sudo().display_name
            self.assertEqual(name, "Confidential pool")

    def test_adding_people_fails_alike_for_who_is_inside_and_who_is_not(self):
        ben = self._candidate("Ben")
        for user in self.outsiders:
            messages = []
            for person in (self.ann, ben):
                with self.assertRaises(AccessError) as caught:
                    self._as("recruit.pool.member", user).create(
                        {"candidate_id": person.id, "pool_id": self.secret.id}
                    )
                messages.append(str(caught.exception))
            with self.subTest(user=user.login):
                self.assertEqual(messages[0], messages[1])
                self.assertNotIn(SECRET, messages[0])

    def test_a_stay_cannot_be_moved_into_it(self):
        member = self._candidate("Ben")._add_to_pool(self.pool)
        with self.assertRaises(UserError):
            member.with_user(self.user_officer).pool_id = self.secret.id

    def test_a_touch_of_joining_is_hidden_with_its_words(self):
        member = self.secret.member_ids
        touch = self.ann._log_touch(
            "joined_pool",
            res_model=member._name,
            res_id=member.id,
            evidence=f"Joined {SECRET}",
        )
        other = self.ann._log_touch("call", evidence="Hello")
        for user in self.outsiders:
            Touch = self._as("recruit.touch", user)
            mine = Touch.search([("candidate_id", "=", self.ann.id)])
            with self.subTest(user=user.login):
                self.assertEqual(mine.ids, other.ids)
                self.assertFalse(Touch.search([("evidence", "ilike", "Nightingale")]))
                ann = self._as("recruit.candidate", user).browse(self.ann.id)
                self.assertEqual(ann.read(["touch_count"])[0]["touch_count"], 1)
                with self.assertRaises(AccessError):
                    Touch.browse(touch.id).read(["evidence"])
        self.assertIn(touch, self._as("recruit.touch", self.insider).search([]))

    def test_no_message_tells_whether_on_the_pool_or_on_the_candidate(self):
        self.secret.message_post(body=f"About {SECRET}")
        for user in self.outsiders:
            Message = self._as("mail.message", user)
            with self.subTest(user=user.login):
                self.assertFalse(
                    Message.search(
                        [
                            ("model", "=", self.secret._name),
                            ("res_id", "=", self.secret.id),
                        ]
                    )
                )
                on_person = Message.search(
                    [("model", "=", self.ann._name), ("res_id", "=", self.ann.id)]
                )
                self.assertNotIn(SECRET, str(on_person.mapped("body")))

    def test_turning_confidential_takes_outsiders_and_native_cards_off(self):
        only = self._candidate("Only", email="only@example.com")
        both = self._candidate("Both", email="both@example.com")
        (only | both)._add_to_pool(self.pool)
        both._add_to_pool(self.other_pool)
        note = only.applicant_ids.message_post(body="Called her")
        self.pool.pool_manager = self.insider
        self.pool.message_subscribe((self.user_officer | self.insider).partner_id.ids)
        self.pool.with_user(self.insider).confidential = True
        self.assertEqual(self.pool.message_partner_ids, self.insider.partner_id)
        self.assertFalse(only.applicant_ids)
        self.assertIn(note, only.message_ids)
        self.assertEqual(both.applicant_ids.talent_pool_ids, self.other_pool)
        self.assertEqual(only.pool_ids, self.pool)

    def test_nobody_takes_a_pool_away_from_its_managers(self):
        self.pool.pool_manager = self.insider
        for user in self.outsiders:
            pool = self.pool.with_user(user)
            for values in (
                {"confidential": True},
                {"manager_ids": [Command.link(user.id)]},
            ):
                with (
                    self.subTest(user=user.login, values=values),
                    self.assertRaises(ValidationError),
                ):
                    pool.write(values)
            with self.assertRaises(AccessError):
                self.secret.with_user(user).write({"pool_manager": user.id})

    def test_a_confidential_pool_has_a_manager(self):
        with self.assertRaisesRegex(ValidationError, "needs a manager"):
            self.secret.pool_manager = False

    def test_an_insider_works_with_it_in_the_forms(self):
        with Form(self.secret.with_user(self.insider)) as form:
            form.description = "For the board"
        self.assertTrue(self.secret.confidential)

    def test_the_review_loop_keeps_outsiders_out(self):
        source = {"kind": "stage", "pool_id": self.secret.id}
        for user in (*self.outsiders, self.user_interviewer, self.user_employee):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as("recruit.review", user).start(source)
        for user in self.outsiders:
            self.assertFalse(self._as("recruit.review", user).card(source, self.ann.id))
