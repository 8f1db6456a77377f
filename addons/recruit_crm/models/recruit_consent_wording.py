from odoo import fields, models
from odoo.exceptions import UserError

from ..privacy.consent import PURPOSES

FROZEN = frozenset(("purpose", "lang", "version", "text", "company_id"))


class RecruitConsentWording(models.Model):
    """The words to which a person agrees, in one version.

    Once somebody agreed to them they stay as they are: the ledger points here as proof.
    A change is a new version.
    """

    _name = "recruit.consent.wording"
    _description = "Consent Wording"
    _order = "purpose, version desc, id desc"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    purpose = fields.Selection(PURPOSES, required=True, default="marketing")
    version = fields.Integer(required=True, default=1)
    lang = fields.Selection(
        lambda self: self.env["res.lang"].get_installed(), "Language"
    )
    text = fields.Html(required=True, help="What the person reads and agrees to.")
    valid_months = fields.Integer(
        "Valid for (months)", default=24, help="0: until it is withdrawn."
    )
    company_id = fields.Many2one("res.company", index="btree_not_null")
    consent_ids = fields.One2many("recruit.consent", "wording_id")
    consent_count = fields.Integer("Agreed", compute="_compute_consent_count")

    _version_unique = models.UniqueIndex(
        "(purpose, COALESCE(lang, ''), version, COALESCE(company_id, 0))",
        "This version of the wording exists already. Choose the next number.",
    )
    _months_check = models.Constraint(
        "CHECK (valid_months >= 0 AND version > 0)",
        "The version is 1 or more, and the months are 0 or more.",
    )

    def _compute_consent_count(self):
        counts = dict(
            self.env["recruit.consent"]
            .sudo()  # sudo: how often, not by whom; it decides whether words are frozen
            ._read_group([("wording_id", "in", self.ids)], ["wording_id"], ["__count"])
        )
        for wording in self:
            wording.consent_count = counts.get(wording._origin, 0)

    def write(self, vals):
        """Write; words that somebody agreed to are evidence and stay."""
        if FROZEN & vals.keys() and any(one.consent_count for one in self):
            raise UserError(
                self.env._(
                    "People agreed to these words already. Make a new version instead."
                )
            )
        return super().write(vals)

    def action_new_version(self):
        """Open a copy of these words with the next number; the old one is archived."""
        self.ensure_one()
        newest = self.with_context(active_test=False).search(
            [
                ("purpose", "=", self.purpose),
                ("lang", "=", self.lang),
                ("company_id", "=", self.company_id.id),
            ],
            order="version desc",
            limit=1,
        )
        copy = self.copy({"version": newest.version + 1, "active": True})
        self.active = False
        return copy.get_formview_action()

    def _for(self, purpose, company, lang):
        """Return the words to show: of the company and the language where there are.

        :param company: res.company, or none for people shared by all
        :param str lang: a code such as ``fr_FR``, or a false value
        """
        found = self.search(
            [("purpose", "=", purpose), ("company_id", "in", (company.id, False))]
        )
        return found.sorted(
            lambda one: (
                one.company_id != company,
                (one.lang or lang) != lang,
                not one.lang,
                -one.version,
            )
        )[:1]
