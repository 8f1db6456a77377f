"""The defects of native recruiting by number, each with what is right here.

B1 to B15 and B26 to B31: applications, contacts, hires. Pools and redeployment are in
``test_native_defects_pools.py``. Without a test, and why:

* B31: Odoo subtracts local time from UTC, but sets the time zone of each of its
  processes to UTC when it starts; the two cannot differ.
"""

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from .common import INTERVIEWER, RecruitCrmCommon


@tagged("post_install", "-at_install")
class TestNativeDefects(RecruitCrmCommon):
    def _contact(self, **values):
        return self.env["res.partner"].create(
            {"name": "Ann Lee", "email": "ann@example.com", "phone": "+1", **values}
        )

    def _facts(self, contact):
        contact.invalidate_recordset()
        return contact.name, contact.email, contact.phone

    # -- B1 to B5: refusal ------------------------------------------------------------

    def test_b1_a_search_by_status_finds_what_the_status_shows(self):
        everybody = self.env["hr.applicant"]
        for number, name in enumerate(("refused", "archived", "hired", "ongoing")):
            one = self._apply(name, f"{number}@example.com")
            everybody |= one
        refused, archived, hired, _ongoing = everybody
        self._refuse(refused)
        archived.action_archive()
        hired.stage_id = self.hired_stage
        for one in everybody:
            with self.subTest(status=one.partner_name):
                self.assertEqual(one.application_status, one.partner_name)
                found = self.env["hr.applicant"].search(
                    [
                        ("id", "in", everybody.ids),
                        ("application_status", "=", one.application_status),
                    ]
                )
                self.assertEqual(found, one)

    def test_b3_an_application_from_a_refused_talent_is_not_born_refused(self):
        refused = self._apply()
        self._refuse(refused)
        new = refused._apply_again(self.other_job)
        self.assertEqual(new.application_status, "ongoing")
        self.assertFalse(new.refuse_reason_id)

    def test_b4_an_answer_to_a_refusal_finds_the_application(self):
        self.env.user.email = "recruiter@example.com"
        application = self._apply()
        template = self.env["mail.template"].create(
            {
                "name": "No",
                "model_id": self.env["ir.model"]._get_id("hr.applicant"),
                "subject": "Your application",
                "body_html": "<p>Not this time</p>",
            }
        )
        self.env["applicant.get.refuse.reason"].create(
            {
                "applicant_ids": [Command.set(application.ids)],
                "refuse_reason_id": self.refuse_reason.id,
                "template_id": template.id,
                "send_mail": True,
            }
        ).action_refuse_reason_apply()
        mail = self.env["mail.mail"].search([("email_to", "=", "ann@example.com")])
        self.assertEqual((mail.model, mail.res_id), ("hr.applicant", application.id))
        self.assertIn(mail.mail_message_id, application.message_ids)
        self.assertTrue(mail.is_notification)

    def test_b5_a_shared_phone_makes_no_duplicate_that_is_refused_too(self):
        phone = "+32470123456"
        chosen = self._apply("Ann", "ann@example.com", partner_phone=phone)
        sister = self._apply("Eve", "eve@example.com", partner_phone=phone)
        second = self._apply("Ann", "ANN@example.com", job=self.other_job)
        self.env["applicant.get.refuse.reason"].create(
            {
                "applicant_ids": [Command.set(chosen.ids)],
                "refuse_reason_id": self.refuse_reason.id,
                "send_mail": False,
                "duplicates": True,
            }
        ).action_refuse_reason_apply()
        self.assertEqual(chosen.application_status, "refused")
        self.assertEqual(second.application_status, "refused")
        self.assertEqual(sister.application_status, "ongoing")

    # -- B6 to B9: hire ---------------------------------------------------------------

    def test_b6_creating_the_employee_closes_the_application(self):
        application = self._apply()
        application.create_employee_from_applicant()
        self.assertEqual(application.application_status, "hired")
        self.assertTrue(application.stage_id.hired_stage)
        spontaneous = self.env["hr.applicant"].create(
            {"partner_name": "Ben", "email_from": "ben@example.com"}
        )
        spontaneous.create_employee_from_applicant()
        self.assertEqual(spontaneous.application_status, "hired")

    def test_b7_a_hire_leaves_the_address_and_phone_of_the_candidate_alone(self):
        self.env.company.email = "info@mycompany.example.com"
        department = self.env["hr.department"].create({"name": "Looms"})
        application = self._apply(partner_phone="+32470123456")
        application.department_id = department
        contact, before = application.partner_id, self._facts(application.partner_id)
        application.create_employee_from_applicant()
        self.assertEqual(self._facts(contact), before)
        employee = application.employee_id
        self.assertEqual(employee.work_email, "info@mycompany.example.com")
        self.assertNotEqual(employee.work_contact_id, contact)
        self.assertEqual(employee.private_email, "ann@example.com")
        self.assertEqual(application.candidate_id.email, "ann@example.com")

    def test_b7_a_letter_to_an_application_goes_to_the_address_on_it(self):
        application = self._apply()
        application.partner_id.email = "info@mycompany.example.com"
        to = application._message_get_default_recipients()[application.id]
        self.assertEqual(to["email_to"], "ann@example.com")

    def test_b8_a_hired_person_waits_in_no_pool_and_the_card_knows_the_employee(self):
        application = self._apply()
        candidate = application.candidate_id
        candidate._add_to_pool(self.pool)
        card = candidate._talent_cards()[candidate]
        application.stage_id = self.hired_stage
        self.assertFalse(candidate.pool_ids)
        self.assertFalse(card.active)
        self.assertEqual(self.pool.no_of_talents, 0)
        application.create_employee_from_applicant()
        self.assertEqual(card.employee_id, application.employee_id)
        self.assertEqual(candidate.state, "employee")

    def test_b8_a_hire_taken_back_takes_the_person_back_to_the_pools(self):
        application = self._apply()
        candidate = application.candidate_id
        candidate._add_to_pool(self.pool)
        candidate._add_to_pool(self.other_pool).action_leave()
        application.stage_id = self.hired_stage
        application.stage_id = self.job._get_first_stage()
        self.assertEqual(candidate.pool_ids, self.pool)
        self.assertEqual(len(candidate.member_ids), 2)
        self.assertTrue(candidate._talent_cards()[candidate].active)

    def test_b9_the_employee_has_the_corrected_level_and_not_the_highest(self):
        application = self._apply(
            current_applicant_skill_ids=[self._skill_line(self.weaving, 100)]
        )
        line = application.applicant_skill_ids
        line.valid_from = "2024-01-01"
        application.write(
            {"current_applicant_skill_ids": [self._skill_line(self.weaving, 20)]}
        )
        self.assertEqual(len(application.applicant_skill_ids), 2)
        application.create_employee_from_applicant()
        skill = application.employee_id.employee_skill_ids
        self.assertEqual(skill.level_progress, 20)
        self.assertEqual(skill.valid_from, self.env["recruit.clock"].now().date())

    # -- B10 to B15: who is who -------------------------------------------------------

    def _merge_contacts(self, contacts, into):
        self.env["base.partner.merge.automatic.wizard"]._merge(contacts.ids, into)

    def test_b10_after_a_merge_of_contacts_the_application_keeps_its_address(self):
        application = self._apply()
        contact = application.partner_id
        other = self._contact(name="Ann of sales", email="sales@example.com")
        self._merge_contacts(contact | other, other)
        application.invalidate_recordset()
        self.assertEqual(application.partner_id, other)
        self.assertEqual(application.email_from, "ann@example.com")
        to = application._message_get_default_recipients()[application.id]
        self.assertEqual(to["email_to"], "ann@example.com")
        application.partner_phone = "+32470999999"
        self.assertEqual(self._facts(other)[0], "Ann of sales")
        self.assertEqual(self._facts(other)[2], "+1")

    def test_b11_a_merge_of_contacts_deletes_no_candidate(self):
        one, two = self._contact(), self._contact(email="ann2@example.com")
        ann = self._candidate(email="ann@example.com", partner_id=one.id)
        eve = self._candidate(email="eve@example.com", partner_id=two.id)
        touch = eve._log_touch("call")
        self._merge_contacts(one | two, one)
        people = (ann | eve).exists()
        self.assertEqual(people, ann | eve)
        self.assertTrue(touch.exists())
        self.assertEqual(eve.email, "eve@example.com")

    def test_b12_an_application_changes_no_contact_that_was_there(self):
        colleague = new_test_user(
            self.env, "colleague", groups="base.group_user", email="boss@example.com"
        ).partner_id
        customer = self._contact()
        for contact in (colleague, customer):
            before = self._facts(contact)
            application = self._apply(
                "Mallory", contact.email, partner_phone="+32470666666"
            )
            with self.subTest(contact=contact.name):
                self.assertEqual(application.partner_id, contact)
                self.assertEqual(self._facts(contact), before)
                application.write({"partner_name": "Eve", "partner_phone": "+666"})
                application.email_from = "eve@example.com"
                self.assertEqual(self._facts(contact), before)

    def test_b12_a_contact_made_by_the_application_follows_its_corrections(self):
        application = self._apply(partner_phone="+32470123456")
        contact = application.partner_id
        self.assertEqual(self._facts(contact)[2], "+32470123456")
        application.partner_phone = "+32470999999"
        self.assertEqual(self._facts(contact)[2], "+32470999999")
        other = self._apply("Mallory", "ann@example.com", partner_phone="+666")
        self.assertEqual(other.partner_id, contact)
        other.partner_phone = "+667"
        self.assertEqual(self._facts(contact)[0], "Ann Lee")
        self.assertEqual(self._facts(contact)[2], "+32470999999")
        new_test_user(
            self.env, "ann_user", groups="base.group_user", partner_id=contact.id
        )
        before = self._facts(contact)
        application.partner_phone = "+668"
        self.assertEqual(self._facts(contact), before)

    def test_b12_writing_to_a_contact_of_today_does_not_rename_it(self):
        application = self._apply(email=False)
        contact = self._contact(name="Known name")
        application.with_context(mail_create_nosubscribe=True).flush_recordset()
        self.env.cr.execute(
            "UPDATE hr_applicant SET email_from = 'ann@example.com',"
            " email_normalized = 'ann@example.com' WHERE id = %s",
            [application.id],
        )
        application.invalidate_recordset()
        application.message_post(body="Hello", partner_ids=contact.ids)
        self.assertEqual(application.partner_id, contact)
        self.assertEqual(self._facts(contact)[0], "Known name")

    def test_b12_an_address_without_a_name_is_asked_for_the_name(self):
        with self.assertRaises(UserError):
            self.env["hr.applicant"].create({"email_from": "ann@example.com"})

    def test_b13_two_talents_with_one_address_never_crash(self):
        talents = self.env["hr.applicant"].create(
            [
                {
                    "partner_name": "Ann",
                    "email_from": "ann@example.com",
                    "talent_pool_ids": [Command.set(pool.ids)],
                }
                for pool in (self.pool, self.other_pool)
            ]
        )
        application = self._apply()
        action = application.action_talent_pool_stat_button()
        self.assertIn(action["res_id"], talents.ids)
        application._apply_again(self.other_job)
        talents.candidate_id._add_to_pool(self.pool)
        self.assertEqual(len(talents.candidate_id), 1)

    def test_b14_spellings_of_one_profile_are_one_candidate(self):
        spellings = (
            "https://www.linkedin.com/in/joe/",
            "linkedin.com/in/Joe",
            "http://fr.linkedin.com/in/joe?trk=x",
        )
        applications = self.env["hr.applicant"]
        for spelling in spellings:
            applications |= self._apply("Joe", False, linkedin_profile=spelling)
        self.assertEqual(len(applications.candidate_id), 1)

    def test_b15_a_corrected_address_reaches_person_and_talent_card_both_ways(self):
        application = self._apply(email="ann@exmaple.com")
        candidate = application.candidate_id
        candidate._add_to_pool(self.pool)
        card = candidate._talent_cards()[candidate]
        application.email_from = "ann@example.com"
        self.assertEqual(candidate.email, "ann@example.com")
        self.assertEqual(card.email_from, "ann@example.com")
        candidate.write({"phone": "+32470123456", "name": "Ann Lee-Smith"})
        self.assertEqual(card.partner_phone, "+32470123456")
        self.assertEqual(card.partner_name, "Ann Lee-Smith")

    # -- B26 to B30 -------------------------------------------------------------------

    def test_b26_each_application_remembers_its_own_last_stage(self):
        stages = self.env["hr.recruitment.stage"].search([], limit=3)
        one, two = self._apply(), self._apply("Ben", "ben@example.com")
        one.stage_id, two.stage_id = stages[0], stages[1]
        (one | two).write({"stage_id": stages[2].id})
        self.assertEqual(one.last_stage_id, stages[0])
        self.assertEqual(two.last_stage_id, stages[1])

    def test_b27_an_interviewer_may_correct_an_address(self):
        application = self._apply()
        application.interviewer_ids = self.user_interviewer
        mine = application.with_user(self.user_interviewer)
        mine.write({"email_from": "ann2@example.com", "partner_phone": "+3247011111"})
        self.assertEqual(application.candidate_id.email, "ann2@example.com")
        blank = self.env["hr.applicant"].create(
            {"partner_name": "Ben", "job_id": self.job.id}
        )
        blank.interviewer_ids = self.user_interviewer
        blank.with_user(self.user_interviewer).email_from = "ben@example.com"
        self.assertEqual(blank.partner_id.email, "ben@example.com")
        self.assertTrue(self.user_interviewer.has_group(INTERVIEWER))

    def test_b28_a_skill_is_valid_from_the_day_it_is_written_down(self):
        default = self.env["hr.applicant.skill"]._fields["valid_from"].default
        self.assertTrue(callable(default))
        application = self._apply(
            current_applicant_skill_ids=[self._skill_line(self.weaving, 60)]
        )
        today = self.env["recruit.clock"].now().date()
        self.assertEqual(application.applicant_skill_ids.valid_from, today)
        application.create_employee_from_applicant()
        employee = application.employee_id
        self.assertEqual(employee.employee_skill_ids.valid_from, today)

    def test_b29_every_command_of_a_list_of_skills_is_understood(self):
        application = self._apply(
            applicant_skill_ids=[
                self._skill_line(self.weaving, 60),
                self._skill_line(self.baking, 20),
            ]
        )
        weaving = application.applicant_skill_ids.filtered(
            lambda line: line.skill_id == self.weaving
        )
        baking = application.applicant_skill_ids - weaving
        application.write({"applicant_skill_ids": [Command.unlink(baking.id)]})
        self.assertEqual(application.applicant_skill_ids, weaving)
        application.write({"applicant_skill_ids": [Command.link(weaving.id)]})
        self.assertEqual(application.applicant_skill_ids, weaving)
        application.write(
            {"applicant_skill_ids": [Command.create({"skill_id": self.forging.id})]}
        )
        self.assertEqual(
            application.applicant_skill_ids.skill_id, self.weaving | self.forging
        )
        application.write(
            {
                "applicant_skill_ids": [
                    Command.update(weaving.id, {"skill_level_id": self._level(100)}),
                    Command.delete(weaving.id),
                ]
            }
        )
        self.assertEqual(application.applicant_skill_ids.skill_id, self.forging)
        application.write({"applicant_skill_ids": [Command.set([])]})
        self.assertFalse(application.applicant_skill_ids)

    def _level(self, progress):
        levels = self.skill_type.skill_level_ids
        return levels.filtered(lambda one: one.level_progress == progress).id

    def _receive(self, sender, subject="I apply"):
        name = subject.replace(" ", ".")
        self.env["mail.thread"].message_process(
            "hr.applicant",
            f"From: {sender}\nTo: jobs@example.com\nSubject: {subject}\n"
            f"Message-Id: <{name}@example.com>\n"
            "Date: Mon, 1 Jan 2024 10:00:00 +0000\n"
            "Content-Type: text/plain\n\nHello",
            custom_values={"job_id": self.job.id},
        )
        return self.env["hr.applicant"].search([], order="id desc", limit=1)

    def test_b30_a_mail_to_a_job_finds_its_sender_and_renames_nobody(self):
        candidate = self._candidate(email="ann@example.com")
        contact = self._contact(name="Known name")
        before = self._facts(contact)
        application = self._receive('"Mallory" <ann@example.com>')
        self.assertEqual(application.candidate_id, candidate)
        self.assertEqual(self._facts(contact), before)

    def test_b30_the_address_of_a_job_platform_is_nobodys_address(self):
        self.env["hr.job.platform"].create(
            {
                "name": "Jobs",
                "email": "noreply@platform.example.com",
                "regex": "from (.*)",
            }
        )
        sender = "Jobs <noreply@platform.example.com>"
        ann = self._receive(sender, "New application from Ann Lee")
        ben = self._receive(sender, "New application from Ben Low")
        self.assertNotEqual(ann.candidate_id, ben.candidate_id)
        self.assertFalse(ann.candidate_id.email)
        self.assertEqual(ann.candidate_id.name, "Ann Lee")
