from odoo import models

from ..timeline.keyset import Source
from .recruit_candidate_timeline import _label, _name


class RecruitCandidate(models.Model):
    _inherit = "recruit.candidate"

    def _timeline_sources(self):
        """Tell what the person agreed to, and what they took back."""
        consents = self.env["recruit.consent"]
        own = [("candidate_id", "=", self.id)]
        # an objection to what was never asked is told once, as that
        given = [*own, "|", ("basis", "=", "consent"), ("withdrawn_at", "=", False)]
        return [
            *super()._timeline_sources(),
            Source("consent", consents, "given_at", given, _describe_consent),
            Source("consent", consents, "withdrawn_at", own, _describe_withdrawal),
        ]


def _describe_consent(row):
    purpose = _label(row, "purpose")
    if row.basis == "consent":
        title = row.env._("Agreed: %(purpose)s", purpose=purpose)
    else:
        title = row.env._(
            "%(basis)s: %(purpose)s", basis=_label(row, "basis"), purpose=purpose
        )
    return {
        "title": title,
        "text": row.evidence or _label(row, "method"),
        "author": _name(row.user_id),
        "icon": "fa-check-square-o",
        "tone": "success",
        "link": [row._name, row.id],
    }


def _describe_withdrawal(row):
    purpose = _label(row, "purpose")
    title = (
        row.env._("Took back: %(purpose)s", purpose=purpose)
        if row.basis == "consent"
        else row.env._("Objected: %(purpose)s", purpose=purpose)
    )
    return {
        "title": title,
        "text": row.withdrawn_evidence or _label(row, "withdrawn_method"),
        "author": _name(row.withdrawn_by_id),
        "icon": "fa-ban",
        "tone": "danger",
        "link": [row._name, row.id],
    }
