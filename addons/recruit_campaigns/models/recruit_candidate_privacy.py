from odoo import models


class MailingTrace(models.Model):
    _inherit = "mailing.trace"

    # Serves export and erasure: the traces of one person, among millions.
    _recruit_person_idx = models.Index(
        "(res_id, model) WHERE model IN ('recruit.candidate', 'hr.applicant')"
    )


class RecruitCandidate(models.Model):
    _inherit = "recruit.candidate"

    def _record_event(self, kind, document=None, **details):
        """An erased person leaves every campaign before anything is forgotten."""
        result = super()._record_event(kind, document, **details)
        if kind == "erased":
            self._exit_campaigns("erased")
        return result
