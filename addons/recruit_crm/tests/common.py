from odoo import Command
from odoo.tests import TransactionCase, new_test_user

INTERVIEWER = "hr_recruitment.group_hr_recruitment_interviewer"
OFFICER = "hr_recruitment.group_hr_recruitment_user"
MANAGER = "hr_recruitment.group_hr_recruitment_manager"


class RecruitCrmCommon(TransactionCase):
    """A company with a user for each role, two jobs, skills with levels, two pools."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, tracking_disable=True))
        cls.user_interviewer = cls._new_user("crm_interviewer", INTERVIEWER)
        cls.user_officer = cls._new_user("crm_officer", OFFICER)
        cls.user_manager = cls._new_user("crm_manager", MANAGER)
        cls.user_employee = cls._new_user("crm_employee", "base.group_user")
        cls.other_company = cls.env["res.company"].create({"name": "Other company"})

        cls.skill_type = cls.env["hr.skill.type"].create(
            {
                "name": "Crafts of the test",
                "skill_ids": [
                    Command.create({"name": name})
                    for name in ("Weaving", "Forging", "Baking")
                ],
                "skill_level_ids": [
                    Command.create({"name": f"Level {level}", "level_progress": level})
                    for level in (20, 60, 100)
                ],
            }
        )
        cls.weaving, cls.forging, cls.baking = cls.skill_type.skill_ids
        cls.job = cls.env["hr.job"].create({"name": "Weaver"})
        cls.other_job = cls.env["hr.job"].create({"name": "Smith"})
        cls.pool = cls.env["hr.talent.pool"].create({"name": "Crafts"})
        cls.other_pool = cls.env["hr.talent.pool"].create({"name": "Nearly hired"})
        cls.tag = cls.env["hr.applicant.category"].create({"name": "Fast learner"})
        cls.hired_stage = cls.env["hr.recruitment.stage"].search(
            [("hired_stage", "=", True)], limit=1
        )
        cls.refuse_reason = cls.env["hr.applicant.refuse.reason"].create(
            {"name": "Not this time"}
        )

    @classmethod
    def _new_user(cls, login, group):
        return new_test_user(cls.env, login, groups=group, email=f"{login}@example.com")

    @classmethod
    def _candidate(cls, name="Ann Lee", **values):
        return cls.env["recruit.candidate"].create({"name": name, **values})

    @classmethod
    def _tree(cls, *items, group="all"):
        """The JSON of a group of conditions, see :meth:`_rule`."""
        return {"group": group, "items": list(items)}

    @classmethod
    def _rule(cls, field, operator, value=None):
        """The JSON of one condition of a segment."""
        return {"field": field, "operator": operator, "value": value}

    @classmethod
    def _skilled(cls, skill, level=50, **how):
        """The JSON of the condition on one skill."""
        value = {"skill": skill.id, "level": level, **how}
        return cls._rule("skill", "at_least", value)

    @classmethod
    def _segment(cls, *items, **values):
        """A segment of people who fit all of these conditions."""
        tree = cls._tree(*items)
        return cls.env["recruit.segment"].create(
            {"name": "Crafts people", "tree": tree, **values}
        )

    @classmethod
    def _apply(cls, name="Ann Lee", email="ann@example.com", job=None, **values):
        return cls.env["hr.applicant"].create(
            {
                "partner_name": name,
                "email_from": email,
                "job_id": (job or cls.job).id,
                **values,
            }
        )

    @classmethod
    def _skill_line(cls, skill, level):
        """A command for a skill line of a native application."""
        native = cls.skill_type.skill_level_ids.filtered(
            lambda one: one.level_progress == level
        )
        return Command.create(
            {
                "skill_id": skill.id,
                "skill_level_id": native.id,
                "skill_type_id": cls.skill_type.id,
            }
        )

    def _refuse(self, applicant):
        """Refuse through the native dialog, without a mail."""
        self.env["applicant.get.refuse.reason"].create(
            {
                "applicant_ids": [Command.set(applicant.ids)],
                "refuse_reason_id": self.refuse_reason.id,
                "send_mail": False,
            }
        ).action_refuse_reason_apply()
