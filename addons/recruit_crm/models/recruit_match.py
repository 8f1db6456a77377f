from odoo import api, fields, models
from odoo.exceptions import UserError

from ..matching import people
from ..matching.rarity import FULL

REASONS = [
    ("not_interested", "Not interested in such a job"),
    ("not_enough", "Knows less than it seems"),
    ("too_senior", "Too senior for it"),
    ("place", "Too far away"),
    ("pay", "The pay does not fit"),
    ("other", "Another reason"),
]


class RecruitMatch(models.Model):
    """A person ranked for an open job, with what the score is made of.

    Written by the refresh alone, read by people, who add the person to the job, to a
    campaign, or dismiss them: that is remembered. A match contacts and refuses nobody.
    """

    _name = "recruit.match"
    _description = "Match"
    _order = "is_first desc, points desc, id"
    _rec_name = "candidate_id"

    job_id = fields.Many2one("hr.job", required=True, readonly=True, ondelete="cascade")
    candidate_id = fields.Many2one(
        "recruit.candidate",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one("res.company", readonly=True, index="btree_not_null")
    state = fields.Selection(
        [("suggested", "Suggested"), ("added", "Added"), ("dismissed", "Dismissed")],
        default="suggested",
        required=True,
        readonly=True,
    )
    in_shortlist = fields.Boolean(
        readonly=True, help="Among the best of the job, above its threshold."
    )
    is_first = fields.Boolean(
        "Comes first", readonly=True, help="A near miss of ours: a silver medallist."
    )
    points = fields.Integer(readonly=True, help="Of 10,000.")
    score = fields.Integer(readonly=True, aggregator="avg", help="In percent.")
    skills = fields.Integer(readonly=True, aggregator="avg", help="In percent.")
    degree = fields.Integer(readonly=True, aggregator="avg", help="In percent.")
    location = fields.Integer(readonly=True, aggregator="avg", help="In percent.")
    availability = fields.Integer(readonly=True, aggregator="avg", help="In percent.")
    history = fields.Integer(
        "History with us", readonly=True, aggregator="avg", help="In percent."
    )
    engagement = fields.Integer(readonly=True, aggregator="avg", help="In percent.")
    log_id = fields.Many2one(
        "recruit.match.log", "Computation", readonly=True, ondelete="set null"
    )
    computed_at = fields.Datetime("Computed", readonly=True)
    recipe_id = fields.Many2one(related="log_id.recipe_id", string="Version of the job")
    reasons = fields.Text(compute="_compute_reasons")
    unreachable_reason = fields.Char(related="candidate_id.unreachable_reason")
    dismiss_reason = fields.Selection(REASONS, "Dismissed because", readonly=True)
    dismiss_note = fields.Char("Note", readonly=True)
    decided_by_id = fields.Many2one("res.users", "Decided by", readonly=True)
    decided_at = fields.Datetime("Decided on", readonly=True)
    applicant_id = fields.Many2one(
        "hr.applicant",
        "Application",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )

    # Serves the shortlist of a job, in its order.
    _job_unique = models.UniqueIndex(
        "(job_id, candidate_id)", "This person is matched with this job already."
    )
    _list_idx = models.Index("(job_id, is_first DESC, points DESC, id)")

    @api.depends("log_id")
    @api.depends_context("lang")
    def _compute_reasons(self):
        # sudo: the computation of a match that the user sees
        words = self.sudo().log_id._sentences()
        for match in self:
            match.reasons = "\n".join(words.get(match.log_id.id, ())) or False

    def action_add_to_job(self):
        """Create the applications of these people on the jobs they were found for."""
        self.check_access("read")
        open_ones = self.filtered(lambda match: match.state != "added")
        if not open_ones:
            raise UserError(self.env._("These people have an application already."))
        made = self.env["hr.applicant"]
        for job, matches in open_ones.grouped("job_id").items():
            for match in matches:
                application = match.candidate_id._create_application(job)
                match._decide("added", applicant_id=application.id)
                made |= application
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Applications"),
            "res_model": "hr.applicant",
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", made.ids)],
        } | ({"views": [(False, "form")], "res_id": made.id} if len(made) == 1 else {})

    def action_ask_dismiss(self):
        """Ask why these people are not for this job."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Not for This Job"),
            "res_model": "recruit.match.dismiss",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_match_ids": self.ids, "dialog_size": "medium"},
        }

    def action_suggest_again(self):
        """Take a dismissal back; the next refresh ranks the person again."""
        self.check_access("read")
        back = self.filtered(lambda match: match.state == "dismissed")
        back._decide("suggested", dismiss_reason=False, dismiss_note=False)
        # sudo: a mark for the refresh, of jobs whose matches the user sees
        back.sudo().job_id._match_changed()

    def action_open_candidate(self):
        """Open the person."""
        self.ensure_one()
        return self.candidate_id.get_formview_action()

    def action_replay(self):
        """Compute the score again from what was kept, and say whether it is the same.

        :raise UserError: where nothing was kept
        """
        self.ensure_one()
        self.check_access("read")
        if not self.log_id:
            raise UserError(self.env._("This score was computed too long ago."))
        again = self.sudo().log_id._replay()  # sudo: see _compute_reasons
        same = again.points == self.points
        message = (
            self.env._("Computed again from what was kept: %s%%.", again.points // 100)
            if same
            else self.env._(
                "Computed again it is %(again)s%%, shown is %(shown)s%%.",
                again=again.points // 100,
                shown=self.score,
            )
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"message": message, "type": "success" if same else "danger"},
        }

    def _decide(self, state, **values):
        """Remember what a person decided about these matches."""
        now = self.env["recruit.clock"].now()
        # sudo: matches are written by the refresh and by a decision, through here
        self.sudo().write(
            {
                "state": state,
                "decided_by_id": self.env.uid,
                "decided_at": now,
                **values,
            }
        )

    # ------------------------------------------------------------------ the refresh

    @api.model
    def _keep(self, recipe, rows, in_shortlist=True):
        """Store scores of one version of a job, and log those that changed.

        :param rows: of ``_score``
        :return: the matches
        """
        known = self.search(
            [
                ("job_id", "=", recipe.job_id.id),
                ("candidate_id", "in", [row["id"] for row in rows]),
            ]
        )
        standing = {match.candidate_id.id: match for match in known}
        now = self.env["recruit.clock"].now()
        new, changed, same = [], [], self.browse()
        for row in rows:
            match = standing.get(row["id"], self.browse())
            if not match:
                new.append(row)
            elif match.log_id.recipe_id != recipe or match._differs(row):
                changed.append((match, row))
            else:
                same |= match
        logs = self.env["recruit.match.log"]._write_down(
            recipe, [*new, *(row for _match, row in changed)], now
        )
        same.filtered(lambda one: one.in_shortlist < in_shortlist).in_shortlist = True
        for match, row in changed:
            values = self._values(row) | {"log_id": logs[row["id"]], "computed_at": now}
            match.write(values | {"in_shortlist": in_shortlist or match.in_shortlist})
        return known | self.create(
            [
                {
                    **self._values(row),
                    "job_id": recipe.job_id.id,
                    "candidate_id": row["id"],
                    "company_id": row["company_id"] or recipe.company_id.id,
                    "log_id": logs[row["id"]],
                    "computed_at": now,
                    "in_shortlist": in_shortlist,
                }
                for row in new
            ]
        )

    @api.model
    def _values(self, row):
        """Return the figures of a score as they are shown: in percent."""
        percent = {part: row[part] * 100 // FULL for part in people.COMPONENTS}
        return {
            **percent,
            "points": row["score"],
            "score": row["score"] * 100 // FULL,
            "is_first": row["first"],
        }

    def _differs(self, row):
        """Say whether a screen would show anything else."""
        shown = self._values(row)
        shown.pop("points")
        return any(self[name] != value for name, value in shown.items())
