from odoo import api, fields, models

BATCH = 100


class RecruitScorecard(models.Model):
    """Reminders: an hour after the interview, an activity for who has not written."""

    _inherit = "recruit.scorecard"

    reminded_at = fields.Datetime(readonly=True)

    # Serves the reminders: drafts that are due and were not reminded of.
    _due_idx = models.Index("(due_at) WHERE state = 'draft' AND reminded_at IS NULL")

    def _follow_meeting(self, event):
        """Move the dates of a draft with its meeting."""
        if self.state == "draft" and self.interview_at != event.start:
            self.write(self._dates(event))

    @api.model
    def _cron_remind(self):
        """Remind interviewers of cards that are due, in batches."""
        while cards := self._to_remind(BATCH):
            cards._remind()
            left = self.search_count(self._due_domain())
            if not self.env["ir.cron"]._commit_progress(len(cards), remaining=left):
                break

    @api.model
    def _due_domain(self):
        return [
            ("state", "=", "draft"),
            ("reminded_at", "=", False),
            ("due_at", "<=", self.env["recruit.clock"].now()),
        ]

    @api.model
    def _to_remind(self, limit):
        return self.search(self._due_domain(), order="due_at, id", limit=limit)

    def _remind(self):
        for card in self:
            card.applicant_id.activity_schedule(
                "recruit_ats_ext.mail_activity_type_scorecard",
                card.due_at.date(),
                summary=self.env._("Write your scorecard"),
                user_id=card.interviewer_id.id,
            )
        self.reminded_at = self.env["recruit.clock"].now()

    def _settle_reminder(self):
        """The activity of a card that was submitted is done."""
        for card in self.filtered("reminded_at"):
            card.applicant_id.activity_feedback(
                ["recruit_ats_ext.mail_activity_type_scorecard"],
                user_id=card.interviewer_id.id,
            )
