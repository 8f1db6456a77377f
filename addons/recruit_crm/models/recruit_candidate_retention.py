import json
import logging
from datetime import timedelta

from psycopg2 import IntegrityError
from psycopg2.errors import SerializationFailure

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_date, hash_sign, verify_hash_signed

from ..privacy import retention
from .recruit_candidate import CRM

_logger = logging.getLogger(__name__)

TOKEN_SCOPE = "recruit_crm.privacy_page"
TOKEN_DAYS = 90


class RecruitCandidate(models.Model):
    """How long a person is kept, and what keeps them."""

    _inherit = "recruit.candidate"

    retention_warned_at = fields.Datetime(
        "Told of the end", readonly=True, copy=False, groups=CRM
    )
    retention_due_on = fields.Date(
        "Kept until", compute="_compute_retention_due_on", groups=CRM
    )
    retention_policy_id = fields.Many2one(
        "recruit.retention.policy",
        "Because of",
        compute="_compute_retention_due_on",
        groups=CRM,
    )

    @api.depends("consent_ids", "member_ids", "applicant_ids", "touch_ids")
    def _compute_retention_due_on(self):
        decisions = self._retention_decisions() if self.ids else {}
        for candidate in self:
            decision = decisions.get(candidate._origin.id)
            candidate.retention_due_on = decision and decision.due_on
            candidate.retention_policy_id = (
                decision and decision.policy and decision.policy.id
            )

    def _erasure_blockers(self):
        """Add what a law asks to keep."""
        blockers = super()._erasure_blockers()
        today = self.env["recruit.clock"].now().date()
        for person_id, decision in self._retention_decisions().items():
            if decision.earliest_on and decision.earliest_on > today:
                blockers.setdefault(
                    person_id,
                    self.env._(
                        "Must be kept until %(day)s: %(policy)s",
                        day=format_date(self.env, decision.earliest_on),
                        policy=self._strictest_minimum(decision),
                    ),
                )
        return blockers

    def _strictest_minimum(self, decision):
        policy = self.env["recruit.retention.policy"].browse(decision.policy.id)
        return policy.sudo().name  # sudo: the reason is told to whoever may ask

    def _retention_decisions(self):
        """Return what retention says of these people today: {id: Decision}."""
        today = self.env["recruit.clock"].now().date()
        policies = self.env["recruit.retention.policy"]._plain()
        people = self._retention_people(SQL("c.id = ANY(%s)", self.ids), len(self.ids))
        return {
            person_id: retention.decide(person=person, policies=policies, today=today)
            for person_id, person in people.items()
        }

    @api.model
    def _retention_people(self, condition, limit):
        """Return the facts on which retention rests: {candidate id: Person}.

        Purpose: each night, everybody, in order of ids. Size: batches of 1,000; 100,000
        people in some 10 seconds. Indexes: primary key, and candidate_id of touches,
        consents, memberships, applications and employees, one probe a person each.

        :param SQL condition: on recruit_candidate c
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT c.id, c.country_id, c.company_id, c.retention_warned_at::date,
                       COALESCE(c.legal_hold, FALSE) OR c.state = 'employee'
                       OR EXISTS (SELECT FROM hr_employee e
                                   WHERE e.candidate_id = c.id AND e.active),
                       c.state <> 'do_not_contact'
                       AND COALESCE(c.email_normalized, '') <> ''
                       AND NOT EXISTS (SELECT FROM mail_blacklist b
                                        WHERE b.active
                                          AND b.email = c.email_normalized),
                       GREATEST(touched.contact_at, agreed.last_at,
                                COALESCE(touched.known_at, c.create_date))::date,
                       COALESCE(agreed.to_pool, FALSE)
                       OR EXISTS (SELECT FROM recruit_pool_member m
                                   WHERE m.candidate_id = c.id AND m.left_at IS NULL),
                       COALESCE(agreed.to_messages, FALSE),
                       tries.ended
                  FROM recruit_candidate c
                 CROSS JOIN LATERAL (
                       SELECT MAX(t.occurred_at) FILTER (WHERE t.direction = 'inbound')
                              AS contact_at, MIN(t.occurred_at) AS known_at
                         FROM recruit_touch t WHERE t.candidate_id = c.id) touched
                 CROSS JOIN LATERAL (
                       SELECT MAX(k.given_at) AS last_at,
                              BOOL_OR(k.purpose = 'pool') AS to_pool,
                              BOOL_OR(k.purpose = 'marketing') AS to_messages
                         FROM recruit_consent k
                        WHERE k.candidate_id = c.id AND k.is_current
                          AND k.withdrawn_at IS NULL AND k.basis = 'consent'
                          AND COALESCE(k.expires_on >= %(today)s, TRUE)) agreed
                 CROSS JOIN LATERAL (%(applications)s) tries
                 WHERE c.erased_at IS NULL AND c.merged_into_id IS NULL
                   AND %(condition)s
              ORDER BY c.id LIMIT %(limit)s
                """,
                today=self.env["recruit.clock"].now().date(),
                applications=self._retention_applications_sql(),
                condition=condition,
                limit=limit,
            )
        )
        return {row[0]: _person(*row[1:]) for row in rows}

    @api.model
    def _retention_applications_sql(self):
        """Return the newest end of a candidate's applications, by outcome, as JSON.

        A talent card is no application. An application that is open ages since it last
        moved: one that everybody forgot must not keep a person for ever.
        """
        return SQL(
            """
            SELECT jsonb_object_agg(o.outcome, o.ended_on) AS ended FROM (
                SELECT CASE WHEN a.date_closed IS NOT NULL THEN 'hired'
                            WHEN a.refuse_reason_id IS NOT NULL THEN 'refused'
                            WHEN NOT a.active THEN 'closed' ELSE 'open' END AS outcome,
                       MAX(CASE WHEN a.date_closed IS NOT NULL THEN a.date_closed
                                WHEN a.refuse_reason_id IS NOT NULL
                                THEN COALESCE(a.refuse_date, a.date_last_stage_update,
                                              a.create_date)
                                ELSE COALESCE(a.date_last_stage_update, a.create_date)
                           END)::date AS ended_on
                  FROM hr_applicant a
                 WHERE a.candidate_id = c.id
                   AND (a.job_id IS NOT NULL
                        OR NOT EXISTS (SELECT FROM %(cards)s p
                                        WHERE p.%(card)s = a.id))
              GROUP BY 1) o
            """,
            cards=SQL.identifier(self._cards_field().relation),
            card=SQL.identifier(self._cards_field().column1),
        )

    @api.model
    def _cards_field(self):
        return self.env["hr.applicant"]._fields["talent_pool_ids"]

    # ------------------------------------------------------------------- the person

    def _privacy_url(self):
        """Return the link to the person's own privacy page, good for 90 days.

        It opens this page of this person and nothing else, and is for nobody but them.
        """
        self.ensure_one()
        until = self.env["recruit.clock"].now() + timedelta(days=TOKEN_DAYS)
        values = [self.id, until.date().isoformat()]
        token = hash_sign(self.sudo().env, TOKEN_SCOPE, values)  # sudo: reads the key
        return f"{self.get_base_url()}/recruit/privacy/{token}"

    @api.model
    def _from_privacy_token(self, token):
        """Return the person for whom a link was signed; nobody for a forged or old one.

        A link of a record that was merged leads to who was kept.
        """
        people = self.sudo().with_context(active_test=False)  # sudo: the token is the
        # right; visitors have none
        try:
            person_id, until = verify_hash_signed(people.env, TOKEN_SCOPE, token)
            last_day = fields.Date.to_date(until)
        except (ValueError, TypeError):
            return people.browse()
        if (
            not isinstance(person_id, int)
            or last_day < self.env["recruit.clock"].now().date()
        ):
            return people.browse()
        person = people.browse(person_id).exists()._survivors()
        return person.filtered(lambda one: not one.erased_at)

    def _stay(self):
        """The person wants to be kept: their consent, from now on, starts time anew."""
        for candidate in self:
            candidate._give_consent(
                "pool", "page", evidence=self.env._("Chose to stay, on the page")
            )

    def _warn_of_erasure(self, decisions):
        """Tell these people by mail when their data goes, and how to stay.

        The mail hangs on no record: its link is the person's, not their recruiter's.
        """
        # sudo: the job acts for the company
        self.env["mail.mail"].sudo().create(
            [one._prepare_warning(decisions[one.id]) for one in self]
        )
        self.sudo().retention_warned_at = self.env["recruit.clock"].now()

    def _prepare_warning(self, decision):
        company = self.company_id or self.env.company
        body = self.env["ir.qweb"]._render(
            "recruit_crm.retention_warning_mail",
            {
                "candidate": self,
                "company": company,
                "last_day": format_date(
                    self.env, decision.due_on, lang_code=self.lang or None
                ),
                "url": self._privacy_url(),
            },
            lang=self.lang or None,
        )
        return {
            "subject": self.env._(
                "%(company)s will delete your data", company=company.name
            ),
            "body_html": body,
            "email_to": self.email_normalized,
            "email_from": company.email_formatted or self.env.user.email_formatted,
            "auto_delete": True,
        }

    def _erase_by_policy(self, policies):
        """Erase these people together; whom that fails for stay, and their number is
        returned.

        :param dict policies: recruit.retention.policy ids by candidate id
        """
        names = {
            policy.id: policy.name
            for policy in self.env["recruit.retention.policy"].browse(
                set(policies.values())
            )
        }
        return self._erase_or_each({one: names[policies[one]] for one in self.ids})

    def _erase_or_each(self, reasons):
        """Erase these people at once; where that fails, in halves. Return how many
        could not be: tomorrow's run looks at them again. Who spoke up after this job
        began to look is among them: the lock on their row fails.

        :param dict reasons: the name of the policy by candidate id
        """
        if not self:
            return 0
        try:
            with self.env.cr.savepoint():
                self._erase("policy", reasons)
        except (UserError, IntegrityError, SerializationFailure) as error:
            if len(self) == 1:
                _logger.warning("%s cannot be erased yet: %s", self, error)
                return 1
            half = len(self) // 2
            parts = (self[:half], self[half:])
            return sum(part._erase_or_each(reasons) for part in parts)
        return 0


def _person(
    country_id, company_id, warned_on, is_held, is_reachable, contact_on, in_pool,
    agreed, ended
):  # fmt: skip
    """Return the facts of one row; see ``_retention_people``."""
    ended = json.loads(ended) if isinstance(ended, str) else ended or {}
    grounds = [
        retention.Ground("application", fields.Date.to_date(day), outcome)
        for outcome, day in ended.items()
    ]
    if in_pool:
        grounds.append(retention.Ground("pool", contact_on))
    if agreed or not grounds:
        grounds.append(retention.Ground("marketing", contact_on))
    return retention.Person(
        grounds=tuple(grounds),
        country_id=country_id,
        company_id=company_id,
        is_held=is_held,
        warned_on=warned_on,
        is_reachable=is_reachable,
    )
