from odoo import api, fields, models

from .recruit_candidate import CRM, STATES

BY_HAND = "hand"
EVENTS = [
    ("applied", "Applied"),
    ("reopened", "Application reopened"),
    ("refused", "Refused"),
    ("closed", "Application closed"),
    ("hired", "Hired"),
    ("employed", "Became an employee"),
    ("replied", "Replied"),
    ("joined_pool", "Joined a pool"),
    ("medal", "Silver medal"),
    (BY_HAND, "By hand"),
    ("other", "Other event"),
]


class RecruitStateChange(models.Model):
    """One move of a relationship: from which state to which, why, when and by whom."""

    _name = "recruit.state.change"
    _description = "Candidate State Change"
    _order = "changed_at desc, id desc"
    _rec_name = "to_state"
    _log_access = False  # the row itself says who and when

    candidate_id = fields.Many2one(
        "recruit.candidate", required=True, readonly=True, ondelete="cascade"
    )
    from_state = fields.Selection(STATES, "From", readonly=True)
    to_state = fields.Selection(STATES, "To", required=True, readonly=True)
    event = fields.Selection(EVENTS, "Because", required=True, readonly=True)
    reason = fields.Char(readonly=True)
    changed_at = fields.Datetime("When", required=True, readonly=True)
    user_id = fields.Many2one("res.users", "By", readonly=True)

    # Serves the log on the form and the timeline: newest first, of one candidate.
    _candidate_idx = models.Index("(candidate_id, changed_at DESC, id DESC)")


class RecruitCandidate(models.Model):
    """The log of the state, written wherever the state is written."""

    _inherit = "recruit.candidate"

    state = fields.Selection(group_expand=True)
    state_change_ids = fields.One2many(
        "recruit.state.change", "candidate_id", "State changes", groups=CRM
    )
    do_not_contact_reason = fields.Char(
        "Why not to contact", copy=False, tracking=True, groups=CRM
    )

    def write(self, vals):
        """Write, and record each move of the state with its event and its author."""
        if "state" not in vals:
            return super().write(vals)
        before = {candidate.id: candidate.state for candidate in self}
        # sudo: whoever may let the person out of silence clears its reason with it
        silent = self.sudo().filtered("do_not_contact_reason")
        result = super().write(vals)
        if vals["state"] != "do_not_contact" and silent:
            silent.do_not_contact_reason = False
        self._log_state_changes(before)
        return result

    def action_ask_silence(self):
        """Ask why, and mark these candidates as not to be contacted."""
        return self._open_wizard(
            "recruit.candidate.silence", self.env._("Do Not Contact")
        )

    def action_do_not_contact(self, reason=False):
        """Mark that these people asked to be left alone.

        :param str reason: in the person's words, shown on the form
        """
        self.write({"state": "do_not_contact", "do_not_contact_reason": reason})

    def _log_state_changes(self, before):
        """Record who left the state they had.

        :param dict before: the state of each candidate id before
        """
        events = dict(self.env["recruit.state.change"]._fields["event"].selection)
        event = self.env.context.get("recruit_event", BY_HAND)
        # sudo: nobody has the right to write the log but the move that it records
        self.env["recruit.state.change"].sudo().create(
            [
                {
                    "candidate_id": candidate.id,
                    "from_state": before[candidate.id],
                    "to_state": candidate.state,
                    "event": event if event in events else "other",
                    "reason": candidate.sudo().do_not_contact_reason,
                    "changed_at": self.env["recruit.clock"].now(),
                    "user_id": self.env.uid,
                }
                for candidate in self
                if candidate.state != before[candidate.id]
            ]
        )

    @api.depends("do_not_contact_reason")
    def _compute_unreachable_reason(self):
        return super()._compute_unreachable_reason()

    def _unreachable_reason(self):
        """Add why the person asked for silence, for those who may know."""
        reason = super()._unreachable_reason()
        told = self._has_field_access(self._fields["do_not_contact_reason"], "read")
        if self.state == "do_not_contact" and told and self.do_not_contact_reason:
            return self.env._(
                "Asked not to be contacted: %(reason)s",
                reason=self.do_not_contact_reason,
            )
        return reason
