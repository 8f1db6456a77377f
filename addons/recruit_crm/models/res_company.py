from odoo import api, fields, models

RULES = [
    ("none", "Nobody: on legitimate interest, until they object"),
    ("countries", "People in some countries"),
    ("all", "Everybody"),
]
# The rule and its countries, by what is consented to.
FIELDS = {
    "marketing": ("recruit_consent_rule", "recruit_consent_country_ids"),
    "tracking": ("recruit_tracking_rule", "recruit_tracking_country_ids"),
}


class ResCompany(models.Model):
    """Where a company writes to people on its legitimate interest, and where only with
    their consent.

    The default is legitimate interest: direct marketing may rest on it (recital 47 of
    the GDPR), each message has its way out, and an objection is always honored. Some
    countries ask for consent before advertising by e-mail, Germany in section 7 of its
    UWG; a company lists them, or asks everybody. The same choice holds for the pixel
    and the links that tell who opened a message (ePrivacy directive, article 5(3)).
    """

    _inherit = "res.company"

    recruit_consent_rule = fields.Selection(
        RULES,
        "Ask for consent before messages",
        default="none",
        required=True,
    )
    recruit_consent_country_ids = fields.Many2many(
        "res.country",
        "recruit_consent_company_country_rel",
        "company_id",
        "country_id",
        "Countries that ask for consent",
    )
    recruit_tracking_rule = fields.Selection(
        RULES,
        "Ask for consent before measuring",
        default="none",
        required=True,
    )
    recruit_tracking_country_ids = fields.Many2many(
        "res.country",
        "recruit_tracking_company_country_rel",
        "company_id",
        "country_id",
        "Countries that ask for consent to measuring",
    )

    @api.model
    def _consent_rules(self, purpose="marketing"):
        """Return who must consent: {company id: country ids; None: everybody}.

        :param str purpose: marketing or tracking
        """
        rule, countries = FIELDS[purpose]
        # sudo: a rule that is no secret; a message may be for another company's person
        everybody = self.sudo().with_context(active_test=False)
        found = {}
        for company in everybody.search_fetch([], [rule]):
            asked = frozenset((None,)) if company[rule] == "all" else frozenset()
            if company[rule] == "countries":
                asked = frozenset(company[countries].ids)
            found[company.id] = asked
        return found
