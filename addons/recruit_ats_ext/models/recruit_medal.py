from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from ..medal.strength import strength


class RecruitMedal(models.Model):
    """A near miss worth another try: a finalist who was refused.

    The medal remembers the application it was won with, which stays refused and
    untouched, and the new application that it led to, so that it can be counted
    how many near misses came back and were hired.
    """

    _name = "recruit.medal"
    _description = "Silver Medal"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "medal_on desc, id desc"
    _mail_post_access = "read"

    candidate_id = fields.Many2one(
        "recruit.candidate", required=True, index=True, ondelete="cascade"
    )
    applicant_id = fields.Many2one(
        "hr.applicant",
        "Won With",
        required=True,
        ondelete="cascade",
        help="The refused application that earned the medal. It stays as it is.",
    )
    job_id = fields.Many2one("hr.job", "Won For", index="btree_not_null")
    stage_id = fields.Many2one("hr.recruitment.stage", "Stage Reached")
    reason_id = fields.Many2one("hr.applicant.refuse.reason", "Refused Because")
    medal_on = fields.Date("Won On", required=True)
    score = fields.Float(
        "Interview Score",
        digits=(3, 1),
        aggregator="avg",
        help="What interviewers recommended, from -2 (strong no) to 2 (strong yes).",
    )
    strength = fields.Integer(
        compute="_compute_strength",
        help="In percent. What a near miss says fades: half of it within a year.",
    )
    scorecard_summary = fields.Html(related="applicant_id.scorecard_summary")
    user_id = fields.Many2one("res.users", "Awarded By")
    note = fields.Text(
        "Why Come Back", help="What to remember when the next job opens."
    )
    pool_id = fields.Many2one("hr.talent.pool", "Talent Pool", index="btree_not_null")
    cool_off_until = fields.Date(
        "Leave in Peace Until", help="Empty: no waiting time.", tracking=True
    )
    is_cooling_off = fields.Boolean(
        compute="_compute_is_cooling_off", search="_search_is_cooling_off"
    )
    rehired_applicant_id = fields.Many2one(
        "hr.applicant",
        "New Application",
        index="btree_not_null",
        ondelete="set null",
        help="The latest application that the medallist came back with.",
    )
    closed_on = fields.Date(help="No longer to be considered since this day.")
    closed_reason = fields.Char()
    state = fields.Selection(
        [
            ("open", "Open"),
            ("applied", "In Process Again"),
            ("hired", "Hired"),
            ("closed", "Closed"),
        ],
        compute="_compute_state",
        store=True,
        index=True,
        tracking=True,
        group_expand=True,
    )
    company_id = fields.Many2one("res.company", index=True)

    _applicant_idx = models.UniqueIndex(
        "(applicant_id)", "This application has already earned a medal."
    )

    @api.depends("candidate_id.name", "job_id.name")
    def _compute_display_name(self):
        for medal in self:
            names = [medal.candidate_id.name, medal.job_id.name]
            medal.display_name = ", ".join(filter(None, names))

    @api.depends("score", "medal_on")
    def _compute_strength(self):
        today = self.env["recruit.clock"].now().date()
        for medal in self:
            medal.strength = strength(medal.score, (today - medal.medal_on).days)

    @api.depends("cool_off_until")
    def _compute_is_cooling_off(self):
        today = self.env["recruit.clock"].now().date()
        for medal in self:
            until = medal.cool_off_until
            medal.is_cooling_off = bool(until and until > today)

    def _search_is_cooling_off(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        today = self.env["recruit.clock"].now().date()
        return Domain("cool_off_until", ">", today)

    @api.depends(
        "closed_on",
        "rehired_applicant_id.active",
        "rehired_applicant_id.date_closed",
        "rehired_applicant_id.refuse_reason_id",
    )
    def _compute_state(self):
        for medal in self:
            medal.state = medal._current_state()

    def _current_state(self):
        """The state follows the new application; a refused one opens it again."""
        again = self.rehired_applicant_id
        if again.active and again.date_closed:
            return "hired"
        if self.closed_on:
            return "closed"
        if again.active and not again.refuse_reason_id:
            return "applied"
        return "open"

    # Actions

    def action_create_application(self):
        """Ask for the next job and let the medallists apply for it.

        The medals travel in the context, so that the new applications are counted
        for these medals and not for another one of the same candidates.
        """
        action = self.candidate_id.action_create_application()
        context = dict(action.get("context") or {}, recruit_medal_ids=self.ids)
        return dict(action, context=context)

    def action_close(self):
        """Take the medals out of consideration."""
        self._close(self.env._("Closed by %(user)s", user=self.env.user.name))

    def action_reopen(self):
        """Consider the medallists again."""
        self.write({"closed_on": False, "closed_reason": False})

    def action_open_applicant(self):
        """Show the refused application that earned the medal."""
        return self._applicant_action(self.applicant_id)

    def action_open_rehired_applicant(self):
        """Show the application that the medallist came back with."""
        return self._applicant_action(self.rehired_applicant_id)

    def _reason_to_call(self):
        """Why the candidate is worth a call now, in a sentence."""
        facts = {
            "job": self.job_id.name or "",
            "day": format_date(self.env, self.medal_on),
        }
        if self.is_cooling_off:
            until = format_date(self.env, self.cool_off_until)
            return self.env._(
                "Silver medallist for %(job)s (%(day)s), rests until %(until)s.",
                until=until,
                **facts,
            )
        return self.env._("Silver medallist for %(job)s (%(day)s).", **facts)

    def _applicant_action(self, applicant):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": applicant.display_name,
            "res_model": "hr.applicant",
            "res_id": applicant.id,
            "views": [[False, "form"]],
        }

    # Life of a medal

    @api.model
    def _award(self, applicants, values):
        """Give each application its medal, and say so to the candidate.

        An application has one medal: where it is already there it is opened again.

        :param applicants: refused `hr.applicant` records that have a candidate
        :param values: `note`, `pool_id`, `cool_off_until`, the same for all of them
        :return: the medals of all these applications
        """
        today = self.env["recruit.clock"].now().date()
        known = self.search([("applicant_id", "in", applicants.ids)])
        known.write(values | {"closed_on": False, "closed_reason": False})
        new = self.create(
            [
                applicant._medal_values(today) | values
                for applicant in applicants - known.applicant_id
            ]
        )
        for medal in new:
            medal._announce()
        (known | new)._close_where_hired()
        return known | new

    def _close_where_hired(self):
        """Close the medals of people whom another job of ours got meanwhile."""
        ours = self.filtered(
            lambda one: one.candidate_id.state in ("hired", "employee")
        )
        # sudo: the hire may be for a job that who refuses does not see
        hires = ours.candidate_id.sudo().applicant_ids.filtered("date_closed")
        for applicant in hires.sorted("date_closed", reverse=True):
            self._settle(applicant)

    def _announce(self):
        """Tell the candidate's record, once, when the medal is new."""
        self.candidate_id._log_touch(
            "medal",
            job_id=self.job_id.id,
            res_model=self._name,
            res_id=self.id,
            evidence=self.note,
            dedupe_key=f"medal-{self.applicant_id.id}",
        )
        self.candidate_id._record_event("medal", document=self)

    def _close(self, reason):
        """Close the medals that are not closed yet, for a reason in words."""
        today = self.env["recruit.clock"].now().date()
        self.filtered(lambda medal: not medal.closed_on).write(
            {"closed_on": today, "closed_reason": reason}
        )

    @api.model
    def _come_back(self, applicant):
        """The candidate of `applicant` applied anew: count it for a medal.

        The medal that the new application was created from is in the context;
        without one (the person applied by themselves) it is the newest open medal.
        """
        mine = [("candidate_id", "=", applicant.candidate_id.id)]
        chosen = self.env.context.get("recruit_medal_ids", [])
        medal = self.search(
            Domain.AND([mine, [("id", "in", chosen)]]), limit=1
        ) or self.search(Domain.AND([mine, [("state", "=", "open")]]), limit=1)
        medal.rehired_applicant_id = applicant

    @api.model
    def _settle(self, applicant):
        """The candidate of `applicant` is hired: no other medal is due any more."""
        others = self.search(
            [
                ("candidate_id", "=", applicant.candidate_id.id),
                ("rehired_applicant_id", "!=", applicant.id),
                ("state", "in", ("open", "applied")),
            ]
        )
        others._close(self.env._("Hired for %(job)s", job=applicant.job_id.name or ""))
