from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, new_test_user, tagged

from odoo.addons.recruit_crm.privacy.suppression import fingerprint

from .common import RecruitCrmCommon

PRIVACY = "recruit_crm.group_recruit_privacy_officer"


@tagged("post_install", "-at_install")
class TestErasure(RecruitCrmCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.privacy_officer = new_test_user(cls.env, "crm_privacy", groups=PRIVACY)
        cls.application = cls._apply(
            "Ann Lee",
            partner_phone="+32 470 12 34 56",
            applicant_notes="<p>Very good</p>",
            current_applicant_skill_ids=[cls._skill_line(cls.weaving, 60)],
        )
        cls.ann = cls.application.candidate_id
        cls.ann.write({"headline": "Weaver", "city": "Ghent", "user_id": cls.env.uid})
        cls.ann._add_to_pool(cls.pool, "Good")
        cls.ann._log_touch("call", evidence="Ann told us about her son")
        cls.ann._give_consent("marketing", "form", evidence="Sheet of Ann Lee")
        cls.note = cls.ann.message_post(body="Ann likes Ghent")
        cls.file = cls.env["ir.attachment"].create(
            {
                "name": "Ann.txt",
                "raw": b"Ann Lee, Ghent",
                "res_model": "recruit.candidate",
                "res_id": cls.ann.id,
            }
        )
        cls.ann.activity_schedule("mail.mail_activity_data_todo", summary="Call Ann")

    def test_a_person_is_forgotten_and_the_figures_stay(self):
        partner = self.application.partner_id
        touches = len(self.ann.touch_ids)
        self.ann._erase("request", "Ticket 4711")
        self.assertEqual(self.ann.name, f"Erased person #{self.ann.id}")
        self.assertFalse(self.ann.email or self.ann.headline or self.ann.city)
        self.assertFalse(self.ann.active or self.ann.identity_ids or self.ann.skill_ids)
        self.assertFalse(self.ann.member_ids or self.ann.activity_ids)
        self.assertFalse(self.note.exists() or self.file.exists())
        self.assertEqual(len(self.ann.touch_ids), touches)
        self.assertFalse(self.ann.touch_ids.filtered("evidence"))
        self.assertEqual(self.ann.consent_ids.purpose, "marketing")
        self.assertFalse(self.ann.consent_ids.evidence)
        self.assertEqual(self.application.job_id, self.job)
        self.assertEqual(self.application.partner_name, "Erased person")
        self.assertFalse(self.application.email_from or self.application.partner_phone)
        self.assertFalse(self.application.applicant_skill_ids)
        self.assertEqual(partner.name, "Erased person")
        self.assertFalse(partner.email)

    def test_the_certificate_says_what_went_and_names_nobody(self):
        certificate = self.ann._erase("request", "Ticket 4711")
        self.assertEqual(certificate.cause, "request")
        self.assertGreater(certificate.details["mail.message"], 0)
        self.assertEqual(certificate.row_count, sum(certificate.details.values()))
        self.assertNotIn("Ann", str(certificate.read()))

    def test_records_that_were_merged_into_the_person_go_too(self):
        anna = self._candidate("Anna Li", email="anna@example.com")
        self.env["recruit.merge"]._perform(self.ann, anna, [])
        self.ann._erase("request")
        self.assertEqual(anna.name, f"Erased person #{anna.id}")
        self.assertTrue(anna.erased_at)
        lines = self.env["recruit.merge"].search([("merged_id", "=", anna.id)]).line_ids
        self.assertFalse(lines)
        with self.assertRaises(ValidationError):
            self._candidate("Anna", email="anna@example.com")

    def test_a_contact_that_others_use_stays(self):
        partner = self.application.partner_id
        self.env["res.partner"].create({"name": "Child", "parent_id": partner.id})
        self.ann._erase("request")
        self.assertEqual(partner.name, "Ann Lee")
        self.assertFalse(self.application.partner_id)

    def test_a_contact_of_another_application_stays(self):
        partner = self.application.partner_id
        self._apply("Bea Lee", "bea@example.com", partner_id=partner.id)
        self.ann._erase("request")
        self.assertEqual(partner.email, "ann@example.com")

    def test_a_file_that_was_sent_to_others_too_stays(self):
        ben = self._candidate("Ben")
        leaflet = self.env["ir.attachment"].create(
            {"name": "Leaflet", "raw": b"Jobs", "res_model": "mail.compose.message"}
        )
        for person in self.ann | ben:
            message = person.message_post(body="Look")
            message.attachment_ids = [Command.link(leaflet.id)]
        self.ann._erase("request")
        self.assertTrue(leaflet.exists())

    # ------------------------------------------------------------------ blockers

    def test_a_legal_hold_stands_against_it(self):
        mine = self.ann.with_user(self.privacy_officer)
        mine.write({"legal_hold": True, "legal_hold_reason": "Case 12/2026"})
        with self.assertRaisesRegex(UserError, "Case 12/2026"):
            self.ann._erase("request")
        mine.legal_hold = False
        self.ann._erase("request")

    def test_only_a_privacy_officer_decides_on_a_legal_hold(self):
        with self.assertRaises(AccessError):
            self.ann.with_user(self.user_manager).legal_hold_reason = "x"

    def test_who_works_here_is_not_erased(self):
        self.env["hr.employee"].create({"name": "Ann", "candidate_id": self.ann.id})
        with self.assertRaisesRegex(UserError, "Works here"):
            self.ann._erase("request")
        self.assertEqual(self.ann.email, "ann@example.com")

    def test_nobody_is_erased_twice(self):
        self.ann._erase("request")
        with self.assertRaisesRegex(UserError, "already"):
            self.ann._erase("request")

    def test_nothing_is_written_on_an_erased_person_nor_merged_with_them(self):
        self.ann._erase("request")
        ben = self._candidate("Ben")
        with self.assertRaises(UserError):
            self.ann.with_user(self.user_manager).name = "Ann Lee"
        for people in ((self.ann, ben), (ben, self.ann)):
            with self.assertRaisesRegex(UserError, "erased"):
                (people[0] | people[1])._check_may_merge()
        self.assertIn("erased", self.ann.unreachable_reason)

    def test_a_merge_with_an_erased_person_cannot_be_undone(self):
        anna = self._candidate("Anna Li")
        merge = self.env["recruit.merge"]._perform(self.ann, anna, [])
        self.ann._erase("request")
        with self.assertRaisesRegex(UserError, "erased"):
            merge.with_user(self.user_manager).action_undo()

    # --------------------------------------------------------------- suppression

    def test_an_erased_person_is_not_sourced_again(self):
        self.ann._erase("request")
        ways = (
            lambda: self._candidate("Ann", email="ANN@example.com"),
            lambda: self._candidate("Ann").write({"email": "ann@example.com"}),
            lambda: self._candidate("Ann").write(
                {"identity_ids": [Command.create({"value": "ann@example.com"})]}
            ),
            lambda: (
                self.env["hr.applicant"]
                .with_user(self.user_officer)
                .create({"partner_name": "Ann", "email_from": "ann@example.com"})
            ),
        )
        for number, way in enumerate(ways):
            with self.subTest(way=number):
                with self.assertRaises(ValidationError) as refusal:
                    way()
                self.assertIn("erased", str(refusal.exception))

    def test_an_import_says_which_row_is_an_erased_person(self):
        self.ann._erase("request")
        result = self.env["recruit.candidate"].load(
            ["name", "email"], [["Ben", "ben@example.com"], ["Ann", "ann@example.com"]]
        )
        self.assertEqual(
            self.env["recruit.candidate"].browse(result["ids"]).mapped("name"), ["Ben"]
        )
        self.assertIn("erased", result["messages"][0]["message"])
        self.assertEqual(result["messages"][0]["record"], 1)

    def test_who_applies_again_themselves_is_welcome_and_known_from_then_on(self):
        self.ann._erase("request")
        again = self._apply()
        self.assertTrue(again.candidate_id)
        self.assertNotEqual(again.candidate_id, self.ann)
        again.candidate_id.write({"email": "other@example.com"})
        self._candidate("Ann", email="ann@example.com")

    def test_the_table_of_the_suppressed_shows_no_address(self):
        self.ann._erase("request")
        rows = self.env["recruit.suppression"].search([])
        self.assertNotIn("ann", str(rows.mapped("fingerprint")))
        self.assertNotEqual(
            fingerprint(secret="a", kind="email", norm="x@y.z"),
            fingerprint(secret="b", kind="email", norm="x@y.z"),
        )

    # -------------------------------------------------------------------- wizard

    def _wizard(self, people, user=None):
        action = people.with_user(user or self.privacy_officer).action_erase()
        return Form(
            self.env["recruit.candidate.erase"]
            .with_user(user or self.privacy_officer)
            .with_context(**action["context"])
        )

    def test_the_dialog_shows_what_goes_and_what_stays_and_erases(self):
        wizard = self._wizard(self.ann)
        self.assertIn("Goes for good", wizard.preview)
        self.assertIn("A fingerprint", wizard.preview)
        wizard.reason = "Ticket 4711"
        wizard.save().action_apply()
        self.assertTrue(self.ann.erased_at)
        certificate = self.env["recruit.erasure"].search(
            [("candidate_id", "=", self.ann.id)]
        )
        self.assertEqual(certificate.user_id, self.privacy_officer)

    def test_the_dialog_tells_what_stands_against_it(self):
        self.ann.write({"legal_hold": True, "legal_hold_reason": "Case 12/2026"})
        wizard = self._wizard(self.ann)
        self.assertIn("Case 12/2026", wizard.preview)
        self.assertTrue(wizard.is_blocked)

    def test_the_dialog_can_leave_the_person_in_peace_instead(self):
        wizard = self._wizard(self.ann)
        wizard.act = "silence"
        wizard.reason = "Asked by phone"
        wizard.save().action_apply()
        self.assertEqual(self.ann.state, "do_not_contact")
        self.assertFalse(self.ann.erased_at)

    def test_nobody_but_a_privacy_officer_erases(self):
        for user in (self.user_officer, self.user_manager, self.user_interviewer):
            with self.assertRaises(AccessError):
                self.ann.with_user(user).action_erase()

    def test_what_is_written_late_of_an_erased_person_is_swept(self):
        self.ann._erase("request")
        self.env["mail.message"].create(
            {"model": "recruit.candidate", "res_id": self.ann.id, "body": "Hello Ann"}
        )
        self.env["recruit.candidate"]._sweep_erased()
        self.assertFalse(self.ann.message_ids)
