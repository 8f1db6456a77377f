from odoo import api, fields, models

# The columns whose change may mean another person, or a new step of the journey.
IDENTITY_FIELDS = frozenset(("email_from", "linkedin_profile", "partner_id"))
OUTCOMES = ("hired", "refused")
JOURNEY_FIELDS = frozenset(
    ("stage_id", "date_closed", "refuse_reason_id", "active", "job_id")
)


class HrApplicant(models.Model):
    """Applications and talent cards: each points to the person, the candidate."""

    _inherit = "hr.applicant"

    candidate_id = fields.Many2one(
        "recruit.candidate",
        index="btree_not_null",
        ondelete="restrict",
        tracking=False,
        help="The person behind this application, found by e-mail, then LinkedIn.",
    )

    # Native counters look up equal addresses; the native trigram index makes each of
    # them a scan: 650 ms for a page of 80 among 50,000 applicants, 7 ms with this one.
    _email_normalized_idx = models.Index(
        "(email_normalized) WHERE email_normalized IS NOT NULL"
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Create applicants, each with its candidate, its touch and its event."""
        applicants = super().create(vals_list)
        applicants._link_candidates()
        applicants._teach_candidates()
        applicants.filtered("talent_pool_ids")._sync_pool_members()
        applicants._log_application_touches()
        applicants._tell_journey({})
        return applicants

    def write(self, vals):
        """Write, then follow the person, the pools and the journey where they moved."""
        identity = IDENTITY_FIELDS.intersection(vals)
        journey = JOURNEY_FIELDS.intersection(vals)
        emails = {one.id: one.email_normalized for one in self} if identity else {}
        steps = {one.id: one._journey_step() for one in self} if journey else {}
        result = super().write(vals)
        if identity:
            self._follow_person(emails)
        if "talent_pool_ids" in vals:
            self._sync_pool_members()
        if journey:
            self._tell_journey(steps)
        return result

    def action_open_candidate(self):
        """Open the person behind this application."""
        self.ensure_one()
        return self.candidate_id.get_formview_action()

    @api.model
    def _unadopted_domain(self):
        """Return the applicants that could have a candidate and have none."""
        return [
            ("candidate_id", "=", False),
            "|",
            ("partner_name", "!=", False),
            "|",
            ("email_normalized", "!=", False),
            ("linkedin_profile", "!=", False),
        ]

    def _link_candidates(self):
        """Find or create the candidate of each applicant that has none yet."""
        homeless = self.filtered(
            lambda one: (
                not one.candidate_id
                and (one.partner_name or one.email_normalized or one.linkedin_profile)
            )
        )
        if not homeless:
            return
        candidates = self.env["recruit.candidate"]._resolve_batch(
            [applicant._prepare_person_values() for applicant in homeless]
        )
        for applicant, candidate in zip(homeless, candidates, strict=True):
            applicant.candidate_id = candidate

    def _prepare_person_values(self):
        """Return what this applicant tells about the person, for the resolver."""
        self.ensure_one()
        return {
            "name": self.partner_name or self.email_normalized,
            "email": self.email_from or self.email_normalized,
            "phone": self.partner_phone,
            "linkedin_profile": self.linkedin_profile,
            "company_id": self.company_id.id,
            "user_id": self.user_id.id,
            "partner_id": self.partner_id.id,
        }

    def _follow_person(self, emails):
        """After a change of address: link the right person, or correct the one linked.

        An address that belongs to somebody moves the application to them. A new one is
        the candidate's own from now on, when theirs was the old one or none.

        :param dict emails: normalized addresses before the change, by applicant id
        """
        self._link_candidates()
        for applicant in self.filtered("candidate_id"):
            # sudo: an interviewer may correct an address on their own application
            person = applicant.candidate_id.sudo()
            known = person._first_person(applicant._prepare_person_values())
            if known:
                if known != person:
                    applicant.candidate_id = known
            elif (person.email_normalized or False) == (emails[applicant.id] or False):
                person.email = applicant.email_normalized

    def _log_application_touches(self):
        """Record the touch of each application; a talent card is no contact."""
        applications = self.filtered(
            lambda one: one.candidate_id and not one.talent_pool_ids
        )
        touches = []
        for one in applications:
            touches += one._prepare_earlier_touches()
            touches.append(
                {
                    **one._prepare_touch_values("application"),
                    **one._prepare_origin(),
                    "verified": self.env.su,  # a form or a mail; else typed in
                }
            )
        # sudo: the ledger grants nobody a right but the one to add, and this adds
        self.env["recruit.touch"].sudo()._log(touches)

    def _prepare_touch_values(self, kind):
        """Return the values of a touch of this kind that this application proves."""
        self.ensure_one()
        return {
            "candidate_id": self.candidate_id.id,
            "kind": kind,
            "job_id": self.job_id.id,
            "res_model": self._name,
            "res_id": self.id,
            "evidence": self.job_id.name or self.env._("Spontaneous application"),
            "dedupe_key": f"{kind}:{self.id}",
        }

    def _journey_step(self):
        """Return where the application stands: open, hired, refused, closed or ''."""
        self.ensure_one()
        if self.talent_pool_ids or not self.job_id:
            return ""
        if self.refuse_reason_id:
            return "refused"
        if not self.active:
            return "closed"
        return "hired" if self.date_closed else "open"

    def _tell_journey(self, before):
        """Tell the candidates which step their applications took; a hire and a refusal
        are touches too, one of each for an application.

        :param dict before: the step of each applicant id before the change
        """
        for applicant in self.filtered("candidate_id"):
            old, new = before.get(applicant.id, ""), applicant._journey_step()
            if old == new or not new:
                continue
            kind = new
            if new == "open":
                kind = "reopened" if old else "applied"
            elif new in OUTCOMES:
                # sudo: the ledger grants nobody a right but to add, and this adds
                touch = applicant._prepare_touch_values(new)
                self.env["recruit.touch"].sudo()._log([touch])
            applicant.candidate_id._record_event(kind, applicant)
