from lxml import etree

from odoo.tests import Form, tagged

from .common import RecruitCrmCommon


@tagged("post_install", "-at_install")
class TestForms(RecruitCrmCommon):
    def test_an_officer_fills_in_a_candidate_by_hand(self):
        form = Form(self.env["recruit.candidate"].with_user(self.user_officer))
        form.name = "Ann Lee"
        form.email = "ann@example.com"
        form.source = "Job fair"
        with form.skill_ids.new() as line:
            line.skill_id = self.weaving
            line.level = 70
        candidate = form.save()
        self.assertEqual(candidate.first_source, "Job fair")
        self.assertEqual(candidate.skill_ids.level, 70)

    def test_opening_and_saving_a_candidate_changes_nothing(self):
        candidate = self._candidate(source="Fair", email="ann@example.com")
        with Form(candidate.with_user(self.user_officer)) as form:
            form.headline = "Weaver"
        self.assertEqual(candidate.headline, "Weaver")
        self.assertEqual(candidate.touch_count, 1)

    def test_an_interviewer_opens_the_form_without_what_is_not_theirs(self):
        application = self._apply()
        application.interviewer_ids = self.user_interviewer
        candidate = application.candidate_id.with_user(self.user_interviewer)
        arch = etree.fromstring(candidate.get_view(view_type="form")["arch"])
        names = set(arch.xpath("//field/@name"))
        self.assertIn("skill_ids", names)
        self.assertFalse(names & {"touch_ids", "member_ids", "identity_ids"})
        self.assertEqual(Form(candidate).name, "Ann Lee")

    def test_every_view_of_every_action_can_be_opened_by_an_officer(self):
        for name in (
            "recruit_candidate_action",
            "recruit_segment_action",
            "recruit_touch_action",
        ):
            action = self.env.ref(f"recruit_crm.{name}")
            model = self.env[action.res_model].with_user(self.user_officer)
            for view_type in (*action.view_mode.split(","), "search"):
                with self.subTest(action=name, view=view_type):
                    self.assertTrue(model.get_view(view_type=view_type)["arch"])

    def test_the_wizard_creates_the_application_and_opens_it(self):
        candidate = self._candidate(email="ann@example.com")
        action = candidate.action_create_application()
        form = Form(self.env[action["res_model"]].with_context(**action["context"]))
        form.job_id = self.job
        opened = form.save().action_apply()
        self.assertEqual(opened["res_id"], candidate.application_ids.id)

    def test_a_recruiter_logs_a_call_and_not_what_the_machine_records(self):
        candidate = self._candidate(email="ann@example.com")
        action = candidate.action_log_touch()
        form = Form(
            self.env[action["res_model"]]
            .with_user(self.user_officer)
            .with_context(**action["context"])
        )
        kinds = dict(form._record._fields["kind"]._description_selection(self.env))
        self.assertFalse(kinds.keys() & {"hired", "clicked", "application"})
        form.kind = "call"
        form.occurred_at = "2024-05-01 10:00:00"
        form.evidence = "Open to a move"
        form.save().action_log()
        self.assertEqual(candidate.touch_ids.evidence, "Open to a move")
        self.assertEqual(candidate.touch_ids.user_id, self.user_officer)
        self.assertEqual(str(candidate.first_touch_at), "2024-05-01 10:00:00")

    def test_the_native_pool_form_shows_our_members(self):
        candidate = self._candidate(email="ann@example.com")
        candidate._add_to_pool(self.pool)
        form = Form(self.pool.with_user(self.user_officer))
        self.assertEqual(form.member_count, 1)
        self.assertEqual(len(form.recent_member_ids), 1)

    def test_a_stat_button_opens_its_rows(self):
        application = self._apply()
        candidate = application.candidate_id
        candidate._add_to_pool(self.pool)
        opened = [
            (candidate.action_view_applications(), application),
            (candidate.action_view_touches(), candidate.touch_ids),
            (candidate.action_view_pools(), candidate.member_ids),
        ]
        for action, rows in opened:
            found = self.env[action["res_model"]].search(action["domain"])
            self.assertEqual(found, rows)
        self.assertEqual(application.action_open_candidate()["res_id"], candidate.id)
