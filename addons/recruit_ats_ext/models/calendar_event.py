from odoo import api, fields, models
from odoo.exceptions import UserError

PANEL = {"partner_ids", "attendee_ids", "kit_id", "applicant_id", "start", "stop"}


class CalendarEvent(models.Model):
    """A meeting with an applicant is an interview when it has a kit."""

    _inherit = "calendar.event"

    kit_id = fields.Many2one(
        "recruit.interview.kit",
        "Interview Kit",
        index="btree_not_null",
        groups="hr_recruitment.group_hr_recruitment_interviewer,"
        "recruit_crm.group_recruit_sourcer",
        help="What to find out. Each invited colleague gets a scorecard.",
    )
    scorecard_ids = fields.One2many(
        "recruit.scorecard",
        "event_id",
        groups="hr_recruitment.group_hr_recruitment_interviewer",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """A meeting about an application has the kit of the stage that it stands in;
        each invited colleague gets a scorecard to write."""
        events = super().create(vals_list)
        # sudo: whoever plans an interview need not be a recruiter
        for event in events.sudo().filtered(lambda one: one.applicant_id):
            event.kit_id = event.kit_id or event.kit_id._find_for(event.applicant_id)
        events._sync_scorecards()
        return events

    def write(self, vals):
        """Who is invited later gets a scorecard too; who leaves loses an empty one."""
        result = super().write(vals)
        if PANEL & vals.keys():
            self._sync_scorecards()
        return result

    def _sync_scorecards(self):
        # sudo: whoever plans an interview need not be allowed to read scorecards
        for event in self.sudo().filtered(lambda one: one.applicant_id and one.kit_id):
            panel = event._panel()
            event.scorecard_ids._drop_untouched(panel)
            for user in panel:
                card = event.env["recruit.scorecard"]._open_for(
                    event.applicant_id, user, event, event.kit_id
                )
                card._follow_meeting(event)
            event._let_in(panel)

    def _panel(self):
        """The colleagues who interview: invited, with a login, not the candidate."""
        users = self.partner_ids.user_ids.filtered(lambda user: not user.share)
        candidate = self.applicant_id.candidate_id
        return users - self.env["recruit.scorecard"]._login_of(candidate)

    def _let_in(self, panel):
        """Interviewers may read the application; native gives them the group."""
        applicant = self.applicant_id
        readers = panel.filtered(
            lambda user: applicant.with_user(user).sudo(False).has_access("read")
        )
        if panel - readers:
            applicant.interviewer_ids |= panel - readers

    def action_open_scorecard(self):
        """Open the user's own scorecard of this interview; made when there is none.

        :raises UserError: for a meeting without an application
        """
        self.ensure_one()
        if not self.applicant_id:
            raise UserError(self.env._("This meeting is not about an application."))
        return self.applicant_id._open_scorecard(self)
