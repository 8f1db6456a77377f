from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

# In the order of the way; a later one implies the earlier.
KINDS = [
    ("application", "Application"),
    ("qualified", "Qualified"),
    ("interview", "Interview"),
    ("offer", "Offer"),
    ("hire", "Hire"),
    ("stayed_6", "Still here after 6 months"),
    ("stayed_12", "Still here after 12 months"),
]
STAYS = {"stayed_6": 6, "stayed_12": 12}  # months after the hire
STEPS = [kind for kind, _label in KINDS if kind not in STAYS]
BATCH = 2000  # applications a statement reads: a second of work
SWEPT = "recruit_crm.conversions_swept"  # the last application that a sweep has done


class RecruitConversion(models.Model):
    """A step of an application that is worth something: what touches get credit for.

    One row for an application and kind, kept in step with the application as it is: a
    stage moved back, a hire or a refusal taken back take theirs away again. Written by
    the system alone; a manager may correct the moment of a step whose card was moved
    late.
    """

    _name = "recruit.conversion"
    _description = "Conversion"
    _order = "happened_at desc, id desc"
    _rec_name = "candidate_id"

    kind = fields.Selection(KINDS, required=True, readonly=True)
    applicant_id = fields.Many2one(
        "hr.applicant",
        "Application",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    candidate_id = fields.Many2one(
        "recruit.candidate",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    job_id = fields.Many2one(related="applicant_id.job_id")
    company_id = fields.Many2one(
        "res.company", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    happened_at = fields.Datetime("When", required=True)
    touches_until = fields.Datetime(
        required=True,
        readonly=True,
        help="Touches up to this moment count: that of the conversion, or of the hire "
        "for who is still here months later.",
    )

    _applicant_unique = models.UniqueIndex(
        "(applicant_id, kind)", "This step of the application is recorded already."
    )
    # Serves the reports of one kind in a period, and the page of the latest hires.
    _kind_idx = models.Index("(kind, happened_at)")

    @api.depends("kind", "candidate_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._kinds())
        for conversion in self:
            conversion.display_name = self.env._(
                "%(person)s: %(kind)s",
                person=conversion.candidate_id.name or "",
                kind=kinds.get(conversion.kind, ""),
            )

    def write(self, vals):
        """Correct the moment; the credit follows.

        :raise ValidationError: for a moment in the future
        """
        moment = fields.Datetime.to_datetime(vals.get("happened_at"))
        if moment and moment > self.env["recruit.clock"].now():
            raise ValidationError(
                self.env._("A step lies in the past. Choose an earlier date.")
            )
        result = super().write(vals)
        if moment:
            steps = self.filtered(lambda one: one.kind not in STAYS)
            super(RecruitConversion, steps).write({"touches_until": moment})
            self._recredit(self.applicant_id.ids)
        return result

    @api.model
    def _kinds(self):
        """Return the (kind, label) pairs in the order of the way."""
        return self._fields["kind"]._description_selection(self.env)

    @api.model
    def _update(self, applicant_ids, moment=None):
        """Bring conversions and credit of these applications in step with them.

        :param list applicant_ids: ids of hr.applicant
        :param moment: when what is new took place, naive UTC; without one the history
            of the applications is asked
        """
        if changed := self._sync(applicant_ids, moment):
            self._recredit(list(changed))

    @api.model
    def _recredit(self, applicant_ids):
        """Compute the credit of all steps of these applications anew."""
        steps = self.sudo().search([("applicant_id", "in", applicant_ids)])
        self.env["recruit.credit"]._compute_credit(steps.ids)

    @api.model
    def _sync(self, applicant_ids, moment=None):
        """Bring the conversions in step; return the ids of the applications changed."""
        self.env.flush_all()
        reached = self._reached(applicant_ids)
        changed = self._withdraw(reached) | self._follow(reached)
        changed |= self._add(reached, moment)
        if changed:
            self.invalidate_model()
        return changed

    @api.model
    def _reached(self, applicant_ids):
        """Return the CTEs ``stage`` and ``reached``: how far each application came.

        ``step`` counts KINDS from 1; 0 is no application: a talent card, or nobody's.
        Size: the applications of one write, or a batch. Index: primary keys.
        """
        steps = self.env["hr.recruitment.stage"].sudo()._steps()
        pools = self.env["hr.applicant"]._fields["talent_pool_ids"]
        return SQL(
            """
            WITH stage (id, step) AS (
                SELECT * FROM unnest(%(stages)s::int[], %(steps)s::int[])
            ), reached AS (
                SELECT a.id, a.candidate_id, a.create_date, a.date_last_stage_update,
                       COALESCE(a.company_id, c.company_id) AS company_id, h.hired_at,
                       CASE WHEN EXISTS (SELECT FROM %(pools)s p
                                          WHERE p.%(card)s = a.id) THEN 0
                            WHEN h.hired_at IS NOT NULL THEN %(hire)s
                            ELSE COALESCE(s.step, 1) END AS step
                  FROM hr_applicant a
                  JOIN recruit_candidate c ON c.id = a.candidate_id
             LEFT JOIN stage s ON s.id = a.stage_id,
                       LATERAL (SELECT CASE WHEN a.refuse_reason_id IS NULL
                                            THEN a.date_closed END) h (hired_at)
                 WHERE a.id = ANY(%(applicants)s)
            )
            """,
            stages=list(steps),
            steps=list(steps.values()),
            pools=SQL.identifier(pools.relation),
            card=SQL.identifier(pools.column1),
            hire=len(STEPS),
            applicants=list(applicant_ids),
        )

    @api.model
    def _withdraw(self, reached):
        """Delete the steps that were taken back; with the hire, or another date of it,
        go the 6 and 12 months, which the daily job finds anew."""
        return self._changed(
            SQL(
                """
                %(reached)s
                DELETE FROM recruit_conversion v USING reached r
                 WHERE v.applicant_id = r.id
                   AND CASE WHEN v.kind = ANY(%(stays)s)
                       THEN v.touches_until IS DISTINCT FROM r.hired_at
                       ELSE array_position(%(kinds)s, v.kind::text) > r.step END
             RETURNING v.applicant_id
                """,
                reached=reached,
                stays=list(STAYS),
                kinds=[kind for kind, _label in KINDS],
            )
        )

    @api.model
    def _follow(self, reached):
        """Let the person, the company and the moment of the hire follow."""
        return self._changed(
            SQL(
                """
                %(reached)s
                UPDATE recruit_conversion v
                   SET candidate_id = r.candidate_id, company_id = r.company_id,
                       happened_at = CASE v.kind WHEN 'hire' THEN r.hired_at
                                     ELSE v.happened_at END,
                       touches_until = CASE v.kind WHEN 'hire' THEN r.hired_at
                                       ELSE v.touches_until END
                  FROM reached r
                 WHERE v.applicant_id = r.id
                   AND (v.candidate_id <> r.candidate_id
                        OR v.company_id IS DISTINCT FROM r.company_id
                        OR v.kind = 'hire' AND v.happened_at <> r.hired_at)
             RETURNING v.applicant_id
                """,
                reached=reached,
            )
        )

    @api.model
    def _add(self, reached, moment):
        """Add the steps that were reached; none is later than the hire."""
        return self._changed(
            SQL(
                """
                %(reached)s
                INSERT INTO recruit_conversion (kind, applicant_id, candidate_id,
                       company_id, happened_at, touches_until,
                       create_uid, create_date, write_uid, write_date)
                SELECT k.kind, r.id, r.candidate_id, r.company_id, m.at, m.at,
                       %(uid)s, %(now)s, %(uid)s, %(now)s
                  FROM reached r
                  JOIN unnest(%(kinds)s) WITH ORDINALITY k (kind, step)
                    ON k.step <= r.step,
                       LATERAL (SELECT LEAST(r.hired_at, CASE k.kind
                           WHEN 'hire' THEN r.hired_at
                           WHEN 'application' THEN COALESCE(%(applied)s, r.create_date)
                           ELSE %(moved)s END)) m (at)
                 WHERE NOT EXISTS (SELECT FROM recruit_conversion v
                        WHERE v.applicant_id = r.id AND v.kind = k.kind)
                    ON CONFLICT DO NOTHING
             RETURNING applicant_id
                """,
                reached=reached,
                kinds=STEPS,
                applied=self._applied_at(),
                moved=SQL("%s::timestamp", moment) if moment else self._moved_at(),
                uid=self.env.uid,
                now=self.env["recruit.clock"].now(),
            )
        )

    @api.model
    def _applied_at(self):
        """Return the moment of application ``r`` that the ledger knows."""
        return SQL(
            """(SELECT t.occurred_at FROM recruit_touch t
                 WHERE t.dedupe_key = 'application:' || r.id)"""
        )

    @api.model
    def _moved_at(self):
        """Return when application ``r`` first came to step ``k``, as its chatter tells.

        Size: the stage moves of one application. Index: mail_message's on (model,
        res_id), mail_tracking_value's on its message.
        """
        stage = self.env["ir.model.fields"]._get("hr.applicant", "stage_id")
        return SQL(
            """COALESCE((SELECT MIN(g.date) FROM mail_message g
                   JOIN mail_tracking_value v ON v.mail_message_id = g.id
                   JOIN stage s ON s.id = v.new_value_integer
                  WHERE g.model = 'hr.applicant' AND g.res_id = r.id
                    AND v.field_id = %s AND s.step >= k.step),
                r.date_last_stage_update, r.create_date)""",
            stage.id,
        )

    @api.model
    def _changed(self, statement):
        return {row[0] for row in self.env.execute_query(statement)}

    @api.model
    def _catch_up_soon(self):
        """Go through all applications again, in the background."""
        # sudo: how far is the job's business; who changes a stage starts it
        self.env["ir.config_parameter"].sudo().set_param(SWEPT, "0")
        cron = self.env.ref("recruit_crm.ir_cron_catch_up_conversions", False)
        if cron:  # absent while the addon itself is being installed
            cron.sudo()._trigger()

    @api.model
    def _cron_catch_up(self):
        """Record the steps of old applications, then who stayed; a commit a batch.

        Resumable: a sweep of all applications goes on where it was cut off, else what
        has no conversion yet is what remains.
        """
        cron = self.env["ir.cron"]
        parameters = self.env["ir.config_parameter"]
        swept = parameters.get_param(SWEPT)
        last = int(swept or 0)
        while batch := self._next_applications(last, bool(swept)):
            self._update(batch)
            last = batch[-1]
            if swept:
                parameters.set_param(SWEPT, str(last))
            if not cron._commit_progress(len(batch), remaining=1):
                return
        parameters.set_param(SWEPT, False)
        self._update_stays()
        cron._commit_progress(1, remaining=0)

    @api.model
    def _next_applications(self, last, everybody):
        """Return the ids of the next applications, by default those with no conversion.

        Size: one anti-join over all applications a day, a second for 1 M. Index:
        _applicant_unique.
        """
        pools = self.env["hr.applicant"]._fields["talent_pool_ids"]
        rows = self.env.execute_query(
            SQL(
                """
                SELECT a.id FROM hr_applicant a
                 WHERE a.id > %(last)s AND a.candidate_id IS NOT NULL
                   AND (%(everybody)s
                        OR NOT EXISTS (SELECT FROM recruit_conversion v
                            WHERE v.applicant_id = a.id AND v.kind = 'application')
                           AND NOT EXISTS (SELECT FROM %(pools)s p
                                WHERE p.%(card)s = a.id))
              ORDER BY a.id LIMIT %(limit)s
                """,
                last=last,
                everybody=everybody,
                pools=SQL.identifier(pools.relation),
                card=SQL.identifier(pools.column1),
                limit=BATCH,
            )
        )
        return [row[0] for row in rows]
