from odoo import api, models


class HrSkill(models.Model):
    _inherit = "hr.skill"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_segments(self):
        self.env["recruit.segment.reference"]._refuse_deletion(self)


class HrApplicantCategory(models.Model):
    _inherit = "hr.applicant.category"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_segments(self):
        self.env["recruit.segment.reference"]._refuse_deletion(self)


class HrTalentPool(models.Model):
    _inherit = "hr.talent.pool"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_segments(self):
        self.env["recruit.segment.reference"]._refuse_deletion(self)
