from odoo import Command
from odoo.tests import TransactionCase


class AtsCase(TransactionCase):
    """A job with a finalist stage, and a short way to refuse somebody."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.final_stage = cls.env.ref("hr_recruitment.stage_job3")
        cls.first_stage = cls.env.ref("hr_recruitment.stage_job0")
        cls.hired_stage = cls.env.ref("hr_recruitment.stage_job5")
        cls.preferred = cls.env.ref(
            "recruit_ats_ext.hr_applicant_refuse_reason_other_preferred"
        )
        cls.spam = cls.env.ref("hr_recruitment.refuse_reason_7")
        cls.pool = cls.env.ref("recruit_ats_ext.hr_talent_pool_silver_medallists")
        cls.job = cls.env["hr.job"].create({"name": "Optician"})
        cls.next_job = cls.env["hr.job"].create({"name": "Lens Grinder"})

    @classmethod
    def apply(cls, name, stage=None, **values):
        """An application of somebody with an e-mail address made of the name."""
        return cls.env["hr.applicant"].create(
            {
                "partner_name": name,
                "email_from": f"{name.lower()}@example.com",
                "job_id": cls.job.id,
                "stage_id": (stage or cls.final_stage).id,
                **values,
            }
        )

    def dialog(self, applicants, reason=None, **values):
        """The refuse dialog, as it stands when it opens."""
        dialogs = self.env["applicant.get.refuse.reason"].with_context(
            active_test=False  # as the button that opens it
        )
        return dialogs.create(
            {
                "applicant_ids": [Command.set(applicants.ids)],
                "refuse_reason_id": (reason or self.preferred).id,
                "send_mail": False,
                **values,
            }
        )

    def refuse(self, applicants, reason=None, **values):
        """Refuse with what the dialog suggests, but for `values`."""
        self.dialog(applicants, reason, **values).action_refuse_reason_apply()
        return applicants
