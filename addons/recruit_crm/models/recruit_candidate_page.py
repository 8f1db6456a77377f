from odoo import models
from odoo.tools import format_date

from ..privacy import consent

ASKED = ("pool", "marketing", "tracking")  # what a page can agree to
TONES = {
    consent.GIVEN: "success",
    consent.EXPIRED: "warning",
    consent.WITHDRAWN: "secondary",
    consent.NONE: "secondary",
}


class RecruitCandidate(models.Model):
    """The person's own page: what is held, what they agreed to, and delete me."""

    _inherit = "recruit.candidate"

    def _privacy_act(self, act, purpose=None):
        """Do what a button of the page says; an unknown one does nothing.

        :param str act: stay, agree, withdraw or delete
        :return str: what was done, in words, or an empty text
        """
        self.ensure_one()
        if act == "stay":
            self._stay()
            return self.env._("Thank you. We stay in touch.")
        if act == "delete":
            self._ask_for_erasure()
            return self.env._("We got your request and answer within a month.")
        if purpose not in ASKED:
            return ""
        if act == "agree":
            self._give_consent(purpose, "page")
            return self.env._("Thank you. You can take it back here at any time.")
        if act == "withdraw":
            self._withdraw_consent(purpose, "page")
            return self.env._("Done. It holds from now on.")
        return ""

    def _ask_for_erasure(self):
        """Plan the erasure for a privacy officer; asking twice plans it once."""
        if self._erasure_requests():
            return
        officer = self._privacy_officer()
        self.activity_schedule(
            "recruit_crm.mail_activity_type_erasure",
            note=self.env._("Asked on the privacy page. Answer within a month."),
            user_id=officer.id,
        )

    def _erasure_requests(self):
        kind = self.env.ref("recruit_crm.mail_activity_type_erasure")
        return self.activity_ids.filtered(lambda one: one.activity_type_id == kind)

    def _privacy_officer(self):
        """Return who answers for this person's data: an officer of their company, else
        of another, else their recruiter or the administrator."""
        group = self.env.ref("recruit_crm.group_recruit_privacy_officer")
        officers = group.all_user_ids.filtered(lambda one: one.active and not one.share)
        near = officers.filtered(lambda one: self.company_id in one.company_ids)
        administrator = self.env.ref("base.user_admin")
        return (near or officers or self.user_id or administrator)[:1]

    def _privacy_page_values(self, done=""):
        """Return what the page shows; nothing that others wrote about the person."""
        self.ensure_one()
        decision = self._retention_decisions().get(self.id)
        due_on = decision and decision.due_on
        company = self.company_id or self.env.company
        return {
            "company_name": company.name,
            "name": self.name,
            "email": _masked(self.email_normalized),
            "held": self._held_lines(),
            "due_on": due_on and self._day(due_on),
            "consents": [self._consent_card(purpose) for purpose in ASKED],
            "is_asked": bool(self._erasure_requests()),
            "done": done,
        }

    def _held_lines(self):
        applications = [
            self.env._(
                "Your application as %(job)s of %(day)s",
                job=one.job_id.name,
                day=self._day(one.create_date),
            )
            for one in self.application_ids
            if one.job_id
        ]
        counts = [
            (self.document_count, self.env._("Documents: %s", self.document_count)),
            (self.meeting_count, self.env._("Meetings: %s", self.meeting_count)),
            (len(self.skill_ids), self.env._("Skills: %s", len(self.skill_ids))),
            (self.touch_count, self.env._("Contacts with us: %s", self.touch_count)),
        ]
        return applications + [line for count, line in counts if count]

    def _consent_card(self, purpose):
        row = self._current_consents((purpose,))[self.id]
        state = row.state or consent.NONE
        wording = row.wording_id or self._consent_wording(purpose)
        labels = dict(row._fields["purpose"]._description_selection(self.env))
        given = state == consent.GIVEN
        return {
            "purpose": purpose,
            "label": labels[purpose],
            "status": self._consent_status(row, state),
            "tone": TONES[state],
            "text": wording.text,
            "can_agree": bool(wording),
            "agree": self.env._("Extend") if given else self.env._("I agree"),
            "can_withdraw": given or (state == consent.NONE and purpose == "marketing"),
        }

    def _consent_status(self, row, state):
        if state == consent.GIVEN and row.expires_on:
            return self.env._("Agreed until %(day)s", day=self._day(row.expires_on))
        return {
            consent.GIVEN: self.env._("Agreed"),
            consent.EXPIRED: self.env._("Ran out"),
            consent.WITHDRAWN: self.env._("Taken back"),
            consent.NONE: self.env._("Not asked yet"),
        }[state]

    def _day(self, moment):
        return format_date(self.env, moment, lang_code=self.lang or None)


def _masked(email):
    """Return an address that its owner knows and a stranger does not learn."""
    name, at, domain = (email or "").partition("@")
    return f"{name[:1]}…{at}{domain}" if at else ""
