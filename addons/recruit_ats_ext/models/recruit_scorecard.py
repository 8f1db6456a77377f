from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Domain
from odoo.tools import SQL

from ..interview.scale import RECOMMENDATIONS

# What an interviewer writes; all else is set when the card is opened or submitted.
WRITTEN = ("recommendation", "notes", "next_notes", "rating_ids", "answer_ids")


class RecruitScorecard(models.Model):
    """What one interviewer found in one interview.

    `draft`: being written, seen by its interviewer alone. `submitted`: it stays as it
    is; seen by who may see the application, except by those who still owe a card of
    their own for this candidate, and never by the candidate (a colleague who applied):
    record rules hold that for lists, search, RPC, export and reports alike.

    The card copies the kit when it is opened, so that an edit of the kit never changes
    it.
    """

    _name = "recruit.scorecard"
    _description = "Scorecard"
    _order = "interview_at desc, id desc"

    applicant_id = fields.Many2one(
        "hr.applicant", "Application", required=True, index=True, ondelete="cascade"
    )
    candidate_id = fields.Many2one(
        "recruit.candidate", index="btree_not_null", ondelete="cascade"
    )
    job_id = fields.Many2one("hr.job", index="btree_not_null", ondelete="set null")
    stage_id = fields.Many2one("hr.recruitment.stage", ondelete="set null")
    company_id = fields.Many2one("res.company", index="btree_not_null")
    kit_id = fields.Many2one(
        "recruit.interview.kit", index="btree_not_null", ondelete="set null"
    )
    event_id = fields.Many2one(
        "calendar.event", "Meeting", index="btree_not_null", ondelete="set null"
    )
    interviewer_id = fields.Many2one(
        "res.users", required=True, index=True, ondelete="restrict"
    )
    subject_user_id = fields.Many2one(
        "res.users",
        index="btree_not_null",
        ondelete="set null",
        help="The candidate's own login, where a colleague applied.",
    )
    interview_at = fields.Datetime("Interview", required=True)
    due_at = fields.Datetime(
        "Due", required=True, help="An hour after the interview ends."
    )
    state = fields.Selection(
        [("draft", "To Write"), ("submitted", "Submitted")],
        default="draft",
        required=True,
        readonly=True,
    )
    submitted_at = fields.Datetime(readonly=True)
    recommendation = fields.Selection(
        RECOMMENDATIONS, help="Nothing chosen: you saw too little to say."
    )
    notes = fields.Html(help="What made you decide so. Seen after you submit.")
    next_notes = fields.Html(
        "For the Next Interviewer", help="What the next interview should find out."
    )
    purpose = fields.Html(readonly=True)
    rating_ids = fields.One2many("recruit.scorecard.rating", "scorecard_id")
    answer_ids = fields.One2many("recruit.scorecard.answer", "scorecard_id")
    is_mine = fields.Boolean(compute="_compute_is_mine")
    is_on_panel = fields.Boolean(compute="_compute_is_on_panel")

    # One card for an interviewer and interview; without a meeting, for an application
    # and stage.
    _event_unique = models.UniqueIndex(
        "(event_id, interviewer_id, applicant_id) WHERE event_id IS NOT NULL",
        "This interviewer has a scorecard for this interview already.",
    )
    _stage_unique = models.UniqueIndex(
        "(applicant_id, stage_id, interviewer_id) WHERE event_id IS NULL",
        "This interviewer has a scorecard for this stage already.",
    )
    # Serves the record rule: does this user still owe a card for this candidate?
    _owed_idx = models.Index("(candidate_id, interviewer_id) WHERE state = 'draft'")
    _submitted_check = models.Constraint(
        "CHECK ((state = 'submitted') = (submitted_at IS NOT NULL))",
        "A scorecard has a date of submission if and only if it was submitted.",
    )
    _subject_check = models.Constraint(
        "CHECK (interviewer_id <> subject_user_id)",
        "Nobody writes a scorecard about themselves.",
    )

    @api.depends("candidate_id.name", "interviewer_id.name")
    def _compute_display_name(self):
        for card in self:
            names = [card.candidate_id.name, card.interviewer_id.name]
            card.display_name = ", ".join(filter(None, names))

    @api.depends("interviewer_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        for card in self:
            card.is_mine = card.interviewer_id == self.env.user

    @api.depends("event_id.attendee_ids", "interviewer_id")
    def _compute_is_on_panel(self):
        for card in self:
            # sudo: whether one is still invited, not what the meeting says
            partners = card.event_id.sudo().attendee_ids.partner_id
            card.is_on_panel = (
                not card.event_id or card.interviewer_id.partner_id in partners
            )

    # ------------------------------------------------------------------- opening

    @api.model
    def _open_for(self, applicant, interviewer, event=None, kit=None):
        """The card of an interviewer for an interview; made when there is none.

        Callers have checked the right to read the application.

        :param event: the meeting; nothing for an interview without one
        :param kit: nothing for the kit of the application's job and stage
        """
        event = event or self.env["calendar.event"]
        # sudo: an interviewer may not list the cards of others, nor make theirs
        cards = self.sudo()
        self.flush_model()
        self.env.cr.execute(
            # Two devices that open the card at once wait for each other here.
            SQL("SELECT 1 FROM hr_applicant WHERE id = %s FOR UPDATE", applicant.id)
        )
        domain = [
            ("applicant_id", "=", applicant.id),
            ("interviewer_id", "=", interviewer.id),
            ("event_id", "=", event.id),
        ]
        if not event:
            domain.append(("stage_id", "=", applicant.stage_id.id))
        card = cards.search(domain, limit=1)
        if not card:
            values = cards._opening_values(applicant, interviewer, event, kit)
            card = cards.create(values)
        return card.sudo(self.env.su)

    @api.model
    def _opening_values(self, applicant, interviewer, event, kit):
        """Values of a new card: the facts of the interview and a copy of the kit."""
        kit = kit or self.env["recruit.interview.kit"]._find_for(applicant)
        candidate = applicant.candidate_id
        return {
            **self._dates(event),
            "applicant_id": applicant.id,
            "candidate_id": candidate.id,
            "job_id": applicant.job_id.id,
            "stage_id": applicant.stage_id.id,
            "company_id": applicant.company_id.id,
            "kit_id": kit.id,
            "event_id": event.id,
            "interviewer_id": interviewer.id,
            "subject_user_id": self._login_of(candidate).id,
            "purpose": kit.purpose,
            "rating_ids": [
                Command.create(vals) for vals in self._ratings(kit, applicant)
            ],
            "answer_ids": [
                Command.create({"name": question.name, "hint": question.hint})
                for question in kit.question_ids
            ],
        }

    @api.model
    def _dates(self, event):
        """When the interview is and its card is due; now without a meeting."""
        now = self.env["recruit.clock"].now()
        return {
            "interview_at": event.start or now,
            "due_at": (event.stop or now) + timedelta(hours=1),
        }

    @api.model
    def _ratings(self, kit, applicant):
        """What the card rates: the kit's attributes, else the skills of the job."""
        if kit:
            return [line._rating_values() for line in kit.attribute_ids]
        return [
            {"name": skill.name, "category": "skills", "skill_id": skill.id}
            for skill in applicant.job_id.job_skill_ids.skill_id
        ]

    @api.model
    def _login_of(self, candidate):
        """The login of a candidate who works here, by their hire or by their e-mail."""
        # sudo: one link to a login, no data of the employee or the user
        employees = self.env["hr.employee"].sudo()
        hired = employees.search([("candidate_id", "in", candidate.ids)]).user_id
        emails = candidate.sudo().identity_ids.filtered_domain([("kind", "=", "email")])
        users = self.env["res.users"].sudo()
        return hired[:1] or users.search(
            [
                ("email_normalized", "in", emails.mapped("value_norm")),
                ("share", "=", False),
            ],
            limit=1,
        )

    @api.model
    def _blind_to(self):
        """Return the ids of candidates of whom this user must not learn what others
        found: those of whom they owe a scorecard, and themselves.

        Size: one or two people. Indexes: interviewer_id, subject_user_id.
        """
        mine = Domain([("interviewer_id", "=", self.env.uid), ("state", "=", "draft")])
        about_me = Domain("subject_user_id", "=", self.env.uid)
        # sudo: whom the user is blind to, whatever cards they may read
        cards = self.sudo().search(mine | about_me)
        me = self.env["hr.employee"].sudo().search([("user_id", "=", self.env.uid)])
        return (cards.candidate_id | me.candidate_id).ids

    # ------------------------------------------------------------ writing, submit

    def write(self, vals):
        """Only the interviewer writes, and only before submitting."""
        if not self.env.su:
            self._check_writable(vals, WRITTEN)
        return super().write(vals)

    def _check_writable(self, vals, written):
        """Refuse what nobody writes by hand, and any change of a submitted card."""
        if foreign := vals.keys() - {*written}:
            raise AccessError(
                self.env._(
                    "These facts of a scorecard are not changed by hand: %(names)s",
                    names=", ".join(sorted(foreign)),
                )
            )
        if any(card.state == "submitted" for card in self.sudo()):
            raise UserError(
                self.env._("The scorecard was submitted and stays as it is.")
            )

    def action_submit(self):
        """Hand in the card: from now on it stays as it is, and others may read it.

        Submitting twice, from two devices, is one submission.

        :raises AccessError: for the card of somebody else
        """
        self._check_mine()
        now = self.env["recruit.clock"].now()
        self.flush_recordset()
        self.env.cr.execute(
            SQL(
                "SELECT id FROM recruit_scorecard WHERE id IN %s"
                " AND state = 'draft' FOR UPDATE",
                tuple(self.ids) or (0,),
            )
        )
        drafts = self.browse([row[0] for row in self.env.cr.fetchall()])
        # sudo: the card is the user's own, checked above; state is nobody's to write
        drafts.sudo().write({"state": "submitted", "submitted_at": now})
        drafts.sudo().rating_ids._prove_skills()
        drafts.sudo()._settle_reminder()
        return True

    def _form_action(self):
        """Open the card alone: nothing else in the way of who writes it."""
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "current",
        }

    def _check_mine(self):
        self.check_access("read")
        if self.filtered(lambda card: card.interviewer_id != self.env.user):
            raise AccessError(
                self.env._("Only the interviewer may submit a scorecard.")
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_drafts(self):
        if any(card.state == "submitted" for card in self.sudo()):
            raise UserError(
                self.env._("A submitted scorecard is evidence and is kept.")
            )

    def _drop_untouched(self, panel):
        """Delete drafts of people who left the panel; what somebody wrote is kept."""
        self.filtered(
            lambda card: card.interviewer_id not in panel and card._is_untouched()
        ).unlink()

    def _is_untouched(self):
        """Whether nothing has been written into the card yet."""
        return (
            self.state == "draft"
            and not self.recommendation
            and not (self.notes or self.next_notes)
            and not any(self.rating_ids.mapped("rating"))
            and not any(self.answer_ids.mapped("answer"))
        )
