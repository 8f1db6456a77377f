"""Mails of candidates that the gateway puts on them or on their applications."""

from odoo import api, models
from odoo.tools import email_normalize


class RecruitCandidate(models.Model):
    _inherit = "recruit.candidate"

    @api.private  # the gateway calls it; a user could forge a mail with it
    def message_update(self, msg_dict, update_vals=None):
        """Record a mail of the person on their own page as a touch."""
        result = super().message_update(msg_dict, update_vals)
        self._log_received(msg_dict)
        return result

    def _log_received(self, msg_dict, job=None):
        """Record a mail that the gateway kept, where the person themselves sent it.

        Answers of machines, and answers to a campaign, which are touches already, are
        left out by the context that their addon sets.

        :param dict msg_dict: what ``message_process`` read
        :param job: hr.job that the mail is about, where it is known
        """
        sender = email_normalize(msg_dict.get("email_from") or "")
        context = self.env.context
        if context.get("recruit_automatic_message") or context.get("recruit_told_mail"):
            return
        # sudo: whose address it is, also where the gateway's user may not see
        own = self.sudo().filtered(
            lambda one: sender and sender in one.identity_ids.mapped("value_norm")
        )
        own._log_touch(
            "email",
            evidence=msg_dict.get("subject") or False,
            job_id=job.id if job else False,
            dedupe_key=f"mail:{msg_dict.get('message_id')}",
        )


class HrApplicant(models.Model):
    _inherit = "hr.applicant"

    @api.private  # the gateway calls it; a user could forge a mail with it
    def message_update(self, msg_dict, update_vals=None):
        """Record a mail of the applicant on the application as a touch."""
        result = super().message_update(msg_dict, update_vals)
        for applicant in self.filtered("candidate_id"):
            applicant.candidate_id._log_received(msg_dict, applicant.job_id)
        return result
