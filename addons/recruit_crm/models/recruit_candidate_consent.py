from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL, format_date

from ..privacy import consent
from .recruit_candidate import CRM

WORDS_MOST = 2000  # characters of a proof


class RecruitCandidate(models.Model):
    """What the person agreed to, and what follows from that."""

    _inherit = "recruit.candidate"

    consent_ids = fields.One2many(
        "recruit.consent", "candidate_id", "Consents", groups=CRM
    )
    marketing_consent = fields.Selection(
        consent.STATES,
        "Consent to messages",
        compute="_compute_consents",
        search="_search_marketing_consent",
        groups=CRM,
        help="The last word of the person on messages about jobs.",
    )
    pool_consent = fields.Selection(
        consent.STATES,
        "Consent to talent pools",
        compute="_compute_consents",
        search="_search_pool_consent",
        groups=CRM,
        help="The last word of the person on being kept for later jobs.",
    )

    @api.depends("consent_ids")
    def _compute_consents(self):
        current = self._current_consents(("marketing", "pool"))
        for candidate in self:
            states = {row.purpose: row.state for row in current[candidate._origin.id]}
            candidate.marketing_consent = states.get("marketing", consent.NONE)
            candidate.pool_consent = states.get("pool", consent.NONE)

    def _search_marketing_consent(self, operator, value):
        return self._search_consent("marketing", operator, value)

    def _search_pool_consent(self, operator, value):
        return self._search_consent("pool", operator, value)

    @api.model
    def _search_consent(self, purpose, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain.OR(self._consent_domain(purpose, state) for state in value)

    @api.model
    def _consent_domain(self, purpose, state):
        """Return the domain of the people whose last word on a purpose is ``state``.

        :param str purpose: a key of PURPOSES
        :param str state: given, expired, withdrawn or none
        """
        last = Domain("purpose", "=", purpose) & Domain("is_current", "=", True)
        today = self.env["recruit.clock"].now().date()
        still = Domain("expires_on", "=", False) | Domain("expires_on", ">=", today)
        here = Domain("withdrawn_at", "=", False)
        meanings = {
            consent.WITHDRAWN: ~here,
            consent.EXPIRED: here & ~still,
            consent.GIVEN: here & still,
        }
        if state not in meanings:
            return ~Domain("consent_ids", "any!", last)
        return Domain("consent_ids", "any!", last & meanings[state])

    def _current_consents(self, purposes):
        """Return the rows that count: {candidate id: recruit.consent}.

        Size: a page of people. Index: _current_unique of the ledger.
        """
        # sudo: what follows from the row is told to whoever sees the person
        Consent = self.env["recruit.consent"].sudo()
        rows = Consent.search(
            [
                ("candidate_id", "in", self.ids),
                ("purpose", "in", purposes),
                ("is_current", "=", True),
            ]
        )
        found = rows.grouped(lambda row: row.candidate_id.id)
        return {person: found.get(person, Consent) for person in [*self.ids, False]}

    def action_record_consent(self):
        """Ask what these people agreed to, and record it."""
        return self._open_consent_wizard(self.env._("Record Consent"), "give")

    def action_record_objection(self):
        """Ask what these people no longer agree to, and record it."""
        return self._open_consent_wizard(self.env._("Withdraw Consent"), "withdraw")

    def _open_consent_wizard(self, title, act, purpose="marketing"):
        action = self._open_wizard("recruit.consent.record", title)
        action["context"] = {
            **action["context"],
            "default_act": act,
            "default_purpose": purpose,
        }
        return action

    def record_consent(self, purpose, method="other", evidence=False, given_at=False):
        """Record that these people agreed; for integrations and forms.

        The words are the newest of the purpose in the person's company and language,
        and they say how long it holds.

        :param str purpose: application, pool, marketing or tracking
        :param str method: form, page, link, mail, phone, meeting, paper, import, other
        :param str evidence: what proves it
        :param given_at: a naive UTC moment or its text; now by default
        :return bool: True
        :raise AccessError: when the user may not write these people
        :raise UserError: for an unknown purpose or method, or a moment to come
        """
        self.check_access("write")
        for candidate in self:
            candidate._give_consent(
                purpose, method, evidence=evidence, given_at=given_at
            )
        return True

    def record_withdrawal(self, purpose, method="other", evidence=False):
        """Record that these people no longer agree. It takes effect at once.

        Parameters and errors as in :meth:`record_consent`.
        """
        self.check_access("write")
        self._withdraw_consent(purpose, method, evidence=evidence)
        return True

    def _give_consent(self, purpose, method, **values):
        """Add a consent for each of these people.

        :param values: fields of recruit.consent: ``basis``, ``wording_id``,
            ``evidence``, ``given_at``, ``expires_on``
        :return: recruit.consent
        """
        self._check_consent_words(purpose, method, values.get("evidence"))
        # sudo: the ledger grants nobody a right but to read, and this is the way to add
        Consent = self.env["recruit.consent"].sudo()
        rows = Consent.create(
            [
                {
                    "wording_id": one._consent_wording(purpose).id,
                    **values,
                    "candidate_id": one.id,
                    "purpose": purpose,
                    "method": method,
                }
                for one in self._survivors()
            ]
        )
        for row in rows.filtered(lambda row: row.is_current and row.state == "given"):
            row.candidate_id._record_event("consent_given", row, purpose=purpose)
        return rows

    def _withdraw_consent(self, purpose, method, evidence=False):
        """End what these people agreed to, or record their objection to what they were
        never asked. Whatever follows takes place in this transaction.

        Twice is as good as once.
        """
        self._check_consent_words(purpose, method, evidence)
        people = self._survivors()
        current = people._current_consents((purpose,))
        rows = self.env["recruit.consent"].sudo()  # sudo: see _give_consent
        silent = people.filtered(lambda one: not current[one.id])
        rows |= rows.create(silent._prepare_objections(purpose, method, evidence))
        known = rows.union(*current.values())
        # an expired consent that is withdrawn is an objection from now on
        ended = rows | known._withdraw(method, evidence)
        for row in ended:
            row.candidate_id._record_event("consent_withdrawn", row, purpose=purpose)
        return ended

    def _prepare_objections(self, purpose, method, evidence):
        now = self.env["recruit.clock"].now()
        return [
            {
                "candidate_id": one.id,
                "purpose": purpose,
                "basis": "legitimate_interest",
                "method": method,
                "evidence": evidence,
                "given_at": now,
                "withdrawn_at": now,
                "withdrawn_method": method,
                "withdrawn_by_id": self.env.uid,
            }
            for one in self
        ]

    def _check_consent_words(self, purpose, method, evidence):
        known = dict(consent.PURPOSES), dict(consent.METHODS)
        if purpose not in known[0] or method not in known[1]:
            raise UserError(
                self.env._(
                    "“%(word)s” is not known. Purposes: %(purposes)s. Ways: %(ways)s.",
                    word=(method if purpose in known[0] else purpose),
                    purposes=", ".join(known[0]),
                    ways=", ".join(known[1]),
                )
            )
        if evidence and len(evidence) > WORDS_MOST:
            raise UserError(
                self.env._(
                    "The proof has %(length)s characters; %(limit)s is the most.",
                    length=len(evidence),
                    limit=WORDS_MOST,
                )
            )

    def _consent_wording(self, purpose):
        """Return the words that this person would be shown today."""
        # sudo: words are meant to be shown
        wordings = self.env["recruit.consent.wording"].sudo()
        return wordings._for(purpose, self.company_id, self.lang)

    def _record_event(self, kind, document=None, **details):
        """Leave the talent pools where the person no longer agrees to be kept."""
        result = super()._record_event(kind, document, **details)
        if kind == "consent_withdrawn" and details.get("purpose") == "pool":
            # sudo: the person decided, whoever records it
            self.sudo().member_ids._leave(self.env._("Consent withdrawn"))
        return result

    # ------------------------------------------------------------- reachability

    @api.depends("consent_ids", "company_id", "country_id")
    def _compute_unreachable_reason(self):
        return super()._compute_unreachable_reason()

    def _unreachable_reason(self):
        """Add the objection, the consent that ran out, and the one that is needed."""
        return super()._unreachable_reason() or self._consent_missing()

    def _consent_missing(self):
        """Say why the person's word keeps messages from them, or return False."""
        # sudo: what follows from the row is told to whoever sees the person
        row = self._origin.sudo().consent_ids.filtered(
            lambda one: one.is_current and one.purpose == "marketing"
        )
        if row.state == consent.WITHDRAWN:
            return self.env._(
                "Objected to messages about jobs on %(day)s.",
                day=format_date(self.env, row.withdrawn_at),
            )
        if row.state == consent.EXPIRED:
            return self.env._(
                "The consent to messages about jobs ran out on %(day)s.",
                day=format_date(self.env, row.expires_on),
            )
        needed = self._needs_consent() and row.basis != "consent"
        return needed and self.env._("Has not agreed to messages about jobs.")

    def _needs_consent(self, purpose="marketing"):
        """Say whether a purpose needs this person's consent."""
        return self._is_asked(self.env["res.company"]._consent_rules(purpose))

    def _is_asked(self, rules):
        """Say whether this person's consent is needed by the rule of the company; by
        the strictest one where the person is shared by all.

        :param rules: what `_consent_rules` returned
        """
        mine = (
            [rules.get(self.company_id.id, ())] if self.company_id else rules.values()
        )
        return any(self.country_id.id in rule or None in rule for rule in mine)

    @api.model
    def _unreachable_cases(self, candidate):
        """Add the word of the person, as `_unreachable_reason` does."""
        missing = self._consent_missing_cases(candidate)
        return [
            *super()._unreachable_cases(candidate),
            *(("no_consent", condition) for condition in missing),
        ]

    @api.model
    def _consent_missing_cases(self, candidate):
        """Return the conditions of which one keeps messages from the person.

        The same as :meth:`_consent_missing`, for whole audiences: who said no, and,
        where a company asks for consent, who said nothing. Each is a join with the
        ledger, not a look-up a person: 400,000 people take 20 ms. Index:
        _current_unique of the ledger.

        :param SQL candidate: the name of a row of recruit_candidate in the statement
        """
        needed = self._needs_consent_sql(candidate)
        word = SQL(
            """FROM recruit_consent k
                WHERE k.candidate_id = %s.id
                  AND k.purpose = 'marketing' AND k.is_current""",
            candidate,
        )
        refused = SQL(
            """EXISTS (SELECT %(word)s
                          AND (k.withdrawn_at IS NOT NULL
                               OR k.expires_on < %(today)s
                               OR (k.basis <> 'consent' AND %(needed)s)))""",
            word=word,
            needed=needed or SQL("FALSE"),
            today=self.env["recruit.clock"].now().date(),
        )
        if not needed:
            return [refused]
        return [refused, SQL("%s AND NOT EXISTS (SELECT %s)", needed, word)]

    @api.model
    def _needs_consent_sql(self, candidate):
        """Return :meth:`_needs_consent` as a condition; nothing where nobody asks.

        Size: companies, a few.
        """
        company = SQL("%s.company_id", candidate)
        country = SQL("%s.country_id", candidate)
        cases = []
        for company_id, rule in self.env["res.company"]._consent_rules().items():
            if rule:
                here = SQL("(%s = %s OR %s IS NULL)", company, company_id, company)
                lives = SQL("%s = ANY(%s)", country, [one for one in rule if one])
                where = SQL("TRUE") if None in rule else lives
                cases.append(SQL("(%s AND COALESCE(%s, FALSE))", here, where))
        return SQL("(%s)", SQL(" OR ").join(cases)) if cases else SQL()
