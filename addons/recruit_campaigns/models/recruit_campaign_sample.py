from odoo import Command, fields, models


class RecruitCampaignSample(models.Model):
    """A campaign to begin with: used, it becomes a draft of the user's own."""

    _name = "recruit.campaign.sample"
    _description = "Sample Campaign"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    icon = fields.Char(default="fa-paper-plane-o")
    goal = fields.Char(translate=True)
    description = fields.Text(
        translate=True, help="Whom it is for, and what is left to choose."
    )
    entry_event = fields.Char(
        help="The event that begins it, where an installed app knows of it."
    )
    segment_name = fields.Char(translate=True)
    tree = fields.Json("Rules", help="The segment, in the language of segments.")
    reentry = fields.Char(default="never")
    reentry_days = fields.Integer(default=180)
    enroll_newcomers = fields.Boolean(default=True)
    step_ids = fields.One2many("recruit.campaign.sample.step", "sample_id")
    step_count = fields.Integer(compute="_compute_length")
    day_count = fields.Integer(compute="_compute_length")

    def _compute_length(self):
        for sample in self:
            sample.step_count = len(sample.step_ids)
            sample.day_count = sum(sample.step_ids.mapped("delay"))

    def action_use(self):
        """Make a draft of this sample, with its audience, and open it.

        :raises AccessError: for who may not create campaigns
        """
        self.ensure_one()
        campaign = self.env["recruit.campaign"].create(self._campaign_values())
        return {
            "type": "ir.actions.act_window",
            "res_model": campaign._name,
            "res_id": campaign.id,
            "views": [(False, "form")],
        }

    def _campaign_values(self):
        return {
            "name": self.name,
            "goal": self.goal,
            "reentry": self.reentry,
            "reentry_days": self.reentry_days,
            "window_from": 8,
            "window_to": 18,
            "sat": False,
            "sun": False,
            **self._audience_values(),
            "step_ids": [
                Command.create(
                    {
                        "sequence": step.sequence,
                        "delay": step.delay,
                        "delay_unit": "days",
                        "subject": step.subject,
                        "body_html": step.body_html,
                    }
                )
                for step in self.step_ids
            ],
        }

    def _audience_values(self):
        """The audience; people by hand where no app knows of what it asks for."""
        if self.entry_event in self.env["recruit.candidate"]._event_labels():
            return {"audience": "event", "entry_event": self.entry_event}
        segments = self.env["recruit.segment"]
        if not self.tree or segments._problems_of(self.tree, segments._scope()):
            return {"audience": "people"}
        name = self.segment_name or self.name
        company = self.env.company
        known = [("name", "=", name), ("company_id", "=", company.id)]
        segment = segments.search(known, limit=1) or segments.create(
            {"name": name, "tree": self.tree, "company_id": company.id}
        )
        return {
            "audience": "segment",
            "segment_id": segment.id,
            "enroll_newcomers": self.enroll_newcomers,
        }


class RecruitCampaignSampleStep(models.Model):
    """One message of a sample."""

    _name = "recruit.campaign.sample.step"
    _description = "Step of a Sample Campaign"
    _order = "sample_id, sequence, id"
    _rec_name = "subject"

    sample_id = fields.Many2one(
        "recruit.campaign.sample", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(default=10)
    delay = fields.Integer(help="Days after the step before.")
    subject = fields.Char(required=True, translate=True)
    body_html = fields.Html(
        "Message", required=True, translate=True, sanitize="email_outgoing"
    )
