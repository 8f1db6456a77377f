from odoo import api, models
from odoo.exceptions import ValidationError

from ..identity.normalize import normalize

# The columns that mirror an identity, and the kind of that identity.
IDENTITY_FIELDS = {
    "email": "email",
    "phone": "phone",
    "linkedin_profile": "linkedin",
    "github_profile": "github",
}


class RecruitCandidate(models.Model):
    """The identities of a candidate, kept in step with its columns."""

    _inherit = "recruit.candidate"

    @api.model
    def _states_identity(self, vals):
        """Say whether these values may change what identifies a candidate."""
        return bool(IDENTITY_FIELDS.keys() & vals.keys())

    def _identity_rows(self):
        """Return the identities that the columns of these candidates state: a set of
        (candidate id, kind, value, normal form, company id or None)."""
        rows = set()
        for candidate in self:
            for field, kind in IDENTITY_FIELDS.items():
                value = candidate[field]
                # the sanitized number knows the country code, where it is valid
                text = (kind == "phone" and candidate.phone_sanitized) or value
                norm = normalize(kind, text or "")
                if norm:
                    company = candidate.company_id.id or None
                    rows.add((candidate.id, kind, value, norm, company))
        return rows

    def _claim_identities(self, rows=None):
        """Take the identities of these candidates, or say who has them."""
        rows = self._identity_rows() if rows is None else rows
        taken = self.env["recruit.identity"]._claim(sorted(rows, key=str))
        if taken:
            raise ValidationError(self._taken_message(taken))

    def _replace_identities(self, before):
        """Drop the identities that the columns no longer state, take the new ones."""
        after = self._identity_rows()
        gone = {row[:2] + row[3:4] for row in before - after}
        if gone:
            # sudo: identities follow the columns that the user was allowed to write
            identities = self.env["recruit.identity"].sudo()
            identities.search([("candidate_id", "in", self.ids)]).filtered(
                lambda line: (line.candidate_id.id, line.kind, line.value_norm) in gone
            ).unlink()
        self._claim_identities(after - before)

    def _check_company_move(self, company_id):
        """Refuse a company in which somebody else has an identity of these people."""
        # sudo: all identities move with the candidate, also those the user may not see
        lines = self.sudo().identity_ids.filtered(lambda line: line.kind != "phone")
        owners = self.env["recruit.identity"]._owners(
            {(line.kind, line.value_norm) for line in lines}
        )
        taken = []
        for line in lines:
            owner = owners.get((line.kind, line.value_norm, company_id))
            if owner and owner != line.candidate_id.id:
                row = (line.kind, line.value, line.value_norm)
                taken.append((line.candidate_id.id, *row, company_id))
        if taken:
            raise ValidationError(self._taken_message(taken))

    def _taken_message(self, taken):
        """Name the candidates who own these identity rows already."""
        keys = {(kind, norm) for _id, kind, _value, norm, _company in taken}
        owners = self.env["recruit.identity"]._owners(keys)
        lines = []
        for _id, kind, value, norm, company in taken:
            owner_id = owners.get((kind, norm, company or False))
            # sudo: same company scope as the candidate that the user writes
            owner = self.sudo().browse(owner_id).name if owner_id else ""
            lines.append(
                self.env._(
                    "%(value)s already belongs to %(owner)s.",
                    value=value,
                    owner=owner or self.env._("another candidate"),
                )
            )
        lines.append(
            self.env._("Open that candidate instead, or remove the value there first.")
        )
        return "\n".join(lines)
