from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import BaseCase, tagged

from odoo.addons.recruit_ats_ext.interview import agreement
from odoo.addons.recruit_ats_ext.interview.scale import skill_level

from .common_interview import InterviewCase


@tagged("post_install", "-at_install")
class TestInterviewKit(InterviewCase):
    def setUp(self):
        super().setUp()
        self.template = self.env["recruit.interview.kit"].create(
            {
                "name": "Bench day",
                "stage_id": self.final_stage.id,
                "attribute_ids": [Command.create({"attribute_id": self.grinding.id})],
                "question_ids": [Command.create({"name": "Ever broke one?"})],
            }
        )
        wizard = self.env["recruit.interview.kit.copy"].with_user(self.officer)
        action = wizard.create(
            {"job_id": self.next_job.id, "kit_ids": self.template.ids}
        ).action_copy()
        self.copied = self.env["recruit.interview.kit"].browse(action["res_id"])

    def test_a_kit_is_copied_from_a_template_for_a_job(self):
        self.assertEqual(self.copied.job_id, self.next_job)
        self.assertEqual(self.copied.name, "Bench day")
        self.assertEqual(self.copied.attribute_ids.attribute_id, self.grinding)
        self.assertFalse(self.copied.has_template_news)

    def test_a_job_without_kits_offers_the_templates(self):
        job = self.env["hr.job"].create({"name": "Glazier"}).with_user(self.officer)
        offer = job.action_view_kits()
        self.assertIn(self.template.id, offer["context"]["default_kit_ids"])
        self.assertEqual(
            self.next_job.action_view_kits()["domain"],
            [("job_id", "=", self.next_job.id)],
        )

    def test_later_changes_of_the_template_are_offered_and_taken_on_demand(self):
        self.copied.question_ids = [Command.create({"name": "When can you start?"})]
        self.template.write(
            {
                "attribute_ids": [Command.create({"attribute_id": self.patience.id})],
                "question_ids": [
                    Command.update(
                        self.template.question_ids.id, {"name": "Ever broke two?"}
                    )
                ],
            }
        )
        self.assertTrue(self.copied.has_template_news)
        self.assertEqual(self.copied.question_ids[0].name, "Ever broke one?")
        self.copied.action_take_template_changes()
        self.assertEqual(
            set(self.copied.question_ids.mapped("name")),
            {"Ever broke two?", "When can you start?"},
        )
        self.assertEqual(
            self.copied.attribute_ids.attribute_id, self.grinding | self.patience
        )
        self.assertFalse(self.copied.has_template_news)

    def test_later_changes_of_the_template_can_be_declined(self):
        self.template.purpose = "<p>New</p>"
        self.copied.action_keep_own()
        self.assertFalse(self.copied.has_template_news)
        self.assertFalse(self.copied.purpose)

    def test_the_kit_of_job_and_stage_comes_before_that_of_the_job_and_templates(self):
        find = self.env["recruit.interview.kit"]._find_for
        self.assertEqual(find(self.applicant), self.kit)
        self.kit.stage_id = False
        self.assertEqual(find(self.applicant), self.kit)
        self.kit.active = False
        self.assertFalse(find(self.applicant).job_id)

    def test_interviewers_read_kits_and_officers_write_them(self):
        kit = self.kit.with_user(self.ina)
        self.assertEqual(kit.attribute_ids.attribute_id[0].name, "Grinding")
        with self.assertRaises(AccessError):
            kit.name = "x"
        self.kit.with_user(self.officer).name = "At the wheel"


@tagged("post_install", "-at_install")
class TestAgreement(BaseCase):
    def test_yes_and_no_are_a_split_vote_and_silence_is_counted_apart(self):
        mixed = agreement.verdict(["strong_yes", "no", None])
        self.assertTrue(mixed.is_split)
        self.assertEqual((mixed.favor, mixed.against, mixed.undecided), (1, 1, 1))
        self.assertEqual(mixed.score, 0.5)
        self.assertIsNone(agreement.verdict([None]).score)

    def test_ratings_two_apart_split_and_focus_without_a_rating_is_a_gap(self):
        grinding, patience, charm = agreement.attributes(
            [
                ("Grinding", "ina", 5, True),
                ("Patience", "ina", None, True),
                ("Charm", "ina", 3, False),
                ("Grinding", "ivo", 3, False),
                ("Charm", "ivo", 4, False),
            ]
        )
        self.assertTrue(grinding.is_split)
        self.assertTrue(grinding.focus)
        self.assertTrue(patience.is_gap)
        self.assertFalse(charm.is_split)
        self.assertEqual(charm.mean, 3.5)

    def test_worst_rating_proves_nothing_and_best_proves_mastery(self):
        self.assertEqual([skill_level(str(one)) for one in (1, 3, 5)], [0, 50, 100])
