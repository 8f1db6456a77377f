from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from .common import CampaignsCommon


@tagged("post_install", "-at_install")
class TestStep(CampaignsCommon):
    def test_step_when_created_owns_a_mailing_that_is_never_queued(self):
        mailing = self.first_step.variant_id.mailing_id
        self.assertEqual(mailing.subject, "Hello {{ object.first_name }}")
        self.assertEqual(mailing.body_html, mailing.body_arch)
        self.assertEqual(mailing.state, "draft")
        self.assertEqual(mailing.mailing_model_real, "recruit.candidate")
        self.assertFalse(mailing._get_recipients())
        self.assertEqual(mailing.campaign_id, self.campaign.utm_campaign_id)

    def test_text_when_changed_keeps_the_name_by_which_clicks_are_counted(self):
        mailing = self.first_step.variant_id.mailing_id
        source = mailing.source_id.name
        self.first_step.subject = "Another subject"
        self.first_step.body_html = "<p>Another text</p>"
        self.assertEqual(mailing.subject, "Another subject")
        self.assertEqual(mailing.body_arch, "<p>Another text</p>")
        self.assertEqual(mailing.source_id.name, source)

    def test_placeholder_that_reaches_further_when_saved_is_refused(self):
        for body in (
            '<p t-out="object.env"></p>',
            "<p t-out=\"env['res.users'].search([])\"></p>",
            '<t t-foreach="[1]" t-as="x"/>',
            '<a t-att-href="object.name">x</a>',
        ):
            with self.subTest(body=body), self.assertRaises(ValidationError):
                self.first_step.body_html = body
        with self.assertRaisesRegex(ValidationError, "These are allowed: .*first_name"):
            self.first_step.subject = "{{ object.partner_id.vat }}"

    def test_subject_that_is_too_long_when_saved_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "longer than 255"):
            self.first_step.subject = "{{" * 130

    def test_order_when_changed_changes_which_message_comes_next(self):
        self.assertEqual(self.first_step._next_step(), self.second_step)
        self.assertFalse(self.second_step._next_step())
        self.second_step.sequence = 5
        self.campaign.invalidate_recordset(["step_ids"])
        self.assertEqual(self.second_step._next_step(), self.first_step)

    def test_message_that_people_wait_for_when_deleted_is_kept(self):
        self.campaign.action_start()
        with self.assertRaisesRegex(UserError, "People have got this message"):
            self.first_step.unlink()

    def test_message_nobody_waits_for_when_deleted_goes_with_its_mailing(self):
        mailing = self.second_step.variant_id.mailing_id
        self.second_step.unlink()
        self.assertFalse(mailing.exists())

    def test_officer_without_marketing_rights_when_writing_a_form_makes_a_campaign(
        self,
    ):
        form = Form(self.env["recruit.campaign"].with_user(self.officer))
        form.name = "From the form"
        form.segment_id = self.segment
        campaign = form.save()
        step = campaign.step_ids.browse(campaign.builder_add("mail"))
        with Form(step) as form:
            form.subject = "Hello {{ object.name }}"
            form.body_html = "<p>Hello</p>"
        self.assertEqual(campaign.step_ids.subject, "Hello {{ object.name }}")
        campaign.action_start()
        self.assertEqual(campaign.enrollment_count, 3)
