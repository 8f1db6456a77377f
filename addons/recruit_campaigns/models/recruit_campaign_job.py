from odoo import fields, models


class RecruitCampaign(models.Model):
    """When the job is closed that a campaign is about, the campaign is over."""

    _inherit = "recruit.campaign"

    closed_by_job = fields.Boolean(readonly=True, copy=False)

    def _close_with_job(self):
        """Close, for the reason that the job is; people leave within a minute."""
        self.closed_by_job = True
        self.action_close()
        for campaign in self:
            campaign._message_log(
                body=self.env._(
                    "Closed, since the job “%s” is closed.", campaign.job_id.name
                )
            )


class HrJob(models.Model):
    _inherit = "hr.job"

    def write(self, vals):
        """Closing a job ends the campaigns about it."""
        result = super().write(vals)
        if vals.get("active") is False:
            # sudo: whoever closes the job need not have a right to campaigns
            campaigns = self.env["recruit.campaign"].sudo()
            campaigns.search(
                [("job_id", "in", self.ids), ("state", "in", ("running", "paused"))]
            )._close_with_job()
        return result
