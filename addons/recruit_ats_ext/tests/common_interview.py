from datetime import timedelta

from odoo import Command
from odoo.tests import new_test_user

from .common import AtsCase

INTERVIEWER = "hr_recruitment.group_hr_recruitment_interviewer"
OFFICER = "hr_recruitment.group_hr_recruitment_user"


class InterviewCase(AtsCase):
    """A kit with two attributes for the optician, an applicant, and a panel of two."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ina = new_test_user(cls.env, "ina", INTERVIEWER)
        cls.ivo = new_test_user(cls.env, "ivo", INTERVIEWER)
        cls.officer = new_test_user(cls.env, "olga", OFFICER)
        skill_type = cls.env["hr.skill.type"].create(
            {
                "name": "Craft",
                "skill_ids": [Command.create({"name": "Grinding"})],
                "skill_level_ids": [
                    Command.create({"name": "Any", "level_progress": 50})
                ],
            }
        )
        cls.skill = skill_type.skill_ids
        cls.grinding, cls.patience = cls.env["recruit.interview.attribute"].create(
            [
                {"name": "Grinding", "skill_id": cls.skill.id, "anchor_5": "Flawless"},
                {"name": "Patience", "category": "values"},
            ]
        )
        cls.kit = cls.env["recruit.interview.kit"].create(
            {
                "name": "At the bench",
                "job_id": cls.job.id,
                "stage_id": cls.final_stage.id,
                "purpose": "<p>Can she grind?</p>",
                "attribute_ids": [
                    Command.create({"attribute_id": cls.grinding.id, "is_focus": True}),
                    Command.create({"attribute_id": cls.patience.id}),
                ],
                "question_ids": [Command.create({"name": "Why lenses?"})],
            }
        )
        cls.applicant = cls.apply("Ann", interviewer_ids=(cls.ina | cls.ivo).ids)
        cls.candidate = cls.applicant.candidate_id
        cls.now = cls.env["recruit.clock"].now()

    def card(self, user, applicant=None):
        """The card of a user, as that user sees it."""
        applicant = (applicant or self.applicant).with_user(user)
        return (
            self.env["recruit.scorecard"]
            .with_user(user)
            .browse(applicant.action_open_scorecard()["res_id"])
        )

    def meeting(self, users, start=None, applicant=None):
        """A meeting with the applicant to which these users are invited."""
        start = start or self.now + timedelta(days=1)
        return self.env["calendar.event"].create(
            {
                "name": "Interview",
                "start": start,
                "stop": start + timedelta(hours=1),
                "applicant_id": (applicant or self.applicant).id,
                "partner_ids": [Command.set(users.partner_id.ids)],
            }
        )
