from odoo import api, fields, models

from ..identity import match

# What people are compared by; a change asks for a new look.
MATCH_FIELDS = frozenset(
    (
        "name",
        "phone",
        "headline",
        "employer",
        "city",
        "partner_id",
        "company_id",
        "active",
    )
)


class RecruitCandidate(models.Model):
    """What a candidate is compared by, to suggest who may be the same person."""

    _inherit = "recruit.candidate"

    name_key = fields.Char(
        compute="_compute_name_key",
        store=True,
        help="What like names have in common: order, accents, short forms left out.",
    )
    employer_key = fields.Char(compute="_compute_employer_key", store=True)
    place_key = fields.Char(compute="_compute_place_key", store=True)
    match_checked_at = fields.Datetime(
        readonly=True,
        copy=False,
        help="When this person was compared with the others. Empty: is due.",
    )

    # Serves the search for like names, one probe a person.
    _name_key_idx = models.Index("(name_key) WHERE name_key IS NOT NULL")
    # Serves the cron: who is still to be compared.
    _match_due_idx = models.Index(
        "(id) WHERE match_checked_at IS NULL AND merged_into_id IS NULL"
    )

    @api.depends("name")
    def _compute_name_key(self):
        for candidate in self:
            candidate.name_key = match.name_key(candidate.name) or False

    @api.depends("headline", "employer")
    def _compute_employer_key(self):
        for candidate in self:
            key = match.employer_key(candidate.headline, candidate.employer)
            candidate.employer_key = key or False

    @api.depends("city")
    def _compute_place_key(self):
        for candidate in self:
            candidate.place_key = match.place_key(candidate.city) or False

    @api.model_create_multi
    def create(self, vals_list):
        """Create candidates and suggest whom of the others they may be."""
        now = self.env["recruit.clock"].now()
        candidates = super().create(
            [{**vals, "match_checked_at": now} for vals in vals_list]
        )
        # sudo: a suggestion follows from what the user was allowed to add
        self.env["recruit.duplicate"].sudo()._suggest(candidates)
        return candidates

    def write(self, vals):
        """Write; who is known by something else now is compared anew, by the cron."""
        if MATCH_FIELDS & vals.keys():
            vals = {**vals, "match_checked_at": False}
        return super().write(vals)

    def _match_people(self):
        """Return {candidate id: match.Person} of these candidates."""
        # sudo: compared across what one user may see; only pairs leave, with rules
        phones = {}
        for line in self.sudo().identity_ids:
            if line.kind == "phone":
                phones.setdefault(line.candidate_id.id, set()).add(line.value_norm)
        return {
            one.id: match.Person(
                phones=frozenset(phones.get(one.id, ())),
                name=one.name_key or "",
                employer=one.employer_key or "",
                place=one.place_key or "",
                contact=one.partner_id.id or None,
            )
            for one in self.sudo()
        }


class RecruitIdentity(models.Model):
    _inherit = "recruit.identity"

    # Serves the search for people with the same number.
    _phone_idx = models.Index("(value_norm) WHERE kind = 'phone'")
