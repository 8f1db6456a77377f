from odoo import api, fields, models
from odoo.tools import email_domain_extract

from ..domain_check.records import Finding, check_domain
from ..domain_check.resolver import NoAnswerError, Resolver, read_servers

# Gmail and Yahoo ask for all of it from who sends a lot; so do we above so many people.
BULK = 500


class RecruitSenderDomain(models.Model):
    """What the domain of a sender says about its mail, when it was last looked up."""

    _name = "recruit.sender.domain"
    _description = "Sender Domain"
    _order = "name"

    name = fields.Char("Domain", required=True)
    selectors = fields.Char(
        "DKIM Selectors",
        help="Names of the keys that your mail server signs with, with a space between "
        "them. Empty: the usual names are tried.",
    )
    checked_at = fields.Datetime("Checked", readonly=True)
    findings = fields.Json(readonly=True)
    is_good = fields.Boolean(
        "In Order", readonly=True, help="SPF, DKIM, DMARC and alignment are in order."
    )
    summary = fields.Char(compute="_compute_summary")

    _name_unique = models.UniqueIndex("(name)", "This domain is on the list already.")

    @api.depends("findings")
    def _compute_summary(self):
        for domain in self:
            domain.summary = " ".join(
                sentence for _is_good, sentence, _remedy in domain._sentences()
            )

    def action_check(self):
        """Look the records of these domains up, now.

        :raises AccessError: without the right to write them
        """
        self.check_access("write")
        for domain in self:
            domain._look_up(domain.name)
        return True

    @api.model
    def _of(self, email, *, create=False):
        """The domain of an address; empty where it was never looked at."""
        name = email_domain_extract(email or "")
        # sudo: what DNS says is public
        found = self.sudo().search([("name", "=", name)]) if name else self
        if name and create and not found:
            found = self.sudo().create({"name": name})
        return found

    def _look_up(self, envelope):
        """Ask the DNS and keep what it says; without an answer nothing is known.

        :param str envelope: domain of the bounce address
        """
        self.ensure_one()
        try:
            findings = check_domain(
                self.name,
                envelope,
                self._resolver().texts,
                (self.selectors or "").split(),
            )
        except NoAnswerError:
            findings = []
        self.sudo().write(  # sudo: what DNS says is public
            {
                "checked_at": self.env["recruit.clock"].now(),
                "findings": findings,
                "is_good": bool(findings) and all(one.is_good for one in findings),
            }
        )

    @api.model
    def _resolver(self):
        # sudo: an address of a server, for the check itself
        parameters = self.env["ir.config_parameter"].sudo()
        return Resolver(read_servers(parameters.get_param("recruit_campaigns.dns")))

    def _sentences(self):
        """What was found: triples of good or not, a sentence and a remedy."""
        words = self._words()
        return [
            (
                one.is_good,
                *(text % one.detail if "%" in text else text for text in pair),
            )
            for one in (Finding(*row) for row in self.findings or ())
            for pair in [words[one.check, one.code]]
        ]

    @api.model
    def _words(self):
        """A sentence and a remedy for each finding."""
        add_spf = self.env._("Ask who runs your DNS for a TXT record “v=spf1 … -all”.")
        add_key = self.env._("Switch DKIM on at your mail server and publish its key.")
        return {
            ("spf", "good"): (self.env._("SPF says who may send for it."), ""),
            ("spf", "missing"): (self.env._("It has no SPF record."), add_spf),
            ("spf", "several"): (
                self.env._("It has several SPF records; receivers ignore them all."),
                self.env._("Merge them into one."),
            ),
            ("spf", "everybody"): (
                self.env._("Its SPF record lets everybody send."),
                add_spf,
            ),
            ("spf", "too_long"): (
                self.env._(
                    "Its SPF record asks for %s look-ups; receivers stop after 10."
                ),
                self.env._("Take includes out that are not used."),
            ),
            ("dkim", "good"): (self.env._("A DKIM key is published (%s)."), ""),
            ("dkim", "missing"): (self.env._("No DKIM key is found."), add_key),
            ("dkim", "revoked"): (self.env._("Its DKIM key “%s” is revoked."), add_key),
            ("dmarc", "good"): (self.env._("DMARC has the policy “%s”."), ""),
            ("dmarc", "missing"): (
                self.env._("It has no DMARC policy."),
                self.env._("Publish “v=DMARC1; p=none” under _dmarc, at the least."),
            ),
            ("dmarc", "several"): (
                self.env._("It has several DMARC records; receivers ignore them all."),
                self.env._("Keep one."),
            ),
            ("dmarc", "broken"): (
                self.env._("Its DMARC record has no policy that is known (“%s”)."),
                self.env._("Write p=none, p=quarantine or p=reject."),
            ),
            ("alignment", "good"): (
                self.env._("Bounces return to the same domain (%s)."),
                "",
            ),
            ("alignment", "different"): (
                self.env._("Bounces return to %s, so SPF speaks for another domain."),
                self.env._("Give the bounce alias a domain that matches the sender's."),
            ),
        }
