import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.phone_validation.tools.phone_validation import phone_format

from ..identity.normalize import (
    EMAILS_MOST,
    NORMALIZERS,
    normalize,
    normalize_phone,
    split_emails,
)
from .recruit_candidate import CRM

_LOCAL_NUMBER = re.compile(r"[\d\s()./-]{1,40}")  # without a country code


class RecruitIdentity(models.Model):
    _inherit = "recruit.identity"

    # Serves the search by phone; the unique index leaves phone numbers out.
    _phone_idx = models.Index("(value_norm) WHERE kind = 'phone'")


class RecruitCandidate(models.Model):
    """Finding a person by anything that points at them, and taking what they gave."""

    _inherit = "recruit.candidate"

    identity_text = fields.Char(
        "E-mail, phone or handle",
        compute="_compute_identity_text",
        search="_search_identity_text",
        groups=CRM,
        help="Search an exact e-mail, phone, LinkedIn, GitHub or outside id in any "
        "spelling.",
    )

    @api.depends("identity_ids.value")
    def _compute_identity_text(self):
        for candidate in self:
            candidate.identity_text = ", ".join(candidate.identity_ids.mapped("value"))

    def _search_identity_text(self, operator, value):
        if operator not in ("in", "ilike", "="):
            return NotImplemented
        texts = [value] if isinstance(value, str) else [one for one in value if one]
        return Domain.OR(self._identity_domain(text) for text in texts)

    @api.model
    def find_person(self, text):
        """Return the candidates to whom a text points: an e-mail, a phone number, a
        LinkedIn or GitHub profile or handle, an outside id, in any spelling.

        Exact but for the spelling; a shared phone number may point at several people.
        Only candidates that the user may read, archived ones too.

        :param str text: e.g. ``"+1 555 010 0000"`` or ``"linkedin.com/in/ann-lee"``
        """
        people = self.with_context(active_test=False)
        return people.search_fetch(self._identity_domain(text), ["name"])

    @api.model
    def _identity_domain(self, text):
        """Return the domain of the people to whom a text points.

        Purpose: one lookup a screen, across record rules; those of the candidates hold
        for whoever searches with the domain. Size: 4,000,000 identities. Indexes:
        _value_unique and _phone_idx of recruit.identity, one probe a kind.
        """
        pairs = {(kind, normalize(kind, text)) for kind in NORMALIZERS}
        if _LOCAL_NUMBER.fullmatch(text or ""):
            pairs.add(("phone", normalize_phone(self._international(text))))
        probes = [
            SQL("(kind = %s AND value_norm = %s)", kind, norm)
            for kind, norm in sorted(pairs)
            if norm
        ]
        if not probes:
            return Domain.FALSE
        self.env["recruit.identity"].flush_model(["kind", "value_norm", "candidate_id"])
        rows = self.env.execute_query(
            SQL(
                "SELECT DISTINCT candidate_id FROM recruit_identity WHERE %s",
                SQL(" OR ").join(probes),
            )
        )
        return Domain("id", "in", [candidate_id for (candidate_id,) in rows])

    @api.model
    def _international(self, text):
        """Return a number of the company's own country with its code, or nothing."""
        country = self.env.company.country_id
        if not country:
            return ""
        return phone_format(
            text, country.code, country.phone_code, "E164", raise_exception=False
        )

    @api.model_create_multi
    def create(self, vals_list):
        """Create; of several e-mails in one field the first is the address, and all
        are identities."""
        split = [self._split_emails(vals) for vals in vals_list]
        candidates = super().create([vals for vals, _others in split])
        for candidate, (_vals, others) in zip(candidates, split, strict=True):
            candidate._claim_emails(others)
        return candidates

    def write(self, vals):
        """Write; several e-mails in one field as in :meth:`create`."""
        vals, others = self._split_emails(vals)
        result = super().write(vals)
        for candidate in self if others else ():
            candidate._claim_emails(others)
        return result

    @api.model
    def _split_emails(self, vals):
        """Return the values with one e-mail alone, and the other addresses."""
        text = vals.get("email")
        if not isinstance(text, str) or text.count("@") < 2 or len(text) > EMAILS_MOST:
            return vals, []
        good, bad = split_emails(text)
        if bad or not good:
            raise ValidationError(self._bad_email_message(bad[0] if bad else text))
        return {**vals, "email": good[0]}, good[1:]

    def _claim_emails(self, emails):
        if emails:
            company = self.company_id.id or None
            self._claim_identities(
                {(self.id, "email", email, email, company) for email in emails}
            )

    def _check_texts(self, vals):
        """Refuse also what no screen could show: blank names, numbers without digits,
        characters that the database cannot hold."""
        result = super()._check_texts(vals)
        if "name" in vals and not (vals["name"] or "").strip():
            raise ValidationError(self.env._("Write the name of the person."))
        for field, value in vals.items():
            if isinstance(value, str) and "\0" in value:
                raise ValidationError(
                    self.env._(
                        "%(field)s holds a character that cannot be stored. Write it "
                        "again.",
                        field=self._fields[field]._description_string(self.env),
                    )
                )
        phone = vals.get("phone")
        if phone and phone.strip() and not normalize_phone(phone):
            raise ValidationError(
                self.env._(
                    "“%(phone)s” is not a phone number. Write it like +1 555 010 0000, "
                    "or leave it empty.",
                    phone=phone[:40],
                )
            )
        return result
