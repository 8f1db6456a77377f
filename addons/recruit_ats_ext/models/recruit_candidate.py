from odoo import api, fields, models
from odoo.tools import format_date

from odoo.addons.recruit_crm.models.recruit_candidate import CRM


class RecruitCandidate(models.Model):
    _inherit = "recruit.candidate"

    medal_ids = fields.One2many("recruit.medal", "candidate_id", "Silver Medals")
    medal_count = fields.Integer(compute="_compute_medal_count")
    scorecard_ids = fields.One2many(
        "recruit.scorecard",
        "candidate_id",
        groups="hr_recruitment.group_hr_recruitment_interviewer",
    )
    employee_ids = fields.One2many(
        "hr.employee", "candidate_id", groups="hr_recruitment.group_hr_recruitment_user"
    )
    promise_ids = fields.One2many(
        "recruit.promise", "candidate_id", "Promises", groups=CRM
    )
    is_medallist = fields.Boolean(
        "Silver Medallist",
        compute="_compute_medal_count",
        help="Has a medal that is still open.",
    )

    @api.depends("medal_ids.state")
    def _compute_medal_count(self):
        for candidate in self:
            candidate.medal_count = len(candidate.medal_ids)
            candidate.is_medallist = "open" in candidate.medal_ids.mapped("state")

    def action_view_medals(self):
        """Show the medals of the candidates, each with what became of it."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "recruit_ats_ext.recruit_medal_action"
        )
        domain = [("candidate_id", "in", self.ids)]
        return action | {"domain": domain, "context": {}}

    @api.model
    def _event_labels(self):
        """A medal is an event to begin something with."""
        return super()._event_labels() | {"medal": self.env._("Gets a silver medal")}

    def _record_event(self, kind, document=None, **details):
        """What happens to applications decides about medals and dispositions."""
        result = super()._record_event(kind, document=document, **details)
        if document is not None and document._name == "hr.applicant":
            # Whoever made it happen need not have a right on medals (the website's
            # visitor who applies, an interviewer): only rows of this application's
            # candidate are looked up and changed.
            self._react_with_medals(kind, document.sudo())
        return result

    def _react_with_medals(self, kind, applicant):
        medals = applicant.env["recruit.medal"]
        if kind == "applied":
            medals._come_back(applicant)
        elif kind == "hired":
            medals._settle(applicant)
        elif kind == "reopened":
            applicant._forget_refusal()

    def _not_offered_reason(self):
        """Who rests after a medal is offered no job until then."""
        if reason := super()._not_offered_reason():
            return reason
        # sudo: the day until which matching keeps away, whoever may see the medal
        medals = self.env["recruit.medal"].sudo()
        mine = [("candidate_id", "=", self.id), ("state", "=", "open")]
        days = medals.search(mine).filtered("is_cooling_off").mapped("cool_off_until")
        return days and self.env._(
            "To be left in peace until %(day)s: no job is offered.",
            day=format_date(self.env, max(days)),
        )

    def _why_now_lines(self):
        """A near miss is a reason to look at a candidate now."""
        medals = self.medal_ids.filtered(lambda medal: medal.state == "open")
        kept = self.promise_ids.filtered(lambda promise: promise.state == "kept")
        return [
            *(promise._reason_to_call() for promise in kept),
            *(medal._reason_to_call() for medal in medals),
            *super()._why_now_lines(),
        ]
